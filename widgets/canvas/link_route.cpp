// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_route.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace netloom {

namespace {

constexpr double kStub = 22;      ///< how far a wire leaves its port straight before it turns
constexpr double kLane = 10;      ///< between wires that turn side by side
constexpr double kRunLane = 14;   ///< between level stretches: a label on one clears the other
constexpr double kClearance = 24; ///< between a wire and the card that it goes around
constexpr double kTurn = 18;      ///< radius of a turn
constexpr double kLabelMargin = 5;

double distance(QPointF a, QPointF b)
{
    return std::hypot(b.x() - a.x(), b.y() - a.y());
}

QPointF towards(QPointF from, QPointF to, double length)
{
    const double whole = distance(from, to);
    return whole <= 0 ? from : from + (to - from) * (length / whole);
}

/// A line through @p points with round corners.
QPainterPath roundedLine(const std::vector<QPointF> &points)
{
    QPainterPath path(points.front());
    for (std::size_t index = 1; index + 1 < points.size(); ++index) {
        const QPointF before = points[index - 1];
        const QPointF corner = points[index];
        const QPointF after = points[index + 1];
        const double radius = std::min({kTurn, distance(before, corner) / 2, distance(corner, after) / 2});
        path.lineTo(towards(corner, before, radius));
        // Control points at 0.45 of the way to the corner make a quarter turn look round.
        path.cubicTo(towards(corner, before, radius * 0.45), towards(corner, after, radius * 0.45), towards(corner, after, radius));
    }
    path.lineTo(points.back());
    return path;
}

std::vector<QPointF> samplesOf(const QPainterPath &path)
{
    std::vector<QPointF> samples;
    for (const QPolygonF &polygon : path.toSubpathPolygons()) {
        for (int index = 0; index + 1 < polygon.size(); ++index) {
            const int steps = std::max(1, static_cast<int>(distance(polygon[index], polygon[index + 1]) / 10));
            for (int step = 0; step < steps; ++step)
                samples.push_back(polygon[index] + (polygon[index + 1] - polygon[index]) * step / steps);
        }
        if (!polygon.isEmpty())
            samples.push_back(polygon.back());
    }
    return samples;
}

/// How many cards the path runs over; it may touch its own two at the ports.
int crossings(const QPainterPath &path, const LinkEnds &ends, const std::vector<QRectF> &cards)
{
    const auto samples = samplesOf(path);
    const QRectF reach = path.boundingRect().adjusted(-8, -8, 8, 8);
    int count = 0;
    for (const QRectF &card : cards) {
        if (!card.intersects(reach))
            continue;
        const bool own = card == ends.source || card == ends.target;
        const QRectF body = own ? card.adjusted(2, 2, -2, -2) : card.adjusted(-6, -14, 6, 14);
        count += std::ranges::any_of(samples, [&](QPointF point) { return body.contains(point); });
    }
    return count;
}

/// The way along a horizontal channel at height @p y.
LinkRoute detour(const LinkEnds &ends, double y)
{
    double out = ends.from.x() + kStub + kLane * ends.fromLane;
    double in = ends.to.x() - kStub - kLane * ends.toLane;
    // Going forward through a narrow gap, both turns share it.
    if (in > out && in - out < 2 * kTurn)
        out = in = (out + in) / 2;
    return {roundedLine({ends.from, {out, ends.from.y()}, {out, y}, {in, y}, {in, ends.to.y()}, ends.to}),
        QLineF(out, y, in, y)};
}

/// Whether two level stretches would lie on one another.
bool share(const QLineF &a, const QLineF &b)
{
    return std::abs(a.y1() - b.y1()) < kRunLane - 1 && std::max(a.x1(), a.x2()) > std::min(b.x1(), b.x2())
        && std::max(b.x1(), b.x2()) > std::min(a.x1(), a.x2());
}

/// Heights at which a wire may pass: close above or below each card near its way, and half way between its own two.
std::vector<double> channels(const LinkEnds &ends, const std::vector<QRectF> &cards)
{
    const double lane = kLane * std::max(ends.fromLane, ends.toLane);
    const double left = std::min(ends.from.x(), ends.to.x()) - 60;
    const double right = std::max(ends.from.x(), ends.to.x()) + 60;
    std::vector<double> heights;
    if (ends.source.bottom() + 16 < ends.target.top())
        heights.push_back((ends.source.bottom() + ends.target.top()) / 2 + lane);
    if (ends.target.bottom() + 16 < ends.source.top())
        heights.push_back((ends.target.bottom() + ends.source.top()) / 2 + lane);
    for (const QRectF &card : cards) {
        if (card.right() < left || card.left() > right)
            continue;
        heights.push_back(card.top() - kClearance - lane);
        heights.push_back(card.bottom() + kClearance + lane);
    }
    const double middle = (ends.from.y() + ends.to.y()) / 2;
    std::ranges::sort(heights, {}, [middle](double height) { return std::abs(height - middle); });
    if (heights.size() > 24)
        heights.resize(24);
    const std::size_t count = heights.size();
    for (std::size_t index = 0; index < count; ++index) {
        heights.push_back(heights[index] + kRunLane);
        heights.push_back(heights[index] - kRunLane);
    }
    return heights;
}

} // namespace

QPainterPath directCurve(QPointF from, QPointF to)
{
    const double across = to.x() - from.x();
    const double reach = across >= 0 ? std::min(across * 0.5, 140.0) : std::clamp(-across * 0.4, 40.0, 140.0);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

LinkRoute routeLink(const LinkEnds &ends, const std::vector<QRectF> &cards, const std::vector<QLineF> &runs)
{
    constexpr double kCrossing = 100000; // a card in the way weighs more than any length
    constexpr double kShared = 60;
    const bool forward = ends.to.x() > ends.from.x() + 8;
    LinkRoute best{directCurve(ends.from, ends.to), {}};
    double lowest = forward ? kCrossing * crossings(best.path, ends, cards) : 1000 * kCrossing;
    if (lowest == 0)
        return best;
    for (double height : channels(ends, cards)) {
        LinkRoute route = detour(ends, height);
        double cost = std::abs(height - ends.from.y()) + std::abs(height - ends.to.y());
        cost += kShared * double(std::ranges::count_if(runs, [&](const QLineF &run) { return share(run, *route.run); }));
        if (cost >= lowest)
            continue;
        cost += kCrossing * crossings(route.path, ends, cards);
        if (cost < lowest) {
            best = std::move(route);
            lowest = cost;
        }
    }
    return best;
}

std::optional<QRectF> placeLabel(const QPainterPath &path, QSizeF size, const std::vector<QRectF> &cards,
    const std::vector<QRectF> &taken)
{
    constexpr std::array<double, 9> places{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82};
    const QRectF reach = path.boundingRect().adjusted(-size.width(), -size.height(), size.width(), size.height());
    std::vector<QRectF> near;
    std::ranges::copy_if(cards, std::back_inserter(near), [&](const QRectF &card) { return card.intersects(reach); });
    for (double place : places) {
        const QPointF middle = path.pointAtPercent(path.percentAtLength(path.length() * place));
        const QRectF label(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height());
        const QRectF kept = label.adjusted(-kLabelMargin - 3, -kLabelMargin, kLabelMargin + 3, kLabelMargin);
        const auto touches = [&kept](const QRectF &other) { return other.intersects(kept); };
        if (std::ranges::none_of(near, touches) && std::ranges::none_of(taken, touches))
            return label;
    }
    return std::nullopt;
}

} // namespace netloom
