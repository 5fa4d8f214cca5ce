// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"

#include "document/graph_changes.h"
#include "document/repair_offers.h"
#include "document/steps/steps.h"

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

Document::Document(const NodeRegistry &registry, QObject *parent)
    : QObject(parent), m_registry(registry), m_undo(new QUndoStack(this)),
      m_changes(std::make_unique<GraphChanges>(*this)), m_repairs(new RepairOffers(*this))
{
    connect(m_undo, &QUndoStack::indexChanged, this, &Document::finishStep);
    connect(m_undo, &QUndoStack::cleanChanged, this, [this](bool clean) { emit dirtyChanged(!clean); });
}

Document::~Document()
{
    delete m_repairs; // it looks at the rest
    m_undo->disconnect(this);
}

const NodeSpec *Document::spec(NodeId id) const
{
    const Node *node = graph().find(id);
    return node ? m_registry.find(node->type) : nullptr;
}

bool Document::isDirty() const
{
    return !m_undo->isClean();
}

void Document::setClean()
{
    m_undo->setClean();
}

void Document::setProject(Project project)
{
    m_undo->clear();
    m_project = std::move(project);
    m_facts = {};
    m_selectedNodes.clear();
    m_selectedLinks.clear();
    infer();
    m_inferenceStale = false;
    emit projectReset();
    emit factsChanged();
    emit inferenceChanged();
    emit recipeChanged();
    emit selectionChanged();
}

void Document::setFacts(SourceFacts facts)
{
    if (facts == m_facts)
        return;
    m_facts = std::move(facts);
    infer();
    emit factsChanged();
    emit inferenceChanged();
}

void Document::setMachineMemory(std::int64_t bytes)
{
    if (bytes == m_machineMemory)
        return;
    m_machineMemory = bytes;
    infer();
    emit inferenceChanged();
}

MemoryBudget Document::memoryBudget() const
{
    const auto *batchSize = recipe().has("batch_size") ? std::get_if<std::int64_t>(&recipe().at("batch_size")) : nullptr;
    return {m_machineMemory, batchSize ? *batchSize : 0};
}

void Document::infer()
{
    m_inference = inferShapes(graph(), m_registry, m_facts, memoryBudget());
}

void Document::setSelection(std::set<NodeId> nodes, std::vector<Link> links)
{
    std::erase_if(nodes, [this](NodeId id) { return !graph().find(id); });
    std::erase_if(links, [this](const Link &link) {
        return std::ranges::find(graph().links(), link) == graph().links().end();
    });
    std::ranges::sort(links);
    links.erase(std::unique(links.begin(), links.end()), links.end());
    if (nodes == m_selectedNodes && links == m_selectedLinks)
        return;
    m_selectedNodes = std::move(nodes);
    m_selectedLinks = std::move(links);
    emit selectionChanged();
}

NodeId Document::addNode(const QString &type, Point position)
{
    const NodeSpec *spec = m_registry.find(type.toStdString());
    if (!spec || !isFinite(position))
        return {};
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
    // A copy of the graph hands out the ids and names, so that the step holds final values.
    Graph trial = graph();
    std::map<NodeId, NodeId> newIds;
    std::vector<NodeId> ids;
    std::vector<Node> added;
    for (Node node : nodes) {
        const NodeId wish = node.id;
        node.id = {};
        const NodeId id = trial.addNode(std::move(node));
        if (wish.valid())
            newIds.emplace(wish, id);
        ids.push_back(id);
        added.push_back(*trial.find(id));
    }
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
    if (!spec(link.to.node)->findInput(link.to.port)->variadic)
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
    if (!spec(to.to.node)->findInput(to.to.port)->variadic) {
        const auto taken = graph().linksInto(to.to);
        givenUp.insert(givenUp.end(), taken.begin(), taken.end());
    }
    auto step = steps::connectPorts(*m_changes, to, std::move(givenUp));
    step->setText(tr("Connect %1 to %2").arg(nameOf(to.from.node), nameOf(to.to.node)));
    push(std::move(step));
    return std::nullopt;
}

void Document::moveNodes(const std::map<NodeId, Point> &positions, int gesture)
{
    std::map<NodeId, Point> moved;
    for (const auto &[id, position] : positions) {
        const Node *node = graph().find(id);
        if (node && isFinite(position) && node->position != position)
            moved.emplace(id, position);
    }
    if (moved.empty())
        return;
    const QString text = moved.size() == 1 ? tr("Move %1").arg(nameOf(moved.begin()->first))
                                           : tr("Move %1 nodes").arg(moved.size());
    auto step = steps::moveNodes(*m_changes, std::move(moved), gesture);
    step->setText(text);
    push(std::move(step));
}

Result<Done> Document::setParam(NodeId id, const std::string &name, const ParamValue &value, int gesture)
{
    const Node *node = graph().find(id);
    const NodeSpec *nodeSpec = spec(id);
    const ParamDecl *decl = nodeSpec ? nodeSpec->findParam(name) : nullptr;
    if (!decl)
        return Error{tr("%1 has no parameter '%2'.").arg(nameOf(id), QString::fromStdString(name)).toStdString()};
    auto checked = validateParam(*decl, value);
    if (!checked)
        return checked.error();
    if (node->params.has(name) && node->params.at(name) == *checked)
        return Done{};
    auto step = steps::setParam(*m_changes, id, name, *checked, gesture);
    step->setText(tr("Set %1 of %2").arg(QString::fromStdString(name), nameOf(id)));
    push(std::move(step));
    return Done{};
}

void Document::applyGraph(Graph after, const QString &stepName)
{
    if (after == graph())
        return;
    auto step = steps::changeGraph(*m_changes, std::move(after));
    step->setText(stepName);
    push(std::move(step));
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
    if (graph().findByName(wish))
        return Error{tr("Another node is called '%1' already: choose another name.").arg(name.trimmed()).toStdString()};
    auto step = steps::renameNode(*m_changes, id, wish);
    step->setText(tr("Rename %1 to %2").arg(nameOf(id), name.trimmed()));
    push(std::move(step));
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

void Document::push(std::unique_ptr<QUndoCommand> step)
{
    m_undo->push(step.release());
}

void Document::finishStep()
{
    if (m_inferenceStale) {
        m_inferenceStale = false;
        infer();
        setSelection(m_selectedNodes, m_selectedLinks);
        emit inferenceChanged();
    }
}

QString Document::nameOf(NodeId id) const
{
    const Node *node = graph().find(id);
    return node ? QString::fromStdString(node->name) : tr("The node");
}

StepGroup::StepGroup(Document &document, const QString &name) : m_stack(*document.undoStack())
{
    m_stack.beginMacro(name);
}

StepGroup::~StepGroup()
{
    m_stack.endMacro();
}

} // namespace netloom
