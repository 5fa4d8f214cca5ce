// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"

namespace netloom {

namespace {

bool isBatch(const Shape &shape)
{
    return !shape.empty() && shape[0] == Shape::kBatch;
}

bool isPicture(const Shape &shape)
{
    return shape.rank() == (isBatch(shape) ? 4 : 3);
}

} // namespace

std::string sizeOrUnknown(std::int64_t size)
{
    return size == Shape::kUnknown ? "?" : std::to_string(size);
}

std::string axisName(const Shape &shape, std::size_t axis)
{
    static constexpr const char *kPicture[] = {"channels", "height", "width"};
    const std::size_t first = isBatch(shape) ? 1 : 0;
    if (isPicture(shape) && axis >= first)
        return kPicture[axis - first];
    if (first == 1 && shape.rank() == 2 && axis == 1)
        return "features";
    return "axis " + std::to_string(axis);
}

std::string namedShape(const Shape &shape)
{
    if (shape.empty())
        return "?";
    if (shape == Shape{Shape::kBatch})
        return "N labels";
    std::string text;
    for (std::size_t axis = 0; axis < shape.rank(); ++axis) {
        if (axis > 0)
            text += " × ";
        if (shape[axis] == Shape::kBatch) {
            text += "N";
            continue;
        }
        const std::string name = axisName(shape, axis);
        text += sizeOrUnknown(shape[axis]);
        if (name == "channels" || name == "features")
            text += ' ' + (shape[axis] == 1 ? name.substr(0, name.size() - 1) : name);
        else if (name == "height" || name == "width")
            text += name == "height" ? " high" : " wide";
    }
    return text;
}

std::string formulaLine(const std::string &what, const std::string &formula, std::int64_t result)
{
    return what + ": " + formula + " = " + sizeOrUnknown(result);
}

std::string setByLine(const std::string &what, const std::string &param, std::int64_t result)
{
    return what + ": set by " + param + ", " + sizeOrUnknown(result);
}

std::string asInputLine(const std::string &what, std::int64_t result)
{
    return what + ": as in the input, " + sizeOrUnknown(result);
}

std::string shapeLine(const std::string &reason, const Shape &result)
{
    return "shape: " + reason + ", " + result.toString();
}

std::vector<std::string> explainOutput(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts,
    const Inference &inference, const PortRef &port)
{
    const Node *node = graph.find(port.node);
    const NodeSpec *spec = node ? registry.find(node->type) : nullptr;
    const auto shapes = inference.nodes.find(port.node);
    if (!spec || shapes == inference.nodes.end() || !shapes->second.known || spec->outputs.empty() || spec->outputs.front().name != port.port)
        return {};
    const NodeShapes &known = shapes->second;
    if (spec->explain) {
        const Params params = resolvedParams(*spec, *node, facts);
        return spec->explain(InferInput{params, known.inputs, facts}, Inferred{known.outputs, known.parameters, known.multiplyAdds});
    }
    if (!known.inputs.empty() && known.inputs.front() == known.outputs.front())
        return {shapeLine("as its input", known.outputs.front())};
    return {};
}

} // namespace netloom
