// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_geometry.h"

#include "canvas/canvas_style.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kMargin = 12;
constexpr double kIcon = 24;
constexpr double kRow = 20;
constexpr double kLine = 16;

double roundedUp(double value, double step)
{
    return std::ceil(value / step) * step;
}

double cardWidth(const NodeFace &face, const CanvasStyle &style)
{
    const double text = std::max(style.textWidth(style.titleFont(), face.title), style.textWidth(style.smallFont(), face.type));
    const double header = kMargin + kIcon + 8 + text + kMargin;
    const double line = std::max(style.textWidth(style.smallFont(), face.params), style.textWidth(style.smallFont(), face.cost));
    return std::clamp(roundedUp(std::max(header, kMargin + line + kMargin), NodeGeometry::kGrid), NodeGeometry::kWidth, NodeGeometry::kMostWidth);
}

void placePorts(NodeGeometry &geometry, const NodeFace &face)
{
    const double width = geometry.card.width();
    const bool inputNames = face.inputs.size() > 1;
    const bool outputNames = face.outputs.size() > 1;
    const double half = (width - 2 * kMargin) / 2;
    for (std::size_t row = 0; row < face.inputs.size(); ++row) {
        const double y = NodeGeometry::kFirstPort + kRow * double(row);
        geometry.inputs.emplace_back(0, y);
        geometry.inputLabels.push_back(inputNames ? QRectF(kMargin, y - kLine / 2, half, kLine) : QRectF());
    }
    for (std::size_t row = 0; row < face.outputs.size(); ++row) {
        const double y = NodeGeometry::kFirstPort + kRow * double(row);
        geometry.outputs.emplace_back(width, y);
        geometry.outputLabels.push_back(outputNames ? QRectF(kMargin + half, y - kLine / 2, half, kLine) : QRectF());
    }
}

} // namespace

NodeGeometry geometryOf(const NodeFace &face, const CanvasStyle &style)
{
    NodeGeometry geometry;
    if (face.dot) {
        geometry.card = {0, 0, 2 * NodeGeometry::kGrid, NodeGeometry::kGrid};
        geometry.inputs.emplace_back(0, NodeGeometry::kGrid / 2);
        geometry.outputs.emplace_back(2 * NodeGeometry::kGrid, NodeGeometry::kGrid / 2);
        geometry.inputLabels.resize(1);
        geometry.outputLabels.resize(1);
        geometry.badge = {geometry.card.right() - 8, -8, 16, 16};
        return geometry;
    }
    const double width = cardWidth(face, style);
    const double textLeft = kMargin + kIcon + 8;
    geometry.card = {0, 0, width, 0};
    geometry.header = {0, 0, width, NodeGeometry::kHeader};
    geometry.icon = {kMargin, (NodeGeometry::kHeader - kIcon) / 2, kIcon, kIcon};
    geometry.title = {textLeft, face.type.isEmpty() ? 13.0 : 5.0, width - textLeft - kMargin, 18};
    geometry.type = {textLeft, 22, width - textLeft - kMargin, kLine};
    placePorts(geometry, face);

    // A line of text lies beside single ports, and below ports with names.
    const auto rows = std::max({face.inputs.size(), face.outputs.size(), std::size_t{1}});
    const bool named = face.inputs.size() > 1 || face.outputs.size() > 1;
    double middle = NodeGeometry::kFirstPort + kRow * (named ? double(rows) : 0);
    double last = NodeGeometry::kFirstPort + kRow * double(rows - 1);
    const auto addLine = [&](QRectF &line, const QString &text) {
        if (text.isEmpty())
            return;
        line = {kMargin, middle - kLine / 2, width - 2 * kMargin, kLine};
        last = std::max(last, middle);
        middle += kLine + 2;
    };
    addLine(geometry.params, face.params);
    addLine(geometry.cost, face.cost);
    addLine(geometry.macs, face.macs);
    geometry.card.setHeight(roundedUp(last + 14, NodeGeometry::kGrid));
    if (style.previewsShown() && face.computes) {
        geometry.preview = {kMargin, geometry.card.height() - 4, width - 2 * kMargin, NodeGeometry::kPreviewHeight};
        geometry.card.setHeight(roundedUp(geometry.preview.bottom() + 8, NodeGeometry::kGrid));
    }
    geometry.badge = {width - 11, -9, 20, 20};
    return geometry;
}

QRectF NodeGeometry::bounds() const
{
    const double reach = CanvasStyle::kShadowReach + 4;
    return card.adjusted(-reach, -reach, reach, reach);
}

QPointF snapped(QPointF point)
{
    return {std::round(point.x() / NodeGeometry::kGrid) * NodeGeometry::kGrid,
        std::round(point.y() / NodeGeometry::kGrid) * NodeGeometry::kGrid};
}

} // namespace netloom
