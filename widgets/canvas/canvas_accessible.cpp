// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_accessible.h"

#include "canvas/accessible_items.h"
#include "canvas/canvas_view.h"

#include <algorithm>
#include <utility>

namespace netloom {

namespace {

QAccessibleInterface *makeCanvasAccessible(const QString &className, QObject *object)
{
    auto *view = className == QLatin1String(CanvasView::staticMetaObject.className()) ? qobject_cast<CanvasView *>(object) : nullptr;
    return view ? new CanvasAccessible(*view) : nullptr;
}

void tell(QAccessibleInterface *interface, QAccessible::Event what)
{
    QAccessibleEvent event(interface, what);
    QAccessible::updateAccessibility(&event);
}

} // namespace

void CanvasAccessible::install()
{
    QAccessible::installFactory(makeCanvasAccessible);
}

CanvasAccessible::CanvasAccessible(CanvasView &view) : QAccessibleWidget(&view, QAccessible::List), m_issues(issuesHere())
{
    follow();
}

CanvasAccessible::~CanvasAccessible()
{
    for (const auto &[item, id] : m_made)
        QAccessible::deleteAccessibleInterface(id);
}

CanvasView &CanvasAccessible::view() const
{
    return *static_cast<CanvasView *>(widget());
}

const Document &CanvasAccessible::document() const
{
    return view().document();
}

void CanvasAccessible::follow()
{
    const Document *from = &document();
    QObject::connect(from, &Document::nodeAdded, &m_context, [this](NodeId id) { tellCreated(id); });
    QObject::connect(from, &Document::nodeRemoved, &m_context, [this](NodeId id) { remove(id); });
    QObject::connect(from, &Document::linkAdded, &m_context, [this](const Link &link) { tellCreated(link); });
    QObject::connect(from, &Document::linkRemoved, &m_context, [this](const Link &link) { remove(link); });
    QObject::connect(from, &Document::projectReset, &m_context, [this] { forget(); });
    QObject::connect(from, &Document::scopeChanged, &m_context, [this] { forget(); });
    QObject::connect(from, &Document::selectionChanged, &m_context, [this] { tellSelection(); });
    QObject::connect(from, &Document::inferenceChanged, &m_context, [this] { tellIssues(); });
}

/// All is new: the list begins from nothing.
void CanvasAccessible::forget()
{
    m_stale = true;
    m_issues = issuesHere();
    for (const auto &[item, id] : std::exchange(m_made, {}))
        QAccessible::deleteAccessibleInterface(id);
    tell(this, QAccessible::ObjectReorder);
}

void CanvasAccessible::remove(const Item &item)
{
    m_stale = true;
    const auto made = m_made.find(item);
    if (made == m_made.end())
        return;
    tell(QAccessible::accessibleInterface(made->second), QAccessible::ObjectDestroyed);
    QAccessible::deleteAccessibleInterface(made->second);
    m_made.erase(made);
}

void CanvasAccessible::tellCreated(const Item &item)
{
    m_stale = true;
    const NodeId *node = std::get_if<NodeId>(&item);
    if (!node)
        node = &std::get<Link>(item).to.node;
    if (document().graph().find(*node)->parent == document().scope())
        tell(interfaceOf(item), QAccessible::ObjectCreated);
}

void CanvasAccessible::tellSelection()
{
    tell(this, QAccessible::SelectionWithin);
    if (QAccessibleInterface *current = view().hasFocus() ? focusChild() : nullptr)
        tell(current, QAccessible::Focus);
}

/// Names tell what is wrong: those of nodes for which that changed are new.
void CanvasAccessible::tellIssues()
{
    auto before = std::exchange(m_issues, issuesHere());
    for (const auto &[item, id] : m_made) {
        const NodeId *node = std::get_if<NodeId>(&item);
        if (!node || before[*node] == m_issues[*node])
            continue;
        tell(QAccessible::accessibleInterface(id), QAccessible::NameChanged);
        QAccessible::State changed;
        changed.invalid = true;
        QAccessibleStateChangeEvent event(QAccessible::accessibleInterface(id), changed);
        QAccessible::updateAccessibility(&event);
    }
}

std::map<NodeId, QString> CanvasAccessible::issuesHere() const
{
    std::map<NodeId, QString> issues;
    for (const Issue &issue : document().inference().issues) {
        const Node *node = document().graph().find(issue.node);
        if (node && node->parent == document().scope() && !issues.contains(issue.node))
            issues[issue.node] = accessibleIssues(document(), issue.node);
    }
    return issues;
}

/// Nodes in data-flow order, then wires in that of their sources.
const std::vector<CanvasAccessible::Item> &CanvasAccessible::items() const
{
    if (!std::exchange(m_stale, false))
        return m_items;
    m_items.clear();
    const Graph &graph = document().graph();
    std::map<NodeId, std::size_t> places;
    for (const NodeId id : graph.dataFlowOrder()) {
        if (graph.find(id)->parent != document().scope())
            continue;
        places.emplace(id, places.size());
        m_items.emplace_back(id);
    }
    std::vector<Link> links;
    std::ranges::copy_if(graph.links(), std::back_inserter(links), [&](const Link &link) { return places.contains(link.from.node) && places.contains(link.to.node); });
    std::ranges::stable_sort(links, {}, [&](const Link &link) { return places[link.from.node]; });
    m_items.insert(m_items.end(), links.begin(), links.end());
    return m_items;
}

QAccessibleInterface *CanvasAccessible::interfaceOf(const Item &item) const
{
    const auto [made, fresh] = m_made.try_emplace(item, 0);
    if (fresh) {
        QAccessibleInterface *interface = nullptr;
        if (const NodeId *node = std::get_if<NodeId>(&item))
            interface = new AccessibleNode(view(), *node);
        else
            interface = new AccessibleLink(view(), std::get<Link>(item));
        made->second = QAccessible::registerAccessibleInterface(interface);
    }
    return QAccessible::accessibleInterface(made->second);
}

int CanvasAccessible::childCount() const
{
    return int(items().size()) + QAccessibleWidget::childCount();
}

QAccessibleInterface *CanvasAccessible::child(int index) const
{
    if (index < 0)
        return nullptr;
    if (std::size_t(index) < items().size())
        return interfaceOf(items()[std::size_t(index)]);
    return QAccessibleWidget::child(index - int(items().size()));
}

int CanvasAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    for (std::size_t index = 0; index < items().size(); ++index) {
        const auto made = m_made.find(items()[index]);
        if (made != m_made.end() && QAccessible::accessibleInterface(made->second) == child)
            return int(index);
    }
    const int widget = QAccessibleWidget::indexOfChild(child);
    return widget < 0 ? -1 : widget + int(items().size());
}

QAccessibleInterface *CanvasAccessible::childAt(int x, int y) const
{
    const QPoint at = view().viewport()->mapFromGlobal(QPoint(x, y));
    const QWidget *floating = view().viewport()->childAt(at);
    const QPointF point = view().mapToScene(at);
    if (!floating && view().viewport()->rect().contains(at)) {
        if (const NodeItem *node = view().canvasScene().nodeAt(point))
            return interfaceOf(node->id());
        if (const LinkItem *link = view().canvasScene().linkAt(point, view().sceneLength(CanvasView::kLinkReach)))
            return interfaceOf(link->link());
    }
    return QAccessibleWidget::childAt(x, y);
}

QAccessibleInterface *CanvasAccessible::focusChild() const
{
    if (view().hasFocus()) {
        if (const NodeId current = view().currentNode(); current.valid())
            return interfaceOf(current);
        const auto &links = document().selectedLinks();
        return links.empty() ? nullptr : interfaceOf(links.back());
    }
    return QAccessibleWidget::focusChild();
}

QAccessible::State CanvasAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.multiSelectable = true;
    return state;
}

} // namespace netloom
