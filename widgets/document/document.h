// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "document/node_catalogue.h"
#include "graph/check_link.h"
#include "graph/graph.h"
#include "graph/infer_shapes.h"
#include "graph/structure.h"
#include "project/project.h"

#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

class QUndoCommand;
class QUndoStack;

namespace netloom {

class Comparison;
class GraphChanges;
class RepairOffers;

/// The project that is being edited, as a QObject: every change goes through here as an undoable step, everybody else
/// listens to signals that carry ids alone. Holds no widget, no scene item and no file dialog.
class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(const NodeRegistry &registry, QObject *parent = nullptr);
    ~Document() override;

    const NodeRegistry &registry() const { return m_registry; }
    /// What addNode() takes.
    NodeCatalogue catalogue() const { return {m_registry, m_ownBlocks}; }
    /// The user's blocks, which are to outlive the document; none by default.
    void setOwnBlocks(const OwnBlocks *blocks) { m_ownBlocks = blocks; }
    const Project &project() const { return m_project; }
    const Graph &graph() const { return m_project.graph; }
    const Params &recipe() const { return m_project.recipe; }
    /// Shapes, costs and issues of the graph as it is now.
    const Inference &inference() const { return m_inference; }
    const SourceFacts &facts() const { return m_facts; }
    const NodeSpec *spec(NodeId id) const; ///< nullptr for an unknown type or id

    /// The parameters that people set at a node: its own, and at a block those of the nodes inside that it exposes.
    std::vector<ExposedParam> shownParams(NodeId id) const;

    QUndoStack *undoStack() const { return m_undo; }
    bool isDirty() const;
    void setClean(); ///< after saving

    /// Replaces everything; clears undo and selection.
    void setProject(Project project);
    /// What a look at the data found; not an undoable step.
    void setFacts(SourceFacts facts);
    /// Bytes of memory that a training may take; 0 where that isn't known. Not an undoable step.
    void setMachineMemory(std::int64_t bytes);
    MemoryBudget memoryBudget() const;
    /// What would mend the issues.
    RepairOffers &repairs() const { return *m_repairs; }
    /// How it differs from another project that it is compared with.
    Comparison &comparison() const { return *m_comparison; }

    /// The block whose inside is being edited; none on the top level. New nodes go there, and what is selected lies there. Undo and redo
    /// of a step elsewhere go there.
    NodeId scope() const { return m_scope; }
    void setScope(NodeId block);
    /// The blocks around what is being edited, outermost first, scope() last.
    std::vector<NodeId> scopePath() const;

    const std::set<NodeId> &selectedNodes() const { return m_selectedNodes; }
    const std::vector<Link> &selectedLinks() const { return m_selectedLinks; }
    void setSelection(std::set<NodeId> nodes, std::vector<Link> links = {});

    // Undoable steps. Each is one step, does nothing and pushes nothing where it would change nothing.
    /// Of a block of a library the block with its inside. Invalid for an unknown type, and for a block's port outside of blocks.
    NodeId addNode(const QString &type, Point position);
    void removeItems(const std::set<NodeId> &nodes, const std::vector<Link> &links = {});
    /// Connects; a taken input has its wire replaced in the same step. Gives the reason where it is refused.
    std::optional<LinkRefusal> connectPorts(const Link &link);
    /// Leads the wire @p link elsewhere, at either end, in one step; a taken input has its wire replaced.
    std::optional<LinkRefusal> rewire(const Link &link, const Link &to);
    /// What connectPorts(), or rewire() of @p instead, would refuse; changes nothing.
    std::optional<LinkRefusal> linkRefusal(const Link &link, const std::optional<Link> &instead = {}) const;
    /// Moves nodes; steps with the same @p gesture number merge into one (0 never merges). @p stepName says what for, by default that they move.
    void moveNodes(const std::map<NodeId, Point> &positions, int gesture = 0, const QString &stepName = {});
    /// Steps with the same node, parameter and non-zero @p gesture merge. The error says what is allowed.
    Result<Done> setParam(NodeId id, const std::string &name, const ParamValue &value, int gesture = 0);
    /// One of learningDecls(): how the node's weights learn. Steps with the same node and non-zero @p gesture merge.
    Result<Done> setLearning(NodeId id, const std::string &name, const ParamValue &value, int gesture = 0);
    Result<Done> rename(NodeId id, const QString &name);
    Result<Done> setRecipe(const std::string &name, const ParamValue &value, int gesture = 0);
    /// Whatever differs between the graph as it is and @p after, as one step.
    void applyGraph(const Graph &after, const QString &stepName);
    /// Bypasses those of @p nodes that can be, or takes all back where each is bypassed. The error says why not: where the shapes no longer fit.
    Result<Done> toggleBypass(const std::set<NodeId> &nodes);
    /// Makes one block of @p nodes, or puts what is inside a block in its place.
    Result<NodeId> collapse(const std::set<NodeId> &nodes);
    Result<std::vector<NodeId>> expand(NodeId block);
    /// Shows the parameter of a node inside a block at the block, under @p name; an empty name ends that.
    void expose(NodeId id, const std::string &param, const std::string &name);
    /// Adds several nodes with links among them (paste, duplicate) as one step; names become free ones. Gives the new ids.
    std::vector<NodeId> addNodes(const std::vector<Node> &nodes, const std::vector<Link> &links, const QString &stepName);

    /// A number no other gesture has, for steps that merge while one drag or slider motion lasts.
    int newGesture() { return ++m_lastGesture; }

signals:
    void nodeAdded(netloom::NodeId id);
    void nodeRemoved(netloom::NodeId id);
    void nodeMoved(netloom::NodeId id);
    void nodeChanged(netloom::NodeId id); ///< name or parameters
    void linkAdded(const netloom::Link &link);
    void linkRemoved(const netloom::Link &link);
    void recipeChanged();
    void inferenceChanged(); ///< shapes, costs, issues; after every step that may change them, once
    void factsChanged();
    void selectionChanged();
    void scopeChanged();
    void projectReset(); ///< everything is new
    void dirtyChanged(bool dirty);

private:
    friend class GraphChanges;

    void push(std::unique_ptr<QUndoCommand> step);
    void finishStep();
    bool isVariadic(const PortRef &input) const;
    void leaveLostScope();
    void showTouchedScope();
    void infer();
    QString nameOf(NodeId id) const;

    const NodeRegistry &m_registry;
    const OwnBlocks *m_ownBlocks = nullptr;
    Project m_project;
    SourceFacts m_facts;
    std::int64_t m_machineMemory = 0;
    Inference m_inference;
    QUndoStack *m_undo = nullptr;
    NodeId m_scope;
    std::set<NodeId> m_selectedNodes;
    std::vector<Link> m_selectedLinks;
    std::unique_ptr<GraphChanges> m_changes;
    RepairOffers *m_repairs = nullptr;
    std::unique_ptr<Comparison> m_comparison;
    bool m_inferenceStale = false;
    bool m_pushing = false;
    std::set<NodeId> m_touchedScopes; ///< blocks, or the top level, in which the step at hand changed something
    int m_lastGesture = 0;
};

/// Makes one undo step of all steps that are pushed while it lives.
class StepGroup {
public:
    StepGroup(Document &document, const QString &name);
    ~StepGroup();
    StepGroup(const StepGroup &) = delete;
    StepGroup &operator=(const StepGroup &) = delete;

private:
    QUndoStack &m_stack;
};

} // namespace netloom
