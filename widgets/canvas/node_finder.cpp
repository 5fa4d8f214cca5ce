// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_finder.h"

#include "document/graph_search.h"
#include "graph/frame.h"

namespace netloom {

namespace {

constexpr int kWidth = 300;
constexpr int kMargin = 12;

} // namespace

NodeFinder::NodeFinder(CanvasView &view)
    : m_view(view), m_popup(new SearchPopup(QStringLiteral("findNode"), tr("Name, type or shape"), kWidth, &view)) // not the viewport, whose children scroll with it
{
    connect(m_popup, &SearchPopup::chosen, this, &NodeFinder::show);
    connect(m_popup, &SearchPopup::picked, this, [this](const QString &key) {
        show(key);
        m_view.setFocus();
    });
    connect(m_popup, &SearchPopup::dismissed, this, &NodeFinder::close);
}

void NodeFinder::open()
{
    m_scope = m_view.document().scope();
    m_before = m_view.viewState();
    m_selectedNodes = m_view.document().selectedNodes();
    m_selectedLinks = m_view.document().selectedLinks();
    m_popup->open({m_view.viewport()->width() - kWidth - kMargin, kMargin}, [this](const QString &text) { return entries(text); });
}

QList<SearchEntry> NodeFinder::entries(const QString &text) const
{
    const Document &document = m_view.document();
    QList<SearchEntry> entries;
    for (NodeId id : searchGraph(document, text)) {
        const NodeFace face = faceOf(document, id);
        const Node &node = *document.graph().find(id);
        const QString title = QString::fromStdString(node.type == kFrameType ? frameTitle(node) : pathOf(document.graph(), node));
        const QString name = face.type.isEmpty() ? title : title + QStringLiteral(" · ") + face.type;
        QIcon icon;
        if (face.category)
            icon = themedIcon(categoryIconName(*face.category), Theme::current().category(*face.category));
        entries.append({QString::number(id.value), name, shapeText(document, id), icon, face.params});
    }
    return entries;
}

void NodeFinder::show(const QString &key)
{
    m_view.centerOnNode({key.toLongLong()});
    m_view.scrollBy({(kWidth + kMargin) / 2, 0}); // into the middle of what the search leaves free
}

void NodeFinder::close(bool goBack)
{
    if (goBack) {
        m_view.document().setScope(m_scope);
        m_view.document().setSelection(m_selectedNodes, m_selectedLinks);
        m_view.setViewState(m_before);
    }
    m_view.setFocus();
}

} // namespace netloom
