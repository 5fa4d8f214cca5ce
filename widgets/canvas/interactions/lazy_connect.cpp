// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"
#include "canvas/link_insertion.h"

#include <QPainter>

namespace netloom {

namespace {

/// Alt and right drag from a node to another: connects the first ports that fit, without aiming at them. A wire that is in the
/// way is replaced.
class LazyConnect : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::RightButton || !(pointer.modifiers & Qt::AltModifier))
            return false;
        const NodeItem *item = scene().nodeAt(pointer.scene);
        if (!item)
            return false;
        m_from = item->id();
        m_start = m_hand = pointer.scene;
        view().viewport()->setCursor(Qt::CrossCursor);
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        m_hand = pointer.scene;
        m_link = linkAt(m_hand);
        scene().setHover(m_link ? std::optional(m_link->to.node) : std::nullopt, {}, {});
        view().updateOverlay(QRectF(m_start, m_hand).normalized());
    }

    void release(const CanvasPointer &pointer) override
    {
        move(pointer);
        const NodeItem *item = scene().nodeAt(pointer.scene);
        const auto link = m_link;
        const NodeId from = m_from;
        cancel();
        if (link)
            document().connectPorts(*link);
        else if (item && item->id() != from)
            emit view().messageRequested(Document::tr("No output of %1 fits an input of %2.").arg(nameOf(from), nameOf(item->id())));
    }

    void cancel() override
    {
        m_from = {};
        m_link.reset();
        scene().setHover({}, {}, {});
        view().showIdleCursor();
        view().viewport()->update();
    }

    void paint(QPainter &painter) override
    {
        const Theme &theme = scene().style().theme();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_link ? theme.accent : theme.textMuted, view().sceneLength(2.5), Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(m_start, m_hand);
    }

    bool scrollsAtEdges() const override { return true; }

private:
    std::optional<Link> linkAt(QPointF hand) const
    {
        const NodeItem *item = scene().nodeAt(hand);
        if (!item || item->id() == m_from)
            return std::nullopt;
        if (auto link = firstFit(document(), m_from, item->id(), TakenInput::Refuse))
            return link;
        return firstFit(document(), m_from, item->id(), TakenInput::Replace);
    }

    QString nameOf(NodeId id) const { return QString::fromStdString(document().graph().find(id)->name); }

    NodeId m_from;
    QPointF m_start;
    QPointF m_hand;
    std::optional<Link> m_link; ///< what a release would connect
};

} // namespace

InteractionPtr makeLazyConnect(CanvasView &view)
{
    return std::make_unique<LazyConnect>(view);
}

} // namespace netloom
