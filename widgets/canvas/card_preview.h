// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_preview.h"

#include <QPixmap>
#include <QRectF>
#include <QString>

#include <memory>

class QPainter;

namespace netloom {

class CanvasStyle;

/// What comes out of a node, as its card shows it. Keeps the drawing at the present zoom, so that moving the canvas costs nothing.
class CardPreview {
public:
    /// True when it looks different now.
    bool set(std::shared_ptr<const NodePreview> preview);
    bool markStale();

    const NodePreview *preview() const { return m_preview.get(); }
    bool isStale() const { return m_stale; }
    QString tip() const;

    void paint(QPainter &painter, const QRectF &rect, const CanvasStyle &style);

private:
    std::shared_ptr<const NodePreview> m_preview;
    bool m_stale = false;
    QPixmap m_drawn;
    double m_drawnScale = 0;  ///< pixels per scene unit
    bool m_drawnDark = false;
};

} // namespace netloom
