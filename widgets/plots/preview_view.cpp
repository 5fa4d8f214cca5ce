// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/preview_view.h"

#include "plots/empty_state.h"
#include "plots/preview_painting.h"
#include "theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <span>

namespace netloom {

namespace {

constexpr int kMargin = 12;
constexpr int kGap = 6;
constexpr int kSmallestTile = 56; ///< px: below, the grid scrolls
constexpr double kToldApart = 4; ///< px: pixels larger than this should be of one size
constexpr int kBarRow = 24;
constexpr int kNumberWidth = 70;
constexpr double kNarrowestBar = 2;

/// Channels of H×W numbers as a picture, @p black to @p white.
QImage imageOf(std::span<const float> values, int channels, int height, int width, float black, float white)
{
    const float span = white > black && std::isfinite(white - black) ? white - black : 1;
    const auto plane = std::size_t(height) * std::size_t(width);
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const std::size_t pixel = std::size_t(y) * std::size_t(width) + std::size_t(x);
            const auto level = [&](int channel) {
                const float share = (values[pixel + plane * std::size_t(channels == 3 ? channel : 0)] - black) / span;
                return std::isfinite(share) ? int(std::lround(std::clamp(share, 0.0f, 1.0f) * 255)) : 0;
            };
            line[x] = qRgb(level(0), level(1), level(2));
        }
    }
    return image;
}

} // namespace

PreviewView::PreviewView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("previewView"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setMouseTracking(true);
}

void PreviewView::setPreview(std::shared_ptr<const NodePreview> preview, std::shared_ptr<const NodeValues> values)
{
    m_preview = std::move(preview);
    m_values = std::move(values);
    m_stale = false;
    makeTiles();
    layOut();
    followPointer();
}

void PreviewView::setStale()
{
    m_stale = true;
    viewport()->update();
}

void PreviewView::makeTiles()
{
    m_tiles.clear();
    if (!m_preview || !m_values || m_values->shape.rank() != 3)
        return;
    const auto &shape = m_values->shape;
    const auto plane = std::size_t(shape[1] * shape[2]);
    if (plane == 0 || m_values->values.size() != plane * std::size_t(shape[0]))
        return;
    m_tilePixels = {int(shape[2]), int(shape[1])};
    const std::span<const float> all(m_values->values);
    if (m_preview->kind == NodePreview::Kind::Picture) {
        m_tiles.push_back({imageOf(all, int(shape[0]), m_tilePixels.height(), m_tilePixels.width(), m_preview->black, m_preview->white),
            m_preview->min, m_preview->max});
    } else if (m_preview->kind == NodePreview::Kind::Maps) {
        for (std::int64_t channel = 0; channel < shape[0]; ++channel) {
            const auto map = all.subspan(plane * std::size_t(channel), plane);
            const auto [low, high] = std::ranges::minmax(map);
            m_tiles.push_back({imageOf(map, 1, m_tilePixels.height(), m_tilePixels.width(), low, high), low, high});
        }
    }
}

void PreviewView::layOut()
{
    verticalScrollBar()->setPageStep(viewport()->height());
    if (hasTiles())
        layOutTiles();
    else if (hasFields())
        verticalScrollBar()->setRange(0, std::max(0, int(m_preview->fields.size()) * kBarRow + 2 * kMargin - viewport()->height()));
    else if (hasBars())
        layOutBars();
    else
        verticalScrollBar()->setRange(0, 0);
}

/// The largest scale at which every tile can be seen without scrolling, a whole one where pixels are large enough to be told apart;
/// the smallest one, scrolled, where there is none.
void PreviewView::layOutTiles()
{
    const QSizeF room(viewport()->width() - 2 * kMargin, viewport()->height() - 2 * kMargin);
    const int side = std::max(m_tilePixels.width(), m_tilePixels.height());
    const auto heightAt = [&](double scale) {
        m_columns = std::max(1, int((room.width() + kGap) / (m_tilePixels.width() * scale + kGap)));
        const int rows = (tileCount() + m_columns - 1) / m_columns;
        return rows * (m_tilePixels.height() * scale + kGap) - kGap;
    };
    const auto fits = [&](double scale) { return heightAt(scale) <= room.height() && m_tilePixels.width() * scale <= room.width(); };
    m_scale = std::max(1.0, std::floor(std::max(room.width(), room.height()) / side));
    while (!fits(m_scale) && m_scale * side > (tileCount() == 1 ? 1 : kSmallestTile))
        m_scale = m_scale > kToldApart ? std::ceil(m_scale) - 1 : m_scale * 0.95;
    const double height = heightAt(m_scale) + 2 * kMargin;
    verticalScrollBar()->setSingleStep(int(m_tilePixels.height() * m_scale) + kGap);
    verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(height)) - viewport()->height()));
}

void PreviewView::layOutBars()
{
    const auto count = std::int64_t(m_values->values.size());
    const double width = viewport()->width() - 2 * kMargin;
    if (!m_preview->names.empty()) {
        const QFontMetrics metrics(themeFont(TextRole::Body));
        m_nameWidth = 0;
        for (const std::string &name : m_preview->names)
            m_nameWidth = std::max(m_nameWidth, metrics.horizontalAdvance(QStringLiteral("✓ ") + QString::fromStdString(name)));
        m_nameWidth = std::min(m_nameWidth, int(width) / 2);
        m_columns = 1;
        m_pitch = kBarRow;
        verticalScrollBar()->setSingleStep(kBarRow);
        verticalScrollBar()->setRange(0, std::max(0, int(count) * kBarRow + 2 * kMargin - viewport()->height()));
        return;
    }
    // Rows of bars one below the other where one row would be too fine.
    const auto perRow = std::clamp<std::int64_t>(std::int64_t(width / kNarrowestBar), 1, count);
    m_columns = int(perRow);
    m_pitch = width / double(perRow);
    const auto rows = (count + perRow - 1) / perRow;
    const int least = int(rows) * kSmallestTile + 2 * kMargin;
    verticalScrollBar()->setSingleStep(kSmallestTile);
    verticalScrollBar()->setRange(0, std::max(0, least - viewport()->height()));
}

QRectF PreviewView::tileRect(int index) const
{
    if (index < 0 || index >= tileCount())
        return {};
    const QSizeF tile = QSizeF(m_tilePixels) * m_scale;
    const int across = std::min(m_columns, tileCount());
    const double left = std::max(double(kMargin), (viewport()->width() - across * (tile.width() + kGap) + kGap) / 2);
    return {std::floor(left) + index % m_columns * (tile.width() + kGap),
        kMargin + index / m_columns * (tile.height() + kGap) - verticalScrollBar()->value(), tile.width(), tile.height()};
}

QRectF PreviewView::barRect(std::int64_t index) const
{
    if (!hasBars() || index < 0 || index >= std::int64_t(m_values->values.size()))
        return {};
    const double top = kMargin - verticalScrollBar()->value();
    if (!m_preview->names.empty())
        return {double(kMargin), top + double(index) * kBarRow, viewport()->width() - 2.0 * kMargin, kBarRow};
    const auto rows = (std::int64_t(m_values->values.size()) + m_columns - 1) / m_columns;
    const double height = std::max(double(kSmallestTile), (viewport()->height() - 2.0 * kMargin) / double(rows));
    return {kMargin + m_pitch * double(index % m_columns), top + height * double(index / m_columns), m_pitch, height - (rows > 1 ? kGap : 0)};
}

void PreviewView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Window));
    painter.setOpacity(m_stale ? 0.35 : 1);
    if (hasTiles())
        paintTiles(painter);
    else if (!hasBars())
        paintEmptyState(painter, viewport()->rect(), QStringLiteral("image"), tr("No preview"),
            m_preview ? QString::fromStdString(m_preview->reason) : tr("It is on its way."));
    else if (hasFields())
        paintFields(painter);
    else if (m_preview->names.empty())
        paintColumns(painter);
    else
        paintNamedBars(painter);
}

void PreviewView::paintTiles(QPainter &painter)
{
    const Theme &theme = Theme::current();
    for (int index = 0; index < tileCount(); ++index) {
        const QRectF tile = tileRect(index);
        if (!tile.intersects(viewport()->rect()))
            continue;
        drawPixels(painter, tile, m_tiles[std::size_t(index)].image);
        const bool hovered = m_spot && m_spot->index == index;
        painter.setPen(QPen(hovered ? theme.accent : theme.border, hovered ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(tile.adjusted(-1, -1, 0, 0));
        if (!hovered)
            continue;
        const QRectF pixel(tile.left() + m_spot->column * m_scale, tile.top() + m_spot->row * m_scale, m_scale, m_scale);
        painter.setPen(QPen(theme.accent, m_scale < 4 ? 1 : 2));
        painter.drawRect(pixel.adjusted(-1, -1, 1, 1));
    }
}

void PreviewView::paintColumns(QPainter &painter)
{
    const Theme &theme = Theme::current();
    const double top = std::max(0.0f, m_preview->max);
    const double span = std::max(1e-12, top - double(std::min(0.0f, m_preview->min)));
    for (std::int64_t index = 0; index < std::int64_t(m_values->values.size()); ++index) {
        const QRectF room = barRect(index);
        if (!room.intersects(viewport()->rect()))
            continue;
        const double value = m_values->values[std::size_t(index)];
        const double zero = room.top() + room.height() * top / span;
        const double width = m_pitch > 4 ? m_pitch * 0.8 : m_pitch;
        const QRectF bar = QRectF(room.left(), zero, width, std::isfinite(value) ? -room.height() * value / span : 0).normalized();
        const bool hovered = m_spot && m_spot->index == index;
        if (hovered)
            painter.fillRect(room, theme.hover);
        painter.fillRect(bar, hovered ? theme.accentHover : theme.accent);
        painter.setPen(QPen(theme.borderStrong, 1));
        painter.drawLine(QPointF(room.left(), zero), QPointF(room.right(), zero));
    }
}

void PreviewView::paintNamedBars(QPainter &painter)
{
    const Theme &theme = Theme::current();
    painter.setFont(themeFont(TextRole::Body));
    const QFontMetrics metrics = painter.fontMetrics();
    const double most = m_preview->probabilities ? 1 : std::max({1e-9, std::abs(double(m_preview->min)), std::abs(double(m_preview->max))});
    for (std::int64_t index = 0; index < std::int64_t(m_values->values.size()); ++index) {
        const QRectF row = barRect(index);
        if (m_spot && m_spot->index == index)
            painter.fillRect(row, theme.hover);
        const bool right = index == m_preview->target;
        const QString name = (right ? QStringLiteral("✓ ") : QString()) + QString::fromStdString(m_preview->names.at(std::size_t(index)));
        painter.setPen(right ? theme.success : theme.text);
        painter.drawText(QRectF(row.left(), row.top(), m_nameWidth, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(name, Qt::ElideRight, m_nameWidth));
        const double value = m_values->values[std::size_t(index)];
        painter.setPen(theme.textMuted);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter,
            m_preview->probabilities ? tr("%1 %").arg(value * 100, 0, 'f', 1) : previewNumber(value));
        const double room = row.width() - m_nameWidth - kNumberWidth - 12;
        const QRectF bar(row.left() + m_nameWidth + 12, row.center().y() - 4, std::max(1.0, room * std::abs(value) / most), 8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(value < 0 ? theme.borderStrong : theme.accent);
        painter.drawRoundedRect(bar, 3, 3);
    }
}

void PreviewView::paintFields(QPainter &painter)
{
    const Theme &theme = Theme::current();
    painter.setFont(themeFont(TextRole::Body));
    const QFontMetrics metrics = painter.fontMetrics();
    const double half = (viewport()->width() - 3 * kMargin) / 2.0;
    double top = kMargin - verticalScrollBar()->value();
    for (const auto &[name, value] : m_preview->fields) {
        const QRectF row(kMargin, top, viewport()->width() - 2 * kMargin, kBarRow);
        painter.setPen(theme.textMuted);
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(QString::fromStdString(name), Qt::ElideRight, int(half)));
        painter.setPen(theme.text);
        painter.drawText(row.adjusted(half + kMargin, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(QString::fromStdString(value), Qt::ElideRight, int(half)));
        painter.fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), theme.border);
        top += kBarRow;
    }
}

std::optional<PreviewView::Spot> PreviewView::spotAt(QPointF point) const
{
    for (int index = 0; index < tileCount(); ++index) {
        const QRectF tile = tileRect(index);
        if (!tile.contains(point))
            continue;
        return Spot{index, std::min(int((point.y() - tile.top()) / m_scale), m_tilePixels.height() - 1),
            std::min(int((point.x() - tile.left()) / m_scale), m_tilePixels.width() - 1)};
    }
    if (!hasBars() || hasFields())
        return std::nullopt;
    for (std::int64_t index = 0; index < std::int64_t(m_values->values.size()); ++index) {
        if (barRect(index).contains(point))
            return Spot{index};
    }
    return std::nullopt;
}

float PreviewView::valueAt(std::int64_t channel, int row, int column) const
{
    return m_values->values[std::size_t((channel * m_tilePixels.height() + row) * m_tilePixels.width() + column)];
}

QString PreviewView::readout(const Spot &spot) const
{
    if (!hasTiles()) {
        const QString name = m_preview->names.empty() ? QString() : ' ' + QString::fromStdString(m_preview->names.at(std::size_t(spot.index)));
        return tr("Number %1%2: %3").arg(QString::number(spot.index), name, previewNumber(m_values->values[std::size_t(spot.index)]));
    }
    const QString place = tr("row %1, column %2").arg(spot.row).arg(spot.column);
    if (m_preview->kind == NodePreview::Kind::Maps) {
        const Tile &tile = m_tiles[std::size_t(spot.index)];
        return tr("Map %1 · %2: %3 · this map goes from %4 to %5").arg(QString::number(spot.index), place,
            previewNumber(valueAt(spot.index, spot.row, spot.column)), previewNumber(tile.low), previewNumber(tile.high));
    }
    QStringList channels;
    for (std::int64_t channel = 0; channel < m_values->shape[0]; ++channel)
        channels << previewNumber(valueAt(channel, spot.row, spot.column));
    return tr("Pixel at %1: %2").arg(place, channels.join(QStringLiteral(", ")));
}

QString PreviewView::readoutAt(QPointF point) const
{
    const auto spot = spotAt(point);
    return spot ? readout(*spot) : QString();
}

void PreviewView::followPointer()
{
    m_spot = m_pointer ? spotAt(*m_pointer) : std::nullopt;
    emit readoutChanged(m_spot ? readout(*m_spot) : QString());
    viewport()->update();
}

void PreviewView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void PreviewView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void PreviewView::scrollContentsBy(int, int)
{
    followPointer();
}

bool PreviewView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::MouseMove) {
        m_pointer = static_cast<QMouseEvent *>(event)->position();
        followPointer();
    } else if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        followPointer();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace netloom
