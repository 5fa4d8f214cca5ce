// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/preview_painting.h"

#include "theme/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace netloom {

namespace {

constexpr std::int64_t kMapsShown = 8; ///< more would be too small to be seen from the back of a room
constexpr double kGap = 2;
constexpr int kRows = 4; ///< of classes

QString text(const char *source)
{
    return QCoreApplication::translate("preview", source);
}

/// The largest rectangle of the proportions of @p size in the middle of @p room.
QRectF fitted(QSizeF size, const QRectF &room)
{
    size.scale(room.size(), Qt::KeepAspectRatio);
    return {room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, size.width(), size.height()};
}

void paintMaps(QPainter &painter, const QRectF &rect, const NodePreview &preview)
{
    const std::int64_t count = std::min(preview.tileCount(), kMapsShown);
    std::int64_t columns = 1;
    double best = 0;
    const auto scaleWith = [&](std::int64_t across) {
        const std::int64_t down = (count + across - 1) / across;
        return std::min((rect.width() - kGap * double(across - 1)) / (double(across) * preview.tileWidth),
            (rect.height() - kGap * double(down - 1)) / (double(down) * preview.tileHeight));
    };
    for (std::int64_t across = 1; across <= count; ++across) {
        if (scaleWith(across) > best) {
            best = scaleWith(across);
            columns = across;
        }
    }
    const QSizeF tile = QSizeF(preview.tileWidth, preview.tileHeight) * best;
    const std::int64_t rows = (count + columns - 1) / columns;
    const QPointF corner = rect.center()
        - QPointF(double(columns) * (tile.width() + kGap) - kGap, double(rows) * (tile.height() + kGap) - kGap) / 2;
    for (std::int64_t index = 0; index < count; ++index) {
        const QPointF place(double(index % columns) * (tile.width() + kGap), double(index / columns) * (tile.height() + kGap));
        drawPixels(painter, QRectF(corner + place, tile), previewTile(preview, index));
    }
}

void paintColumns(QPainter &painter, const QRectF &rect, const NodePreview &preview)
{
    const Theme &theme = Theme::current();
    const auto [low, high] = std::ranges::minmax(preview.bars);
    const double top = std::max(0.0f, high);
    const double bottom = std::min(0.0f, low);
    const double span = top > bottom && std::isfinite(top - bottom) ? top - bottom : 1;
    const double zero = rect.top() + rect.height() * top / span;
    const double pitch = rect.width() / double(preview.bars.size());
    const double width = pitch * (pitch > 3 ? 0.75 : 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    for (std::size_t bar = 0; bar < preview.bars.size(); ++bar) {
        const double height = std::isfinite(preview.bars[bar]) ? rect.height() * double(preview.bars[bar]) / span : 0;
        painter.drawRect(QRectF(rect.left() + pitch * (double(bar) + 0.5) - width / 2, zero, width, -height).normalized());
    }
    painter.setPen(QPen(theme.borderStrong, 1));
    painter.drawLine(QPointF(rect.left(), zero), QPointF(rect.right(), zero));
}

/// The classes with the highest scores, a row each.
void paintClasses(QPainter &painter, const QRectF &rect, const NodePreview &preview, const QFont &font)
{
    const Theme &theme = Theme::current();
    std::vector<std::size_t> order(preview.bars.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!preview.estimate)
        std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t at) { return preview.bars[at]; });
    const auto [low, high] = std::ranges::minmax(preview.bars);
    const double most = preview.probabilities ? 1 : std::max({1e-9, std::abs(double(low)), std::abs(double(high))});
    const QFontMetricsF metrics(font);
    const double row = rect.height() / kRows;
    const double numberWidth = metrics.horizontalAdvance(preview.probabilities ? QStringLiteral("100 %") : QStringLiteral("−0.123")) + 2;
    const double nameWidth = rect.width() * 0.5;
    painter.setFont(font);
    for (std::size_t line = 0; line < std::min<std::size_t>(kRows, order.size()); ++line) {
        const std::size_t at = order[line];
        const QRectF place(rect.left(), rect.top() + row * double(line), rect.width(), row);
        const bool right = std::int64_t(at) == preview.target;
        const QString name = (right ? QStringLiteral("✓ ") : QString()) + QString::fromStdString(preview.names[at]);
        painter.setPen(right ? theme.success : theme.text);
        painter.drawText(QRectF(place.left(), place.top(), nameWidth, row), Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(name, Qt::ElideRight, nameWidth));
        painter.setPen(theme.textMuted);
        const double score = preview.bars[at];
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
            preview.probabilities ? QStringLiteral("%1 %").arg(std::lround(score * 100)) : previewNumber(score));
        const double room = place.width() - nameWidth - numberWidth - 8;
        painter.setPen(Qt::NoPen);
        painter.setBrush(score < 0 ? theme.borderStrong : theme.accent);
        painter.drawRoundedRect(QRectF(place.left() + nameWidth + 4, place.center().y() - 3, std::max(1.0, room * std::abs(score) / most), 6), 2, 2);
    }
}

/// A table's row: as many columns as there is room for, name and value in a line each.
void paintFields(QPainter &painter, const QRectF &rect, const NodePreview &preview, const QFont &font)
{
    const Theme &theme = Theme::current();
    const QFontMetricsF metrics(font);
    const auto lines = std::max<std::size_t>(1, std::size_t(rect.height() / metrics.height()));
    const double height = rect.height() / double(lines);
    const bool all = preview.fields.size() <= lines;
    const std::size_t shown = all ? preview.fields.size() : lines - 1;
    painter.setFont(font);
    for (std::size_t line = 0; line < shown; ++line) {
        const QRectF place(rect.left(), rect.top() + height * double(line), rect.width(), height);
        const QString value = metrics.elidedText(QString::fromStdString(preview.fields[line].second), Qt::ElideRight, rect.width() * 0.5);
        painter.setPen(theme.textMuted);
        const double room = rect.width() - metrics.horizontalAdvance(value) - 8;
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(QString::fromStdString(preview.fields[line].first), Qt::ElideRight, room));
        painter.setPen(theme.text);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, value);
    }
    if (all)
        return;
    painter.setPen(theme.textMuted);
    painter.drawText(QRectF(rect.left(), rect.bottom() - height, rect.width(), height), Qt::AlignLeft | Qt::AlignVCenter,
        text("and %1 more").arg(preview.fields.size() - shown));
}

} // namespace

QImage previewTile(const NodePreview &preview, std::int64_t index)
{
    const qsizetype line = qsizetype(preview.tileWidth) * preview.tileChannels;
    const std::uint8_t *first = preview.tiles.data() + index * line * preview.tileHeight;
    const auto format = preview.tileChannels == 3 ? QImage::Format_RGB888 : QImage::Format_Grayscale8;
    return QImage(first, preview.tileWidth, preview.tileHeight, line, format).copy();
}

void drawPixels(QPainter &painter, const QRectF &rect, const QImage &image)
{
    const double scale = rect.width() * painter.worldTransform().m11() / std::max(1, image.width());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, scale < 1);
    painter.drawImage(rect, image);
}

void paintPreview(QPainter &painter, const QRectF &rect, const NodePreview &preview, const QFont &font)
{
    switch (preview.kind) {
    case NodePreview::Kind::None:
        painter.setFont(font);
        painter.setPen(Theme::current().textMuted);
        painter.drawText(rect, Qt::AlignCenter, QStringLiteral("–"));
        return;
    case NodePreview::Kind::Picture:
        drawPixels(painter, fitted({double(preview.tileWidth), double(preview.tileHeight)}, rect), previewTile(preview, 0));
        return;
    case NodePreview::Kind::Maps: paintMaps(painter, rect, preview); return;
    case NodePreview::Kind::Bars:
        if (!preview.fields.empty())
            paintFields(painter, rect, preview, font);
        else if (preview.names.empty())
            paintColumns(painter, rect, preview);
        else
            paintClasses(painter, rect, preview, font);
        return;
    }
}

QString previewNumber(double number)
{
    const bool large = std::abs(number) >= 1e4 && std::abs(number) < 1e9; // such as prices: no exponent
    return (large ? QString::number(number, 'f', 0) : QString::number(number, 'g', std::abs(number) < 1 ? 3 : 4)).replace('-', QStringLiteral("−"));
}

QString previewSummary(const NodePreview &preview)
{
    if (preview.kind == NodePreview::Kind::None)
        return QString::fromStdString(preview.reason);
    if (preview.estimate) {
        const QString predicted = text("Predicted %1").arg(previewNumber(preview.bars.front()));
        return preview.bars.size() < 2 ? predicted : predicted + text(", true %1").arg(previewNumber(preview.bars.back()));
    }
    const auto &dims = preview.shape.dims();
    const auto from = [&](std::size_t fromEnd) { return dims[dims.size() - fromEnd]; };
    QString what;
    if (preview.kind == NodePreview::Kind::Picture)
        what = (from(3) == 1 ? text("Grey picture of %1×%2") : text("Picture of %1×%2")).arg(from(2)).arg(from(1));
    else if (preview.kind == NodePreview::Kind::Maps)
        what = (from(3) == 1 ? text("%1 map of %2×%3") : text("%1 maps of %2×%3")).arg(from(3)).arg(from(2)).arg(from(1));
    else if (!preview.fields.empty())
        what = text("A table's row of %1 numbers").arg(preview.shape.elementsPerSample());
    else if (!preview.names.empty())
        what = (preview.probabilities ? text("Probabilities of %1 classes") : text("Scores of %1 classes")).arg(preview.names.size());
    else
        what = text("%1 numbers").arg(preview.shape.elementsPerSample());
    return what + QStringLiteral(" · ")
        + text("%1 to %2, mean %3").arg(previewNumber(preview.min), previewNumber(preview.max), previewNumber(preview.mean));
}

} // namespace netloom
