// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "canvas/canvas_view.h"
#include "theme/search_popup.h"

namespace netloom {

/// Draws a wire by keyboard: lists the inputs that an output of the selected node fits, nearest first, and connects the pick.
class WireFinder : public QObject {
    Q_OBJECT
public:
    explicit WireFinder(CanvasView &view);

    /// Does nothing where @p node has no output.
    void open(NodeId node);

private:
    void find(NodeId node);
    QList<SearchEntry> entries(const QString &text) const;

    struct Way {
        Link link;
        QString text;
    };

    CanvasView &m_view;
    SearchPopup *m_popup;
    std::vector<Way> m_ways;
};

} // namespace netloom
