// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repair_parts.h"

#include "graph/structure.h"

#include <algorithm>

namespace netloom {

const NodeSpec *RepairCase::specOf(NodeId id) const
{
    const Node *found = graph.find(id);
    return found ? registry.find(found->type) : nullptr;
}

Params RepairCase::params(NodeId id) const
{
    return resolvedParams(*specOf(id), *graph.find(id), facts);
}

std::vector<Link> RepairCase::wires() const
{
    const bool named = node() && portsOf(graph, registry, *node()).findInput(issue.port);
    return named ? graph.linksInto(PortRef{issue.node, issue.port}) : graph.linksInto(issue.node);
}

Shape RepairCase::inputShape() const
{
    const auto links = wires();
    return links.empty() ? Shape() : shape(links.front());
}

std::vector<const Node *> RepairCase::upstream() const
{
    std::vector<const Node *> found;
    std::vector<PortRef> open; ///< outputs to follow
    const auto follow = [&](const std::vector<Link> &links) {
        for (const Link &link : links) {
            if (std::ranges::find(open, link.from) == open.end())
                open.push_back(link.from);
        }
    };
    follow(graph.linksInto(issue.node));
    for (std::size_t index = 0; index < open.size(); ++index) {
        const PortRef output = open[index];
        const Node &node = *graph.find(output.node);
        if (node.type == kBlockInputType) {
            follow(graph.linksInto(PortRef{node.parent, node.name}));
        } else if (node.type == kBlockType) {
            const Node *inner = graph.findByName(output.port, node.id);
            follow(inner ? graph.linksInto(inner->id) : std::vector<Link>());
        } else {
            follow(graph.linksInto(node.id));
            const NodeSpec *spec = specOf(node.id); // nothing can be said of types that this version doesn't know
            if (spec && !spec->isStructure() && !node.bypassed && std::ranges::find(found, &node) == found.end())
                found.push_back(&node);
        }
    }
    return found;
}

const Node *RepairCase::realSourceOf(const Link &link) const
{
    const auto source = realSource(graph, registry, link.from);
    return source ? graph.find(source->node) : nullptr;
}

std::string RepairCase::quotedName() const
{
    return node() ? quoted(*node()) : "";
}

std::string quoted(const Node &node)
{
    return "'" + node.name + "'";
}

bool has(const NodeSpec *spec, std::string_view param)
{
    return spec && spec->findParam(param);
}

bool hasAll(const RepairCase &given, std::initializer_list<std::string_view> params)
{
    return std::ranges::all_of(params, [&](std::string_view param) { return has(given.spec(), param); });
}

Repair withParams(const RepairCase &given, const Node &node, std::vector<std::pair<std::string, ParamValue>> values, std::string text)
{
    Graph graph = given.graph;
    for (auto &[name, value] : values)
        graph.setParam(node.id, name, std::move(value));
    return {std::move(text), std::move(graph)};
}

Repair withParam(const RepairCase &given, const Node &node, const std::string &name, const ParamValue &value)
{
    std::string shown = std::holds_alternative<std::string>(value) ? '"' + formatParam(value) + '"' : formatParam(value);
    if (const auto *pair = std::get_if<Whole>(&value); pair && pair->size() == 2)
        shown = std::to_string(pair->front()) + "×" + std::to_string(pair->back());
    return withParams(given, node, {{name, value}}, "Set " + name + " of " + quoted(node) + " to " + shown);
}

RepairGroup inserted(const RepairCase &given, const std::vector<NewNode> &nodes, const std::string &what)
{
    const auto wires = given.wires();
    Graph graph = given.graph;
    if (wires.empty() || !insertInLink(graph, given.registry, wires.front(), nodes))
        return {};
    return {{"Add " + what + " before " + given.quotedName(), std::move(graph)}};
}

RepairGroup removed(const RepairCase &given, const Node &node)
{
    Graph graph = given.graph;
    if (!removeAndClose(graph, given.registry, node.id))
        return {};
    return {{"Remove " + quoted(node), std::move(graph)}};
}

void append(RepairGroup &group, RepairGroup more)
{
    std::ranges::move(more, std::back_inserter(group));
}

RepairGroup removeItself(const RepairCase &given)
{
    return given.node() ? removed(given, *given.node()) : RepairGroup();
}

} // namespace netloom
