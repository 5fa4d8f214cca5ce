// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/rect_grid.h"

namespace netloom {

namespace {

constexpr double kCell = 256; ///< about a card and the gap beside it
constexpr int kMostCells = 64; ///< in a row or column

int cellsAlong(double length)
{
    return static_cast<int>(std::clamp(length / kCell, 1.0, double(kMostCells)));
}

} // namespace

RectGrid::RectGrid(const QRectF &area)
    : m_corner(area.topLeft()), m_columns(cellsAlong(area.width())), m_rows(cellsAlong(area.height())), m_cells(std::size_t(m_columns * m_rows))
{
    m_cell = {std::max(1.0, area.width()) / m_columns, std::max(1.0, area.height()) / m_rows};
}

void RectGrid::add(const QRectF &rect)
{
    const int index = static_cast<int>(m_rects.size());
    m_rects.push_back(rect);
    for (int y = row(rect.top()); y <= row(rect.bottom()); ++y) {
        for (int x = column(rect.left()); x <= column(rect.right()); ++x)
            m_cells[std::size_t(y * m_columns + x)].push_back(index);
    }
}

} // namespace netloom
