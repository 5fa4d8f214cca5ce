// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/clipboard.h"

#include "document/healing.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kAside = 40; ///< how far copies lie from their originals, scene units
constexpr double kGrid = 20;
const QString kIncoming = QStringLiteral("incoming"); ///< the text's member with the wires that fed the copied nodes
const QString kMimeType = QStringLiteral("application/x-netloom-graph+json");

/// The wires from elsewhere into @p nodes, as a project's extra members.
std::string incomingText(const Graph &graph, const std::set<NodeId> &nodes)
{
    QJsonArray wires;
    for (const Link &link : graph.links()) {
        const Node *from = graph.find(link.from.node);
        if (!nodes.contains(link.to.node) || nodes.contains(link.from.node) || !from)
            continue;
        const auto text = [](const std::string &part) { return QString::fromStdString(part); };
        wires.append(QJsonArray{text(pathOf(graph, *from)), text(link.from.port), text(graph.find(link.to.node)->name), text(link.to.port)});
    }
    return wires.isEmpty() ? std::string() : QJsonDocument(QJsonObject{{kIncoming, wires}}).toJson(QJsonDocument::Compact).toStdString();
}

std::vector<IncomingWire> incomingFrom(const std::string &extra)
{
    std::vector<IncomingWire> wires;
    const QJsonArray entries = QJsonDocument::fromJson(QByteArray::fromStdString(extra)).object().value(kIncoming).toArray();
    for (const QJsonValue &entry : entries) {
        const auto part = [wire = entry.toArray()](int index) { return wire.at(index).toString().toStdString(); };
        wires.push_back({part(0), part(1), part(2), part(3)});
    }
    return wires;
}

/// Leads the wires that fed the originals into their copies, whose ids are in the order of the top nodes in @p copied.
void connectIncoming(Document &document, const CopiedNodes &copied, const std::vector<NodeId> &ids)
{
    std::map<std::string, NodeId> copies;
    std::size_t index = 0;
    for (const NodeId id : copied.graph.childrenOf({}))
        copies[copied.graph.find(id)->name] = ids.at(index++);
    for (const IncomingWire &wire : copied.incoming) {
        const Graph &graph = document.graph();
        const Node *from = findByPath(graph, wire.from);
        if (!from || from->parent != document.scope()) // pasted into another block: by its name there
            from = graph.findByName(std::string_view(wire.from).substr(wire.from.rfind('.') + 1), document.scope());
        const auto to = copies.find(wire.to);
        if (from && to != copies.end())
            document.connectPorts({{from->id, wire.fromPort}, {to->second, wire.toPort}});
    }
}

bool isTaken(const Graph &graph, NodeId scope, Point position)
{
    return std::ranges::any_of(
        graph.nodes(), [&](const auto &entry) { return entry.second.position == position && entry.second.parent == scope; });
}

/// At least how far to move @p copies, from @p shift on, so that none lies exactly on a node that is there.
Point aside(const Document &document, const Graph &copies, Point shift = {kAside, kAside})
{
    const auto collides = [&] {
        return std::ranges::any_of(copies.nodes(), [&](const auto &entry) {
            const Point at = entry.second.position;
            return !entry.second.parent.valid() && isTaken(document.graph(), document.scope(), {at.x + shift.x, at.y + shift.y});
        });
    };
    while (collides()) {
        shift.x += kAside;
        shift.y += kAside;
    }
    return shift;
}

/// How far to move @p copies so that the middle of their positions comes to lie at @p middle, on the grid.
Point towards(const Graph &copies, Point middle)
{
    Point low{INFINITY, INFINITY};
    Point high{-INFINITY, -INFINITY};
    for (const auto &[id, node] : copies.nodes()) {
        if (node.parent.valid())
            continue;
        low = {std::min(low.x, node.position.x), std::min(low.y, node.position.y)};
        high = {std::max(high.x, node.position.x), std::max(high.y, node.position.y)};
    }
    const auto snapped = [](double value) { return std::round(value / kGrid) * kGrid; };
    return {snapped(middle.x - (low.x + high.x) / 2), snapped(middle.y - (low.y + high.y) / 2)};
}

/// @p one with the name of the only node, or @p several with their number; what is inside blocks doesn't count.
QString stepNameFor(const Graph &copies, const QString &one, const QString &several)
{
    const auto nodes = copies.childrenOf({});
    return nodes.size() == 1 ? one.arg(QString::fromStdString(copies.find(nodes.front())->name)) : several.arg(nodes.size());
}

std::vector<NodeId> addCopies(Document &document, const Graph &copies, Point shift, const QString &stepName)
{
    std::vector<Node> nodes;
    for (const auto &[id, node] : copies.nodes()) {
        nodes.push_back(node);
        if (node.parent.valid()) // a block's inside goes with it
            continue;
        nodes.back().position.x += shift.x;
        nodes.back().position.y += shift.y;
    }
    const auto ids = document.addNodes(nodes, copies.links(), stepName);
    document.setSelection({ids.begin(), ids.end()});
    return ids;
}

} // namespace

Graph partOf(const Graph &graph, std::set<NodeId> nodes)
{
    Graph chosen;
    for (const NodeId id : std::set<NodeId>(nodes)) {
        const Node *node = graph.find(id);
        if (!node)
            continue;
        Node top = *node;
        top.parent = {};
        chosen.insertNode(std::move(top));
        for (const NodeId inner : graph.allWithin(id)) {
            nodes.insert(inner);
            chosen.insertNode(*graph.find(inner));
        }
    }
    for (const Link &link : graph.links()) {
        if (nodes.contains(link.from.node) && nodes.contains(link.to.node))
            chosen.addLink(link);
    }
    return chosen;
}

QString nodesAsText(const Document &document, const std::set<NodeId> &nodes)
{
    Project project;
    project.graph = partOf(document.graph(), nodes);
    project.extra = incomingText(document.graph(), nodes);
    return QString::fromStdString(projectToJson(project, document.registry(), {}));
}

Result<CopiedNodes> nodesFromText(const QString &text, const NodeRegistry &registry)
{
    const auto nothing = Error{Document::tr("The clipboard holds no nodes: copy some first.").toStdString()};
    if (!text.trimmed().startsWith('{'))
        return nothing;
    auto loaded = projectFromJson(text.toStdString(), registry, {});
    if (!loaded || loaded->project.graph.empty())
        return nothing;
    return CopiedNodes{std::move(loaded->project.graph), incomingFrom(loaded->project.extra)};
}

bool copySelection(const Document &document)
{
    if (document.selectedNodes().empty())
        return false;
    const QString text = nodesAsText(document, document.selectedNodes());
    auto *mime = new QMimeData;
    mime->setText(text);
    mime->setData(kMimeType, text.toUtf8());
    QGuiApplication::clipboard()->setMimeData(mime);
    return true;
}

void cutSelection(Document &document)
{
    if (copySelection(document))
        removeAndHeal(document, document.selectedNodes(), document.selectedLinks(), Document::tr("Cut"));
}

Result<std::vector<NodeId>> pasteNodes(Document &document, std::optional<Point> middle, IncomingWires wires)
{
    const auto copied = nodesFromText(QGuiApplication::clipboard()->text(), document.registry());
    if (!copied)
        return copied.error();
    const Graph &copies = copied->graph;
    const Point shift = middle ? aside(document, copies, towards(copies, *middle)) : aside(document, copies);
    const QString stepName = stepNameFor(copies, Document::tr("Paste %1"), Document::tr("Paste %1 nodes"));
    const StepGroup group(document, stepName);
    const auto ids = addCopies(document, copies, shift, stepName);
    if (wires == IncomingWires::Keep)
        connectIncoming(document, *copied, ids);
    return ids;
}

std::vector<NodeId> duplicateSelection(Document &document)
{
    const Graph copies = partOf(document.graph(), document.selectedNodes());
    if (copies.empty())
        return {};
    const QString stepName = stepNameFor(copies, Document::tr("Duplicate %1"), Document::tr("Duplicate %1 nodes"));
    return addCopies(document, copies, aside(document, copies), stepName);
}

} // namespace netloom
