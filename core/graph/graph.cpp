// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph.h"

#include "graph/link_index.h"
#include "graph/structure.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace netloom {

const Node *Graph::find(NodeId id) const
{
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : &found->second;
}

const Node *Graph::findByName(std::string_view name, NodeId parent) const
{
    const auto found = std::ranges::find_if(
        m_nodes, [&](const auto &entry) { return entry.second.name == name && entry.second.parent == parent; });
    return found == m_nodes.end() ? nullptr : &found->second;
}

NodeId Graph::addNode(Node node)
{
    if (!node.id.valid() || m_nodes.contains(node.id))
        node.id = NodeId{m_nextId};
    if (!m_nodes.contains(node.parent))
        node.parent = {};
    if (!isValidNodeName(node.name) || findByName(node.name, node.parent))
        node.name = freeName(node.name.empty() ? node.type : node.name, node.parent);
    const NodeId id = node.id;
    insertNode(std::move(node));
    return id;
}

void Graph::insertNode(Node node)
{
    m_nextId = std::max(m_nextId, node.id.value + 1);
    m_nodes.insert_or_assign(node.id, std::move(node));
}

void Graph::replaceNode(Node node)
{
    if (const auto found = m_nodes.find(node.id); found != m_nodes.end())
        found->second = std::move(node);
}

NodeId Graph::addNode(const NodeSpec &spec, Point position)
{
    Node node;
    node.type = spec.type;
    node.params = Params::defaults(spec.params);
    node.position = position;
    return addNode(std::move(node));
}

void Graph::removeNode(NodeId id)
{
    std::set<NodeId> gone{id};
    for (const NodeId inner : allWithin(id))
        gone.insert(inner);
    std::erase_if(m_links, [&](const Link &link) { return gone.contains(link.from.node) || gone.contains(link.to.node); });
    for (auto &[from, next] : m_next)
        std::erase_if(next, [&](NodeId to) { return gone.contains(to); });
    for (const NodeId node : gone) {
        m_next.erase(node);
        m_nodes.erase(node);
    }
}

void Graph::setParam(NodeId id, const std::string &name, ParamValue value)
{
    if (const auto found = m_nodes.find(id); found != m_nodes.end())
        found->second.params.set(name, std::move(value));
}

void Graph::setParams(NodeId id, Params params)
{
    if (const auto found = m_nodes.find(id); found != m_nodes.end())
        found->second.params = std::move(params);
}

void Graph::setPosition(NodeId id, Point position)
{
    if (const auto found = m_nodes.find(id); found != m_nodes.end())
        found->second.position = position;
}

void Graph::setBypassed(NodeId id, bool bypassed)
{
    if (const auto found = m_nodes.find(id); found != m_nodes.end())
        found->second.bypassed = bypassed;
}

void Graph::setExposed(NodeId id, std::map<std::string, std::string> exposed)
{
    if (const auto found = m_nodes.find(id); found != m_nodes.end())
        found->second.exposed = std::move(exposed);
}

void Graph::setParent(NodeId id, NodeId parent)
{
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end() || found->second.parent == parent || id == parent || isWithin(parent, id))
        return;
    if (findByName(found->second.name, parent))
        found->second.name = freeName(found->second.name, parent);
    found->second.parent = parent;
}

bool Graph::rename(NodeId id, const std::string &name)
{
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end() || !isValidNodeName(name))
        return false;
    Node &node = found->second;
    if (const Node *other = findByName(name, node.parent); other && other->id != id)
        return false;
    for (Link &link : m_links) {
        if (node.type == kBlockInputType && link.to == PortRef{node.parent, node.name})
            link.to.port = name;
        else if (node.type == kBlockOutputType && link.from == PortRef{node.parent, node.name})
            link.from.port = name;
    }
    node.name = name;
    return true;
}

bool Graph::addLink(const Link &link, std::optional<std::size_t> index)
{
    if (!find(link.from.node) || !find(link.to.node) || std::ranges::find(m_links, link) != m_links.end())
        return false;
    const std::size_t at = std::min(index.value_or(m_links.size()), m_links.size());
    m_links.insert(m_links.begin() + static_cast<std::ptrdiff_t>(at), link);
    m_next[link.from.node].push_back(link.to.node);
    return true;
}

std::optional<std::size_t> Graph::removeLink(const Link &link)
{
    const auto found = std::ranges::find(m_links, link);
    if (found == m_links.end())
        return std::nullopt;
    const auto index = static_cast<std::size_t>(found - m_links.begin());
    auto &next = m_next[link.from.node];
    next.erase(std::ranges::find(next, link.to.node));
    m_links.erase(found);
    return index;
}

std::vector<Link> Graph::linksInto(const PortRef &port) const
{
    std::vector<Link> found;
    std::ranges::copy_if(m_links, std::back_inserter(found), [&](const Link &link) { return link.to == port; });
    return found;
}

std::vector<Link> Graph::linksInto(NodeId node) const
{
    std::vector<Link> found;
    std::ranges::copy_if(m_links, std::back_inserter(found), [&](const Link &link) { return link.to.node == node; });
    return found;
}

std::vector<Link> Graph::linksFrom(NodeId node) const
{
    std::vector<Link> found;
    std::ranges::copy_if(m_links, std::back_inserter(found), [&](const Link &link) { return link.from.node == node; });
    return found;
}

std::vector<std::pair<std::size_t, Link>> Graph::linksAt(NodeId node) const
{
    std::vector<std::pair<std::size_t, Link>> found;
    for (std::size_t index = 0; index < m_links.size(); ++index) {
        if (m_links[index].from.node == node || m_links[index].to.node == node)
            found.emplace_back(index, m_links[index]);
    }
    return found;
}

std::string Graph::freeName(std::string_view wish, NodeId parent) const
{
    std::string stem;
    for (char letter : wish) {
        const auto byte = static_cast<unsigned char>(letter);
        stem += std::isalnum(byte) || letter == '-' || letter == '_' ? static_cast<char>(std::tolower(byte)) : '_';
    }
    if (stem.empty())
        stem = "node";
    if (const auto cut = stem.find_last_not_of("0123456789");
        cut != std::string::npos && cut + 1 < stem.size() && stem[cut] == '_' && cut > 0)
        stem.resize(cut);
    std::set<std::string_view> taken;
    for (const auto &[id, node] : m_nodes) {
        if (node.parent == parent)
            taken.insert(node.name);
    }
    std::string name = stem;
    for (int number = 2; taken.contains(name); ++number)
        name = stem + "_" + std::to_string(number);
    return name;
}

std::vector<NodeId> Graph::childrenOf(NodeId parent) const
{
    std::vector<NodeId> found;
    for (const auto &[id, node] : m_nodes) {
        if (node.parent == parent)
            found.push_back(id);
    }
    return found;
}

std::vector<NodeId> Graph::allWithin(NodeId block) const
{
    std::vector<NodeId> found;
    for (const auto &[id, node] : m_nodes) {
        if (node.parent.valid() && isWithin(id, block))
            found.push_back(id);
    }
    return found;
}

bool Graph::isWithin(NodeId id, NodeId block) const
{
    const Node *node = find(id);
    for (std::size_t depth = 0; node && node->parent.valid() && depth <= m_nodes.size(); ++depth) {
        if (node->parent == block)
            return true;
        node = find(node->parent);
    }
    return false;
}

std::optional<std::vector<NodeId>> Graph::topologicalOrder() const
{
    std::map<NodeId, std::size_t> missing;
    const LinkIndex links(*this);
    std::set<NodeId> ready;
    for (const auto &[id, node] : m_nodes) {
        missing[id] = links.into(id).size();
        if (missing[id] == 0)
            ready.insert(id);
    }
    std::vector<NodeId> order;
    order.reserve(m_nodes.size());
    while (!ready.empty()) {
        const NodeId id = *ready.begin();
        ready.erase(ready.begin());
        order.push_back(id);
        for (const Link *link : links.from(id)) {
            if (--missing[link->to.node] == 0)
                ready.insert(link->to.node);
        }
    }
    if (order.size() != m_nodes.size())
        return std::nullopt;
    return order;
}

std::vector<NodeId> Graph::dataFlowOrder() const
{
    if (auto order = topologicalOrder())
        return std::move(*order);
    std::vector<NodeId> order;
    for (const auto &[id, node] : m_nodes)
        order.push_back(id);
    return order;
}

bool Graph::reaches(NodeId from, NodeId to) const
{
    std::set<NodeId> seen{from};
    std::vector<NodeId> open{from};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id == to)
            return true;
        const auto next = m_next.find(id);
        if (next == m_next.end())
            continue;
        for (const NodeId node : next->second) {
            if (seen.insert(node).second)
                open.push_back(node);
        }
    }
    return false;
}

std::string nodeTitle(const Node &node)
{
    return node.type + " '" + node.name + "'";
}

bool isValidNodeName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_' || letter == '-';
    });
}

} // namespace netloom
