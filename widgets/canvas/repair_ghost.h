// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/ghost_painter.h"
#include "graph/repairs.h"

#include <QGraphicsItem>
#include <QPainterPath>

namespace netloom {

class CanvasScene;

/// What a repair would do, over the graph as it is: new nodes and wires pale and dashed with a plus, nodes and wires that would go faded and
/// struck out, changed parameters as "padding 0 → 1". Cards that would make room lie where they would.
class RepairGhost : public QGraphicsItem {
public:
    explicit RepairGhost(CanvasScene &scene);

    /// Shows @p repair; nothing ends it.
    void follow(const std::optional<Repair> &repair);

    /// Around all that is shown; empty where nothing is.
    QRectF area() const { return m_area; }
    /// The sentences of the tags at nodes that would change: "padding 0 → 1".
    QStringList changes() const;
    std::size_t newNodes() const { return m_newNodes.size(); }
    std::size_t newLinks() const { return m_newLinks.size(); }
    std::size_t goneNodes() const { return m_goneNodes.size(); }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    struct Wire {
        QPainterPath path;
        PortKind kind;
    };
    struct Change {
        QRectF card;
        QString text;
    };

    void clear();
    void findNodes(const Graph &before, const Graph &after);
    void findChanges(const Node &before, const Node &after);
    void findLinks(const Graph &before, const Graph &after);
    std::optional<QPointF> portPlace(const PortRef &port, bool output) const;
    /// The node's card, or that of the block which it is in, on the canvas as it is; empty where neither is there.
    QRectF shownCardOf(const Node &node) const;
    QRectF cardOf(NodeId id) const;

    void paintGone(QPainter &painter) const;
    void paintNew(QPainter &painter) const;
    void paintTags(QPainter &painter) const;

    CanvasScene &m_scene;
    std::vector<GhostCard> m_newNodes;
    std::vector<Wire> m_newLinks;
    std::vector<QRectF> m_goneNodes;
    std::vector<QPainterPath> m_goneLinks;
    std::vector<Change> m_changes;
    QRectF m_area;
    bool m_movedCards = false;
};

} // namespace netloom
