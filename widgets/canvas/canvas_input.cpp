// SPDX-License-Identifier: GPL-3.0-or-later
// How mouse, wheel, keys and drags reach the canvas: one gesture has the hand at a time.
#include "canvas/canvas_view.h"

#include "canvas/empty_hint.h"
#include "canvas/glide.h"
#include "canvas/interactions/interaction.h"
#include "graph/structure.h"
#include "canvas/issue_bubble.h"
#include "canvas/port_tip.h"

#include <QDropEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace netloom {

namespace {

constexpr int kEdge = 28;      ///< px from the viewport's edge where a drag scrolls
constexpr int kEdgeSpeed = 12; ///< px per tick at most

Qt::CursorShape resizeCursor(Qt::Edges edges)
{
    if (edges == (Qt::LeftEdge | Qt::TopEdge) || edges == (Qt::RightEdge | Qt::BottomEdge))
        return Qt::SizeFDiagCursor;
    if (edges == (Qt::RightEdge | Qt::TopEdge) || edges == (Qt::LeftEdge | Qt::BottomEdge))
        return Qt::SizeBDiagCursor;
    return edges & (Qt::LeftEdge | Qt::RightEdge) ? Qt::SizeHorCursor : Qt::SizeVerCursor;
}

} // namespace

CanvasPointer CanvasView::pointerAt(QPoint view, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) const
{
    CanvasPointer pointer;
    pointer.view = view;
    pointer.scene = mapToScene(view);
    pointer.button = button;
    pointer.modifiers = modifiers;
    pointer.panKey = m_panKey;
    return pointer;
}

CanvasPointer CanvasView::pointerOf(const QDropEvent &event) const
{
    CanvasPointer pointer = pointerAt(event.position().toPoint(), Qt::NoButton, event.modifiers());
    pointer.mime = event.mimeData();
    return pointer;
}

bool CanvasView::beginGesture(const CanvasPointer &pointer)
{
    for (const auto &interaction : m_interactions) {
        if (interaction->press(pointer)) {
            m_fitted = false;
            m_panned = true;
            m_active = interaction.get();
            m_pointer = pointer;
            return true;
        }
    }
    return false;
}

void CanvasView::cancelGesture()
{
    m_edgeTimer.stop();
    if (!m_active)
        return;
    m_active->cancel();
    m_active = nullptr;
    viewport()->update();
}

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    m_glide->finish();
    setFocus(Qt::MouseFocusReason);
    event->accept();
    if (m_active)
        return;
    m_scene->setHover({}, {}, {});
    m_issueBubble->hide();
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && openIssues(event->position().toPoint()))
        return;
    beginGesture(pointerAt(event->position().toPoint(), event->button(), event->modifiers()));
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    event->accept();
    if (!m_active) {
        updateHover(event->position().toPoint());
        return;
    }
    const Qt::MouseButton button = m_pointer.button;
    if (!(event->buttons() & button)) { // a popup took the release
        cancelGesture();
        return;
    }
    m_pointer = pointerAt(event->position().toPoint(), button, event->modifiers());
    m_active->move(m_pointer);
    const bool atEdge = !viewport()->rect().adjusted(kEdge, kEdge, -kEdge, -kEdge).contains(m_pointer.view);
    if (atEdge && m_active->scrollsAtEdges())
        m_edgeTimer.start();
    else
        m_edgeTimer.stop();
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
    if (!m_active || event->button() != m_pointer.button)
        return;
    m_edgeTimer.stop();
    Interaction *finished = std::exchange(m_active, nullptr);
    finished->release(pointerAt(event->position().toPoint(), event->button(), event->modifiers()));
    updateHover(event->position().toPoint());
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_glide->finish();
    const QPointF point = mapToScene(event->position().toPoint());
    const NodeItem *item = m_scene->nodeAt(point);
    if (event->button() == Qt::LeftButton && item && item->titleRect().contains(point)) {
        cancelGesture();
        m_document.setSelection({item->id()});
        renameNode(item->id());
        event->accept();
        return;
    }
    if (event->button() == Qt::LeftButton && item && m_document.graph().find(item->id())->type == kBlockType) {
        cancelGesture();
        m_document.setScope(item->id());
        event->accept();
        return;
    }
    if (event->button() == Qt::LeftButton && item && item->previewRect().contains(point) && m_scene->previewOf(item->id())) {
        cancelGesture();
        m_document.setSelection({item->id()});
        emit previewActivated(item->id());
        event->accept();
        return;
    }
    if (const FrameItem *frame = m_scene->frameTitleAt(point, sceneLength(kLinkReach)); frame && event->button() == Qt::LeftButton) {
        cancelGesture();
        m_document.setSelection({frame->id()});
        renameNode(frame->id());
        event->accept();
        return;
    }
    const LinkItem *wire = item ? nullptr : m_scene->linkAt(point, sceneLength(kLinkReach));
    if (event->button() == Qt::LeftButton && wire && !m_scene->portAt(point, sceneLength(kPortReach))) {
        cancelGesture();
        addDot(wire->link(), point);
        event->accept();
        return;
    }
    const bool onNothing = !item && !m_scene->portAt(point, sceneLength(kPortReach)) && !m_scene->linkAt(point, sceneLength(kLinkReach));
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && onNothing) {
        searchNodeAt(event->position().toPoint());
        event->accept();
        return;
    }
    mousePressEvent(event); // a fast second drag
}

void CanvasView::scrollAtEdge()
{
    if (!m_active || !m_active->scrollsAtEdges()) {
        m_edgeTimer.stop();
        return;
    }
    const auto speed = [](int position, int length) {
        const int outside = position < kEdge ? position - kEdge : position > length - kEdge ? position - (length - kEdge) : 0;
        return std::clamp(outside / 2, -kEdgeSpeed, kEdgeSpeed);
    };
    const QPoint step(speed(m_pointer.view.x(), viewport()->width()), speed(m_pointer.view.y(), viewport()->height()));
    if (step.isNull())
        return;
    scrollBy(step);
    m_pointer.scene = mapToScene(m_pointer.view);
    m_active->move(m_pointer);
    viewport()->update(); // scrolling took the overlay along
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const int delta = event->angleDelta().y();
    if (delta != 0)
        setZoom(m_zoom * std::pow(1.2, delta / 120.0), event->position().toPoint());
    if (m_active) { // the hand holds on to what it has
        m_pointer.scene = mapToScene(m_pointer.view);
        m_active->move(m_pointer);
    }
}

void CanvasView::updateHover(QPoint view)
{
    const QPointF point = mapToScene(view);
    const auto port = m_scene->portAt(point, sceneLength(kPortReach));
    const NodeItem *node = port ? m_scene->nodeItem(port->port.node) : m_scene->nodeAt(point);
    const LinkItem *link = node ? nullptr : m_scene->linkAt(point, sceneLength(kLinkReach));
    m_scene->setHover(node ? std::optional(node->id()) : std::nullopt, link ? std::optional(link->link()) : std::nullopt, port);
    if (m_panKey)
        viewport()->setCursor(Qt::OpenHandCursor);
    else if (port)
        viewport()->setCursor(Qt::CrossCursor);
    else if (m_scene->badgeAt(point))
        viewport()->setCursor(Qt::PointingHandCursor);
    else if (const FrameItem *frame = m_scene->frameEdgeAt(point, sceneLength(kLinkReach)))
        viewport()->setCursor(resizeCursor(frame->edgesAt(point, sceneLength(kLinkReach))));
    else
        viewport()->unsetCursor();
}

QString CanvasView::tipAt(QPoint view) const
{
    const QPointF point = mapToScene(view);
    if (const auto hit = m_scene->portAt(point, sceneLength(kPortReach)))
        return portTip(m_document, hit->port, hit->output);
    for (NodeItem *item : m_scene->nodesIn(QRectF(point - QPointF(14, 14), QSizeF(28, 28)))) {
        if (item->geometry().badge.translated(item->pos()).contains(point) || item->cardRect().contains(point))
            return item->previewRect().contains(point) ? previewTip(item->id()) : item->face().issue;
    }
    if (const LinkItem *link = m_scene->linkAt(point, sceneLength(kLinkReach)))
        return linkTip(m_document, link->link());
    return {};
}

QString CanvasView::previewTip(NodeId id) const
{
    const CardPreview *preview = m_scene->previewOf(id);
    return preview ? preview->tip() : QString();
}

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    event->accept();
    const auto goOrNudge = [this, event](QPoint direction) {
        if (event->modifiers() & Qt::ShiftModifier)
            nudge(direction, event->isAutoRepeat());
        else
            walk(direction);
    };
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_active)
            cancelGesture();
        else if (m_issueBubble->isVisible())
            m_issueBubble->hide();
        else if (!m_document.selectedNodes().empty() || !m_document.selectedLinks().empty())
            m_document.setSelection({});
        else if (m_document.scope().valid())
            leaveBlock();
        else
            m_document.comparison().stop();
        return;
    case Qt::Key_Space:
        if (plain) {
            if (!event->isAutoRepeat())
                m_panned = false;
            m_panKey = true;
            if (!m_active)
                showIdleCursor();
            return;
        }
        break;
    case Qt::Key_Left: goOrNudge({-1, 0}); return;
    case Qt::Key_Right: goOrNudge({1, 0}); return;
    case Qt::Key_Up: goOrNudge({0, -1}); return;
    case Qt::Key_Down: goOrNudge({0, 1}); return;
    default: break;
    }
    event->ignore();
}

void CanvasView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        const bool tapped = m_panKey && !m_panned && !m_active;
        m_panKey = false;
        if (!m_active)
            showIdleCursor();
        if (tapped)
            searchNode();
    }
}

void CanvasView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    m_panKey = false;
    if (event->reason() == Qt::ActiveWindowFocusReason && m_active && !m_pointer.mime)
        cancelGesture();
}

void CanvasView::dragEnterEvent(QDragEnterEvent *event)
{
    m_glide->finish();
    cancelGesture();
    if (!beginGesture(pointerOf(*event))) {
        event->ignore(); // files are the window's business
        return;
    }
    m_emptyHint->hide();
    event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!m_active) {
        event->ignore();
        return;
    }
    m_active->move(pointerOf(*event));
    event->acceptProposedAction();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent *event)
{
    cancelGesture();
    showWhatIsThere();
    event->accept();
}

void CanvasView::dropEvent(QDropEvent *event)
{
    if (!m_active) {
        event->ignore();
        return;
    }
    Interaction *finished = std::exchange(m_active, nullptr);
    finished->release(pointerOf(*event));
    showWhatIsThere();
    event->acceptProposedAction();
}

} // namespace netloom
