// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_route.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace netloom {

namespace {

constexpr double kStub = 22;      ///< how far a wire leaves its port straight before it turns
constexpr double kLane = 10;      ///< between wires that turn side by side
constexpr double kRunLane = 14;   ///< between level stretches: a label on one clears the other
constexpr double kClearance = 24; ///< between a wire and the card that it goes around
constexpr double kTurn = 18;      ///< radius of a turn
constexpr double kAside = 60;     ///< how far beyond a wire's ends cards are gone around
constexpr std::size_t kMostChannels = 24;
constexpr double kLabelMargin = 5;

using Points = std::vector<QPointF>;

double distance(QPointF a, QPointF b)
{
    return std::sqrt((b.x() - a.x()) * (b.x() - a.x()) + (b.y() - a.y()) * (b.y() - a.y()));
}

QPointF towards(QPointF from, QPointF to, double length)
{
    const double whole = distance(from, to);
    return whole <= 0 ? from : from + (to - from) * (length / whole);
}

/// A line through @p points with round corners.
QPainterPath roundedLine(const Points &points)
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

void addCurve(Points &outline, QPointF leave, QPointF arrive, QPointF to, int steps)
{
    const QPointF from = outline.back();
    for (int step = 1; step <= steps; ++step) {
        const double t = double(step) / steps;
        const double s = 1 - t;
        outline.push_back(s * s * s * from + 3 * s * s * t * leave + 3 * s * t * t * arrive + t * t * t * to);
    }
}

Points outlineOf(const QPainterPath &path, int steps = 32)
{
    Points outline;
    for (int index = 0; index < path.elementCount(); ++index) {
        if (path.elementAt(index).isCurveTo()) {
            addCurve(outline, path.elementAt(index), path.elementAt(index + 1), path.elementAt(index + 2), path.elementCount() == 4 ? steps : 4);
            index += 2;
        } else {
            outline.push_back(path.elementAt(index));
        }
    }
    return outline;
}

/// The points at @p shares of the whole length.
template <std::size_t Count>
std::array<QPointF, Count> pointsAlong(const Points &outline, const std::array<double, Count> &shares)
{
    std::vector<double> lengths{0};
    for (std::size_t index = 1; index < outline.size(); ++index)
        lengths.push_back(lengths.back() + distance(outline[index - 1], outline[index]));
    std::array<QPointF, Count> found;
    std::ranges::transform(shares, found.begin(), [&](double share) {
        const double at = share * lengths.back();
        const auto next = std::clamp<std::ptrdiff_t>(std::ranges::upper_bound(lengths, at) - lengths.begin(), 1, std::ptrdiff_t(outline.size()) - 1);
        const auto end = std::size_t(next);
        return towards(outline[end - 1], outline[end], at - lengths[end - 1]);
    });
    return found;
}

QRectF boundsOf(QPointF a, QPointF b)
{
    return {QPointF(std::min(a.x(), b.x()), std::min(a.y(), b.y())), QPointF(std::max(a.x(), b.x()), std::max(a.y(), b.y()))};
}

QRectF boundsOf(const Points &points)
{
    QRectF bounds(points.front(), points.front());
    for (const QPointF &point : points)
        bounds = boundsOf({std::min(bounds.left(), point.x()), std::min(bounds.top(), point.y())},
            {std::max(bounds.right(), point.x()), std::max(bounds.bottom(), point.y())});
    return bounds;
}

/// QRectF::intersects() for what has some size, without its many questions.
bool meets(const QRectF &a, const QRectF &b)
{
    return a.left() < b.right() && b.left() < a.right() && a.top() < b.bottom() && b.top() < a.bottom();
}

/// Whether the line from @p a to @p b has a point in @p rect.
bool runsThrough(const QRectF &rect, QPointF a, QPointF b)
{
    double first = 0;
    double last = 1;
    const auto clip = [&](double start, double way, double low, double high) {
        if (way == 0)
            return start >= low && start <= high;
        const double one = (low - start) / way;
        const double other = (high - start) / way;
        first = std::max(first, std::min(one, other));
        last = std::min(last, std::max(one, other));
        return first <= last;
    };
    return clip(a.x(), b.x() - a.x(), rect.left(), rect.right()) && clip(a.y(), b.y() - a.y(), rect.top(), rect.bottom());
}

/// How many cards the way runs over, counted up to @p most; it may touch its own two at the ports.
int crossings(const Points &outline, const LinkEnds &ends, const RectGrid &cards, int most)
{
    const QRectF reach = boundsOf(outline).adjusted(-8, -8, 8, 8);
    std::vector<int> hit;
    for (std::size_t index = 0; index + 1 < outline.size(); ++index) {
        const QPointF from = outline[index];
        const QPointF to = outline[index + 1];
        const QRectF near = boundsOf(from, to).adjusted(-6, -14, 6, 14);
        cards.visit(near, [&](int number) {
            const QRectF &card = cards.rects()[std::size_t(number)];
            if (!meets(card, near) || !meets(card, reach))
                return false;
            const bool own = card == ends.source || card == ends.target;
            const QRectF body = own ? card.adjusted(2, 2, -2, -2) : card.adjusted(-6, -14, 6, 14);
            if (runsThrough(body, from, to) && std::ranges::find(hit, number) == hit.end())
                hit.push_back(number);
            return int(hit.size()) >= most;
        });
    }
    return int(hit.size());
}

/// The way along a horizontal channel.
class Detour {
public:
    explicit Detour(const LinkEnds &ends) : m_ends(ends), m_out(ends.from.x() + kStub + kLane * ends.fromLane), m_in(ends.to.x() - kStub - kLane * ends.toLane)
    {
        // Going forward through a narrow gap, both turns share it.
        if (m_in > m_out && m_in - m_out < 2 * kTurn)
            m_out = m_in = (m_out + m_in) / 2;
    }

    Points pointsAt(double y) const
    {
        return {m_ends.from, {m_out, m_ends.from.y()}, {m_out, y}, {m_in, y}, {m_in, m_ends.to.y()}, m_ends.to};
    }
    QLineF runAt(double y) const { return {m_out, y, m_in, y}; }
    double left() const { return std::min({m_out, m_in, m_ends.from.x(), m_ends.to.x()}); }
    double right() const { return std::max({m_out, m_in, m_ends.from.x(), m_ends.to.x()}); }

private:
    const LinkEnds &m_ends;
    double m_out;
    double m_in;
};

/// Whether two level stretches would lie on one another, apart from their heights.
bool overlap(const QLineF &a, const QLineF &b)
{
    return std::max(a.x1(), a.x2()) > std::min(b.x1(), b.x2()) && std::max(b.x1(), b.x2()) > std::min(a.x1(), a.x2());
}

/// Heights at which a wire may pass: close above or below each card near its way, and half way between its own two; @p watched grows by
/// the place whose cards matter.
std::vector<double> channels(const LinkEnds &ends, const RectGrid &cards, QRectF &watched)
{
    const double lane = kLane * std::max(ends.fromLane, ends.toLane);
    const double left = std::min(ends.from.x(), ends.to.x()) - kAside;
    const double right = std::max(ends.from.x(), ends.to.x()) + kAside;
    std::vector<double> heights;
    if (ends.source.bottom() + 16 < ends.target.top())
        heights.push_back((ends.source.bottom() + ends.target.top()) / 2 + lane);
    if (ends.target.bottom() + 16 < ends.source.top())
        heights.push_back((ends.target.bottom() + ends.source.top()) / 2 + lane);
    for (const QRectF &card : cards.rects()) {
        if (card.right() < left || card.left() > right)
            continue;
        heights.push_back(card.top() - kClearance - lane);
        heights.push_back(card.bottom() + kClearance + lane);
    }
    const double middle = (ends.from.y() + ends.to.y()) / 2;
    const auto away = [middle](double height) { return std::abs(height - middle); };
    const std::size_t count = std::min(heights.size(), kMostChannels);
    std::ranges::partial_sort(heights, heights.begin() + std::ptrdiff_t(count), {}, [&](double height) { return std::pair(away(height), height); });
    const bool all = heights.size() <= kMostChannels; // any other card there would give some more
    heights.resize(count);
    const double reach = all ? std::numeric_limits<int>::max() : away(heights.back()) + kClearance + lane + kRunLane;
    watched |= QRectF(QPointF(left, middle - reach), QPointF(right, middle + reach));
    for (std::size_t index = 0; index < count; ++index) {
        heights.push_back(heights[index] + kRunLane);
        heights.push_back(heights[index] - kRunLane);
    }
    return heights;
}

} // namespace

RouteField::RouteField(const std::vector<QRectF> &cards, std::vector<QLineF> runs)
    : m_area(std::accumulate(cards.begin(), cards.end(), QRectF(), std::bit_or<>())), m_cards(m_area), m_labels(m_area),
      m_runs(std::move(runs))
{
    for (const QRectF &card : cards)
        m_cards.add(card);
}

QPainterPath directCurve(QPointF from, QPointF to)
{
    const double across = to.x() - from.x();
    const double reach = across >= 0 ? std::min(across * 0.5, 140.0) : std::clamp(-across * 0.4, 40.0, 140.0);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

QPainterPath coarsePath(const QPainterPath &path)
{
    const Points outline = outlineOf(path, 8);
    QPainterPath coarse(outline.front());
    for (const QPointF &point : outline)
        coarse.lineTo(point);
    return coarse;
}

LinkRoute routeLink(const LinkEnds &ends, const RouteField &field)
{
    constexpr double kCrossing = 100000; // a card in the way weighs more than any length
    constexpr double kShared = 60;
    constexpr int kAny = std::numeric_limits<int>::max();
    LinkRoute best{directCurve(ends.from, ends.to), {}, {}};
    const Points curve = outlineOf(best.path);
    best.watched = boundsOf(curve).adjusted(-20, -20, 20, 20);
    const bool forward = ends.to.x() > ends.from.x() + 8;
    double lowest = forward ? kCrossing * crossings(curve, ends, field.cards(), kAny) : 1000 * kCrossing;
    if (lowest == 0)
        return best;
    const Detour detour(ends);
    const auto heights = channels(ends, field.cards(), best.watched);
    best.watched |= QRectF(QPointF(detour.left(), best.watched.top()), QPointF(detour.right(), best.watched.bottom())).adjusted(-20, -20, 20, 20);
    std::vector<double> taken;
    for (const QLineF &run : field.runs()) {
        if (overlap(run, detour.runAt(0)))
            taken.push_back(run.y1());
    }
    std::optional<double> chosen;
    for (const double height : heights) {
        double cost = std::abs(height - ends.from.y()) + std::abs(height - ends.to.y());
        cost += kShared * double(std::ranges::count_if(taken, [&](double y) { return std::abs(y - height) < kRunLane - 1; }));
        if (cost >= lowest)
            continue;
        const int most = static_cast<int>(std::ceil((lowest - cost) / kCrossing));
        cost += kCrossing * crossings(detour.pointsAt(height), ends, field.cards(), most);
        if (cost < lowest) {
            chosen = height;
            lowest = cost;
        }
    }
    if (chosen) {
        best.path = roundedLine(detour.pointsAt(*chosen));
        best.run = detour.runAt(*chosen);
    }
    return best;
}

QRectF watchedByLabel(const QPainterPath &path, QSizeF size)
{
    return path.boundingRect().adjusted(-size.width(), -size.height(), size.width(), size.height());
}

std::optional<QRectF> placeLabel(const QPainterPath &path, QSizeF size, const RouteField &field)
{
    constexpr std::array<double, 9> places{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82};
    for (const QPointF middle : pointsAlong(outlineOf(path), places)) {
        const QRectF label(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height());
        const QRectF kept = label.adjusted(-kLabelMargin - 3, -kLabelMargin, kLabelMargin + 3, kLabelMargin);
        if (!field.cards().meets(kept) && !field.labels().meets(kept))
            return label;
    }
    return std::nullopt;
}

} // namespace netloom
