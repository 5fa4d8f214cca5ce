// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/port_shape.h"

namespace netloom {

QPainterPath portShape(PortKind kind, bool variadic, double radius)
{
    QPainterPath path;
    if (variadic) {
        path.addRoundedRect(QRectF(-radius, -radius * 1.7, 2 * radius, radius * 3.4), radius, radius);
        return path;
    }
    switch (kind) {
    case PortKind::Any:
    case PortKind::Tensor:
        path.addEllipse(QPointF(), radius, radius);
        break;
    case PortKind::Image: {
        const double half = radius * 0.9;
        path.addRoundedRect(QRectF(-half, -half, 2 * half, 2 * half), radius * 0.3, radius * 0.3);
        break;
    }
    case PortKind::Target: {
        const double reach = radius * 1.2;
        path.addPolygon(QPolygonF({{0, -reach}, {reach, 0}, {0, reach}, {-reach, 0}}));
        path.closeSubpath();
        break;
    }
    case PortKind::Row: {
        const double reach = radius * 1.15;
        path.addPolygon(QPolygonF({{-reach * 0.8, -reach}, {reach, 0}, {-reach * 0.8, reach}}));
        path.closeSubpath();
        break;
    }
    }
    return path;
}

} // namespace netloom
