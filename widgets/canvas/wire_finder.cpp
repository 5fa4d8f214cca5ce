// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/wire_finder.h"

#include "graph/check_link.h"
#include "graph/structure.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr int kWidth = 320;

QString portText(const Node &node, const NodePorts &ports, const PortDecl &port, bool output)
{
    const QString name = QString::fromStdString(node.name);
    const std::size_t count = output ? ports.outputs().size() : ports.inputs().size();
    return count > 1 ? name + QStringLiteral(" · ") + QString::fromStdString(port.name) : name;
}

} // namespace

WireFinder::WireFinder(CanvasView &view)
    : m_view(view), m_popup(new SearchPopup(QStringLiteral("wire"), tr("Connect to"), kWidth, view.viewport()))
{
    connect(m_popup, &SearchPopup::picked, this, [this](const QString &key) {
        const Link link = m_ways.at(key.toULongLong()).link;
        m_view.document().connectPorts(link);
        m_view.document().setSelection({link.to.node});
        m_view.setFocus();
    });
    connect(m_popup, &SearchPopup::dismissed, this, [this] { m_view.setFocus(); });
}

void WireFinder::open(NodeId node)
{
    find(node);
    if (m_ways.empty())
        emit m_view.messageRequested(tr("There is nothing here that a wire from this node fits."));
    else
        m_popup->open(m_view.nodeRect(node).topRight(), [this](const QString &text) { return entries(text); });
}

void WireFinder::find(NodeId node)
{
    const Document &document = m_view.document();
    const Graph &graph = document.graph();
    m_ways.clear();
    const Node *source = graph.find(node);
    if (!source)
        return;
    const NodePorts outputs = portsOf(graph, document.registry(), *source);
    std::vector<std::pair<double, Way>> found;
    for (const NodeId other : graph.childrenOf(document.scope())) {
        const Node &target = *graph.find(other);
        const NodePorts inputs = portsOf(graph, document.registry(), target);
        const double away = std::hypot(target.position.x - source->position.x, target.position.y - source->position.y);
        for (const PortDecl &output : outputs.outputs()) {
            for (const PortDecl &input : inputs.inputs()) {
                const Link link{{node, output.name}, {other, input.name}};
                if (document.linkRefusal(link))
                    continue;
                QString text = portText(target, inputs, input, false);
                if (outputs.outputs().size() > 1)
                    text = QString::fromStdString(output.name) + QStringLiteral(" → ") + text;
                found.emplace_back(away, Way{link, text});
            }
        }
    }
    std::ranges::stable_sort(found, {}, [](const auto &entry) { return entry.first; });
    for (auto &[away, way] : found)
        m_ways.push_back(std::move(way));
}

QList<SearchEntry> WireFinder::entries(const QString &text) const
{
    QList<SearchEntry> entries;
    for (std::size_t index = 0; index < m_ways.size(); ++index) {
        if (m_ways[index].text.contains(text.trimmed(), Qt::CaseInsensitive))
            entries.append({QString::number(index), m_ways[index].text, {}, {}, {}});
    }
    return entries;
}

} // namespace netloom
