// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas_view.h"
#include "theme/search_popup.h"

namespace netloom {

/// The search for a node of the graph: each hit that is chosen is selected and brought into view; Return stays there, Esc goes back to what
/// was selected and to where the view was.
class NodeFinder : public QObject {
    Q_OBJECT
public:
    explicit NodeFinder(CanvasView &view);

    void open();

private:
    QList<SearchEntry> entries(const QString &text) const;
    void show(const QString &key);
    void close(bool goBack);

    CanvasView &m_view;
    SearchPopup *m_popup;
    NodeId m_scope;
    ViewState m_before;
    std::set<NodeId> m_selectedNodes;
    std::vector<Link> m_selectedLinks;
};

} // namespace netloom
