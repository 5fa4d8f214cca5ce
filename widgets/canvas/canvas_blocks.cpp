// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks, bypass and dots, as the commands and the mouse ask for them.
#include "canvas/canvas_view.h"

#include "canvas/link_insertion.h"
#include "canvas/name_editor.h"
#include "graph/structure.h"

namespace netloom {

void CanvasView::toggleBypass()
{
    const auto done = m_document.toggleBypass(m_document.selectedNodes());
    if (!done)
        emit messageRequested(QString::fromStdString(done.error().text));
}

void CanvasView::makeBlock()
{
    selectContents();
    const auto block = m_document.collapse(m_document.selectedNodes());
    if (!block) {
        emit messageRequested(QString::fromStdString(block.error().text));
        return;
    }
    m_document.setSelection({*block});
    renameNode(*block);
}

void CanvasView::openUpBlock()
{
    if (m_document.selectedNodes().size() != 1)
        return;
    const auto inside = m_document.expand(*m_document.selectedNodes().begin());
    if (!inside)
        emit messageRequested(QString::fromStdString(inside.error().text));
    else
        m_document.setSelection({inside->begin(), inside->end()});
}

void CanvasView::enterBlock()
{
    if (m_document.selectedNodes().size() == 1)
        m_document.setScope(*m_document.selectedNodes().begin());
}

void CanvasView::leaveBlock()
{
    const Node *block = m_document.graph().find(m_document.scope());
    if (!block)
        return;
    const NodeId left = block->id;
    m_document.setScope(block->parent);
    m_document.setSelection({left});
}

void CanvasView::showScope()
{
    cancelGesture();
    m_nameEditor->finish();
    zoomToFit();
    showWhatIsThere();
}

void CanvasView::addDot(const Link &link, QPointF scenePoint)
{
    const NodeSpec *spec = m_document.registry().find(kRerouteType);
    if (!spec)
        return;
    const QSizeF size = geometryOf(faceOf(*spec), m_scene->style()).card.size();
    const QPointF place = snapped(scenePoint - QPointF(size.width(), size.height()) / 2);
    const StepGroup group(m_document, tr("Add a dot"));
    const NodeId dot = m_document.addNode(QString::fromLatin1(kRerouteType), {place.x(), place.y()});
    insertIntoLink(m_document, {link, "input", "output"}, dot);
    m_document.setSelection({dot});
}

} // namespace netloom
