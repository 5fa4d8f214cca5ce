// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

#include <QFont>
#include <QHash>
#include <QPixmap>

class QPainter;

namespace netloom {

/// What is costly to make and shared by all that is painted on a canvas: fonts, icons, the soft shadow.
class CanvasStyle {
public:
    CanvasStyle();

    /// Reads theme and font again.
    void refresh();

    const Theme &theme() const { return Theme::current(); }
    const QFont &titleFont() const { return m_title; }
    const QFont &smallFont() const { return m_small; }
    const QFont &labelFont() const { return m_label; }
    /// Of @p text in the font of labels.
    double labelWidth(const QString &text);

    /// The category's icon, in @p colour, into @p rect.
    void drawIcon(QPainter &painter, Category category, const QRectF &rect, const QColor &colour);
    /// A soft shadow of the rounded card @p rect.
    void drawShadow(QPainter &painter, const QRectF &rect);

    /// Whether cards have room for what comes out of their nodes.
    bool previewsShown() const { return m_previewsShown; }
    void setPreviewsShown(bool shown) { m_previewsShown = shown; }

    static constexpr double kShadowReach = 14; ///< how far the shadow shows around a card

private:
    QFont m_title;
    QFont m_small;
    QFont m_label;
    bool m_previewsShown = false;
    QHash<quint64, QPixmap> m_shadows; ///< by size in pixels and scale
    QHash<quint64, QPixmap> m_icons;
    QHash<QString, double> m_labelWidths; ///< many labels say the same
};

/// The painter's scale: device-independent pixels per scene unit.
double scaleOf(const QPainter &painter);

/// Puts @p pixmap, made for this scale, on whole pixels at @p place: crisp, and a plain copy for the processor.
void drawOnPixels(QPainter &painter, QPixmap &pixmap, QPointF place);

} // namespace netloom
