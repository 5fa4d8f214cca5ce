// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"

#include "document/graph_changes.h"
#include "document/steps/steps.h"
#include "graph/blocks.h"
#include "graph/learning.h"

#include <QUndoStack>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

bool isFinite(Point point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

} // namespace

NodeId Document::addNode(const QString &type, Point position)
{
    const NodeSpec *spec = catalogue().find(type);
    if (!spec || !isFinite(position))
        return {};
    const bool isPort = spec->type == kBlockInputType || spec->type == kBlockOutputType;
    if (isPort && !m_scope.valid())
        return {}; // no block is open that it could be a port of
    if (const auto block = catalogue().blockOf(type)) {
        std::vector<Node> nodes;
        for (const auto &[id, node] : block->nodes()) {
            nodes.push_back(node);
            if (!node.parent.valid())
                nodes.back().position = position;
        }
        return addNodes(nodes, block->links(), tr("Add %1").arg(type)).front();
    }
    Node node;
    node.type = spec->type;
    node.params = Params::defaults(spec->params);
    node.position = position;
    return addNodes({node}, {}, tr("Add %1").arg(type)).front();
}

std::vector<NodeId> Document::addNodes(
    const std::vector<Node> &nodes, const std::vector<Link> &links, const QString &stepName)
{
    if (nodes.empty())
        return {};
    // A copy of the graph hands out the ids and names, so that the step holds final values. Blocks come before what is within them.
    Graph trial = graph();
    std::map<NodeId, NodeId> newIds;
    std::vector<NodeId> ids(nodes.size());
    std::vector<Node> added;
    std::set<NodeId> wishes;
    for (const Node &node : nodes)
        wishes.insert(node.id);
    while (added.size() < nodes.size()) {
        const std::size_t before = added.size();
        for (std::size_t index = 0; index < nodes.size(); ++index) {
            Node node = nodes[index];
            const bool within = node.parent.valid() && wishes.contains(node.parent) && node.parent != node.id;
            if (ids[index].valid() || (within && !newIds.contains(node.parent)))
                continue;
            const NodeId wish = node.id;
            node.id = {};
            node.parent = within ? newIds.at(node.parent) : m_scope;
            ids[index] = trial.addNode(std::move(node));
            if (wish.valid())
                newIds.emplace(wish, ids[index]);
            added.push_back(*trial.find(ids[index]));
        }
        if (added.size() == before) // blocks within one another in a circle
            break;
    }
    std::erase_if(ids, [&](NodeId id) { return !id.valid() || trial.find(id)->parent != m_scope; });
    std::vector<Link> addedLinks;
    for (Link link : links) {
        const auto from = newIds.find(link.from.node);
        const auto to = newIds.find(link.to.node);
        if (from == newIds.end() || to == newIds.end())
            continue;
        link.from.node = from->second;
        link.to.node = to->second;
        if (trial.addLink(link))
            addedLinks.push_back(link);
    }
    auto step = steps::addNodes(*m_changes, std::move(added), std::move(addedLinks));
    step->setText(stepName);
    push(std::move(step));
    return ids;
}

void Document::removeItems(const std::set<NodeId> &nodes, const std::vector<Link> &links)
{
    auto step = steps::removeItems(*m_changes, nodes, links);
    if (!step)
        return;
    const std::size_t count = nodes.size() + links.size();
    if (count == 1)
        step->setText(nodes.empty() ? tr("Delete wire") : tr("Delete %1").arg(nameOf(*nodes.begin())));
    else
        step->setText(tr("Delete %1 items").arg(count));
    push(std::move(step));
}

std::optional<LinkRefusal> Document::linkRefusal(const Link &link, const std::optional<Link> &instead) const
{
    if (!instead)
        return checkLink(graph(), m_registry, link, TakenInput::Replace);
    Graph without = graph();
    without.removeLink(*instead);
    return checkLink(without, m_registry, link, TakenInput::Replace);
}

std::optional<LinkRefusal> Document::connectPorts(const Link &link)
{
    if (auto refusal = linkRefusal(link))
        return refusal;
    std::vector<Link> givenUp;
    if (!isVariadic(link.to))
        givenUp = graph().linksInto(link.to);
    auto step = steps::connectPorts(*m_changes, link, std::move(givenUp));
    step->setText(tr("Connect %1 to %2").arg(nameOf(link.from.node), nameOf(link.to.node)));
    push(std::move(step));
    return std::nullopt;
}

std::optional<LinkRefusal> Document::rewire(const Link &link, const Link &to)
{
    if (link == to)
        return std::nullopt;
    if (auto refusal = linkRefusal(to, link))
        return refusal;
    std::vector<Link> givenUp{link};
    if (!isVariadic(to.to)) {
        const auto taken = graph().linksInto(to.to);
        givenUp.insert(givenUp.end(), taken.begin(), taken.end());
    }
    auto step = steps::connectPorts(*m_changes, to, std::move(givenUp));
    step->setText(tr("Connect %1 to %2").arg(nameOf(to.from.node), nameOf(to.to.node)));
    push(std::move(step));
    return std::nullopt;
}

void Document::moveNodes(const std::map<NodeId, Point> &positions, int gesture, const QString &stepName)
{
    std::map<NodeId, Point> moved;
    for (const auto &[id, position] : positions) {
        const Node *node = graph().find(id);
        if (node && isFinite(position) && node->position != position)
            moved.emplace(id, position);
    }
    if (moved.empty())
        return;
    const QString text = !stepName.isEmpty() ? stepName
        : moved.size() == 1                      ? tr("Move %1").arg(nameOf(moved.begin()->first))
                                                 : tr("Move %1 nodes").arg(moved.size());
    auto step = steps::moveNodes(*m_changes, std::move(moved), gesture);
    step->setText(text);
    push(std::move(step));
}

Result<Done> Document::setParam(NodeId id, const std::string &name, const ParamValue &value, int gesture)
{
    const auto params = shownParams(id);
    const auto param = std::ranges::find(params, name, &ExposedParam::name);
    if (param == params.end())
        return Error{tr("%1 has no parameter '%2'.").arg(nameOf(id), QString::fromStdString(name)).toStdString()};
    auto checked = validateParam(param->decl, value);
    if (!checked)
        return checked.error();
    const bool isSet = std::ranges::all_of(param->targets, [&](const auto &target) {
        const Params &values = graph().find(target.first)->params;
        return values.has(target.second) && values.at(target.second) == *checked;
    });
    if (isSet)
        return Done{};
    auto step = steps::setParam(*m_changes, param->targets, *checked, gesture);
    step->setText(tr("Set %1 of %2").arg(QString::fromStdString(name), nameOf(id)));
    push(std::move(step));
    return Done{};
}

Result<Done> Document::setLearning(NodeId id, const std::string &name, const ParamValue &value, int gesture)
{
    const Node *node = graph().find(id);
    const ParamDecl *decl = findLearningDecl(name);
    if (!node || !decl)
        return Error{tr("%1 has no setting '%2'.").arg(nameOf(id), QString::fromStdString(name)).toStdString()};
    const auto checked = validateParam(*decl, value);
    if (!checked)
        return checked.error();
    const Node after = withLearning(*node, name, *checked);
    if (after == *node)
        return Done{};
    auto step = steps::setLearning(*m_changes, id, after.frozen, after.lrScale, gesture);
    step->setText(name != kFrozenSetting ? tr("Set the learning rate of %1").arg(nameOf(id)) : after.frozen ? tr("Freeze %1").arg(nameOf(id)) : tr("Unfreeze %1").arg(nameOf(id)));
    push(std::move(step));
    return Done{};
}

Result<Done> Document::rename(NodeId id, const QString &name)
{
    const Node *node = graph().find(id);
    const std::string wish = name.trimmed().toStdString();
    if (!node)
        return Error{tr("This node is gone.").toStdString()};
    if (node->name == wish)
        return Done{};
    if (!isValidNodeName(wish))
        return Error{tr("A name takes letters, digits, '_' and '-', at least one.").toStdString()};
    if (graph().findByName(wish, node->parent))
        return Error{tr("Another node is called '%1' already: choose another name.").arg(name.trimmed()).toStdString()};
    Graph after = graph();
    after.rename(id, wish);
    applyGraph(after, tr("Rename %1 to %2").arg(nameOf(id), name.trimmed()));
    return Done{};
}

Result<Done> Document::setRecipe(const std::string &name, const ParamValue &value, int gesture)
{
    const ParamDecl *decl = findRecipeDecl(name);
    if (!decl)
        return Error{tr("There is no training setting '%1'.").arg(QString::fromStdString(name)).toStdString()};
    auto checked = validateParam(*decl, value);
    if (!checked)
        return checked.error();
    if (!recipe().has(name))
        m_project.recipe.set(name, decl->fallback);
    if (recipe().at(name) == *checked)
        return Done{};
    auto step = steps::setRecipe(*m_changes, recipe(), name, *checked, gesture);
    step->setText(tr("Set %1").arg(QString::fromStdString(name)));
    push(std::move(step));
    return Done{};
}

void Document::applyGraph(const Graph &after, const QString &stepName)
{
    if (after == graph())
        return;
    auto step = steps::changeGraph(*m_changes, after);
    step->setText(stepName);
    push(std::move(step));
}

Result<Done> Document::toggleBypass(const std::set<NodeId> &nodes)
{
    std::vector<const Node *> able;
    for (const NodeId id : nodes) {
        if (const Node *node = graph().find(id); node && (node->bypassed || canBypass(graph(), m_registry, *node)))
            able.push_back(node);
    }
    if (able.empty())
        return Error{tr("Nothing here can be bypassed: what comes out must be of the kind that goes in.").toStdString()};
    const bool bypass = !std::ranges::all_of(able, &Node::bypassed);
    Graph after = graph();
    for (const Node *node : able)
        after.setBypassed(node->id, bypass);
    const auto isKnown = [this](const Issue &issue) {
        return std::ranges::any_of(m_inference.issues, [&](const Issue &old) { return old.node == issue.node && old.code == issue.code; });
    };
    if (bypass) {
        for (const Issue &issue : inferShapes(after, m_registry, m_facts).issues) {
            if (issue.severity == Severity::Error && !isKnown(issue))
                return Error{tr("It can't be bypassed: %1").arg(QString::fromStdString(issue.text)).toStdString()};
        }
    }
    const QString what = able.size() == 1 ? nameOf(able.front()->id) : tr("%1 nodes").arg(able.size());
    applyGraph(after, bypass ? tr("Bypass %1").arg(what) : tr("Take %1 back in").arg(what));
    return Done{};
}

Result<NodeId> Document::collapse(const std::set<NodeId> &nodes)
{
    Graph after = graph();
    const auto block = collapseIntoBlock(after, m_registry, nodes, "block");
    if (block)
        applyGraph(after, nodes.size() == 1 ? tr("Make a block of %1").arg(nameOf(*nodes.begin())) : tr("Make a block of %1 nodes").arg(nodes.size()));
    return block;
}

Result<std::vector<NodeId>> Document::expand(NodeId block)
{
    Graph after = graph();
    const QString text = tr("Open up %1").arg(nameOf(block));
    auto inside = expandBlock(after, block);
    if (inside)
        applyGraph(after, text);
    return inside;
}

void Document::expose(NodeId id, const std::string &param, const std::string &name)
{
    const Node *node = graph().find(id);
    if (!node)
        return;
    auto exposed = node->exposed;
    if (name.empty())
        exposed.erase(param);
    else
        exposed[param] = name;
    Graph after = graph();
    after.setExposed(id, std::move(exposed));
    const QString what = QString::fromStdString(param);
    applyGraph(after, name.empty() ? tr("Keep %1 of %2 inside").arg(what, nameOf(id)) : tr("Show %1 of %2 at the block").arg(what, nameOf(id)));
}

bool Document::isVariadic(const PortRef &input) const
{
    const Node *node = graph().find(input.node);
    const NodePorts ports = node ? portsOf(graph(), m_registry, *node) : NodePorts(nullptr);
    const PortDecl *port = ports.findInput(input.port);
    return port && port->variadic;
}

} // namespace netloom
