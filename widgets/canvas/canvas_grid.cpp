// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_grid.h"

#include "canvas/canvas_style.h"
#include "canvas/node_geometry.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

void paintDots(QPainter &painter, const QRectF &exposed, double step, QColor colour, double size)
{
    if (colour.alpha() == 0)
        return;
    QList<QPointF> dots;
    const double left = std::floor(exposed.left() / step) * step;
    const double top = std::floor(exposed.top() / step) * step;
    dots.reserve(static_cast<qsizetype>((exposed.width() / step + 2) * (exposed.height() / step + 2)));
    for (double y = top; y <= exposed.bottom() + step; y += step) {
        for (double x = left; x <= exposed.right() + step; x += step)
            dots.emplace_back(x, y);
    }
    QPen pen(colour, size, Qt::SolidLine, Qt::SquareCap);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

} // namespace

void paintGrid(QPainter &painter, const QRectF &exposed, const Theme &theme)
{
    painter.fillRect(exposed, theme.canvas);
    const double scale = scaleOf(painter);
    painter.setRenderHint(QPainter::Antialiasing, false); // dots on whole pixels look alike
    QColor fine = theme.canvasGrid;
    fine.setAlphaF(float(fine.alphaF() * std::clamp((scale - 0.45) / 0.3, 0.0, 1.0)));
    paintDots(painter, exposed, NodeGeometry::kGrid, fine, 2);
    QColor coarse = theme.canvasGrid;
    const double share = scale >= 0.75 ? 0.0 : std::clamp((scale - 0.12) / 0.2, 0.0, 1.0);
    coarse.setAlphaF(float(coarse.alphaF() * share));
    paintDots(painter, exposed, 5 * NodeGeometry::kGrid, coarse, 2);
}

} // namespace netloom
