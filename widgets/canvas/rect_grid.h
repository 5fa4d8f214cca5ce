// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <algorithm>
#include <vector>

namespace netloom {

/// Rectangles by where they lie, so that the few near a place are found without looking at all of them.
class RectGrid {
public:
    /// Made for rectangles in @p area; those outside are found, too, only not as fast.
    explicit RectGrid(const QRectF &area);

    void add(const QRectF &rect);
    const std::vector<QRectF> &rects() const { return m_rects; }

    /// Calls @p visit with the index of each rectangle whose cells @p area touches, with some more than once, until it gives true; says whether it did.
    template <class Visit>
    bool visit(const QRectF &area, Visit visit) const
    {
        const int right = column(area.right());
        const int bottom = row(area.bottom());
        for (int y = row(area.top()); y <= bottom; ++y) {
            for (int x = column(area.left()); x <= right; ++x) {
                for (const int index : m_cells[std::size_t(y * m_columns + x)]) {
                    if (visit(index))
                        return true;
                }
            }
        }
        return false;
    }

    /// Whether one of them and @p area have some place in common.
    bool meets(const QRectF &area) const
    {
        return visit(area, [&](int index) { return m_rects[std::size_t(index)].intersects(area); });
    }

private:
    int column(double x) const { return static_cast<int>(std::clamp((x - m_corner.x()) / m_cell.width(), 0.0, m_columns - 1.0)); }
    int row(double y) const { return static_cast<int>(std::clamp((y - m_corner.y()) / m_cell.height(), 0.0, m_rows - 1.0)); }

    QPointF m_corner;
    QSizeF m_cell;
    int m_columns = 1;
    int m_rows = 1;
    std::vector<std::vector<int>> m_cells;
    std::vector<QRectF> m_rects;
};

} // namespace netloom
