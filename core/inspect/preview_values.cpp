// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/preview_values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace netloom {

namespace {

constexpr int kMostPictureSide = 256; ///< px of a tile: what a card can show, zoomed in
constexpr int kMostMapSide = 96;

/// With about four digits, as people write it.
std::string shortNumber(float number)
{
    char text[32];
    const float size = std::abs(number);
    std::snprintf(text, sizeof text, size >= 1e6f || (size > 0 && size < 1e-3f) ? "%.3g" : size >= 1000 || number == std::round(number) ? "%.0f" : "%.4g", double(number));
    return text;
}

struct Range {
    float low = 0;
    float high = 0;
};

/// The smallest and the largest finite number; 0 and 0 where there is none.
Range rangeOf(std::span<const float> numbers)
{
    Range range{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()};
    for (const float number : numbers) {
        if (std::isfinite(number)) {
            range.low = std::min(range.low, number);
            range.high = std::max(range.high, number);
        }
    }
    return range.low <= range.high ? range : Range{};
}

float meanOf(std::span<const float> numbers)
{
    double sum = 0;
    for (const float number : numbers)
        sum += number;
    return numbers.empty() ? 0 : static_cast<float>(sum / double(numbers.size()));
}

/// The size of a tile for pictures of @p height × @p width: as they are, or shrunk to @p mostSide.
void chooseTileSize(NodePreview &preview, std::int64_t height, std::int64_t width, int mostSide)
{
    const double scale = std::min(1.0, double(mostSide) / double(std::max(height, width)));
    preview.tileHeight = std::max(1, static_cast<int>(std::lround(double(height) * scale)));
    preview.tileWidth = std::max(1, static_cast<int>(std::lround(double(width) * scale)));
}

/// Adds channel @p channel of a tile to @p tile: the mean over the pixels that fall into one. @p at gives the number of a place.
template <class At>
void fillTile(const NodePreview &preview, std::uint8_t *tile, int channel, std::int64_t height, std::int64_t width, Range range, At at)
{
    const float span = range.high > range.low ? range.high - range.low : 1;
    for (int y = 0; y < preview.tileHeight; ++y) {
        const std::int64_t top = y * height / preview.tileHeight;
        const std::int64_t bottom = std::max(top + 1, (y + 1) * height / preview.tileHeight);
        for (int x = 0; x < preview.tileWidth; ++x) {
            const std::int64_t left = x * width / preview.tileWidth;
            const std::int64_t right = std::max(left + 1, (x + 1) * width / preview.tileWidth);
            float sum = 0;
            for (std::int64_t row = top; row < bottom; ++row) {
                for (std::int64_t column = left; column < right; ++column)
                    sum += at(row, column);
            }
            const float share = (sum / float((bottom - top) * (right - left)) - range.low) / span;
            tile[(y * preview.tileWidth + x) * preview.tileChannels + channel]
                = std::isfinite(share) ? static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0f, 1.0f) * 255)) : 0;
        }
    }
}

void addStatistics(NodePreview &preview, std::span<const float> numbers)
{
    const Range range = rangeOf(numbers);
    preview.min = range.low;
    preview.max = range.high;
    preview.mean = meanOf(numbers);
}

void addTiles(NodePreview &preview, const Shape &shape, std::span<const float> numbers, bool asPicture)
{
    const std::int64_t height = shape[1];
    const std::int64_t width = shape[2];
    const auto plane = static_cast<std::size_t>(height * width);
    chooseTileSize(preview, height, width, asPicture ? kMostPictureSide : kMostMapSide);
    preview.tileChannels = asPicture ? static_cast<int>(shape[0]) : 1;
    const std::int64_t planes = asPicture ? shape[0] : std::min(shape[0], NodePreview::kMostMaps);
    const auto tileBytes = static_cast<std::size_t>(preview.tileHeight) * static_cast<std::size_t>(preview.tileWidth);
    preview.tiles.resize(tileBytes * static_cast<std::size_t>(planes));
    const bool unit = preview.min >= 0 && preview.max <= 1; // as ToTensor gives them
    preview.black = unit ? 0 : preview.min;
    preview.white = unit ? 1 : preview.max;
    for (std::int64_t index = 0; index < planes; ++index) {
        const auto map = numbers.subspan(plane * static_cast<std::size_t>(index), plane);
        const Range range = asPicture ? Range{preview.black, preview.white} : rangeOf(map);
        std::uint8_t *tile = preview.tiles.data() + (asPicture ? 0 : tileBytes * static_cast<std::size_t>(index));
        fillTile(preview, tile, asPicture ? static_cast<int>(index) : 0, height, width, range,
            [&](std::int64_t row, std::int64_t column) { return map[static_cast<std::size_t>(row * width + column)]; });
    }
}

void addBars(NodePreview &preview, std::span<const float> numbers)
{
    const auto count = static_cast<std::int64_t>(numbers.size());
    preview.perBar = std::max<std::int64_t>(1, (count + NodePreview::kMostBars - 1) / NodePreview::kMostBars);
    for (std::int64_t first = 0; first < count; first += preview.perBar) {
        const auto group = numbers.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(std::min(preview.perBar, count - first)));
        preview.bars.push_back(*std::ranges::max_element(group, {}, [](float number) { return std::abs(number); }));
    }
}

} // namespace

NodePreview previewOfPicture(const Picture &picture)
{
    NodePreview preview;
    preview.kind = NodePreview::Kind::Picture;
    preview.shape = Shape{picture.channels, picture.height, picture.width};
    preview.tileChannels = picture.channels;
    const auto [low, high] = std::ranges::minmax(picture.pixels);
    preview.min = low;
    preview.max = high;
    double sum = 0;
    for (const std::uint8_t pixel : picture.pixels)
        sum += pixel;
    preview.mean = static_cast<float>(sum / double(picture.pixels.size()));
    chooseTileSize(preview, picture.height, picture.width, kMostPictureSide);
    preview.tiles.resize(static_cast<std::size_t>(preview.tileHeight) * static_cast<std::size_t>(preview.tileWidth)
        * static_cast<std::size_t>(picture.channels));
    for (int channel = 0; channel < picture.channels; ++channel) {
        fillTile(preview, preview.tiles.data(), channel, picture.height, picture.width, {0, 255}, [&](std::int64_t row, std::int64_t column) {
            return float(picture.pixels[static_cast<std::size_t>((row * picture.width + column) * picture.channels + channel)]);
        });
    }
    return preview;
}

NodePreview previewOfNumbers(const Shape &shape, std::span<const float> numbers, bool asPicture)
{
    if (numbers.empty())
        return noPreview("Nothing comes out: the output is empty.");
    NodePreview preview;
    std::vector<std::int64_t> dims{Shape::kBatch};
    dims.insert(dims.end(), shape.dims().begin(), shape.dims().end());
    preview.shape = Shape(std::move(dims));
    addStatistics(preview, numbers);
    const bool plane = shape.rank() == 3 && shape[1] * shape[2] > 1;
    if (plane) {
        const bool picture = asPicture && (shape[0] == 1 || shape[0] == 3);
        preview.kind = picture ? NodePreview::Kind::Picture : NodePreview::Kind::Maps;
        addTiles(preview, shape, numbers, picture);
    } else {
        preview.kind = NodePreview::Kind::Bars;
        addBars(preview, numbers);
    }
    return preview;
}

NodePreview previewOfRow(std::span<const float> numbers, const SourceFacts &facts)
{
    NodePreview preview = previewOfNumbers(Shape{static_cast<std::int64_t>(numbers.size())}, numbers, false);
    if (numbers.size() != facts.columns.size())
        return preview;
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const ColumnFacts &column = facts.columns[at];
        const auto index = static_cast<std::size_t>(std::max(0.0f, numbers[at]));
        if (column.indicator() && numbers[at] > 0.5f)
            preview.fields.emplace_back(column.column, column.word);
        else if (!column.indicator())
            preview.fields.emplace_back(column.name, index < column.categories.size() ? column.categories[index] : shortNumber(numbers[at]));
    }
    return preview;
}

NodePreview noPreview(std::string reason)
{
    NodePreview preview;
    preview.reason = std::move(reason);
    return preview;
}

} // namespace netloom
