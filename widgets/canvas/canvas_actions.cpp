// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's menu and the palette ask of the canvas.
#include "canvas/canvas_view.h"

#include "canvas/link_insertion.h"
#include "canvas/node_finder.h"
#include "canvas/node_placement.h"
#include "document/clipboard.h"
#include "document/node_search.h"
#include "graph/structure.h"
#include "plots/graph_picture.h"
#include "theme/search_popup.h"

namespace netloom {

namespace {

/// The selected node that lies farthest to the right.
const NodeItem *rightmostSelected(const CanvasScene &scene)
{
    const NodeItem *rightmost = nullptr;
    for (NodeId id : scene.document().selectedNodes()) {
        const NodeItem *item = scene.nodeItem(id);
        if (item && (!rightmost || item->cardRect().right() > rightmost->cardRect().right()))
            rightmost = item;
    }
    return rightmost;
}

/// How a node of type @p spec goes into the one wire that leaves @p node; nothing where there are several, or it doesn't fit.
std::optional<LinkInsertion> insertionBehind(const Document &document, NodeId node, const NodeSpec &spec)
{
    auto wires = document.graph().linksFrom(node);
    std::erase_if(wires, [&](const Link &link) { return portKind(document, link.from, true) == PortKind::Target; });
    return wires.size() == 1 ? insertionInto(document, wires.front(), spec) : std::nullopt;
}

/// A loss gets its labels from the one output that has some.
void connectTarget(Document &document, NodeId id)
{
    for (const PortDecl &input : portsOf(document.graph(), document.registry(), *document.graph().find(id)).inputs()) {
        if (input.kind != PortKind::Target)
            continue;
        std::vector<PortRef> outputs;
        for (const auto &[other, node] : document.graph().nodes()) {
            if (node.parent != document.scope() || node.type == kRerouteType)
                continue;
            const NodePorts ports = portsOf(document.graph(), document.registry(), node);
            for (const PortDecl &output : ports.outputs()) {
                if (output.kind == PortKind::Target)
                    outputs.push_back({other, output.name});
            }
        }
        if (outputs.size() == 1)
            document.connectPorts({outputs.front(), {id, input.name}});
    }
}

/// The types that answer @p text, for the search popup; with @p offered, those among them.
QList<SearchEntry> nodeEntries(const Document &document, const QString &text, const std::map<std::string, std::string> *offered)
{
    QList<SearchEntry> entries;
    for (const NodeSpec *spec : searchNodes(document.catalogue(), text)) {
        const bool isPort = spec->type == kBlockInputType || spec->type == kBlockOutputType;
        if ((offered && !offered->contains(spec->type)) || (isPort && !document.scope().valid()))
            continue;
        const QString type = QString::fromStdString(spec->type);
        const QIcon icon = themedIcon(categoryIconName(spec->category), Theme::current().category(spec->category));
        entries.append({type, type, {}, icon, QString::fromStdString(spec->doc), {}});
        if (!document.catalogue().isBlock(type))
            continue;
        if (document.catalogue().isOwnBlock(type))
            entries.back().detail = Document::tr("My block");
        const auto picture = std::make_shared<std::optional<GraphPicture>>(); // made when it is looked at
        entries.back().picture = [picture, type, &document](QPainter &painter, const QRectF &area) {
            if (const auto block = *picture ? std::nullopt : document.catalogue().blockOf(type))
                picture->emplace(GraphPicture::ofBlock(*block, document.registry()));
            if (*picture)
                (*picture)->paint(painter, area);
        };
    }
    return entries;
}

} // namespace

NodeId CanvasView::insertNode(const QString &type)
{
    const NodeSpec *spec = m_document.catalogue().find(type);
    if (!spec)
        return {};
    const QSizeF size = geometryOf(faceOf(*spec), m_scene->style()).card.size();
    const NodeItem *behind = rightmostSelected(*m_scene);
    NodeId id;
    {
        const StepGroup group(m_document, tr("Add %1").arg(type));
        if (behind) {
            const NodeId previous = behind->id();
            const QPointF wish(behind->cardRect().right() + NodeGeometry::kGap, behind->pos().y());
            const auto insertion = insertionBehind(m_document, previous, *spec);
            if (insertion)
                m_document.moveNodes(roomFor(*m_scene, insertion->link, size.width()));
            const QPointF place = freePlace(*m_scene, wish, size);
            id = m_document.addNode(type, {place.x(), place.y()});
            if (insertion)
                insertIntoLink(m_document, *insertion, id);
            else if (const auto link = firstFit(m_document, previous, id))
                m_document.connectPorts(*link);
        } else {
            const QPointF middle = mapToScene(viewport()->rect().center()) - QPointF(size.width(), size.height()) / 2;
            const QPointF place = freePlace(*m_scene, middle, size);
            id = m_document.addNode(type, {place.x(), place.y()});
        }
        if (behind)
            connectTarget(m_document, id);
    }
    m_document.setSelection({id});
    if (const NodeItem *item = m_scene->nodeItem(id))
        ensureVisible(item->cardRect(), 40, 40);
    return id;
}

void CanvasView::searchNode()
{
    const QPoint hand = viewport()->mapFromGlobal(QCursor::pos());
    searchNodeAt(viewport()->rect().contains(hand) ? hand : viewport()->rect().center());
}

void CanvasView::findNode()
{
    cancelGesture();
    m_finder->open();
}

void CanvasView::searchNodeAt(QPoint viewPoint)
{
    cancelGesture();
    m_searchedAt = mapToScene(viewPoint);
    m_searchedAfter = false;
    m_searchedFor.reset();
    m_quickAdd->open(viewPoint, [this](const QString &text) { return nodeEntries(m_document, text, nullptr); });
}

void CanvasView::searchNodeForWire(QPoint viewPoint, const PortRef &fixed, bool fixedIsOutput)
{
    m_searchedAt = mapToScene(viewPoint);
    m_searchedAfter = false;
    m_searchedFor = fixed;
    m_searchedForOutput = fixedIsOutput;
    m_searchedPorts = typesThatFit(m_document, fixed, fixedIsOutput);
    m_quickAdd->open(viewPoint, [this](const QString &text) { return nodeEntries(m_document, text, &m_searchedPorts); });
}

void CanvasView::addSearched(const QString &type)
{
    if (m_searchedAfter) {
        insertNode(type);
        setFocus();
        return;
    }
    const NodeSpec *spec = m_document.catalogue().find(type);
    if (!spec) // gone from My blocks since it was offered
        return;
    const QSizeF size = geometryOf(faceOf(*spec), m_scene->style()).card.size();
    QPointF wish = m_searchedAt - QPointF(0, NodeGeometry::kHeader);
    if (!m_searchedFor)
        wish = m_searchedAt - QPointF(size.width() / 2, NodeGeometry::kHeader / 2);
    else if (!m_searchedForOutput)
        wish.rx() -= size.width();
    const StepGroup group(m_document, tr("Add %1").arg(type));
    const QPointF place = freePlace(*m_scene, snapped(wish), size);
    const NodeId id = m_document.addNode(type, {place.x(), place.y()});
    if (m_searchedFor) {
        const PortRef port{id, m_searchedPorts.at(spec->type)};
        m_document.connectPorts(m_searchedForOutput ? Link{*m_searchedFor, port} : Link{port, *m_searchedFor});
    }
    m_document.setSelection({id});
    setFocus();
}

void CanvasView::selectContents()
{
    m_document.setSelection(m_scene->withContents(m_document.selectedNodes()), m_document.selectedLinks());
}

void CanvasView::copy()
{
    selectContents();
    if (copySelection(m_document))
        emit messageRequested(tr("Copied. Paste here or in another window."));
    else
        emit messageRequested(tr("Nothing to copy: select nodes first."));
}

void CanvasView::cut()
{
    selectContents();
    if (m_document.selectedNodes().empty())
        emit messageRequested(tr("Nothing to cut: select nodes first."));
    else
        cutSelection(m_document);
}

void CanvasView::paste()
{
    pasteAtHand(IncomingWires::Drop);
}

void CanvasView::pasteWithWires()
{
    pasteAtHand(IncomingWires::Keep);
}

void CanvasView::pasteAtHand(IncomingWires wires)
{
    const QPoint hand = viewport()->mapFromGlobal(QCursor::pos());
    // At the hand where it is over the canvas; else beside the originals.
    std::optional<Point> middle;
    if (viewport()->rect().contains(hand) && viewport()->underMouse()) {
        const QPointF point = mapToScene(hand);
        middle = Point{point.x() - NodeGeometry::kWidth / 2, point.y() - NodeGeometry::kHeader};
    }
    const auto pasted = pasteNodes(m_document, middle, wires);
    if (!pasted)
        emit messageRequested(QString::fromStdString(pasted.error().text));
    else
        ensureVisible(m_scene->cardsRect(m_document.selectedNodes()), 40, 40);
}

void CanvasView::duplicate()
{
    selectContents();
    if (duplicateSelection(m_document).empty())
        emit messageRequested(tr("Nothing to duplicate: select nodes first."));
    else
        ensureVisible(m_scene->cardsRect(m_document.selectedNodes()), 40, 40);
}

void CanvasView::selectAll()
{
    std::set<NodeId> nodes;
    for (const auto &[id, node] : m_document.graph().nodes())
        nodes.insert(id);
    m_document.setSelection(nodes, m_document.graph().links());
}

void CanvasView::deleteSelection()
{
    if (m_active)
        return;
    m_document.removeItems(m_document.selectedNodes(), m_document.selectedLinks());
}

void CanvasView::renameSelection()
{
    if (m_document.selectedNodes().size() == 1)
        renameNode(*m_document.selectedNodes().begin());
}

void CanvasView::enlargePreview()
{
    if (m_document.selectedNodes().size() == 1 && m_scene->previewOf(*m_document.selectedNodes().begin()))
        emit previewActivated(*m_document.selectedNodes().begin());
    else
        emit messageRequested(tr("Select one node that shows a preview."));
}

void CanvasView::nudge(QPoint direction, bool continued)
{
    if (m_document.selectedNodes().empty() || m_active)
        return;
    if (!continued || m_nudgeGesture == 0)
        m_nudgeGesture = m_document.newGesture();
    std::map<NodeId, Point> positions;
    for (NodeId id : m_document.selectedNodes()) {
        const Point from = m_document.graph().find(id)->position;
        positions[id] = {from.x + direction.x() * NodeGeometry::kGrid, from.y + direction.y() * NodeGeometry::kGrid};
    }
    m_document.moveNodes(positions, m_nudgeGesture);
}

} // namespace netloom
