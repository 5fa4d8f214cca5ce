// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/ghost_painter.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace netloom {

std::optional<QPointF> GhostCard::portPlace(const std::string &port, bool output) const
{
    const auto &faces = output ? face.outputs : face.inputs;
    const auto found = std::ranges::find(faces, port, &PortFace::name);
    if (found == faces.end())
        return std::nullopt;
    return place + (output ? geometry.outputs : geometry.inputs)[std::size_t(found - faces.begin())];
}

void paintGhostCard(QPainter &painter, const GhostCard &ghost, const QColor &outline, double opacity, CanvasStyle &style)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.theme().canvas);
    painter.drawRoundedRect(ghost.card(), NodeGeometry::kRadius, NodeGeometry::kRadius);
    painter.save();
    painter.setOpacity(painter.opacity() * opacity);
    painter.translate(ghost.place);
    NodeLook look;
    look.ghost = true;
    paintNode(painter, ghost.face, ghost.geometry, look, style);
    painter.restore();
    painter.setPen(dashedPen(outline, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(ghost.card(), NodeGeometry::kRadius, NodeGeometry::kRadius);
}

void paintSign(QPainter &painter, QPointF middle, GhostSign sign, const QColor &colour, const Theme &theme, double radius)
{
    const double scale = tagScale(painter);
    const double arm = radius * 0.45;
    painter.save();
    painter.translate(middle);
    painter.scale(scale, scale);
    painter.setPen(QPen(theme.canvas, 2));
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(0, 0), radius, radius);
    painter.setPen(QPen(readableOn(colour), 2, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    if (sign == GhostSign::Change) {
        QPainterPath wave(QPointF(-arm, 1));
        wave.cubicTo({-arm / 2, -arm}, {arm / 2, arm}, {arm, -1});
        painter.drawPath(wave);
    } else {
        painter.drawLine(QPointF(-arm, 0), QPointF(arm, 0));
        if (sign == GhostSign::Plus)
            painter.drawLine(QPointF(0, -arm), QPointF(0, arm));
    }
    painter.restore();
}

double tagScale(const QPainter &painter)
{
    return std::clamp(1 / std::max(0.01, scaleOf(painter)), 1.0, 4.0);
}

QPen dashedPen(const QColor &colour, double width)
{
    QPen pen(colour, width, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({4, 3});
    return pen;
}

} // namespace netloom
