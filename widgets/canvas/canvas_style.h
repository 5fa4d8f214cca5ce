// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

#include <QFont>
#include <QHash>
#include <QPixmap>
#include <QStaticText>

#include <array>
#include <functional>
#include <map>
#include <utility>

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
    /// Of @p text in one of these fonts; measured once.
    double textWidth(const QFont &font, const QString &text) const;
    /// A line of text in @p rect, cut where it is too long; laid out once, however often it is painted.
    void drawText(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, Qt::Alignment horizontal);

    /// The category's icon, in @p colour, into @p rect.
    void drawIcon(QPainter &painter, Category category, const QRectF &rect, const QColor &colour);
    /// A soft shadow of the rounded card @p rect.
    void drawShadow(QPainter &painter, const QRectF &rect);

    /// What tells one look of a card's empty body from another.
    using BodyKey = std::array<int, 5>;
    /// Paints with @p paint into @p rect, from the second time on by copying what it painted for the same @p key at this scale, on whole pixels.
    void drawBody(QPainter &painter, const BodyKey &key, const QRectF &rect, const std::function<void(QPainter &)> &paint);

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
    std::map<std::pair<BodyKey, int>, QPixmap> m_bodies; ///< by look and scale; null: asked for once
    mutable QHash<std::pair<QString, int>, double> m_widths; ///< by text and the font's size: many say the same
    QHash<std::pair<QString, quint64>, QStaticText> m_texts; ///< by text, the font's size and the room
};

/// The painter's scale: device-independent pixels per scene unit.
double scaleOf(const QPainter &painter);

/// Puts @p pixmap, made for this scale, on whole pixels at @p place: crisp, and a plain copy for the processor.
void drawOnPixels(QPainter &painter, QPixmap &pixmap, QPointF place);

} // namespace netloom
