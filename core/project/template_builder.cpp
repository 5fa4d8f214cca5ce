// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/template_builder.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr double kColumnPitch = 260;
constexpr double kRowPitch = 240;

/// The first port that carries samples, or labels; @p otherwise where the type is unknown or has no such port.
std::string portName(const NodeSpec *spec, bool output, bool target, const char *otherwise)
{
    if (!spec)
        return otherwise;
    const auto &ports = output ? spec->outputs : spec->inputs;
    const auto found = std::ranges::find_if(ports, [&](const PortDecl &port) { return (port.kind == PortKind::Target) == target; });
    return found == ports.end() ? otherwise : found->name;
}

NodeId addStep(Graph &graph, const TemplateStep &step, const NodeSpec *spec, Point position)
{
    Node node;
    node.type = step.type;
    node.name = step.name;
    node.position = position;
    if (spec)
        node.params = Params::defaults(spec->params);
    for (const auto &[name, value] : step.params)
        node.params.set(name, value);
    return graph.addNode(std::move(node));
}

} // namespace

Graph buildChain(const TemplateRows &rows, const NodeRegistry &registry)
{
    Graph graph;
    NodeId source;
    NodeId last;
    const NodeSpec *sourceSpec = nullptr;
    const NodeSpec *lastSpec = nullptr;
    std::string output;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            const TemplateStep &step = rows[row][column];
            const NodeSpec *spec = registry.find(step.type);
            const NodeId id = addStep(graph, step, spec, {double(column) * kColumnPitch, double(row) * kRowPitch});
            if (last.valid()) {
                graph.addLink({{last, output.empty() ? portName(lastSpec, true, false, "output") : output}, {id, portName(spec, false, false, "input")}});
            } else {
                source = id;
                sourceSpec = spec;
            }
            last = id;
            lastSpec = spec;
            output = step.output;
        }
    }
    if (source.valid() && last != source)
        graph.addLink({{source, portName(sourceSpec, true, true, "target")}, {last, portName(lastSpec, false, true, "target")}});
    return graph;
}

} // namespace netloom
