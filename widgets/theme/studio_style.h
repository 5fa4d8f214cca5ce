// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QProxyStyle>

class QPainterPath;

namespace netloom {

/// The look of every standard widget, drawn from Theme::current(): Fusion's behaviour with calm surfaces, one accent and
/// visible keyboard focus.
class StudioStyle : public QProxyStyle {
    Q_OBJECT
public:
    StudioStyle();

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const override;
    QPixmap standardPixmap(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const override;

private:
    // Each gives false for what it doesn't draw.
    bool drawButtonPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    bool drawFieldPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    bool drawChromePrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    bool drawViewPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    bool drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    bool drawChromeControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    bool drawViewControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawTab(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawProgress(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawHeader(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawSlider(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    QRect scrollBarPart(const QStyleOptionComplex *option, SubControl part) const;
    QRect spinBoxPart(const QStyleOptionComplex *option, SubControl part) const;
};

/// Strokes of one look, shared by the style's files.
namespace draw {
/// A filled rounded rectangle with a crisp edge inside @p rect, as thick as the theme's unless told; invalid colours leave fill or edge out.
void box(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge, double radius = 6, double edgeWidth = 0);
enum class Direction { Up, Down, Left, Right };
void chevron(QPainter *painter, const QRectF &rect, Direction direction, const QColor &colour, double size = 8);
void tick(QPainter *painter, const QRectF &rect, const QColor &colour);
/// A field's body: raised, its edge accented while focused.
void field(QPainter *painter, const QRectF &rect, bool enabled, bool hovered, bool focused);
/// The ring around what has the keyboard focus.
void focusRing(QPainter *painter, const QRectF &rect, double radius = 6);
} // namespace draw

} // namespace netloom
