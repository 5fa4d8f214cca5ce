// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_insertion.h"

#include "canvas/canvas_scene.h"
#include "graph/structure.h"

namespace netloom {

namespace {

/// What addNode() would add, in a graph on trial.
NodeId addTrial(Graph &trial, const Document &document, const NodeSpec &spec)
{
    const QString type = QString::fromStdString(spec.type);
    if (!document.catalogue().isOwnBlock(type)) {
        const NodeId node = trial.addNode(spec);
        trial.setParent(node, document.scope());
        return node;
    }
    // No record tells what its ports carry: its inside does.
    const auto block = document.catalogue().blockOf(type);
    const std::int64_t above = trial.nodes().empty() ? 0 : trial.nodes().rbegin()->first.value;
    const auto moved = [above](NodeId id) { return NodeId{id.value + above}; };
    for (const auto &[id, node] : block->nodes()) {
        Node copy = node;
        copy.id = moved(id);
        copy.parent = node.parent.valid() ? moved(node.parent) : document.scope();
        trial.insertNode(std::move(copy));
    }
    for (const Link &link : block->links())
        trial.addLink({{moved(link.from.node), link.from.port}, {moved(link.to.node), link.to.port}});
    return moved(block->childrenOf({}).front());
}

} // namespace

std::optional<LinkInsertion> insertionInto(const Document &document, const Link &link, const NodeSpec &spec, NodeId node)
{
    // Tried on a copy, so that checkLink() judges the very graph that would come of it.
    Graph trial = document.graph();
    trial.removeLink(link);
    if (!node.valid())
        node = addTrial(trial, document, spec);
    const NodePorts ports = portsOf(trial, document.registry(), *trial.find(node));
    for (const PortDecl &input : ports.inputs()) {
        const Link first{link.from, {node, input.name}};
        if (checkLink(trial, document.registry(), first))
            continue;
        trial.addLink(first);
        for (const PortDecl &output : ports.outputs()) {
            if (!checkLink(trial, document.registry(), {{node, output.name}, link.to}))
                return LinkInsertion{link, input.name, output.name};
        }
        trial.removeLink(first);
    }
    return std::nullopt;
}

std::optional<LinkInsertion> insertionUnder(const CanvasScene &scene, const QRectF &card, const NodeSpec &spec, NodeId node)
{
    for (const LinkItem *item : scene.linksIn(card.adjusted(8, 8, -8, -8))) {
        const Link &link = item->link();
        if (link.from.node == node || link.to.node == node)
            continue;
        if (auto insertion = insertionInto(scene.document(), link, spec, node))
            return insertion;
    }
    return std::nullopt;
}

void insertIntoLink(Document &document, const LinkInsertion &insertion, NodeId node)
{
    // The second half keeps the wire's place in the order, which matters at an input that takes many.
    document.rewire(insertion.link, {{node, insertion.output}, insertion.link.to});
    document.connectPorts({insertion.link.from, {node, insertion.input}});
}

std::map<std::string, std::string> typesThatFit(const Document &document, const PortRef &fixed, bool fixedIsOutput)
{
    std::map<std::string, std::string> fitting;
    Graph trial = document.graph();
    for (const NodeSpec *spec : document.catalogue().all()) {
        const NodeId node = addTrial(trial, document, *spec);
        for (const PortDecl &port : fixedIsOutput ? spec->inputs : spec->outputs) {
            const PortRef end{node, port.name};
            const Link link = fixedIsOutput ? Link{fixed, end} : Link{end, fixed};
            if (!checkLink(trial, document.registry(), link, TakenInput::Replace)) {
                fitting[spec->type] = port.name;
                break;
            }
        }
        trial.removeNode(node);
    }
    return fitting;
}

std::optional<Link> firstFit(const Document &document, NodeId from, NodeId to, TakenInput taken)
{
    const Node *source = document.graph().find(from);
    const Node *target = document.graph().find(to);
    if (!source || !target)
        return std::nullopt;
    const NodePorts sourcePorts = portsOf(document.graph(), document.registry(), *source);
    const NodePorts targetPorts = portsOf(document.graph(), document.registry(), *target);
    for (const PortDecl &output : sourcePorts.outputs()) {
        for (const PortDecl &input : targetPorts.inputs()) {
            const Link link{{from, output.name}, {to, input.name}};
            if (!checkLink(document.graph(), document.registry(), link, taken))
                return link;
        }
    }
    return std::nullopt;
}

} // namespace netloom
