// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/check_link.h"

#include <algorithm>

namespace netloom {

namespace {

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

    const PortDecl *from = sourceSpec->findOutput(link.from.port);
    const PortDecl *to = targetSpec->findInput(link.to.port);
    if (!from || !to) {
        if (sourceSpec->findInput(link.from.port) && targetSpec->findOutput(link.to.port))
            return LinkRefusal{LinkError::WrongDirection, "A wire goes from an output to an input."};
        const bool atSource = !from;
        return LinkRefusal{LinkError::UnknownPort,
            (atSource ? source->name : target->name) + " has no " + (atSource ? "output '" : "input '")
                + (atSource ? link.from.port : link.to.port) + "'."};
    }
    if (link.from.node == link.to.node)
        return LinkRefusal{LinkError::SelfLoop, "A node cannot feed itself."};
    if (from->kind != to->kind)
        return kindMismatch(*sourceSpec, *from, *targetSpec, *to);
    if (targetSpec->isTransform() && !sourceSpec->isSource() && !sourceSpec->isTransform())
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
