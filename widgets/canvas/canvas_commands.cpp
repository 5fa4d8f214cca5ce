// SPDX-License-Identifier: GPL-3.0-or-later
// Joins the canvas with the commands that are given to it, and says which of them make sense now.
#include "canvas/canvas_view.h"

#include "commands/commands.h"
#include "graph/structure.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>

#include <span>

namespace netloom {

namespace {

struct SlotOf {
    const char *id;
    void (CanvasView::*slot)();
};

constexpr SlotOf kSlots[] = {
    {"edit.cut", &CanvasView::cut},
    {"edit.copy", &CanvasView::copy},
    {"edit.paste", &CanvasView::paste},
    {"edit.pasteWithWires", &CanvasView::pasteWithWires},
    {"edit.duplicate", &CanvasView::duplicate},
    {"edit.delete", &CanvasView::deleteSelection},
    {"edit.rename", &CanvasView::renameSelection},
    {"edit.selectAll", &CanvasView::selectAll},
    {"edit.addNode", &CanvasView::searchNode},
    {"edit.addAfter", &CanvasView::searchNodeAfter},
    {"edit.wire", &CanvasView::startWire},
    {"edit.findNode", &CanvasView::findNode},
    {"edit.bypass", &CanvasView::toggleBypass},
    {"edit.makeBlock", &CanvasView::makeBlock},
    {"edit.frame", &CanvasView::makeFrame},
    {"edit.openUp", &CanvasView::openUpBlock},
    {"edit.parameters", &CanvasView::parametersRequested},
    {"edit.enter", &CanvasView::enterBlock},
    {"edit.leave", &CanvasView::leaveBlock},
    {"edit.tidy", &CanvasView::tidy},
    {"arrange.straighten", &CanvasView::straighten},
    {"view.fit", &CanvasView::zoomToFit},
    {"view.fitSelection", &CanvasView::zoomToSelection},
    {"view.zoomIn", &CanvasView::zoomIn},
    {"view.zoomOut", &CanvasView::zoomOut},
    {"view.fullSize", &CanvasView::resetZoom},
};

constexpr std::pair<const char *, Alignment> kAlignments[] = {
    {"arrange.left", Alignment::Left},
    {"arrange.centre", Alignment::Centre},
    {"arrange.right", Alignment::Right},
    {"arrange.top", Alignment::Top},
    {"arrange.middle", Alignment::Middle},
    {"arrange.bottom", Alignment::Bottom},
};

/// How many nodes a command needs to be selected.
constexpr std::pair<const char *, std::size_t> kNeededNodes[] = {
    {"edit.cut", 1},
    {"edit.copy", 1},
    {"edit.duplicate", 1},
    {"edit.bypass", 1},
    {"edit.wire", 1},
    {"edit.makeBlock", 1},
    {"arrange.left", 2},
    {"arrange.centre", 2},
    {"arrange.right", 2},
    {"arrange.top", 2},
    {"arrange.middle", 2},
    {"arrange.bottom", 2},
    {"arrange.straighten", 2},
    {"arrange.horizontally", 3},
    {"arrange.vertically", 3},
};

// "" is a line between groups.
constexpr const char *kNodeMenu[] = {"edit.parameters", "edit.rename", "", "edit.bypass", "edit.makeBlock", "edit.frame", "edit.enter", "edit.openUp",
    "edit.saveBlock", "", "edit.cut", "edit.copy", "edit.duplicate", "edit.delete"};
constexpr const char *kCanvasMenu[] = {"edit.addNode", "edit.paste", "edit.selectAll", "", "edit.frame", "edit.leave", "edit.tidy", "view.fit"};

} // namespace

void CanvasView::bindCommands(Commands &commands)
{
    m_commands = &commands;
    for (const CommandSpec &spec : allCommands()) {
        if (spec.scope == KeyScope::Canvas)
            addAction(commands.action(spec.id));
    }
    for (const auto &[id, slot] : kSlots)
        connect(commands.action(id), &QAction::triggered, this, slot);
    for (const auto &[id, alignment] : kAlignments)
        connect(commands.action(id), &QAction::triggered, this, [this, alignment = alignment] { align(alignment); });
    connect(commands.action("arrange.horizontally"), &QAction::triggered, this, [this] { distribute(Qt::Horizontal); });
    connect(commands.action("arrange.vertically"), &QAction::triggered, this, [this] { distribute(Qt::Vertical); });

    const auto refresh = [this, &commands] {
        const std::size_t nodes = m_document.selectedNodes().size();
        for (const auto &[id, needed] : kNeededNodes)
            commands.action(id)->setEnabled(nodes >= needed);
        const Node *one = nodes == 1 ? m_document.graph().find(*m_document.selectedNodes().begin()) : nullptr;
        commands.action("edit.rename")->setEnabled(one);
        commands.action("edit.parameters")->setEnabled(one);
        commands.action("edit.enter")->setEnabled(one && one->type == kBlockType);
        commands.action("edit.openUp")->setEnabled(one && one->type == kBlockType);
        commands.action("edit.saveBlock")->setEnabled(one && one->type == kBlockType);
        commands.action("edit.leave")->setEnabled(m_document.scope().valid());
        commands.action("edit.delete")->setEnabled(nodes > 0 || !m_document.selectedLinks().empty());
    };
    connect(&m_document, &Document::selectionChanged, &commands, refresh);
    connect(&m_document, &Document::scopeChanged, &commands, refresh);
    connect(&m_document, &Document::projectReset, &commands, refresh);
    refresh();
}

/// What can be done now with the node or frame under the pointer, which is selected then, or with the canvas.
void CanvasView::contextMenuEvent(QContextMenuEvent *event)
{
    event->accept();
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    if (!m_commands || m_active || (byMouse && event->modifiers() != Qt::NoModifier)) // else the right button draws or cuts wires
        return;
    const QPointF point = mapToScene(event->pos());
    NodeId hit;
    if (const NodeItem *item = byMouse ? m_scene->nodeAt(point) : nullptr)
        hit = item->id();
    else if (const FrameItem *frame = byMouse ? m_scene->frameTitleAt(point, sceneLength(kLinkReach)) : nullptr)
        hit = frame->id();
    if (hit.valid() && !m_document.selectedNodes().contains(hit))
        m_document.setSelection({hit});
    const bool ofNodes = byMouse ? hit.valid() : !m_document.selectedNodes().empty();
    auto *menu = new QMenu(this);
    menu->setObjectName("canvasMenu");
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char *id : ofNodes ? std::span<const char *const>(kNodeMenu) : std::span<const char *const>(kCanvasMenu)) {
        if (!*id)
            menu->addSeparator();
        else if (QAction *action = m_commands->action(id); action->isEnabled())
            menu->addAction(action);
    }
    menu->popup(event->globalPos());
}

} // namespace netloom
