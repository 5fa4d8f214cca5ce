// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/net_builder.h"

#include "graph/layout.h"
#include "graph/structure.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr CardSize kCard{180, 200}; ///< with the preview of what comes out

/// The first port that carries samples; "" where there is none.
std::string samplePort(const std::vector<PortDecl> &ports, std::size_t skip = 0)
{
    for (const PortDecl &port : ports) {
        if (port.kind != PortKind::Target && (port.variadic || skip-- == 0))
            return port.name;
    }
    return {};
}

} // namespace

NodeId NetBuilder::add(const std::string &type, const std::string &name, const ParamList &params)
{
    return addAfter(m_last.valid() ? std::vector{m_last} : std::vector<NodeId>(), type, name, params);
}

NodeId NetBuilder::addAfter(const std::vector<NodeId> &feeders, const std::string &type, const std::string &name, const ParamList &params)
{
    Node node;
    node.type = type;
    node.name = name;
    node.parent = m_scopes.empty() ? NodeId{} : m_scopes.back().block;
    if (const NodeSpec *spec = m_registry.find(type))
        node.params = Params::defaults(spec->params);
    for (const auto &[param, value] : params)
        node.params.set(param, value);
    m_last = m_graph.addNode(std::move(node));
    const NodePorts ports = portsOf(m_graph, m_registry, *m_graph.find(m_last));
    for (std::size_t index = 0; index < feeders.size(); ++index) {
        const NodePorts source = portsOf(m_graph, m_registry, *m_graph.find(feeders[index]));
        link(feeders[index], samplePort(source.outputs()), m_last, samplePort(ports.inputs(), index));
    }
    return m_last;
}

void NetBuilder::expose(NodeId node, const std::string &param, const std::string &name)
{
    auto exposed = m_graph.find(node)->exposed;
    exposed[param] = name;
    m_graph.setExposed(node, std::move(exposed));
}

NodeId NetBuilder::enter(const std::string &name, std::int64_t repeat)
{
    const NodeId before = m_last;
    m_last = {};
    const NodeId block = add(kBlockType, name, {{kRepeatParam, repeat}});
    m_scopes.push_back({block, {}});
    m_last = {};
    m_scopes.back().input = add(kBlockInputType, "input");
    if (before.valid())
        link(before, samplePort(portsOf(m_graph, m_registry, *m_graph.find(before)).outputs()), block, "input");
    return block;
}

NodeId NetBuilder::leave()
{
    add(kBlockOutputType, "output");
    m_last = m_scopes.back().block;
    m_scopes.pop_back();
    return m_last;
}

void NetBuilder::link(NodeId from, const std::string &output, NodeId to, const std::string &input)
{
    m_graph.addLink({{from, output}, {to, input}});
}

Graph NetBuilder::finished()
{
    layOut(m_graph, {});
    for (const auto &[id, node] : m_graph.nodes()) {
        if (node.type == kBlockType)
            layOut(m_graph, id);
    }
    return m_graph;
}

void layOut(Graph &graph, NodeId parent)
{
    std::map<NodeId, CardSize> sizes;
    for (const NodeId id : graph.childrenOf(parent))
        sizes[id] = kCard;
    for (const auto &[id, position] : layeredLayout(graph, sizes))
        graph.setPosition(id, position);
}

} // namespace netloom
