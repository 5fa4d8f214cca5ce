// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/check_link.h"

#include "graph/structure.h"

#include <algorithm>

namespace netloom {

namespace {

/// True for a type that prepares the data, or a dot or block port at which pictures end up in one.
bool preparesData(const Graph &graph, const NodeRegistry &registry, const PortRef &output)
{
    const auto source = realSource(graph, registry, output);
    const Node *node = source ? graph.find(source->node) : nullptr;
    const NodeSpec *spec = node ? registry.find(node->type) : nullptr;
    return !spec || spec->isSource() || spec->isTransform();
}

LinkRefusal kindMismatch(const NodeSpec &source, const PortDecl &from, const NodeSpec &target, const PortDecl &to)
{
    std::string mend;
    if (from.kind == PortKind::Image && to.kind == PortKind::Tensor)
        mend = "put ToTensor between them";
    else if (from.kind == PortKind::Tensor && to.kind == PortKind::Image)
        mend = "use " + target.type + " before ToTensor";
    else if (to.kind == PortKind::Target)
        mend = "connect the 'target' port of the data source";
    else if (from.kind == PortKind::Target)
        mend = "connect it to the 'target' port of a loss";
    else
        mend = "choose a port of the same kind";
    return {LinkError::KindMismatch, source.type + " gives " + toString(from.kind) + " but " + target.type + " takes "
            + toString(to.kind) + ": " + mend + "."};
}

} // namespace

std::optional<LinkRefusal> checkLink(
    const Graph &graph, const NodeRegistry &registry, const Link &link, TakenInput taken)
{
    const Node *source = graph.find(link.from.node);
    const Node *target = graph.find(link.to.node);
    const NodeSpec *sourceSpec = source ? registry.find(source->type) : nullptr;
    const NodeSpec *targetSpec = target ? registry.find(target->type) : nullptr;
    if (!sourceSpec || !targetSpec)
        return LinkRefusal{LinkError::UnknownPort,
            "This version does not know the node's type, so nothing can be connected to it."};

    if (source->parent != target->parent)
        return LinkRefusal{LinkError::OtherBlock, "A wire stays within one block: lead it through the block's inputs and outputs."};

    const NodePorts sourcePorts = portsOf(graph, registry, *source);
    const NodePorts targetPorts = portsOf(graph, registry, *target);
    const PortDecl *from = sourcePorts.findOutput(link.from.port);
    const PortDecl *to = targetPorts.findInput(link.to.port);
    if (!from || !to) {
        if (sourcePorts.findInput(link.from.port) && targetPorts.findOutput(link.to.port))
            return LinkRefusal{LinkError::WrongDirection, "A wire goes from an output to an input."};
        const bool atSource = !from;
        return LinkRefusal{LinkError::UnknownPort,
            (atSource ? source->name : target->name) + " has no " + (atSource ? "output '" : "input '")
                + (atSource ? link.from.port : link.to.port) + "'."};
    }
    if (link.from.node == link.to.node)
        return LinkRefusal{LinkError::SelfLoop, "A node cannot feed itself."};
    if (from->kind != to->kind && from->kind != PortKind::Any && to->kind != PortKind::Any)
        return kindMismatch(*sourceSpec, *from, *targetSpec, *to);
    if (targetSpec->isTransform() && !preparesData(graph, registry, link.from))
        return LinkRefusal{LinkError::TransformAfterLayer,
            targetSpec->type + " prepares the data and cannot follow " + sourceSpec->type
                + ": put it before the first layer."};
    if (std::ranges::find(graph.links(), link) != graph.links().end())
        return LinkRefusal{LinkError::Duplicate, "These two ports are connected already."};
    if (graph.reaches(link.to.node, link.from.node))
        return LinkRefusal{LinkError::Cycle,
            "This would close a cycle: " + target->name + " already leads to " + source->name + "."};
    if (taken == TakenInput::Refuse && !to->variadic && !graph.linksInto(link.to).empty())
        return LinkRefusal{LinkError::PortTaken,
            "The input '" + to->name + "' of " + target->name + " already has a wire: remove that one first."};
    return std::nullopt;
}

} // namespace netloom
