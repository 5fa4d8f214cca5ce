// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/comparison.h"

#include "document/document.h"

#include <QUndoStack>

#include <algorithm>

namespace netloom {

Comparison::Comparison(Document &document) : m_document(document)
{
    // Once per step; the document has inferred by then.
    connect(document.undoStack(), &QUndoStack::indexChanged, this, [this] {
        if (isActive())
            compare();
    });
    connect(&document, &Document::projectReset, this, &Comparison::stop);
}

void Comparison::start(Project other, const QString &title)
{
    m_other = std::move(other);
    m_title = title;
    compare();
}

void Comparison::stop()
{
    if (!isActive())
        return;
    m_other.reset();
    m_graphDiff = {};
    m_recipe.clear();
    m_marks.clear();
    m_addedLinks.clear();
    m_inDocument.clear();
    emit changed();
}

void Comparison::compare()
{
    m_graphDiff = diffGraphs(m_document.registry(), m_other->graph, m_document.graph());
    m_recipe = diffParams(recipeDecls(), m_other->recipe, m_document.recipe());
    m_marks.clear();
    for (const NodeId id : m_graphDiff.changedInside)
        m_marks[id] = DiffMark::Changed;
    for (const NodeDiff &diff : m_graphDiff.changed)
        m_marks[diff.after] = DiffMark::Changed;
    for (const NodeId id : m_graphDiff.added)
        m_marks[id] = DiffMark::Added;
    m_addedLinks = {m_graphDiff.addedLinks.begin(), m_graphDiff.addedLinks.end()};
    m_inDocument.clear();
    for (const auto &[after, before] : m_graphDiff.pairs)
        m_inDocument.emplace(before, after);
    emit changed();
}

bool Comparison::isSame() const
{
    return m_graphDiff.empty() && std::ranges::none_of(m_recipe, &ValueDiff::differs);
}

std::optional<DiffMark> Comparison::markOf(NodeId node) const
{
    if (!isActive())
        return std::nullopt;
    const auto found = m_marks.find(node);
    return found == m_marks.end() ? DiffMark::Unchanged : found->second;
}

std::optional<DiffMark> Comparison::markOf(const Link &link) const
{
    if (!isActive())
        return std::nullopt;
    return m_addedLinks.contains(link) ? DiffMark::Added : DiffMark::Unchanged;
}

std::optional<NodeId> Comparison::otherScope() const
{
    if (!m_document.scope().valid())
        return NodeId();
    const auto found = m_graphDiff.pairs.find(m_document.scope());
    return found == m_graphDiff.pairs.end() ? std::nullopt : std::optional(found->second);
}

std::optional<NodeId> Comparison::inDocument(NodeId node) const
{
    const auto found = m_inDocument.find(node);
    return found == m_inDocument.end() ? std::nullopt : std::optional(found->second);
}

NodeId Comparison::placeOf(NodeId removed) const
{
    for (const Node *node = m_other->graph.find(removed); node; node = m_other->graph.find(node->parent)) {
        if (const auto block = inDocument(node->parent))
            return *block;
    }
    return {};
}

} // namespace netloom
