// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/graph_picture.h"

#include "graph/layout.h"
#include "graph/structure.h"
#include "theme/theme.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <algorithm>
#include <map>

namespace netloom {

namespace {

constexpr std::size_t kMostCards = 120; ///< more would be no picture
constexpr std::size_t kMostLanes = 400;
constexpr std::size_t kLayersOfOneRow = 32;
constexpr double kMostWidth = 92; ///< of a card, px
constexpr double kMostHeight = 30;
constexpr double kTallest = 2.2;  ///< height of a card to its width
constexpr double kLeastIcon = 14; ///< px of a card that has room for one
constexpr double kLeastWithRepeats = 160; ///< px of a picture beside which the repeats have room

} // namespace

/// The graph that is laid out: the nodes, and where a wire passes layers, a stand-in of its own in each, which keeps the way free.
class GraphPicture::Lanes {
public:
    Lanes(const Graph &graph, const std::vector<NodeId> &nodes)
    {
        for (const NodeId id : nodes)
            add(id);
        std::vector<Link> links;
        std::ranges::copy_if(graph.links(), std::back_inserter(links),
            [&](const Link &link) { return m_sizes.contains(link.from.node) && m_sizes.contains(link.to.node); });
        std::int64_t next = nodes.empty() ? 1 : std::ranges::max(nodes).value + 1;
        findLayers(graph, links);
        for (const Link &link : links) {
            std::vector<NodeId> way{link.from.node};
            for (int layer = m_layers[link.from.node] + 1; layer < m_layers[link.to.node]; ++layer) {
                NodeId &lane = m_lanes[{link.from.node, layer}];
                if (!lane.valid()) {
                    if (m_lanes.size() > kMostLanes)
                        break;
                    lane = {next++};
                    add(lane);
                }
                way.push_back(lane);
            }
            way.push_back(link.to.node);
            for (std::size_t step = 1; step < way.size(); ++step)
                m_graph.addLink({{way[step - 1], "output"}, {way[step], "input"}});
            ways.push_back(std::move(way));
        }
    }

    std::map<NodeId, Point> places() const
    {
        const bool oneRow = m_most < int(kLayersOfOneRow);
        return layeredLayout(m_graph, m_sizes, {.columnGap = 0.6, .rowGap = 0.9, .cardGap = 0.45, .aspect = oneRow ? 1e9 : 2.6});
    }

    std::vector<std::vector<NodeId>> ways; ///< what each wire goes through

private:
    void add(NodeId id)
    {
        Node node;
        node.id = id;
        m_graph.insertNode(std::move(node));
        m_sizes[id] = {1, 1};
    }

    /// The longest way from a node that nothing feeds, as the layout counts it.
    void findLayers(const Graph &graph, const std::vector<Link> &links)
    {
        std::map<NodeId, std::vector<NodeId>> feeders;
        for (const Link &link : links)
            feeders[link.to.node].push_back(link.from.node);
        for (const NodeId id : graph.dataFlowOrder()) {
            for (const NodeId feeder : feeders[id])
                m_layers[id] = std::max(m_layers[id], m_layers[feeder] + 1);
            m_most = std::max(m_most, m_layers[id]);
        }
    }

    Graph m_graph;
    std::map<NodeId, CardSize> m_sizes;
    std::map<NodeId, int> m_layers;
    std::map<std::pair<NodeId, int>, NodeId> m_lanes; ///< by source and layer
    int m_most = 0;
};

struct GraphPicture::Stretch {
    QPointF origin;
    double across = 1;
    double down = 1;

    QPointF point(QPointF units) const { return {origin.x() + units.x() * across, origin.y() + units.y() * down}; }
    QRectF rect(const QRectF &units) const { return {point(units.topLeft()), point(units.bottomRight())}; }
};

GraphPicture::GraphPicture(const Graph &graph, const NodeRegistry &registry, NodeId parent)
{
    std::vector<NodeId> nodes = graph.childrenOf(parent);
    std::erase_if(nodes, [&](NodeId id) { return graph.find(id)->type == kFrameType; });
    if (nodes.size() > kMostCards) {
        m_bounds = {0, 0, 1, 1};
        m_cards.push_back({m_bounds, QString::number(nodes.size()), Category::Structure});
        return;
    }
    const Lanes lanes(graph, nodes);
    const auto places = lanes.places();
    const auto rectOf = [&](NodeId id) { return QRectF(places.at(id).x, places.at(id).y, 1, 1); };
    for (const auto &[id, place] : places)
        m_bounds |= rectOf(id);
    addCards(graph, registry, nodes);
    for (std::size_t index = 0; index < nodes.size(); ++index)
        m_cards[index].place = rectOf(nodes[index]);
    for (const auto &way : lanes.ways) {
        std::vector<QRectF> wire;
        std::ranges::transform(way, std::back_inserter(wire), rectOf);
        m_wires.push_back(std::move(wire));
    }
}

GraphPicture GraphPicture::ofBlock(const Graph &graph, const NodeRegistry &registry)
{
    const auto top = graph.childrenOf({});
    if (top.empty())
        return {};
    GraphPicture picture(graph, registry, top.front());
    const Params &params = graph.find(top.front())->params;
    if (params.has(kRepeatParam) && params.integer(kRepeatParam) > 1)
        picture.m_repeats = QStringLiteral("×%1").arg(params.integer(kRepeatParam));
    return picture;
}

void GraphPicture::addCards(const Graph &graph, const NodeRegistry &registry, const std::vector<NodeId> &nodes)
{
    for (const NodeId id : nodes) {
        const Node &node = *graph.find(id);
        const NodeSpec *spec = registry.find(node.type);
        Card card;
        card.label = QString::fromStdString(node.type == kBlockType ? node.name : node.type);
        if (spec)
            card.category = spec->category;
        card.isDot = node.type == kBlockInputType || node.type == kBlockOutputType || node.type == kRerouteType;
        card.isFaded = node.bypassed;
        m_cards.push_back(std::move(card));
    }
}

double GraphPicture::heightFor(double width) const
{
    return isEmpty() ? 0 : stretchTo({0, 0, width, 1e6}).down * m_bounds.height();
}

GraphPicture::Stretch GraphPicture::stretchTo(const QRectF &area) const
{
    Stretch stretch;
    stretch.across = std::min(area.width() / m_bounds.width(), kMostWidth);
    stretch.down = std::min({area.height() / m_bounds.height(), kTallest * stretch.across, kMostHeight});
    const QPointF middle(m_bounds.center().x() * stretch.across, m_bounds.center().y() * stretch.down);
    stretch.origin = area.center() - middle;
    return stretch;
}

GraphPicture::Face GraphPicture::faceFor(const Stretch &stretch) const
{
    const QFontMetricsF metrics(themeFont(TextRole::Small));
    const auto hasRoom = [&](const Card &card) {
        return card.isDot || (metrics.horizontalAdvance(card.label) + 10 <= stretch.across && metrics.height() + 2 <= stretch.down);
    };
    if (std::ranges::all_of(m_cards, hasRoom))
        return Face::Labels;
    return std::min(stretch.across, stretch.down) >= kLeastIcon ? Face::Icons : Face::Plain;
}

void GraphPicture::paint(QPainter &painter, const QRectF &area) const
{
    if (isEmpty() || area.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF room = area;
    if (!m_repeats.isEmpty() && area.width() >= kLeastWithRepeats) {
        const QFont font = themeFont(TextRole::Section);
        room.setRight(area.right() - QFontMetricsF(font).horizontalAdvance(m_repeats) - 8);
        painter.setFont(font);
        painter.setPen(Theme::current().text);
        painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, m_repeats);
    }
    const Stretch stretch = stretchTo(room);
    const Face face = faceFor(stretch);
    paintWires(painter, stretch);
    for (const Card &card : m_cards)
        paintCard(painter, card, stretch, face);
    painter.restore();
}

void GraphPicture::paintWires(QPainter &painter, const Stretch &stretch) const
{
    const Theme &theme = Theme::current();
    const double width = std::clamp(stretch.across / 14, 1.0, 2.0);
    const QColor colour = theme.kind == ThemeKind::HighContrast ? theme.text : mixed(theme.raised, theme.text, 0.55);
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const auto &wire : m_wires) {
        QPainterPath path(stretch.point(wire.front().center()));
        for (std::size_t step = 1; step < wire.size(); ++step) {
            const bool isLast = step + 1 == wire.size();
            const QRectF &before = wire[step - 1];
            const QPointF from = stretch.point({before.right(), before.center().y()});
            const QPointF to = stretch.point({wire[step].left(), wire[step].center().y()});
            const QPointF bend((to.x() - from.x()) / 2, 0);
            path.lineTo(from);
            path.cubicTo(from + bend, to - bend, to);
            if (isLast)
                path.lineTo(stretch.point(wire[step].center()));
        }
        painter.drawPath(path);
    }
}

void GraphPicture::paintCard(QPainter &painter, const Card &card, const Stretch &stretch, Face face) const
{
    const Theme &theme = Theme::current();
    const QRectF rect = stretch.rect(card.place);
    if (card.isDot) {
        const double radius = std::clamp(std::min(rect.width(), rect.height()) * 0.3, 1.5, 5.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.port(PortKind::Tensor));
        painter.drawEllipse(rect.center(), radius, radius);
        return;
    }
    QColor colour = card.category ? theme.category(*card.category) : theme.textMuted;
    if (card.isFaded)
        colour = mixed(theme.raised, colour, 0.4);
    const double radius = std::min({4.0, rect.width() / 4, rect.height() / 4});
    painter.setPen(face == Face::Plain ? QPen(Qt::NoPen) : QPen(colour, 1.2));
    painter.setBrush(face == Face::Plain ? colour : mixed(theme.raised, colour, theme.dark ? 0.26 : 0.16));
    painter.drawRoundedRect(rect, radius, radius);
    if (face == Face::Labels) {
        painter.setFont(themeFont(TextRole::Small));
        painter.setPen(theme.text);
        painter.drawText(rect, Qt::AlignCenter, card.label);
    } else if (face == Face::Icons && card.category) {
        const double side = std::min({rect.width(), rect.height(), 22.0}) - 4;
        themedIcon(categoryIconName(*card.category), colour)
            .paint(&painter, QRectF(rect.center() - QPointF(side, side) / 2, QSizeF(side, side)).toRect());
    }
}

QString pictureHtml(const GraphPicture &picture, QSize size, double pixelRatio)
{
    QPixmap pixels(size * pixelRatio);
    pixels.setDevicePixelRatio(pixelRatio);
    pixels.fill(Qt::transparent);
    QPainter painter(&pixels);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::current().canvas); // tool tips have a colour of their own
    const QRectF area({}, QSizeF(size));
    painter.drawRoundedRect(area, Theme::kRadius, Theme::kRadius);
    picture.paint(painter, area.adjusted(10, 10, -10, -10));
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    pixels.save(&buffer, "PNG");
    return QStringLiteral("<img src=\"data:image/png;base64,%1\" width=\"%2\" height=\"%3\">")
        .arg(QString::fromLatin1(bytes.toBase64())).arg(size.width()).arg(size.height());
}

} // namespace netloom
