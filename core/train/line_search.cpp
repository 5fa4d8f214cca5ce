// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/line_search.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kEnoughFall = 1e-4;    ///< c₁: of what the slope promises
constexpr double kFlatEnough = 0.9;     ///< c₂: of the slope at the start
constexpr double kLeastInterval = 1e-9;
constexpr int kMostLooks = 25;

/// Where a cubic through both points, with their slopes, is lowest, within the bounds.
double lowestOfCubic(const LinePoint &one, const LinePoint &other, double least, double most)
{
    const double d1 = one.slope + other.slope - 3 * (one.loss - other.loss) / (one.length - other.length);
    const double square = d1 * d1 - one.slope * other.slope;
    if (!(square >= 0))
        return (least + most) / 2;
    const double d2 = std::sqrt(square);
    const LinePoint &left = one.length <= other.length ? one : other, &right = one.length <= other.length ? other : one;
    const double lowest = right.length - (right.length - left.length) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
    return std::min(std::max(lowest, least), most);
}

class LineSearch {
public:
    LineSearch(const std::function<LinePoint(double)> &look, LinePoint start, double most) : m_look(look), m_start(std::move(start)), m_most(most) {}

    LinePoint search(double length)
    {
        if (auto found = bracket(length))
            return *found;
        return zoom();
    }

private:
    bool fallsTooLittle(const LinePoint &point) const { return point.loss > m_start.loss + kEnoughFall * point.length * m_start.slope; }
    bool isFlat(const LinePoint &point) const { return std::abs(point.slope) <= -kFlatEnough * m_start.slope; }

    /// Goes outwards until two points have a good one between them; gives it where it is met on the way.
    std::optional<LinePoint> bracket(double length)
    {
        LinePoint last = m_start, now = m_look(length);
        for (m_looks = 0; m_looks < kMostLooks; ++m_looks) {
            if (fallsTooLittle(now) || (m_looks > 1 && now.loss >= last.loss)) {
                setBracket(last, now);
                return std::nullopt;
            }
            if (isFlat(now))
                return now;
            if (now.slope >= 0) {
                setBracket(last, now);
                return std::nullopt;
            }
            const double next = lowestOfCubic(last, now, now.length + 0.01 * (now.length - last.length), now.length * 10);
            last = now;
            now = m_look(next);
        }
        setBracket(m_start, now);
        return std::nullopt;
    }

    void setBracket(const LinePoint &one, const LinePoint &other)
    {
        const bool firstIsLow = one.loss <= other.loss;
        m_low = firstIsLow ? one : other;
        m_high = firstIsLow ? other : one;
    }

    /// Narrows the bracket down.
    LinePoint zoom()
    {
        bool stuck = false;
        while (m_looks < kMostLooks) {
            const double least = std::min(m_low.length, m_high.length), most = std::max(m_low.length, m_high.length);
            if ((most - least) * m_most < kLeastInterval)
                break;
            double length = lowestOfCubic(m_low, m_high, least, most);
            const double near = 0.1 * (most - least);
            const bool close = std::min(most - length, length - least) < near;
            if (close && (stuck || length >= most || length <= least)) {
                length = std::abs(length - most) < std::abs(length - least) ? most - near : least + near;
                stuck = false;
            } else {
                stuck = close;
            }
            const LinePoint now = m_look(length);
            ++m_looks;
            if (fallsTooLittle(now) || now.loss >= m_low.loss) {
                setBracket(m_low, now);
                continue;
            }
            const bool done = isFlat(now);
            if (!done && now.slope * (m_high.length - m_low.length) >= 0)
                m_high = m_low;
            m_low = now;
            if (done)
                break;
        }
        return m_low;
    }

    const std::function<LinePoint(double)> &m_look;
    const LinePoint m_start;
    const double m_most;
    LinePoint m_low, m_high;
    int m_looks = 0;
};

} // namespace

LinePoint searchLine(const std::function<LinePoint(double length)> &look, LinePoint start, double length, double most)
{
    return LineSearch(look, std::move(start), most).search(length);
}

} // namespace netloom
