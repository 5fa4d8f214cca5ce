// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "graph/graph_diff.h"
#include "project/project.h"

#include <QString>

#include <optional>
#include <vector>

namespace netloom {

class Document;

/// What a comparison says of a node of the document.
enum class DiffMark { Unchanged, Added, Changed };

/// Compares the document with another project, for as long as people want it, and follows every edit. The other project is the one before:
/// what the document has more is added.
class Comparison : public QObject {
    Q_OBJECT
public:
    explicit Comparison(Document &document);

    /// @p title says what @p other is, within a sentence: "the run of 24 Nov 14:03".
    void start(Project other, const QString &title);
    void stop();
    bool isActive() const { return m_other.has_value(); }

    // Only while it is active.
    const Project &other() const { return *m_other; }
    const QString &title() const { return m_title; }
    const GraphDiff &graphDiff() const { return m_graphDiff; }
    /// All of the recipe, side by side.
    const std::vector<ValueDiff> &recipe() const { return m_recipe; }
    bool isSame() const;

    /// Changed is a block around a change, too; nothing while there is no comparison.
    std::optional<DiffMark> markOf(NodeId node) const;
    std::optional<DiffMark> markOf(const Link &link) const;

    /// The block of the other project whose inside is the same as the document's scope: none on the top level; nothing where there is none.
    std::optional<NodeId> otherScope() const;
    /// The document's node that is the same as @p node of the other project.
    std::optional<NodeId> inDocument(NodeId node) const;
    /// Where to go in the document to see the place of a node that only the other project has: the nearest block around it that is
    /// in both; none for the top level.
    NodeId placeOf(NodeId removed) const;

signals:
    void changed(); ///< begun, ended, or something else differs

private:
    void compare();

    Document &m_document;
    std::optional<Project> m_other;
    QString m_title;
    GraphDiff m_graphDiff;
    std::vector<ValueDiff> m_recipe;
    std::map<NodeId, DiffMark> m_marks; ///< of nodes that are not as they were
    std::set<Link> m_addedLinks;
    std::map<NodeId, NodeId> m_inDocument; ///< by the other project's node
};

} // namespace netloom
