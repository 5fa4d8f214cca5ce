// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsScene>
#include <QTimer>

#include "canvas/canvas_style.h"
#include "canvas/card_preview.h"
#include "canvas/frame_item.h"
#include "canvas/link_item.h"
#include "canvas/node_item.h"
#include "canvas/wire_look.h"
#include "document/document.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace netloom {

class ComparisonGhost;
class LinkCandidates;
class RepairGhost;
struct RoutePass;

/// One end of a wire as the hand finds it.
struct PortHit {
    PortRef port;
    bool output = false;
    QPointF place; ///< the port's middle, scene coordinates
    friend bool operator==(const PortHit &, const PortHit &) = default;
};

/// Shows a document: keeps one item per node and per wire in step with it, and answers what lies where. Holds what is
/// shown for the moment only (hover, a drag's preview); it changes nothing in the document.
class CanvasScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit CanvasScene(Document &document, QObject *parent = nullptr);
    ~CanvasScene() override;

    Document &document() const { return m_document; }
    CanvasStyle &style() { return m_style; }
    const WireLook &wireLook() const { return m_wireLook; }
    void setWireLook(const WireLook &look);
    /// Lays out and paints everything anew after a change of theme or font.
    void restyle();

    NodeItem *nodeItem(NodeId id) const;
    LinkItem *linkItem(const Link &link) const;
    FrameItem *frameItem(NodeId id) const;
    /// Where the card or frame of @p id is now.
    std::optional<QPointF> placeOf(NodeId id) const;

    NodeItem *nodeAt(QPointF scenePoint) const;
    /// The node whose badge of trouble lies there.
    NodeItem *badgeAt(QPointF scenePoint) const;
    std::optional<PortHit> portAt(QPointF scenePoint, double tolerance) const;
    LinkItem *linkAt(QPointF scenePoint, double tolerance) const;
    std::optional<PortHit> portOf(const PortRef &port, bool output) const;
    /// Ports within @p reach, nearest first.
    std::vector<PortHit> portsNear(QPointF scenePoint, double reach) const;
    std::vector<PortHit> portsOf(const NodeItem &item) const;

    /// The frame whose title lies there, on nothing else.
    FrameItem *frameTitleAt(QPointF scenePoint, double tolerance) const;
    /// The frame with an edge there, on nothing else.
    FrameItem *frameEdgeAt(QPointF scenePoint, double tolerance) const;
    /// @p nodes, and what lies in those of them that are frames.
    std::set<NodeId> withContents(std::set<NodeId> nodes) const;
    /// Frames that lie wholly in @p rect.
    std::vector<FrameItem *> framesIn(const QRectF &rect) const;

    std::vector<NodeItem *> nodesIn(const QRectF &rect) const;
    std::vector<LinkItem *> linksIn(const QRectF &rect) const;
    /// Around the cards and frames of @p nodes, or of all with what a comparison shows; empty where there are none.
    QRectF cardsRect(const std::set<NodeId> &nodes) const;
    QRectF cardsRect() const;
    std::optional<LinkEnds> endsOf(const Link &link) const;

    PortLook portLook(const PortRef &port, bool output) const;

    /// Gives every card room for what comes out of its node, or takes it away.
    void setPreviewsShown(bool shown);
    /// What comes out of @p node now; nullptr for nothing.
    void setPreview(NodeId node, std::shared_ptr<const NodePreview> preview);
    /// Greys what @p node shows until its next preview.
    void markPreviewStale(NodeId node);
    /// nullptr where none came yet.
    CardPreview *previewOf(NodeId node);

    // For the moment: what a gesture shows while it lasts.
    void setHover(std::optional<NodeId> node, std::optional<Link> link, std::optional<PortHit> port);
    /// Lights the ports that a wire in the hand fits; null when there is none in the hand any more.
    void setCandidates(const LinkCandidates *candidates);
    void setSnappedPort(std::optional<PortHit> port);
    void previewSelection(const std::set<NodeId> &nodes, const std::vector<Link> &links);
    void previewPositions(const std::map<NodeId, QPointF> &positions);
    void setLinkHidden(const Link &link, bool hidden);
    void setMarkedLink(std::optional<Link> link);

    /// Whether wires are still being laid after a step that changed much.
    bool isLayingWires() const { return m_pass != nullptr; }

    /// What the repair that somebody points at would do.
    const RepairGhost &repairGhost() const { return *m_ghost; }
    /// What the other side of a comparison has and the document has not.
    const ComparisonGhost &comparisonGhost() const { return *m_comparisonGhost; }
    std::vector<QRectF> cardRects() const;
    /// The level stretches of wires that go around cards.
    std::vector<QLineF> runs() const;

    /// Shows selection and positions as the document has them.
    void showDocument();

private:
    void reset();
    void clearItems();
    void addNode(NodeId id, const LinkIndex *links = nullptr);
    void addLink(const Link &link);
    void refreshNode(NodeId id);
    bool isCovered(QPointF scenePoint, double tolerance) const;
    void noteChange();
    void refreshAll();
    void refreshPorts(NodeId id);
    void routeAll();
    void routeAnew();
    void continuePass();
    void abandonPass();
    void routeAt(const std::set<NodeId> &nodes);
    void showComparison();

    Document &m_document;
    CanvasStyle m_style;
    WireLook m_wireLook;
    std::unordered_map<NodeId, NodeItem *> m_nodes;
    std::map<Link, LinkItem *> m_links;
    std::map<NodeId, FrameItem *> m_frames;
    bool m_routesStale = false;
    int m_changes = 0; ///< wires that the step at hand added or took away
    std::unordered_map<NodeId, QRectF> m_routedCards; ///< as they were when all wires were laid last
    std::unique_ptr<RoutePass> m_pass;                ///< over the wires that a large step left to be laid, bit by bit
    QTimer m_passTimer;
    std::vector<QRectF> m_freed;                      ///< what wires took then and have left since
    std::map<NodeId, CardPreview> m_previews;

    std::optional<NodeId> m_hoveredNode;
    std::optional<Link> m_hoveredLink;
    std::optional<PortHit> m_hoveredPort;
    const LinkCandidates *m_candidates = nullptr;
    RepairGhost *m_ghost;
    ComparisonGhost *m_comparisonGhost;
    std::optional<PortHit> m_snapped;
    std::optional<Link> m_marked;
};

} // namespace netloom
