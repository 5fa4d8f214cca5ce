// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_grid.h"

#include "canvas/canvas_style.h"
#include "canvas/node_geometry.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// Dots of two pixels on whole pixels, so that all look alike; filled one by one, which is far cheaper than stroking points.
void paintDots(QPainter &painter, const QRectF &exposed, double step, const QColor &colour)
{
    if (colour.alpha() == 0)
        return;
    const QTransform transform = painter.worldTransform();
    const double left = std::floor(exposed.left() / step) * step;
    const double top = std::floor(exposed.top() / step) * step;
    painter.setWorldTransform({});
    for (double y = top; y <= exposed.bottom() + step; y += step) {
        for (double x = left; x <= exposed.right() + step; x += step) {
            const QPoint dot = transform.map(QPointF(x, y)).toPoint();
            painter.fillRect(dot.x() - 1, dot.y() - 1, 2, 2, colour);
        }
    }
    painter.setWorldTransform(transform);
}

} // namespace

void paintGrid(QPainter &painter, const QRectF &exposed, const Theme &theme)
{
    painter.fillRect(exposed, theme.canvas);
    const double scale = scaleOf(painter);
    painter.setRenderHint(QPainter::Antialiasing, false);
    QColor fine = theme.canvasGrid;
    fine.setAlphaF(float(fine.alphaF() * std::clamp((scale - 0.45) / 0.3, 0.0, 1.0)));
    paintDots(painter, exposed, NodeGeometry::kGrid, fine);
    QColor coarse = theme.canvasGrid;
    const double share = scale >= 0.75 ? 0.0 : std::clamp((scale - 0.12) / 0.2, 0.0, 1.0);
    coarse.setAlphaF(float(coarse.alphaF() * share));
    paintDots(painter, exposed, 5 * NodeGeometry::kGrid, coarse);
}

} // namespace netloom
