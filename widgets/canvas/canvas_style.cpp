// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_style.h"

#include "canvas/node_geometry.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPaintDevice>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kShadowDrop = 3; ///< the light comes from above
constexpr qsizetype kMostTexts = 20'000; ///< that are kept

QFont canvasFont(double pixels, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPixelSize(static_cast<int>(pixels));
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting); // scales smoothly with the zoom
    return font;
}

/// A blurred rounded card of @p size scene units, at @p scale pixels each.
QPixmap shadowPixmap(QSizeF size, double scale, bool dark)
{
    const double reach = CanvasStyle::kShadowReach;
    const double radius = NodeGeometry::kRadius;
    QImage image((QSizeF(size.width() + 2 * reach, size.height() + 2 * reach) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    const double strength = 255 * (dark ? 0.42 : 0.16);
    const double flatX = size.width() / 2 - radius;
    const double flatY = size.height() / 2 - radius;
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        const double dy = std::max(0.0, std::abs((y + 0.5) / scale - size.height() / 2 - reach) - flatY);
        for (int x = 0; x < image.width(); ++x) {
            const double dx = std::max(0.0, std::abs((x + 0.5) / scale - size.width() / 2 - reach) - flatX);
            const double outside = std::hypot(dx, dy) - radius;
            const double fade = std::clamp(1.0 - (outside + reach * 0.35) / (reach * 1.35), 0.0, 1.0);
            line[x] = qRgba(0, 0, 0, static_cast<int>(strength * fade * fade));
        }
    }
    return QPixmap::fromImage(image);
}

} // namespace

void drawOnPixels(QPainter &painter, QPixmap &pixmap, QPointF place)
{
    const double ratio = painter.device()->devicePixelRatioF();
    pixmap.setDevicePixelRatio(ratio);
    const QTransform transform = painter.worldTransform();
    const QPointF pixel = transform.map(place) * ratio;
    painter.setWorldTransform({});
    painter.drawPixmap(QPointF(std::round(pixel.x()), std::round(pixel.y())) / ratio, pixmap);
    painter.setWorldTransform(transform);
}

CanvasStyle::CanvasStyle()
{
    refresh();
}

void CanvasStyle::refresh()
{
    m_title = canvasFont(13, QFont::DemiBold);
    m_small = canvasFont(11, QFont::Normal);
    m_label = canvasFont(10, QFont::Medium);
    m_shadows.clear();
    m_icons.clear();
    m_bodies.clear();
    m_widths.clear();
    m_texts.clear();
}

double CanvasStyle::textWidth(const QFont &font, const QString &text) const
{
    const auto key = std::pair(text, font.pixelSize());
    auto found = m_widths.find(key);
    if (found == m_widths.end()) {
        if (m_widths.size() > kMostTexts)
            m_widths.clear();
        found = m_widths.insert(key, QFontMetricsF(font).horizontalAdvance(text));
    }
    return *found;
}

void CanvasStyle::drawText(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, Qt::Alignment horizontal)
{
    const bool cut = textWidth(font, text) > rect.width();
    const auto key = std::pair(text, quint64(font.pixelSize()) << 32 | quint64(cut ? std::lround(rect.width() * 8) : 0));
    auto found = m_texts.find(key);
    if (found == m_texts.end()) {
        if (m_texts.size() > kMostTexts)
            m_texts.clear();
        QStaticText line(cut ? QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()) : text);
        line.setTextFormat(Qt::PlainText);
        line.setPerformanceHint(QStaticText::AggressiveCaching);
        line.prepare({}, font);
        found = m_texts.insert(key, line);
    }
    const QSizeF size = found->size();
    const double room = rect.width() - size.width();
    const double left = rect.left() + (horizontal & Qt::AlignRight ? room : horizontal & Qt::AlignHCenter ? room / 2 : 0);
    painter.setFont(font);
    painter.drawStaticText(QPointF(left, rect.center().y() - size.height() / 2), *found);
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
    drawOnPixels(painter, *found, rect.topLeft());
}

void CanvasStyle::drawShadow(QPainter &painter, const QRectF &rect)
{
    if (theme().canvas == QColor(Qt::black))
        return; // nothing to be seen of it
    const double scale = scaleOf(painter) * painter.device()->devicePixelRatioF();
    const auto part = [](double value, int shift) { return quint64(std::lround(value)) << shift; };
    const quint64 key = part(rect.width(), 48) | part(rect.height(), 32) | part(scale * 1000, 0);
    auto found = m_shadows.find(key);
    if (found == m_shadows.end()) {
        if (m_shadows.size() > 40)
            m_shadows.clear();
        found = m_shadows.insert(key, shadowPixmap(rect.size(), scale, theme().dark));
    }
    drawOnPixels(painter, *found, rect.topLeft() + QPointF(-kShadowReach, kShadowDrop - kShadowReach));
}

void CanvasStyle::drawBody(QPainter &painter, const BodyKey &key, const QRectF &rect, const std::function<void(QPainter &)> &paint)
{
    constexpr std::size_t kMostBodies = 200;
    const double scale = scaleOf(painter) * painter.device()->devicePixelRatioF();
    if (m_bodies.size() > kMostBodies)
        m_bodies.clear();
    const auto [found, fresh] = m_bodies.try_emplace({key, int(std::lround(scale * 10'000))});
    if (fresh) {
        paint(painter);
        return;
    }
    QPixmap &body = found->second;
    if (body.isNull()) {
        body = QPixmap(QSize(int(std::ceil(rect.width() * scale)), int(std::ceil(rect.height() * scale))).expandedTo({1, 1}));
        body.fill(Qt::transparent);
        QPainter canvas(&body);
        canvas.setRenderHint(QPainter::Antialiasing);
        canvas.scale(scale, scale);
        canvas.translate(-rect.topLeft());
        paint(canvas);
    }
    drawOnPixels(painter, body, rect.topLeft());
}

double scaleOf(const QPainter &painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

} // namespace netloom
