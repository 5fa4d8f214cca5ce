// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/clipped_graph.h"

#include <algorithm>
#include <cmath>

namespace netloom {

QVector<QPointF> clippedToBand(const QVector<QPointF> &points, double top, double bottom)
{
    const auto isWithin = [&](const QPointF &point) { return point.y() >= top && point.y() <= bottom; };
    if (std::ranges::all_of(points, isWithin))
        return points;
    QVector<QPointF> clipped;
    clipped.reserve(points.size() + points.size() / 2);
    for (qsizetype place = 0; place < points.size(); ++place) {
        const QPointF &to = points[place];
        if (place > 0 && std::isfinite(to.y()) && std::isfinite(points[place - 1].y())) {
            const QPointF &from = points[place - 1];
            const bool down = from.y() < to.y();
            for (const double edge : {down ? top : bottom, down ? bottom : top}) { // in the order in which the line meets them
                if ((from.y() < edge) != (to.y() < edge))
                    clipped.push_back({from.x() + (to.x() - from.x()) * (edge - from.y()) / (to.y() - from.y()), edge});
            }
        }
        clipped.push_back(std::isfinite(to.y()) ? QPointF(to.x(), std::clamp(to.y(), top, bottom)) : to);
    }
    return clipped;
}

void ClippedGraph::drawLinePlot(QCPPainter *painter, const QVector<QPointF> &lines) const
{
    constexpr int kBeside = 50;   // px, so that ends and joins of the edges' lines aren't seen
    constexpr int kAtOnce = 100;  // points: the time that a thick line takes grows with the square of those
    const QRect seen = clipRect();
    const QVector<QPointF> clipped = clippedToBand(lines, seen.top() - kBeside, seen.bottom() + kBeside);
    for (qsizetype first = 0; first == 0 || first + 1 < clipped.size(); first += kAtOnce)
        QCPGraph::drawLinePlot(painter, clipped.mid(first, kAtOnce + 1));
}

} // namespace netloom
