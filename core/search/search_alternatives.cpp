// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/infer_shapes.h"
#include "graph/structure.h"
#include "search/axis_target.h"
#include "search/trial_project.h"

#include <algorithm>

namespace netloom {

namespace {

std::size_t errorCount(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts)
{
    return std::size_t(std::ranges::count(inferShapes(graph, registry, facts).issues, Severity::Error, &Issue::severity));
}

/// True where every port of @p own has one of its name and kind in @p other.
bool hasPortsOf(const NodeSpec &own, const NodeSpec &other)
{
    return std::ranges::all_of(own.inputs, [&](const PortDecl &port) { return other.findInput(port.name) && other.findInput(port.name)->kind == port.kind; })
        && std::ranges::all_of(own.outputs, [&](const PortDecl &port) { return other.findOutput(port.name) && other.findOutput(port.name)->kind == port.kind; });
}

std::vector<SearchAlternative> otherTypes(const Project &project, const NodeRegistry &registry, const SourceFacts &facts, const Node &node)
{
    std::vector<SearchAlternative> types;
    const NodeSpec *own = registry.find(node.type);
    if (!own)
        return types;
    const std::size_t errors = errorCount(project.graph, registry, facts);
    for (const auto &spec : registry.all()) {
        if (!hasPortsOf(*own, *spec) || spec->isTransform() != own->isTransform() || spec->isLoss() != own->isLoss())
            continue;
        Result<Node> other = retyped(project, registry, node, spec->type);
        if (!other)
            continue;
        Graph graph = project.graph;
        graph.replaceNode(std::move(*other));
        if (errorCount(graph, registry, facts) <= errors)
            types.push_back({spec->type, spec->group.empty() ? toString(spec->category) : spec->group, spec->doc});
    }
    std::ranges::stable_sort(types, std::ranges::greater(), [&](const SearchAlternative &type) {
        const NodeSpec *spec = registry.find(type.name);
        return std::pair(spec->category == own->category && spec->group == own->group, spec->category == own->category);
    });
    return types;
}

} // namespace

std::vector<SearchAlternative> searchAlternatives(const Project &project, const NodeRegistry &registry, const SourceFacts &facts, const SearchAxis &axis)
{
    std::vector<SearchAlternative> alternatives;
    if (axis.target == SearchAxis::Target::Type) {
        if (const Result<const Node *> node = findNode(project, ownerAndName(axis.name).first))
            alternatives = otherTypes(project, registry, facts, **node);
    } else if (axis.target == SearchAxis::Target::OneOf) {
        for (const Node *node : listedNodes(project.graph)) {
            const NodeSpec *spec = registry.find(node->type);
            if (spec && !spec->isSource() && !spec->isLoss() && canBypass(project.graph, registry, *node))
                alternatives.push_back({pathOf(project.graph, *node), node->type, spec->doc});
        }
    }
    std::erase_if(alternatives, [&](const SearchAlternative &one) { return std::ranges::find(axis.choices, one.name) != axis.choices.end(); });
    return alternatives;
}

} // namespace netloom
