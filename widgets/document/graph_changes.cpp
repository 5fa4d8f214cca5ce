// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/graph_changes.h"

#include "document/document.h"

namespace netloom {

const Graph &GraphChanges::graph() const
{
    return m_document.m_project.graph;
}

void GraphChanges::noteScope(NodeId of)
{
    if (const Node *node = graph().find(of))
        m_document.m_touchedScopes.insert(node->parent);
}

void GraphChanges::addNode(const Node &node)
{
    m_document.m_project.graph.insertNode(node);
    noteScope(node.id);
    m_document.m_inferenceStale = true;
    emit m_document.nodeAdded(node.id);
}

void GraphChanges::replaceNode(const Node &node)
{
    const Node before = *graph().find(node.id);
    m_document.m_project.graph.replaceNode(node);
    noteScope(node.id);
    m_document.m_inferenceStale = true;
    if (before.parent != node.parent || before.type != node.type) {
        emit m_document.nodeRemoved(node.id);
        emit m_document.nodeAdded(node.id);
        return;
    }
    if (before.position != node.position)
        emit m_document.nodeMoved(node.id);
    emit m_document.nodeChanged(node.id);
}

void GraphChanges::removeNode(NodeId id)
{
    noteScope(id);
    m_document.m_project.graph.removeNode(id);
    m_document.m_inferenceStale = true;
    emit m_document.nodeRemoved(id);
}

void GraphChanges::addLink(const Link &link, std::size_t index)
{
    if (!m_document.m_project.graph.addLink(link, index))
        return;
    noteScope(link.to.node);
    m_document.m_inferenceStale = true;
    emit m_document.linkAdded(link);
}

void GraphChanges::removeLink(const Link &link)
{
    if (!m_document.m_project.graph.removeLink(link))
        return;
    noteScope(link.to.node);
    m_document.m_inferenceStale = true;
    emit m_document.linkRemoved(link);
}

void GraphChanges::setPosition(NodeId id, Point position)
{
    m_document.m_project.graph.setPosition(id, position);
    noteScope(id);
    emit m_document.nodeMoved(id);
}

void GraphChanges::setParam(NodeId id, const std::string &name, const ParamValue &value)
{
    m_document.m_project.graph.setParam(id, name, value);
    noteScope(id);
    m_document.m_inferenceStale = true;
    emit m_document.nodeChanged(id);
}

void GraphChanges::eraseParam(NodeId id, const std::string &name)
{
    Params params = graph().find(id)->params;
    params.erase(name);
    m_document.m_project.graph.setParams(id, std::move(params));
    noteScope(id);
    m_document.m_inferenceStale = true;
    emit m_document.nodeChanged(id);
}

void GraphChanges::setRecipe(const std::string &name, const ParamValue &value)
{
    m_document.m_project.recipe.set(name, value);
    m_document.m_inferenceStale |= name == "batch_size"; // the memory that a batch takes
    emit m_document.recipeChanged();
}

} // namespace netloom
