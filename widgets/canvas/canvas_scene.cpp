// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_scene.h"

#include "canvas/canvas_routes.h"

#include "canvas/comparison_ghost.h"
#include "canvas/link_candidates.h"
#include "canvas/repair_ghost.h"
#include "document/repair_offers.h"

#include <QUndoStack>

namespace netloom {

namespace {

constexpr double kRoom = 50000; ///< how far the canvas reaches in every direction, scene units

} // namespace

CanvasScene::CanvasScene(Document &document, QObject *parent) : QGraphicsScene(parent), m_document(document), m_ghost(new RepairGhost(*this)), m_comparisonGhost(new ComparisonGhost(*this))
{
    addItem(m_ghost);
    addItem(m_comparisonGhost);
    connect(&document.comparison(), &Comparison::changed, this, &CanvasScene::showComparison);
    connect(&document.repairs(), &RepairOffers::previewChanged, this, [this] { m_ghost->follow(m_document.repairs().previewed()); });
    setSceneRect(-kRoom, -kRoom, 2 * kRoom, 2 * kRoom);
    m_passTimer.setSingleShot(true);
    connect(&m_passTimer, &QTimer::timeout, this, &CanvasScene::continuePass);
    setItemIndexMethod(NoIndex); // cards and wires come, go and move more often than they are sought
    connect(&document, &Document::nodeAdded, this, [this](NodeId id) { addNode(id); });
    connect(&document, &Document::nodeRemoved, this, [this](NodeId id) {
        if (const auto found = m_nodes.find(id); found != m_nodes.end()) {
            delete found->second;
            m_nodes.erase(found);
        }
        if (const auto found = m_frames.find(id); found != m_frames.end()) {
            delete found->second;
            m_frames.erase(found);
        }
        m_routesStale = true;
    });
    connect(&document, &Document::nodeMoved, this, [this](NodeId id) {
        const Point position = m_document.graph().find(id)->position;
        if (NodeItem *item = nodeItem(id))
            item->setPos(position.x, position.y);
        else if (FrameItem *frame = frameItem(id))
            frame->refresh();
        m_routesStale = true;
    });
    connect(&document, &Document::nodeChanged, this, &CanvasScene::refreshNode);
    connect(&document, &Document::linkAdded, this, [this](const Link &link) {
        refreshPorts(link.from.node);
        refreshPorts(link.to.node);
        addLink(link);
    });
    connect(&document, &Document::linkRemoved, this, [this](const Link &link) {
        noteChange();
        if (const auto found = m_links.find(link); found != m_links.end()) {
            const auto freed = found->second->taken();
            m_freed.insert(m_freed.end(), freed.begin(), freed.end());
            delete found->second;
            m_links.erase(found);
        }
        if (m_hoveredLink == link)
            m_hoveredLink.reset();
        if (m_marked == link)
            m_marked.reset();
        refreshPorts(link.from.node);
        refreshPorts(link.to.node);
        m_routesStale = true;
    });
    connect(&document, &Document::inferenceChanged, this, &CanvasScene::refreshAll);
    connect(&document, &Document::selectionChanged, this,
        [this] { previewSelection(m_document.selectedNodes(), m_document.selectedLinks()); });
    connect(&document, &Document::projectReset, this, [this] {
        m_previews.clear();
        reset();
    });
    connect(&document, &Document::scopeChanged, this, &CanvasScene::reset);
    // Once per step, however many nodes it moved.
    connect(document.undoStack(), &QUndoStack::indexChanged, this, [this] {
        m_changes = 0;
        if (m_routesStale)
            routeAll();
    });
    reset();
}

CanvasScene::~CanvasScene()
{
    clearItems();
}

void CanvasScene::clearItems()
{
    for (const auto &[link, item] : m_links) // each takes its label with it
        delete item;
    for (const auto &[id, item] : m_nodes)
        delete item;
    for (const auto &[id, item] : m_frames)
        delete item;
    m_links.clear();
    m_nodes.clear();
    m_frames.clear();
    m_routedCards.clear();
    m_freed.clear();
    m_pass.reset();
}

void CanvasScene::reset()
{
    setHover({}, {}, {});
    m_marked.reset();
    m_snapped.reset();
    m_candidates = nullptr;
    clearItems();
    const LinkIndex links(m_document.graph());
    for (const auto &[id, node] : m_document.graph().nodes())
        addNode(id, &links);
    for (const Link &link : m_document.graph().links())
        addLink(link);
    routeAll();
    previewSelection(m_document.selectedNodes(), m_document.selectedLinks());
    showComparison();
}

/// Marks what came and what changed, shows what went and dims the rest.
void CanvasScene::showComparison()
{
    const Comparison &comparison = m_document.comparison();
    for (const auto &[id, item] : m_nodes)
        item->setDiffMark(comparison.markOf(id));
    const auto isOld = [&](NodeId id) { return comparison.markOf(id) != DiffMark::Added; };
    for (const auto &[link, item] : m_links) {
        const auto mark = comparison.markOf(link);
        item->setDiffMark(mark, mark == DiffMark::Added && isOld(link.from.node) && isOld(link.to.node));
    }
    m_comparisonGhost->follow();
}

void CanvasScene::addNode(NodeId id, const LinkIndex *links)
{
    const Node &node = *m_document.graph().find(id);
    if (node.parent != m_document.scope())
        return;
    if (node.type == kFrameType) {
        addItem(m_frames.emplace(id, new FrameItem(*this, id)).first->second);
        return;
    }
    auto *item = new NodeItem(*this, id, links);
    addItem(item);
    m_nodes.emplace(id, item);
    m_routesStale = true;
}

void CanvasScene::addLink(const Link &link)
{
    if (!nodeItem(link.from.node) || !nodeItem(link.to.node))
        return;
    noteChange();
    auto *item = new LinkItem(*this, link);
    addItem(item);
    m_links.emplace(link, item);
    m_routesStale = true;
}

void CanvasScene::refreshNode(NodeId id)
{
    if (FrameItem *frame = frameItem(id))
        frame->refresh();
    if (NodeItem *item = nodeItem(id); item && m_document.graph().find(id) && item->refresh())
        m_routesStale = true;
}

/// A step that changes much has everything painted anew at once, rather than each place by itself.
void CanvasScene::noteChange()
{
    constexpr int kMany = 40;
    if (++m_changes == kMany)
        update();
}

/// After a wire came or went there. Ports that a type declares stay, and whether they are connected shows with the step's inference.
void CanvasScene::refreshPorts(NodeId id)
{
    const NodeSpec *spec = m_document.spec(id);
    if (!spec || spec->isStructure())
        refreshNode(id);
}

void CanvasScene::refreshAll()
{
    const LinkIndex links(m_document.graph());
    for (const auto &[id, item] : m_nodes)
        m_routesStale |= item->refresh(&links);
    for (const auto &[link, item] : m_links)
        m_routesStale |= item->refresh();
    if (m_routesStale)
        routeAll();
}

void CanvasScene::setWireLook(const WireLook &look)
{
    if (look == m_wireLook)
        return;
    m_wireLook = look;
    routeAnew();
    update();
}

void CanvasScene::restyle()
{
    m_style.refresh();
    for (const auto &[id, item] : m_nodes)
        item->restyle();
    routeAnew();
    m_comparisonGhost->follow();
    update();
}

void CanvasScene::setPreviewsShown(bool shown)
{
    if (m_style.previewsShown() == shown)
        return;
    m_style.setPreviewsShown(shown);
    m_previews.clear();
    restyle();
}

void CanvasScene::setPreview(NodeId node, std::shared_ptr<const NodePreview> preview)
{
    if (!m_previews[node].set(std::move(preview)))
        return;
    if (NodeItem *item = nodeItem(node))
        item->update();
}

void CanvasScene::markPreviewStale(NodeId node)
{
    CardPreview *preview = previewOf(node);
    NodeItem *item = nodeItem(node);
    if (preview && preview->markStale() && item)
        item->update();
}

CardPreview *CanvasScene::previewOf(NodeId node)
{
    const auto found = m_previews.find(node);
    return found == m_previews.end() ? nullptr : &found->second;
}

NodeItem *CanvasScene::nodeItem(NodeId id) const
{
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : found->second;
}

LinkItem *CanvasScene::linkItem(const Link &link) const
{
    const auto found = m_links.find(link);
    return found == m_links.end() ? nullptr : found->second;
}

FrameItem *CanvasScene::frameItem(NodeId id) const
{
    const auto found = m_frames.find(id);
    return found == m_frames.end() ? nullptr : found->second;
}

std::optional<LinkEnds> CanvasScene::endsOf(const Link &link) const
{
    const NodeItem *source = nodeItem(link.from.node);
    const NodeItem *target = nodeItem(link.to.node);
    if (!source || !target)
        return std::nullopt;
    const auto from = source->portPosition(link.from.port, true);
    const auto to = target->portPosition(link.to.port, false);
    // A file may name a port that a type doesn't have: its wire still shows, at the card's edge.
    return LinkEnds{from.value_or(QPointF(source->cardRect().right(), source->cardRect().center().y())),
        to.value_or(QPointF(target->cardRect().left(), target->cardRect().center().y())), source->cardRect(),
        target->cardRect(), from ? static_cast<int>(source->portIndex(link.from.port, true)) : 0,
        to ? static_cast<int>(target->portIndex(link.to.port, false)) : 0};
}

PortLook CanvasScene::portLook(const PortRef &port, bool output) const
{
    const auto is = [&](const std::optional<PortHit> &hit) { return hit && hit->port == port && hit->output == output; };
    if (!m_candidates)
        return is(m_hoveredPort) ? PortLook::Hovered : PortLook::Plain;
    if (is(m_snapped))
        return PortLook::Snapped;
    if (port == m_candidates->fixed() && output == m_candidates->fixedIsOutput())
        return PortLook::Hovered;
    return m_candidates->fits(port, output) ? PortLook::Lit : PortLook::Dimmed;
}

void CanvasScene::setHover(std::optional<NodeId> node, std::optional<Link> link, std::optional<PortHit> port)
{
    const auto repaintPort = [this](const std::optional<PortHit> &hit) {
        if (NodeItem *item = hit ? nodeItem(hit->port.node) : nullptr)
            item->update();
    };
    if (m_hoveredNode != node) {
        if (NodeItem *item = m_hoveredNode ? nodeItem(*m_hoveredNode) : nullptr)
            item->setHovered(false);
        if (NodeItem *item = node ? nodeItem(*node) : nullptr)
            item->setHovered(true);
        m_hoveredNode = node;
    }
    if (m_hoveredLink != link) {
        if (LinkItem *item = m_hoveredLink ? linkItem(*m_hoveredLink) : nullptr)
            item->setHovered(false);
        if (LinkItem *item = link ? linkItem(*link) : nullptr)
            item->setHovered(true);
        m_hoveredLink = link;
    }
    if (m_hoveredPort != port) {
        repaintPort(m_hoveredPort);
        repaintPort(port);
        m_hoveredPort = port;
    }
}

void CanvasScene::setCandidates(const LinkCandidates *candidates)
{
    m_candidates = candidates;
    m_snapped.reset();
    for (const auto &[id, item] : m_nodes)
        item->update();
}

void CanvasScene::setSnappedPort(std::optional<PortHit> port)
{
    if (m_snapped == port)
        return;
    for (const auto &hit : {m_snapped, port}) {
        if (NodeItem *item = hit ? nodeItem(hit->port.node) : nullptr)
            item->update();
    }
    m_snapped = port;
}

void CanvasScene::previewSelection(const std::set<NodeId> &nodes, const std::vector<Link> &links)
{
    for (const auto &[id, item] : m_nodes)
        item->setSelectedLook(nodes.contains(id));
    for (const auto &[id, item] : m_frames)
        item->setSelectedLook(nodes.contains(id));
    for (const auto &[link, item] : m_links)
        item->setSelectedLook(std::ranges::find(links, link) != links.end());
}

void CanvasScene::previewPositions(const std::map<NodeId, QPointF> &positions)
{
    std::set<NodeId> moved;
    for (const auto &[id, position] : positions) {
        if (FrameItem *frame = frameItem(id))
            frame->setPos(position);
        NodeItem *item = nodeItem(id);
        if (!item || item->pos() == position)
            continue;
        item->setPos(position);
        moved.insert(id);
    }
    if (!moved.empty())
        routeAt(moved);
}

void CanvasScene::showDocument()
{
    previewSelection(m_document.selectedNodes(), m_document.selectedLinks());
    for (const auto &[id, item] : m_nodes) {
        if (const Node *node = m_document.graph().find(id))
            item->setPos(node->position.x, node->position.y);
    }
    for (const auto &[id, item] : m_frames)
        item->refresh();
    routeAll();
}

void CanvasScene::setLinkHidden(const Link &link, bool hidden)
{
    if (LinkItem *item = linkItem(link))
        item->setHidden(hidden);
}

void CanvasScene::setMarkedLink(std::optional<Link> link)
{
    if (m_marked == link)
        return;
    if (LinkItem *item = m_marked ? linkItem(*m_marked) : nullptr)
        item->setMarked(false);
    if (LinkItem *item = link ? linkItem(*link) : nullptr)
        item->setMarked(true);
    m_marked = link;
}

} // namespace netloom
