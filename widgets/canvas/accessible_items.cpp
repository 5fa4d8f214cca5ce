// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/accessible_items.h"

#include "canvas/canvas_view.h"
#include "graph/structure.h"

#include <algorithm>

namespace netloom {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString severityName(Severity severity)
{
    return severity == Severity::Error ? CanvasView::tr("error") : severity == Severity::Warning ? CanvasView::tr("warning") : CanvasView::tr("hint");
}

/// What comes out of the node for one sample: "32×26×26".
QStringList outputShapes(const Document &document, NodeId id)
{
    const auto found = document.inference().nodes.find(id);
    QStringList shapes;
    if (found == document.inference().nodes.end())
        return shapes;
    for (const Shape &shape : found->second.outputs) {
        if (shape.empty() || shape == Shape{Shape::kBatch}) // not the labels
            continue;
        const QString whole = text(shape.toString());
        shapes << (whole.startsWith(QStringLiteral("N×")) ? whole.mid(2) : whole);
    }
    return shapes;
}

QString nodeName(const Document &document, NodeId id)
{
    const Node &node = *document.graph().find(id);
    QStringList parts{text(node.type) + ' ' + text(node.name)};
    if (node.bypassed)
        parts << CanvasView::tr("bypassed");
    if (node.frozen)
        parts << CanvasView::tr("frozen");
    parts << outputShapes(document, id);
    if (const QString issues = accessibleIssues(document, id); !issues.isEmpty())
        parts << issues;
    return parts.join(QStringLiteral(", "));
}

/// "out_channels 32, kernel_size 3×3, bias off"
QString parameterList(const Document &document, NodeId id)
{
    QStringList parts;
    for (const ExposedParam &param : document.shownParams(id)) {
        QString value = text(formatParam(param.value));
        if (const auto *flag = std::get_if<bool>(&param.value))
            value = *flag ? CanvasView::tr("on") : CanvasView::tr("off");
        else if (value.isEmpty())
            value = CanvasView::tr("empty");
        parts << text(param.name) + ' ' + value;
    }
    return parts.join(QStringLiteral(", "));
}

QString portName(const Document &document, const PortRef &port)
{
    const Node *node = document.graph().find(port.node);
    return node ? text(node->name) + '.' + text(port.port) : QString();
}

} // namespace

QString accessibleIssues(const Document &document, NodeId id)
{
    QStringList sentences;
    for (const Issue &issue : document.inference().issues) {
        if (issue.node == id && issue.severity != Severity::Hint)
            sentences << CanvasView::tr("%1: %2").arg(severityName(issue.severity), text(issue.text));
    }
    return sentences.join(' ');
}

QAccessibleInterface *AccessibleItem::parent() const
{
    return QAccessible::queryAccessibleInterface(&m_view);
}

QWindow *AccessibleItem::window() const
{
    return m_view.window()->windowHandle();
}

void *AccessibleItem::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

const Document &AccessibleItem::document() const
{
    return m_view.document();
}

QRect AccessibleItem::onScreen(const QRectF &sceneRect) const
{
    const QRect rect = m_view.mapFromScene(sceneRect).boundingRect();
    return {m_view.viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

QAccessible::State AccessibleItem::stateOf(bool selected, bool faulty) const
{
    QAccessible::State state;
    state.selectable = true;
    state.multiSelectable = true;
    state.focusable = true;
    state.selected = selected;
    state.invalid = faulty;
    state.invisible = !m_view.isVisible();
    const QRect seen(m_view.viewport()->mapToGlobal(QPoint()), m_view.viewport()->size());
    state.offscreen = !seen.intersects(rect());
    return state;
}

bool AccessibleNode::isValid() const
{
    const Node *node = document().graph().find(m_id);
    return node && node->parent == document().scope();
}

QString AccessibleNode::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    if (kind == QAccessible::Name)
        return nodeName(document(), m_id);
    return kind == QAccessible::Description ? parameterList(document(), m_id) : QString();
}

QRect AccessibleNode::rect() const
{
    const NodeItem *item = view().canvasScene().nodeItem(m_id);
    return item ? onScreen(item->cardRect()) : QRect();
}

QAccessible::State AccessibleNode::state() const
{
    const auto &selected = document().selectedNodes();
    const auto isFault = [this](const Issue &issue) { return issue.node == m_id && issue.severity == Severity::Error; };
    QAccessible::State state = stateOf(selected.contains(m_id), std::ranges::any_of(document().inference().issues, isFault));
    state.focused = view().hasFocus() && view().currentNode() == m_id;
    return state;
}

QStringList AccessibleNode::actionNames() const
{
    QStringList names{pressAction(), parametersAction()};
    if (const Node *node = document().graph().find(m_id); node && node->type == kBlockType)
        names << enterAction();
    return names;
}

QString AccessibleNode::localizedActionName(const QString &name) const
{
    if (name == pressAction())
        return CanvasView::tr("Select");
    if (name == parametersAction())
        return CanvasView::tr("Open parameters");
    return name == enterAction() ? CanvasView::tr("Enter block") : QString();
}

QString AccessibleNode::localizedActionDescription(const QString &name) const
{
    if (name == pressAction())
        return CanvasView::tr("Selects the node and brings it into view");
    if (name == parametersAction())
        return CanvasView::tr("Selects the node and goes to its parameters in the inspector");
    return name == enterAction() ? CanvasView::tr("Shows the nodes inside the block") : QString();
}

void AccessibleNode::doAction(const QString &name)
{
    if (!isValid())
        return;
    if (name == enterAction())
        return view().document().setScope(m_id);
    view().setFocus(Qt::OtherFocusReason);
    view().goTo(m_id);
    if (name == parametersAction())
        emit view().parametersRequested();
}

bool AccessibleLink::isValid() const
{
    return view().canvasScene().linkItem(m_link) != nullptr;
}

QString AccessibleLink::text(QAccessible::Text kind) const
{
    if (kind != QAccessible::Name || !isValid())
        return {};
    const Shape shape = document().inference().output(document().graph(), document().registry(), m_link.from);
    const QString ends = CanvasView::tr("from %1 to %2").arg(portName(document(), m_link.from), portName(document(), m_link.to));
    return shape.empty() ? ends : ends + QStringLiteral(", ") + QString::fromStdString(shape.toString());
}

QRect AccessibleLink::rect() const
{
    const LinkItem *item = view().canvasScene().linkItem(m_link);
    return item ? onScreen(item->path().boundingRect()) : QRect();
}

QAccessible::State AccessibleLink::state() const
{
    const auto &selected = document().selectedLinks();
    const auto isFault = [this](const Issue &issue) {
        return issue.severity == Severity::Error && issue.node == m_link.to.node && issue.port == m_link.to.port;
    };
    return stateOf(std::ranges::find(selected, m_link) != selected.end(), std::ranges::any_of(document().inference().issues, isFault));
}

QString AccessibleLink::localizedActionName(const QString &name) const
{
    return name == pressAction() ? CanvasView::tr("Select") : QString();
}

void AccessibleLink::doAction(const QString &name)
{
    if (name != pressAction() || !isValid())
        return;
    view().setFocus(Qt::OtherFocusReason);
    view().document().setSelection({}, {m_link});
}

} // namespace netloom
