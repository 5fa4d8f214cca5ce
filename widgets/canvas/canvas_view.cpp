// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"

#include "canvas/breadcrumb.h"
#include "canvas/canvas_accessible.h"
#include "canvas/canvas_grid.h"
#include "canvas/canvas_note.h"
#include "canvas/comparison_ghost.h"
#include "canvas/empty_hint.h"
#include "canvas/glide.h"
#include "canvas/interactions/interactions.h"
#include "canvas/issue_bubble.h"
#include "canvas/minimap.h"
#include "canvas/name_editor.h"
#include "canvas/wire_finder.h"
#include "canvas/node_finder.h"
#include "canvas/repair_ghost.h"
#include "document/repair_offers.h"
#include "theme/search_popup.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QUndoStack>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kZoomStep = 1.2;
constexpr int kFitMargin = 32; ///< px around what is framed

} // namespace

CanvasView::CanvasView(Document &document, QWidget *parent)
    : QGraphicsView(parent), m_document(document), m_scene(new CanvasScene(document, this)),
      m_note(new CanvasNote(viewport())), m_nameEditor(new NameEditor(document, *m_note, viewport())),
      m_emptyHint(new EmptyHint(viewport())), m_issueBubble(new IssueBubble(document, viewport())), m_quickAdd(new SearchPopup(QStringLiteral("quickAdd"), tr("Add a node"), 260, viewport())),
      m_finder(std::make_unique<NodeFinder>(*this)), m_wireFinder(std::make_unique<WireFinder>(*this)), m_glide(std::make_unique<Glide>(*this)), m_minimap(new Minimap(*this)), m_interactions(makeInteractions(*this))
{
    CanvasAccessible::install(); // before anything is told of this widget
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Canvas"));
    setScene(m_scene);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
    setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
    setOptimizationFlag(QGraphicsView::DontSavePainterState);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    viewport()->setMouseTracking(true);

    m_edgeTimer.setInterval(16);
    connect(&m_edgeTimer, &QTimer::timeout, this, &CanvasView::scrollAtEdge);
    connect(&document.repairs(), &RepairOffers::previewChanged, this, &CanvasView::showRepair);
    connect(m_nameEditor, &NameEditor::left, this, [this] { setFocus(); });
    const auto follow = [this] { m_minimap->follow(); };
    connect(document.undoStack(), &QUndoStack::indexChanged, m_minimap, follow); // once per step, however many nodes it changed
    connect(&document, &Document::projectReset, m_minimap, follow);
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, m_minimap, follow);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, m_minimap, follow);
    connect(m_quickAdd, &SearchPopup::picked, this, &CanvasView::addSearched);
    connect(m_quickAdd, &SearchPopup::dismissed, this, [this] { setFocus(); });
    connect(m_emptyHint, &EmptyHint::newFromTemplateRequested, this, &CanvasView::newFromTemplateRequested);
    connect(m_emptyHint, &EmptyHint::openRequested, this, &CanvasView::openRequested);
    connect(&document, &Document::projectReset, this, [this] {
        cancelGesture();
        m_fitted = true;
        if (isVisible())
            zoomToFit();
        showWhatIsThere();
    });
    // A gesture may hold on to what an undo takes away; its own changes come after it has ended.
    connect(document.undoStack(), &QUndoStack::indexChanged, this, &CanvasView::cancelGesture);
    connect(document.undoStack(), &QUndoStack::indexChanged, m_glide.get(), &Glide::finish);
    connect(document.undoStack(), &QUndoStack::indexChanged, this, &CanvasView::showWhatIsThere);
    connect(&document, &Document::scopeChanged, this, &CanvasView::showScope);
    auto *breadcrumb = new Breadcrumb(document, viewport());
    for (const QScrollBar *bar : {horizontalScrollBar(), verticalScrollBar()})
        connect(bar, &QScrollBar::valueChanged, breadcrumb, &Breadcrumb::stay);
    showWhatIsThere();
}

CanvasView::~CanvasView()
{
    m_quickAdd->disconnect(this);
    m_nameEditor->disconnect(this);
}

void CanvasView::showWhatIsThere()
{
    const std::size_t count = m_document.graph().childrenOf(m_document.scope()).size(), links = m_document.graph().links().size();
    m_emptyHint->setVisible(m_document.graph().empty());
    setAccessibleDescription(count == 0 ? tr("Empty: drag a node from the palette")
                                        : (count == 1 ? tr("1 node") : tr("%1 nodes").arg(count)) + QStringLiteral(", ") + (links == 1 ? tr("1 wire") : tr("%1 wires").arg(links)));
}

bool CanvasView::openIssues(QPoint view)
{
    const NodeItem *item = m_scene->badgeAt(mapToScene(view));
    if (!item)
        return false;
    m_document.setSelection({item->id()});
    m_issueBubble->showFor(item->id(), mapFromScene(item->geometry().badge.translated(item->pos())).boundingRect());
    return true;
}

/// A preview that nobody could see comes into view, the whole of it where it fits.
void CanvasView::showRepair()
{
    const QRectF area = m_scene->repairGhost().area();
    const QRectF seen = visibleScene();
    const bool fits = area.width() <= seen.width() && area.height() <= seen.height();
    if (!area.isEmpty() && (fits ? !seen.contains(area) : !seen.intersects(area)))
        lookAt(area.center());
}

QRect CanvasView::nodeRect(NodeId id) const
{
    const NodeItem *item = m_scene->nodeItem(id);
    return item ? mapFromScene(item->cardRect()).boundingRect() : QRect();
}

QRect CanvasView::previewRect(NodeId id) const
{
    const NodeItem *item = m_scene->nodeItem(id);
    return item && !item->previewRect().isEmpty() ? mapFromScene(item->previewRect()).boundingRect() : QRect();
}

QRectF CanvasView::visibleScene() const
{
    return mapToScene(viewport()->rect()).boundingRect();
}

QRect CanvasView::portRect(NodeId id, const QString &port) const
{
    const PortRef ref{id, port.toStdString()};
    auto hit = m_scene->portOf(ref, true);
    if (!hit)
        hit = m_scene->portOf(ref, false);
    if (!hit)
        return {};
    QRect rect(0, 0, 13, 13);
    rect.moveCenter(mapFromScene(hit->place));
    return rect;
}

ViewState CanvasView::viewState() const
{
    return {visibleScene().center(), m_zoom, m_fitted};
}

void CanvasView::setViewState(const ViewState &state)
{
    applyZoom(state.zoom);
    centerOn(state.middle);
    m_fitted = state.fitted;
}

void CanvasView::applyZoom(double zoom)
{
    zoom = std::clamp(zoom, kMinZoom, kMaxZoom);
    if (zoom == m_zoom)
        return;
    m_nameEditor->finish();
    m_zoom = zoom;
    m_issueBubble->hide();
    setTransform(QTransform::fromScale(zoom, zoom));
    m_minimap->follow();
    emit zoomChanged(zoom);
}

void CanvasView::setZoom(double zoom, QPoint anchor)
{
    m_glide->finish();
    const QPointF under = mapToScene(anchor);
    applyZoom(zoom);
    scrollBy((under * m_zoom).toPoint() - (mapToScene(anchor) * m_zoom).toPoint());
}

void CanvasView::scrollBy(QPoint pixels)
{
    m_glide->finish();
    m_fitted = false;
    m_issueBubble->hide();
    m_nameEditor->finish();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels.y());
}

void CanvasView::fit(const QRectF &cards, double mostZoom)
{
    if (cards.isEmpty()) {
        applyZoom(1);
        centerOn(0, 0);
        return;
    }
    const double width = std::max(1, viewport()->width() - 2 * kFitMargin);
    const double height = std::max(1, viewport()->height() - 2 * kFitMargin);
    applyZoom(std::min({width / cards.width(), height / cards.height(), mostZoom}));
    centerOn(cards.center());
}

void CanvasView::lookAt(QPointF scenePoint)
{
    m_glide->finish();
    m_fitted = false;
    m_nameEditor->finish();
    centerOn(scenePoint);
}

void CanvasView::zoomToFit()
{
    m_glide->finish();
    m_fitted = true;
    fit(m_scene->cardsRect(), 1.0);
}

void CanvasView::setPreviewsShown(bool shown)
{
    m_scene->setPreviewsShown(shown);
    if (m_fitted && isVisible())
        zoomToFit();
    m_minimap->follow();
}

void CanvasView::zoomToSelection()
{
    m_glide->finish();
    std::set<NodeId> nodes = m_document.selectedNodes();
    for (const Link &link : m_document.selectedLinks()) {
        nodes.insert(link.from.node);
        nodes.insert(link.to.node);
    }
    if (nodes.empty())
        return zoomToFit();
    m_fitted = false;
    fit(m_scene->cardsRect(nodes), 1.25);
}

void CanvasView::zoomIn()
{
    setZoom(m_zoom * kZoomStep, viewport()->rect().center());
}

void CanvasView::zoomOut()
{
    setZoom(m_zoom / kZoomStep, viewport()->rect().center());
}

void CanvasView::resetZoom()
{
    setZoom(1, viewport()->rect().center());
}

void CanvasView::centerOnNode(NodeId id)
{
    m_glide->finish();
    if (const Node *node = m_document.graph().find(id))
        m_document.setScope(node->parent);
    const QRectF card = m_scene->cardsRect({id});
    if (card.isEmpty())
        return;
    m_fitted = false;
    m_document.setSelection({id});
    if (m_zoom < 0.6)
        applyZoom(1);
    centerOn(card.center());
}

void CanvasView::centerOnRemoved(NodeId id)
{
    const Comparison &comparison = m_document.comparison();
    if (!comparison.isActive() || !comparison.other().graph.find(id))
        return;
    m_glide->finish();
    m_document.setScope(comparison.placeOf(id));
    m_document.setSelection({});
    // Within a block that went, too, that block shows the place.
    const Node *node = comparison.other().graph.find(id);
    while (node && m_scene->comparisonGhost().cardOf(node->id).isEmpty())
        node = comparison.other().graph.find(node->parent);
    if (!node)
        return;
    m_fitted = false;
    if (m_zoom < 0.6)
        applyZoom(1);
    centerOn(m_scene->comparisonGhost().cardOf(node->id).center());
}

bool CanvasView::isDrag(QPoint from, QPoint to) const
{
    return (to - from).manhattanLength() >= 4;
}

void CanvasView::updateOverlay(const QRectF &sceneRect)
{
    constexpr int kBrim = 12; // line widths and port shapes
    viewport()->update(m_overlay);
    m_overlay = mapFromScene(sceneRect).boundingRect().adjusted(-kBrim, -kBrim, kBrim, kBrim);
    viewport()->update(m_overlay);
}

void CanvasView::showNote(const QString &text, QPoint viewPoint)
{
    m_note->showAt(text, viewPoint);
}

void CanvasView::hideNote()
{
    m_note->hide();
}

void CanvasView::showIdleCursor()
{
    if (m_panKey)
        viewport()->setCursor(Qt::OpenHandCursor);
    else
        viewport()->unsetCursor();
}

void CanvasView::renameNode(NodeId id)
{
    QRectF title;
    if (const NodeItem *item = m_scene->nodeItem(id))
        title = item->geometry().title.translated(item->pos());
    else if (const FrameItem *frame = m_scene->frameItem(id))
        title = QRectF(frame->titleRect().topLeft(), QSizeF(std::min(240.0, frame->area().width()), FrameItem::kTitleHeight)).adjusted(12, 0, -12, 0);
    else
        return;
    m_nameEditor->edit(id, mapFromScene(title.adjusted(-6, 0, 6, 0)).boundingRect());
}

void CanvasView::resizeEvent(QResizeEvent *event)
{
    m_glide->finish();
    QGraphicsView::resizeEvent(event);
    m_emptyHint->place();
    if (m_fitted && isVisible())
        zoomToFit();
    m_minimap->follow();
}

void CanvasView::showEvent(QShowEvent *event)
{
    QGraphicsView::showEvent(event);
    m_emptyHint->place();
    if (m_fitted)
        zoomToFit();
}

void CanvasView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_scene->restyle();
        m_emptyHint->place();
        viewport()->update();
    }
}

bool CanvasView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = m_active ? QString() : tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave && !m_active)
        m_scene->setHover({}, {}, {});
    return QGraphicsView::viewportEvent(event);
}

void CanvasView::drawBackground(QPainter *painter, const QRectF &rect)
{
    paintGrid(*painter, rect, m_scene->style().theme());
}

void CanvasView::drawForeground(QPainter *painter, const QRectF &)
{
    if (m_active)
        m_active->paint(*painter);
}

} // namespace netloom
