// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_style.h"

#include "canvas/node_geometry.h"

#include <QApplication>
#include <QPaintDevice>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>
#include <array>
#include <cmath>

namespace netloom {

namespace {

constexpr int kShadowScale = 2;   ///< pixels of the shadow's picture per scene unit
constexpr double kShadowDrop = 3; ///< the light comes from above

QFont canvasFont(double pixels, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPixelSize(static_cast<int>(pixels));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting); // scales smoothly with the zoom
    return font;
}

/// A square with a blurred rounded card in it, to be stretched in its middle.
QPixmap shadowPixmap(bool dark)
{
    const double reach = CanvasStyle::kShadowReach;
    const double radius = NodeGeometry::kRadius;
    const int side = static_cast<int>(2 * (reach + radius + 4)) * kShadowScale;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    const double strength = dark ? 0.42 : 0.16;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double half = side / 2.0 / kShadowScale;
            const double flat = half - reach - radius;
            const double dx = std::max(0.0, std::abs((x + 0.5) / kShadowScale - half) - flat);
            const double dy = std::max(0.0, std::abs((y + 0.5) / kShadowScale - half) - flat);
            const double outside = std::hypot(dx, dy) - radius;
            const double fade = std::clamp(1.0 - (outside + reach * 0.35) / (reach * 1.35), 0.0, 1.0);
            image.setPixel(x, y, qRgba(0, 0, 0, static_cast<int>(255 * strength * fade * fade)));
        }
    }
    return QPixmap::fromImage(image);
}

} // namespace

CanvasStyle::CanvasStyle()
{
    refresh();
}

void CanvasStyle::refresh()
{
    m_title = canvasFont(13, QFont::DemiBold);
    m_small = canvasFont(11, QFont::Normal);
    m_label = canvasFont(10, QFont::Medium);
    m_shadow = shadowPixmap(theme().dark);
    m_icons.clear();
}

void CanvasStyle::drawIcon(QPainter &painter, Category category, const QRectF &rect, const QColor &colour)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const int pixels = std::clamp(static_cast<int>(std::lround(rect.width() * scaleOf(painter) * ratio)), 1, 256);
    const quint64 key = (quint64(colour.rgba()) << 32) | quint64(int(category)) << 16 | quint64(pixels);
    auto found = m_icons.find(key);
    if (found == m_icons.end()) {
        if (m_icons.size() > 400)
            m_icons.clear();
        const QIcon icon = themedIcon(categoryIconName(category), colour);
        found = m_icons.insert(key, icon.pixmap(QSize(pixels, pixels), 1.0));
    }
    painter.drawPixmap(rect, *found, QRectF(found->rect()));
}

void CanvasStyle::drawShadow(QPainter &painter, const QRectF &rect)
{
    const double corner = kShadowReach + NodeGeometry::kRadius + 2;
    const double source = corner * kShadowScale;
    const QRectF outer = rect.adjusted(-kShadowReach, -kShadowReach, kShadowReach, kShadowReach).translated(0, kShadowDrop);
    const std::array<double, 4> xs{outer.left(), outer.left() + corner, outer.right() - corner, outer.right()};
    const std::array<double, 4> ys{outer.top(), outer.top() + corner, outer.bottom() - corner, outer.bottom()};
    const double side = m_shadow.width();
    const std::array<double, 4> cuts{0, source, side - source, side};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            if (row == 1 && column == 1)
                continue; // under the card
            painter.drawPixmap(QRectF(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1])), m_shadow,
                QRectF(QPointF(cuts[column], cuts[row]), QPointF(cuts[column + 1], cuts[row + 1])));
        }
    }
}

double scaleOf(const QPainter &painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

} // namespace netloom
