// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/interactions/interactions.h"

#include "canvas/canvas_view.h"
#include "canvas/link_insertion.h"
#include "document/node_type_mime.h"

#include <QMimeData>
#include <QPainter>

namespace netloom {

namespace {

/// A node type dragged in from the palette: a ghost follows the hand, and on a wire that it fits the node goes into the wire.
class PaletteDrop : public Interaction {
public:
    using Interaction::Interaction;

    bool press(const CanvasPointer &pointer) override
    {
        if (!pointer.mime || !pointer.mime->hasFormat(kNodeTypeMime))
            return false;
        const NodeSpec *spec = document().catalogue().find(QString::fromUtf8(pointer.mime->data(kNodeTypeMime)));
        if (!spec)
            return false;
        m_spec = *spec;
        m_face = faceOf(*m_spec);
        m_geometry = geometryOf(m_face, scene().style());
        move(pointer);
        return true;
    }

    void move(const CanvasPointer &pointer) override
    {
        m_place = snapped(pointer.scene - QPointF(m_geometry.card.width() / 2, NodeGeometry::kHeader / 2));
        m_insertion.reset();
        if (!(pointer.modifiers & Qt::AltModifier))
            m_insertion = insertionUnder(scene(), m_geometry.card.translated(m_place), *m_spec);
        scene().setMarkedLink(m_insertion ? std::optional(m_insertion->link) : std::nullopt);
        view().updateOverlay(m_geometry.bounds().translated(m_place));
    }

    void release(const CanvasPointer &pointer) override
    {
        move(pointer);
        const auto insertion = m_insertion;
        const QString type = QString::fromStdString(m_spec->type);
        cancel();
        const StepGroup group(document(), Document::tr("Add %1").arg(type));
        const NodeId id = document().addNode(type, {m_place.x(), m_place.y()});
        if (insertion)
            insertIntoLink(document(), *insertion, id);
        document().setSelection({id});
        view().setFocus();
    }

    void cancel() override
    {
        m_spec.reset();
        m_insertion.reset();
        scene().setMarkedLink({});
        view().viewport()->update();
    }

    void paint(QPainter &painter) override
    {
        if (!m_spec)
            return;
        painter.save();
        painter.translate(m_place);
        painter.setOpacity(0.7);
        NodeLook look;
        look.ghost = true;
        look.selected = m_insertion.has_value();
        paintNode(painter, m_face, m_geometry, look, scene().style());
        painter.restore();
    }

private:
    std::optional<NodeSpec> m_spec; ///< a copy: own blocks may change meanwhile
    NodeFace m_face;
    NodeGeometry m_geometry;
    QPointF m_place;
    std::optional<LinkInsertion> m_insertion;
};

} // namespace

InteractionPtr makePaletteDrop(CanvasView &view)
{
    return std::make_unique<PaletteDrop>(view);
}

} // namespace netloom
