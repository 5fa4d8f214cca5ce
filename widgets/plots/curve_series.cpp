// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/curve_series.h"

#include <algorithm>
#include <cmath>

namespace netloom {

CurveSeries::CurveSeries(std::size_t capacity) : m_capacity(std::max<std::size_t>(capacity, 8)) {}

bool CurveSeries::add(double x, double y)
{
    if (!std::isfinite(x) || !std::isfinite(y))
        return false;
    m_points.push_back({x, y});
    if (m_points.size() < m_capacity)
        return false;
    merge();
    return true;
}

void CurveSeries::clear()
{
    m_points.clear();
}

/// Every four neighbours become their smallest and their largest, in order of x: half the points, the same envelope.
void CurveSeries::merge()
{
    std::vector<Point> kept;
    kept.reserve(m_capacity);
    for (std::size_t start = 0; start < m_points.size(); start += 4) {
        const auto first = m_points.begin() + std::ptrdiff_t(start);
        const auto last = m_points.begin() + std::ptrdiff_t(std::min(start + 4, m_points.size()));
        auto [low, high] = std::minmax_element(first, last, [](const Point &a, const Point &b) { return a.y < b.y; });
        if (high < low)
            std::swap(low, high);
        kept.push_back(*low);
        if (low != high)
            kept.push_back(*high);
    }
    m_points = std::move(kept);
}

} // namespace netloom
