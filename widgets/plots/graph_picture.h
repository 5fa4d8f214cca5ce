// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace netloom {

/// A small picture of the nodes in one block, or of a whole network: cards in their categories' colours, and the wires between them, those
/// that skip cards in a lane beside them. It is laid out once and painted at any size, in the theme in force.
class GraphPicture {
public:
    GraphPicture() = default;
    /// Of the nodes right inside @p parent, or on the top level.
    GraphPicture(const Graph &graph, const NodeRegistry &registry, NodeId parent = {});
    /// Of the inside of the one block on the top level of @p graph; how often it repeats stands beside it, where there is room.
    static GraphPicture ofBlock(const Graph &graph, const NodeRegistry &registry);

    bool isEmpty() const { return m_cards.empty(); }
    /// The height, px, that it fills at @p width.
    double heightFor(double width) const;
    /// Centred in @p area and never beyond it; with the types' names on the cards where all of them have room, else with icons where these have.
    void paint(QPainter &painter, const QRectF &area) const;

private:
    struct Card {
        QRectF place; ///< in units of a card
        QString label;
        std::optional<Category> category; ///< nothing for an unknown type
        bool isDot = false; ///< a port of the block, or a dot in a wire
        bool isFaded = false;
    };
    struct Stretch; ///< from units to pixels

    enum class Face { Plain, Icons, Labels };

    class Lanes;
    void addCards(const Graph &graph, const NodeRegistry &registry, const std::vector<NodeId> &nodes);
    Stretch stretchTo(const QRectF &area) const;
    Face faceFor(const Stretch &stretch) const;
    void paintWires(QPainter &painter, const Stretch &stretch) const;
    void paintCard(QPainter &painter, const Card &card, const Stretch &stretch, Face face) const;

    std::vector<Card> m_cards;
    std::vector<std::vector<QRectF>> m_wires; ///< what each goes through, from its first card to its last
    QRectF m_bounds;
    QString m_repeats; ///< "×3"; empty for a block that doesn't
};

/// The picture on a piece of canvas, as an image in rich text, @p size px large on a screen with @p pixelRatio.
QString pictureHtml(const GraphPicture &picture, QSize size, double pixelRatio);

} // namespace netloom
