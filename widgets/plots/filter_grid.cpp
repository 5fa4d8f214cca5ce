// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/filter_grid.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <span>

namespace netloom {

namespace {

constexpr int kMargin = 10;
constexpr int kGap = 6;
constexpr int kCaption = 24;
constexpr int kSmallestTile = 20; ///< px
constexpr int kLargestTile = 72;  ///< px

/// One filter (channels × pixels values) as a picture: zero is mid grey, the largest magnitude black or white (or full colour).
QImage filterImage(std::span<const float> weights, int channels, int height, int width)
{
    float magnitude = 0;
    const std::size_t pixels = std::size_t(height) * std::size_t(width);
    std::vector<float> mean;
    if (channels != 3) {
        mean.assign(pixels, 0);
        for (std::size_t index = 0; index < weights.size(); ++index)
            mean[index % pixels] += weights[index] / float(channels);
        weights = mean;
    }
    for (float weight : weights)
        magnitude = std::max(magnitude, std::abs(weight));
    const auto level = [&](std::size_t index) {
        return magnitude > 0 ? std::clamp(int(std::lround(127.5 + 127.5 * double(weights[index] / magnitude))), 0, 255) : 128;
    };
    QImage image(width, height, QImage::Format_RGB32);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        const int red = level(pixel);
        const QRgb colour = channels == 3 ? qRgb(red, level(pixel + pixels), level(pixel + 2 * pixels)) : qRgb(red, red, red);
        image.setPixel(int(pixel) % width, int(pixel) / width, colour);
    }
    return image;
}

} // namespace

FilterGrid::FilterGrid(QWidget *parent) : QAbstractScrollArea(parent)
{
    setObjectName("filters");
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setMouseTracking(true);
}

void FilterGrid::setFilters(const QString &layer, int count, int channels, int height, int width, std::vector<float> values)
{
    const auto size = std::size_t(std::max(channels, 0)) * std::size_t(std::max(height, 0)) * std::size_t(std::max(width, 0));
    if (count < 1 || size == 0 || values.size() != size * std::size_t(count)
        || std::ranges::any_of(values, [](float value) { return !std::isfinite(value); })) {
        clear();
        return;
    }
    m_tiles.clear();
    for (int index = 0; index < count; ++index) {
        const std::span<const float> weights(values.data() + size * std::size_t(index), size);
        const auto [low, high] = std::ranges::minmax(weights);
        m_tiles.push_back({filterImage(weights, channels, height, width), low, high});
    }
    m_layer = tr("%1: %2 filters, %3×%4×%5").arg(layer).arg(count).arg(channels).arg(height).arg(width);
    m_filterSize = {width, height};
    layOut();
    viewport()->update();
}

void FilterGrid::clear()
{
    m_tiles.clear();
    m_hover = -1;
    layOut();
    viewport()->update();
}

/// The largest whole-number scale at which every filter can be seen without scrolling; the smallest one, scrolled, where there is none.
void FilterGrid::layOut()
{
    const int count = filterCount();
    if (count == 0) {
        verticalScrollBar()->setRange(0, 0);
        return;
    }
    const int side = std::max(m_filterSize.width(), m_filterSize.height());
    const int smallest = std::max(1, (kSmallestTile + side - 1) / side);
    const int largest = std::max(smallest, kLargestTile / side);
    const QSize room(viewport()->width() - 2 * kMargin, viewport()->height() - kMargin - kCaption);
    for (m_scale = largest;; --m_scale) {
        const QSize tile = m_filterSize * m_scale;
        m_columns = std::max(1, (room.width() + kGap) / (tile.width() + kGap));
        const int rows = (count + m_columns - 1) / m_columns;
        if (m_scale <= smallest || rows * (tile.height() + kGap) - kGap <= room.height())
            break;
    }
    const int rows = (count + m_columns - 1) / m_columns;
    const int height = kCaption + rows * (m_filterSize.height() * m_scale + kGap) - kGap + kMargin;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(m_filterSize.height() * m_scale + kGap);
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
}

QRect FilterGrid::tileRect(int index) const
{
    if (index < 0 || index >= filterCount())
        return {};
    const QSize tile = m_filterSize * m_scale;
    return {kMargin + index % m_columns * (tile.width() + kGap),
        kCaption + index / m_columns * (tile.height() + kGap) - verticalScrollBar()->value(), tile.width(), tile.height()};
}

int FilterGrid::tileAt(const QPoint &position) const
{
    for (int index = 0; index < filterCount(); ++index) {
        if (tileRect(index).contains(position))
            return index;
    }
    return -1;
}

void FilterGrid::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Window));
    if (m_tiles.empty()) {
        paintEmptyState(painter, viewport()->rect(), "category-layer", tr("No filters yet"), tr("The first convolution's filters are drawn here as they learn."));
        return;
    }
    painter.setFont(themeFont(TextRole::Small));
    painter.setPen(theme.textMuted);
    const QRect caption(kMargin, -verticalScrollBar()->value(), viewport()->width() - 2 * kMargin, kCaption - 2);
    painter.drawText(caption, Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(m_layer, Qt::ElideRight, caption.width()));
    for (int index = 0; index < filterCount(); ++index) {
        const QRect tile = tileRect(index);
        if (!tile.intersects(viewport()->rect()))
            continue;
        painter.drawImage(tile, m_tiles[std::size_t(index)].image);
        painter.setPen(QPen(index == m_hover ? theme.accent : theme.border, index == m_hover ? 2 : 1));
        painter.drawRect(tile.adjusted(-1, -1, 0, 0));
    }
}

void FilterGrid::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void FilterGrid::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

bool FilterGrid::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = tileAt(help->pos());
        if (index < 0) {
            QToolTip::hideText();
            return true;
        }
        const Tile &tile = m_tiles[std::size_t(index)];
        QToolTip::showText(help->globalPos(), tr("Filter %1\nWeights from %2 to %3").arg(index).arg(double(tile.smallest), 0, 'f', 3).arg(double(tile.largest), 0, 'f', 3),
            viewport(), tileRect(index));
        return true;
    }
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::Leave) {
        const int hovered = event->type() == QEvent::Leave ? -1 : tileAt(static_cast<QMouseEvent *>(event)->pos());
        if (hovered != m_hover) {
            m_hover = hovered;
            viewport()->update();
        }
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace netloom
