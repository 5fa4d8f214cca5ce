// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

using Layers = std::vector<std::vector<NodeId>>;

class Layout {
public:
    Layout(const Graph &graph, const std::map<NodeId, CardSize> &sizes, const LayoutOptions &options)
        : m_sizes(sizes), m_options(options)
    {
        for (const Link &link : graph.links()) {
            if (sizes.contains(link.from.node) && sizes.contains(link.to.node))
                m_feeders[link.to.node].push_back(link.from.node);
        }
    }

    std::map<NodeId, Point> result()
    {
        assignLayers();
        orderLayers();
        return bestRows();
    }

private:
    /// The longest way from a node that nothing feeds.
    std::size_t depthOf(NodeId node)
    {
        const auto [known, fresh] = m_depths.try_emplace(node, 0); // 0 while it is being looked at: a cycle ends here
        if (!fresh)
            return known->second;
        std::size_t depth = 0;
        for (NodeId feeder : m_feeders[node])
            depth = std::max(depth, depthOf(feeder) + 1);
        return m_depths[node] = depth;
    }

    void assignLayers()
    {
        for (const auto &[node, size] : m_sizes) {
            const std::size_t depth = depthOf(node);
            m_layers.resize(std::max(m_layers.size(), depth + 1));
            m_layers[depth].push_back(node);
        }
        std::erase_if(m_layers, [](const auto &layer) { return layer.empty(); });
    }

    /// Each layer in the order of the middles of what feeds its nodes.
    void orderLayers()
    {
        std::map<NodeId, double> places;
        for (auto &layer : m_layers) {
            std::map<NodeId, double> wishes;
            for (NodeId node : layer) {
                const auto &feeders = m_feeders[node];
                double sum = 0;
                for (NodeId feeder : feeders)
                    sum += places.contains(feeder) ? places[feeder] : 0;
                wishes[node] = feeders.empty() ? 0 : sum / double(feeders.size());
            }
            std::ranges::stable_sort(layer, {}, [&](NodeId node) { return wishes[node]; });
            for (std::size_t index = 0; index < layer.size(); ++index)
                places[layer[index]] = double(index) - double(layer.size() - 1) / 2;
        }
    }

    double widthOf(std::size_t layer) const
    {
        double width = 0;
        for (NodeId node : m_layers[layer])
            width = std::max(width, m_sizes.at(node).width);
        return width;
    }

    double heightOf(std::size_t layer) const
    {
        double height = -m_options.cardGap;
        for (NodeId node : m_layers[layer])
            height += m_sizes.at(node).height + m_options.cardGap;
        return height;
    }

    /// Rows of @p perRow layers each; the columns of all rows stand below one another.
    std::map<NodeId, Point> rowsOf(std::size_t perRow, double &width, double &height) const
    {
        std::vector<double> columns(perRow, 0);
        for (std::size_t layer = 0; layer < m_layers.size(); ++layer)
            columns[layer % perRow] = std::max(columns[layer % perRow], widthOf(layer));
        std::map<NodeId, Point> places;
        height = width = 0;
        for (std::size_t first = 0; first < m_layers.size(); first += perRow) {
            const std::size_t last = std::min(first + perRow, m_layers.size());
            double rowHeight = 0;
            for (std::size_t layer = first; layer < last; ++layer)
                rowHeight = std::max(rowHeight, heightOf(layer));
            double x = 0;
            for (std::size_t layer = first; layer < last; ++layer) {
                // A layer of one card stands on the row's upper edge, so that the wires of a chain run level.
                double y = height + (m_layers[layer].size() == 1 ? 0 : (rowHeight - heightOf(layer)) / 2);
                for (NodeId node : m_layers[layer]) {
                    places[node] = {x, y};
                    y += m_sizes.at(node).height + m_options.cardGap;
                }
                x += columns[layer - first] + m_options.columnGap;
            }
            width = std::max(width, x - m_options.columnGap);
            height += rowHeight + m_options.rowGap;
        }
        height -= m_options.rowGap;
        return places;
    }

    std::map<NodeId, Point> bestRows() const
    {
        std::map<NodeId, Point> best;
        double lowest = std::numeric_limits<double>::infinity();
        for (std::size_t perRow = 1; perRow <= m_layers.size(); ++perRow) {
            double width = 0;
            double height = 0;
            auto places = rowsOf(perRow, width, height);
            const double off = std::abs(std::log(std::max(width, 1.0) / std::max(height, 1.0) / m_options.aspect));
            if (off < lowest) {
                lowest = off;
                best = std::move(places);
            }
        }
        return best;
    }

    const std::map<NodeId, CardSize> &m_sizes;
    const LayoutOptions &m_options;
    std::map<NodeId, std::vector<NodeId>> m_feeders;
    std::map<NodeId, std::size_t> m_depths;
    Layers m_layers;
};

} // namespace

std::map<NodeId, Point> layeredLayout(const Graph &graph, const std::map<NodeId, CardSize> &sizes, const LayoutOptions &options)
{
    return sizes.empty() ? std::map<NodeId, Point>() : Layout(graph, sizes, options).result();
}

} // namespace netloom
