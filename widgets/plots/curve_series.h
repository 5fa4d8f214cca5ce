// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace netloom {

/// A growing curve in bounded memory: when it is full, neighbouring points merge into pairs that keep the smallest
/// and the largest value, so that no extremum is ever lost.
class CurveSeries {
public:
    struct Point {
        double x = 0;
        double y = 0;
        friend bool operator==(const Point &, const Point &) = default;
    };

    /// At most @p capacity points are kept; at least 8.
    explicit CurveSeries(std::size_t capacity = 8192);

    /// Appends a point with an x not below the last one's; values that aren't finite are left out. True when points merged.
    bool add(double x, double y);
    void clear();

    const std::vector<Point> &points() const { return m_points; }

private:
    void merge();

    std::size_t m_capacity;
    std::vector<Point> m_points;
};

} // namespace netloom
