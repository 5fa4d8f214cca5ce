// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"

#include "document/comparison.h"
#include "document/graph_changes.h"
#include "document/repair_offers.h"
#include "graph/structure.h"

#include <QUndoStack>

#include <algorithm>

namespace netloom {

Document::Document(const NodeRegistry &registry, QObject *parent)
    : QObject(parent), m_registry(registry), m_undo(new QUndoStack(this)),
      m_changes(std::make_unique<GraphChanges>(*this)), m_repairs(new RepairOffers(*this))
{
    connect(m_undo, &QUndoStack::indexChanged, this, &Document::finishStep);
    m_comparison = std::make_unique<Comparison>(*this); // hears of a step after finishStep()
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
    m_scope = {};
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

void Document::setScope(NodeId block)
{
    const Node *node = graph().find(block);
    if (block == m_scope || (block.valid() && (!node || node->type != kBlockType)))
        return;
    m_scope = block;
    emit scopeChanged();
    setSelection({});
}

std::vector<NodeId> Document::scopePath() const
{
    std::vector<NodeId> path;
    for (const Node *block = graph().find(m_scope); block; block = graph().find(block->parent))
        path.insert(path.begin(), block->id);
    return path;
}

/// Where the block that is being edited has gone, the top level is what is left to edit.
void Document::leaveLostScope()
{
    if (m_scope.valid() && !graph().find(m_scope))
        setScope({});
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
    const auto isHere = [this](NodeId id) { return graph().find(id) && graph().find(id)->parent == m_scope; };
    std::erase_if(nodes, [&](NodeId id) { return !isHere(id); });
    std::erase_if(links, [&](const Link &link) {
        return !isHere(link.to.node) || std::ranges::find(graph().links(), link) == graph().links().end();
    });
    std::ranges::sort(links);
    links.erase(std::unique(links.begin(), links.end()), links.end());
    if (nodes == m_selectedNodes && links == m_selectedLinks)
        return;
    m_selectedNodes = std::move(nodes);
    m_selectedLinks = std::move(links);
    emit selectionChanged();
}

std::vector<ExposedParam> Document::shownParams(NodeId id) const
{
    const Node *node = graph().find(id);
    const NodeSpec *nodeSpec = spec(id);
    std::vector<ExposedParam> shown;
    if (!nodeSpec)
        return shown;
    for (const ParamDecl &decl : nodeSpec->params) {
        const ParamValue value = node->params.has(decl.name) ? node->params.at(decl.name) : decl.fallback;
        shown.push_back({decl.name, decl, value, {{id, decl.name}}});
    }
    if (node->type == kBlockType) {
        for (ExposedParam &param : exposedParams(graph(), m_registry, id)) {
            if (!nodeSpec->findParam(param.name))
                shown.push_back(std::move(param));
        }
    }
    return shown;
}

void Document::push(std::unique_ptr<QUndoCommand> step)
{
    m_pushing = true;
    m_undo->push(step.release());
    m_pushing = false;
}

void Document::finishStep()
{
    if (m_inferenceStale) {
        m_inferenceStale = false;
        infer();
        leaveLostScope();
        setSelection(m_selectedNodes, m_selectedLinks);
        emit inferenceChanged();
    }
    showTouchedScope();
}

void Document::showTouchedScope()
{
    const std::set<NodeId> scopes = std::exchange(m_touchedScopes, {});
    const auto isSeen = [this](NodeId scope) { return scope == m_scope || graph().isWithin(scope, m_scope); };
    if (m_pushing || std::ranges::any_of(scopes, isSeen))
        return;
    const auto there = std::ranges::find_if(scopes, [this](NodeId scope) { return !scope.valid() || graph().find(scope); });
    if (there != scopes.end())
        setScope(*there);
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
