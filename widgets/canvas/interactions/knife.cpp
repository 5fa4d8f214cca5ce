// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// Ctrl and right drag: a cut through the canvas removes every wire that it crosses, as one step.
class Knife : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::RightButton || !(pointer.modifiers & Qt::ControlModifier))
            return false;
        m_cut = {pointer.scene};
        m_links.clear();
        view().viewport()->setCursor(Qt::CrossCursor);
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        cutTo(pointer.scene);
        m_cut.append(pointer.scene);
        view().updateOverlay(m_cut.boundingRect());
    }

    void release(const CanvasPointer &pointer) override
    {
        move(pointer);
        const std::vector<Link> links(m_links.begin(), m_links.end());
        cancel();
        if (!links.empty())
            document().removeItems({}, links);
    }

    void cancel() override
    {
        for (const Link &link : m_links) {
            if (LinkItem *item = scene().linkItem(link))
                item->setMarked(false);
        }
        m_links.clear();
        m_cut.clear();
        view().showIdleCursor();
        view().viewport()->update();
    }

    void paint(QPainter &painter) override
    {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(scene().style().theme().error, view().sceneLength(2), Qt::DashLine, Qt::RoundCap));
        painter.drawPolyline(m_cut);
    }

    bool scrollsAtEdges() const override { return true; }

private:
    void cutTo(QPointF end)
    {
        const QPointF start = m_cut.last();
        const double step = view().sceneLength(3);
        const int steps = std::max(1, int(std::ceil(std::hypot(end.x() - start.x(), end.y() - start.y()) / step)));
        for (LinkItem *item : scene().linksIn(QRectF(start, end).normalized().adjusted(-1, -1, 1, 1))) {
            for (int index = 0; index <= steps && !m_links.contains(item->link()); ++index) {
                if (!item->isNear(start + (end - start) * index / steps, step))
                    continue;
                m_links.insert(item->link());
                item->setMarked(true);
            }
        }
    }

    QPolygonF m_cut;
    std::set<Link> m_links;
};

} // namespace

InteractionPtr makeKnife(CanvasView &view)
{
    return std::make_unique<Knife>(view);
}

} // namespace netloom
