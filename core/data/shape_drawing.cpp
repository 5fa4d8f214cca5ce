// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/shape_drawing.h"

#include "data/picture_pixels.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>
#include <vector>

namespace netloom {

namespace {

constexpr int kUnit = 1024;     ///< a shape's radius in its own coordinates
constexpr int kSubpixels = 4;   ///< samples of a pixel in each direction
constexpr int kLeastContrast = 70; ///< between the brightness of shape and ground, of 255

struct Corner {
    int x = 0;
    int y = 0;
};

constexpr std::array<Corner, 4> kSquare{{{-724, -724}, {724, -724}, {724, 724}, {-724, 724}}};
constexpr std::array<Corner, 3> kTriangle{{{0, -1024}, {887, 512}, {-887, 512}}};
constexpr std::array<Corner, 10> kStar{{{0, -1024}, {241, -331}, {974, -316}, {389, 127}, {602, 828}, {0, 410}, {-602, 828}, {-389, 127},
    {-974, -316}, {-241, -331}}};
constexpr std::array<Corner, 12> kCross{{{-300, -970}, {300, -970}, {300, -300}, {970, -300}, {970, 300}, {300, 300}, {300, 970}, {-300, 970},
    {-300, 300}, {-970, 300}, {-970, -300}, {-300, -300}}};
constexpr std::array<Corner, 7> kArrow{{{0, -1024}, {760, -100}, {290, -100}, {290, 960}, {-290, 960}, {-290, -100}, {-760, -100}}};

/// 1024 times the cosine of 0 to 15 sixty-fourths of a turn.
constexpr std::array<int, 17> kCosines{1024, 1019, 1004, 980, 946, 903, 851, 792, 724, 650, 569, 483, 392, 297, 200, 100, 0};

/// 1024 times the cosine of @p step sixty-fourths of a turn.
int cosine(int step)
{
    const int turned = ((step % 64) + 64) % 64;
    const int half = turned > 32 ? 64 - turned : turned;
    return half > 16 ? -kCosines[static_cast<std::size_t>(32 - half)] : kCosines[static_cast<std::size_t>(half)];
}

bool inDisc(int x, int y, int radius)
{
    return std::int64_t{x} * x + std::int64_t{y} * y <= std::int64_t{radius} * radius;
}

/// By counting the edges that a ray to the right crosses.
bool inPolygon(std::span<const Corner> corners, int x, int y)
{
    bool inside = false;
    for (std::size_t at = 0, before = corners.size() - 1; at < corners.size(); before = at++) {
        const Corner &from = corners[before];
        const Corner &to = corners[at];
        if ((from.y > y) == (to.y > y))
            continue;
        const std::int64_t side = std::int64_t{to.x - from.x} * (y - from.y) - std::int64_t{x - from.x} * (to.y - from.y);
        inside ^= (to.y > from.y) == (side > 0);
    }
    return inside;
}

/// Whether the point, in units of the shape's own, lies in the shape.
bool holds(DrawnShape shape, int x, int y)
{
    switch (shape) {
    case DrawnShape::Circle: return inDisc(x, y, kUnit * 9 / 10);
    case DrawnShape::Ring: return inDisc(x, y, kUnit) && !inDisc(x, y, kUnit * 6 / 10);
    case DrawnShape::Crescent: return inDisc(x, y, kUnit) && !inDisc(x - 420, y, kUnit * 8 / 10);
    case DrawnShape::Square: return inPolygon(kSquare, x, y);
    case DrawnShape::Triangle: return inPolygon(kTriangle, x, y);
    case DrawnShape::Star: return inPolygon(kStar, x, y);
    case DrawnShape::Cross: return inPolygon(kCross, x, y);
    case DrawnShape::Arrow: return inPolygon(kArrow, x, y);
    }
    return false;
}

int drawnFrom(std::mt19937_64 &random, int lowest, int highest)
{
    return lowest + static_cast<int>(randomBelow(random, static_cast<std::uint64_t>(highest - lowest + 1)));
}

Rgb randomColour(std::mt19937_64 &random)
{
    Rgb colour;
    for (std::uint8_t &part : colour)
        part = static_cast<std::uint8_t>(drawnFrom(random, 0, 255));
    return colour;
}

/// Place, size and turn, all lengths in subpixels.
struct Placement {
    int x = 0;
    int y = 0;
    int radius = 1;
    int turn = 0; ///< in sixty-fourths
};

/// With a radius of @p least to @p most hundredths of the side.
Placement randomPlacement(int side, int least, int most, std::mt19937_64 &random)
{
    const int whole = side * kSubpixels;
    Placement place;
    place.radius = drawnFrom(random, whole * least / 100, whole * most / 100);
    place.x = drawnFrom(random, place.radius, whole - place.radius);
    place.y = drawnFrom(random, place.radius, whole - place.radius);
    place.turn = drawnFrom(random, 0, 63);
    return place;
}

/// How many of a pixel's subpixels the shape covers.
int coverage(DrawnShape shape, const Placement &place, int column, int row)
{
    int count = 0;
    const int cosineOfTurn = cosine(place.turn);
    const int sineOfTurn = cosine(place.turn - 16);
    for (int below = 0; below < kSubpixels; ++below) {
        for (int beside = 0; beside < kSubpixels; ++beside) {
            const int x = (column * kSubpixels + beside - place.x) * kUnit / place.radius;
            const int y = (row * kSubpixels + below - place.y) * kUnit / place.radius;
            count += holds(shape, (x * cosineOfTurn + y * sineOfTurn) / kUnit, (y * cosineOfTurn - x * sineOfTurn) / kUnit);
        }
    }
    return count;
}

/// Nearly normal: the sum of four even numbers, whose deviation is 2/√12 of what each spans.
void addNoise(Picture &picture, double noise, std::mt19937_64 &random)
{
    const int span = static_cast<int>(noise * 255 * 1.7320508); // of each, so that the sum deviates by noise · 255
    if (span <= 0)
        return;
    for (std::uint8_t &value : picture.pixels) {
        std::uint64_t bits = random();
        int sum = -2 * span;
        for (int part = 0; part < 4; ++part, bits >>= 16)
            sum += static_cast<int>((bits & 0xffff) * static_cast<std::uint64_t>(span + 1) >> 16);
        value = static_cast<std::uint8_t>(std::clamp(value + sum, 0, 255));
    }
}

/// As bright as it is: of a grey picture the grey alone.
Rgb paintFor(const Rgb &colour, const DrawingStyle &style)
{
    return style.channels == 1 ? Rgb{luma(colour.data())} : colour;
}

Rgb colourBefore(const Rgb &ground, std::mt19937_64 &random)
{
    Rgb colour = randomColour(random);
    while (std::abs(luma(colour.data()) - luma(ground.data())) < kLeastContrast)
        colour = randomColour(random);
    return colour;
}

void fillWith(const Rgb &paint, const DrawingStyle &style, Picture &picture)
{
    picture.height = picture.width = style.side;
    picture.channels = style.channels;
    picture.pixels.resize(static_cast<std::size_t>(style.side) * static_cast<std::size_t>(style.side) * static_cast<std::size_t>(style.channels));
    for (std::size_t at = 0; at < picture.pixels.size(); ++at)
        picture.pixels[at] = paint[at % static_cast<std::size_t>(style.channels)];
}

/// Paints @p shape over what is there.
void paintShape(DrawnShape shape, const Placement &place, const Rgb &paint, Picture &picture)
{
    std::uint8_t *out = picture.pixels.data();
    constexpr int most = kSubpixels * kSubpixels;
    for (int row = 0; row < picture.height; ++row) {
        for (int column = 0; column < picture.width; ++column) {
            const int x = column * kSubpixels;
            const int y = row * kSubpixels;
            const bool near = std::abs(x - place.x) <= place.radius + kSubpixels && std::abs(y - place.y) <= place.radius + kSubpixels;
            const int covered = near ? coverage(shape, place, column, row) : 0;
            for (int channel = 0; channel < picture.channels; ++channel, ++out)
                *out = static_cast<std::uint8_t>((paint[static_cast<std::size_t>(channel)] * covered + *out * (most - covered) + most / 2) / most);
        }
    }
}

/// A place for one more shape: of several drawn the one that is farthest from the others.
Placement placementBeside(const std::vector<Placement> &others, int side, std::mt19937_64 &random)
{
    constexpr int kTries = 12;
    Placement best;
    std::int64_t widest = std::numeric_limits<std::int64_t>::min();
    for (int tried = 0; tried < kTries; ++tried) {
        const Placement place = randomPlacement(side, 14, 22, random);
        std::int64_t gap = std::numeric_limits<std::int64_t>::max();
        for (const Placement &other : others) {
            const std::int64_t x = place.x - other.x, y = place.y - other.y, reach = place.radius + other.radius;
            gap = std::min(gap, x * x + y * y - reach * reach);
        }
        if (gap > widest) {
            widest = gap;
            best = place;
        }
    }
    return best;
}

} // namespace

void drawShape(DrawnShape shape, const DrawingStyle &style, std::mt19937_64 &random, Picture &picture)
{
    const Placement place = randomPlacement(style.side, 20, 40, random);
    const Rgb ground = randomColour(random);
    const Rgb colour = colourBefore(ground, random);
    fillWith(paintFor(ground, style), style, picture);
    paintShape(shape, place, paintFor(colour, style), picture);
    addNoise(picture, style.noise, random);
}

void drawShapes(std::span<const DrawnShape> shapes, const DrawingStyle &style, std::mt19937_64 &random, Picture &picture)
{
    const Rgb ground = randomColour(random);
    fillWith(paintFor(ground, style), style, picture);
    std::vector<Placement> places;
    for (const DrawnShape shape : shapes) {
        places.push_back(placementBeside(places, style.side, random));
        paintShape(shape, places.back(), paintFor(colourBefore(ground, random), style), picture);
    }
    addNoise(picture, style.noise, random);
}

} // namespace netloom
