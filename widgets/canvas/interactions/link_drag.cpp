// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"
#include "canvas/link_candidates.h"
#include "canvas/port_shape.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// Drawing a wire from a port. From an input that has a wire, that wire is picked up: it may be led elsewhere, or dropped
/// on empty canvas, which removes it. A new wire dropped there asks what to add.
class LinkDrag : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (pointer.button != Qt::LeftButton)
            return false;
        const auto hit = scene().portAt(pointer.scene, view().sceneLength(CanvasView::kPortReach));
        if (!hit)
            return false;
        m_picked.reset();
        m_fixed = *hit;
        if (!hit->output) {
            if (const auto wires = document().graph().linksInto(hit->port); !wires.empty()) {
                m_picked = wires.back();
                if (const auto start = scene().portOf(m_picked->from, true))
                    m_fixed = *start;
            }
        }
        m_pressedAt = pointer.view;
        m_hand = pointer.scene;
        m_snapped.reset();
        m_candidates.reset();
        m_touched = hit->port.node;
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        if (!m_candidates) {
            if (!view().isDrag(m_pressedAt, pointer.view))
                return;
            begin();
        }
        m_hand = pointer.scene;
        m_snapped = portToSnapTo(pointer.scene);
        scene().setSnappedPort(m_snapped);
        const QString refusal = m_snapped ? QString() : refusalAt(pointer.scene);
        if (refusal.isEmpty())
            view().hideNote();
        else
            view().showNote(refusal, pointer.view);
        view().viewport()->setCursor(refusal.isEmpty() ? Qt::CrossCursor : Qt::ForbiddenCursor);
        view().updateOverlay(wire().boundingRect());
    }

    void release(const CanvasPointer &pointer) override
    {
        if (!m_candidates) { // a click on a port means its node
            document().setSelection({m_touched});
            return;
        }
        move(pointer);
        const auto snapped = m_snapped;
        const auto picked = m_picked;
        const QString refusal = snapped ? QString() : refusalAt(pointer.scene);
        const bool onNothing = !snapped && !scene().nodeAt(pointer.scene) && refusal.isEmpty();
        const PortHit fixed = m_fixed;
        const Link link = snapped ? m_candidates->linkTo(snapped->port) : Link{};
        finish();
        if (snapped) {
            const auto refused = picked ? document().rewire(*picked, link) : document().connectPorts(link);
            if (refused)
                emit view().messageRequested(QString::fromStdString(refused->reason));
        } else if (!refusal.isEmpty()) {
            emit view().messageRequested(refusal);
        } else if (picked && onNothing) {
            document().removeItems({}, {*picked});
        } else if (onNothing) {
            view().searchNodeForWire(pointer.view, fixed.port, fixed.output);
        }
    }

    void cancel() override { finish(); }

    void paint(QPainter &painter) override
    {
        if (!m_candidates)
            return;
        const QPointF free = freeEnd();
        const PortKind kind = portKind(document(), m_fixed.port, m_fixed.output);
        const QColor colour = scene().style().theme().port(kind);
        painter.setRenderHint(QPainter::Antialiasing);
        paintWire(painter, wire(), colour, 3);
        if (m_snapped)
            return;
        painter.translate(free);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPath(portShape(kind, false, NodeGeometry::kPortRadius));
        painter.translate(-free);
    }

    bool scrollsAtEdges() const override { return m_candidates != nullptr; }

private:
    QPointF freeEnd() const { return m_snapped ? m_snapped->place : m_hand; }
    QPainterPath wire() const
    {
        return m_fixed.output ? directCurve(m_fixed.place, freeEnd()) : directCurve(freeEnd(), m_fixed.place);
    }

    void begin()
    {
        m_candidates = std::make_unique<LinkCandidates>(document(), m_fixed.port, m_fixed.output, m_picked);
        scene().setCandidates(m_candidates.get());
        if (m_picked)
            scene().setLinkHidden(*m_picked, true);
    }

    void finish()
    {
        scene().setCandidates(nullptr);
        if (m_picked)
            scene().setLinkHidden(*m_picked, false);
        m_candidates.reset();
        m_picked.reset();
        m_snapped.reset();
        view().hideNote();
        view().showIdleCursor();
        view().viewport()->update();
    }

    /// The nearest port that fits within reach; over a card, its nearest port that fits.
    std::optional<PortHit> portToSnapTo(QPointF hand) const
    {
        const auto fitting = [&](const PortHit &hit) { return m_candidates->fits(hit.port, hit.output); };
        const auto near = scene().portsNear(hand, view().sceneLength(CanvasView::kSnapReach));
        if (!near.empty() && isOn(near.front(), hand) && !fitting(near.front()))
            return std::nullopt; // the hand means this port, and is told why not
        if (const auto found = std::ranges::find_if(near, fitting); found != near.end())
            return *found;
        const NodeItem *card = scene().nodeAt(hand);
        if (!card)
            return std::nullopt;
        std::optional<PortHit> nearest;
        const auto away = [hand](const PortHit &hit) { return std::hypot(hit.place.x() - hand.x(), hit.place.y() - hand.y()); };
        for (const PortHit &hit : scene().portsOf(*card)) {
            if (fitting(hit) && (!nearest || away(hit) < away(*nearest)))
                nearest = hit;
        }
        return nearest;
    }

    bool isOn(const PortHit &hit, QPointF hand) const
    {
        const double reach = view().sceneLength(CanvasView::kPortReach);
        return std::hypot(hit.place.x() - hand.x(), hit.place.y() - hand.y()) <= reach;
    }

    /// Why the wire can't end where the hand is; "" over empty canvas and over the wire's own beginning.
    QString refusalAt(QPointF hand) const
    {
        const auto isFixed = [&](const PortHit &hit) { return hit.port == m_fixed.port && hit.output == m_fixed.output; };
        if (const auto hit = scene().portAt(hand, view().sceneLength(CanvasView::kPortReach)))
            return isFixed(*hit) ? QString() : m_candidates->refusal(hit->port, hit->output).value_or(QString());
        const NodeItem *card = scene().nodeAt(hand);
        if (!card || card->id() == m_fixed.port.node)
            return {};
        for (const PortHit &hit : scene().portsOf(*card)) {
            if (hit.output != m_fixed.output)
                return m_candidates->refusal(hit.port, hit.output).value_or(QString());
        }
        return m_fixed.output ? Document::tr("%1 has no input.").arg(card->face().title)
                              : Document::tr("%1 has no output.").arg(card->face().title);
    }

    PortHit m_fixed;              ///< the end that stays
    std::optional<Link> m_picked; ///< the wire that was picked up
    NodeId m_touched;
    QPoint m_pressedAt;
    QPointF m_hand;
    std::optional<PortHit> m_snapped;
    std::unique_ptr<LinkCandidates> m_candidates; ///< there is one once the drag has begun
};

} // namespace

InteractionPtr makeLinkDrag(CanvasView &view)
{
    return std::make_unique<LinkDrag>(view);
}

} // namespace netloom
