// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace netloom {

const Node *Graph::find(NodeId id) const
{
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : &found->second;
}

const Node *Graph::findByName(std::string_view name) const
{
    const auto found = std::ranges::find_if(m_nodes, [&](const auto &entry) { return entry.second.name == name; });
    return found == m_nodes.end() ? nullptr : &found->second;
}

NodeId Graph::addNode(Node node)
{
    if (!node.id.valid() || m_nodes.contains(node.id))
        node.id = NodeId{m_nextId};
    m_nextId = std::max(m_nextId, node.id.value + 1);
    if (!isValidNodeName(node.name) || findByName(node.name))
        node.name = freeName(node.name.empty() ? node.type : node.name);
    const NodeId id = node.id;
    m_nodes.emplace(id, std::move(node));
    return id;
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
    std::erase_if(m_links, [id](const Link &link) { return link.from.node == id || link.to.node == id; });
    m_nodes.erase(id);
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

bool Graph::rename(NodeId id, const std::string &name)
{
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end() || !isValidNodeName(name))
        return false;
    if (const Node *other = findByName(name); other && other->id != id)
        return false;
    found->second.name = name;
    return true;
}

bool Graph::addLink(const Link &link, std::optional<std::size_t> index)
{
    if (!find(link.from.node) || !find(link.to.node) || std::ranges::find(m_links, link) != m_links.end())
        return false;
    const std::size_t at = std::min(index.value_or(m_links.size()), m_links.size());
    m_links.insert(m_links.begin() + static_cast<std::ptrdiff_t>(at), link);
    return true;
}

std::optional<std::size_t> Graph::removeLink(const Link &link)
{
    const auto found = std::ranges::find(m_links, link);
    if (found == m_links.end())
        return std::nullopt;
    const auto index = static_cast<std::size_t>(found - m_links.begin());
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

std::string Graph::freeName(std::string_view wish) const
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
    for (const auto &[id, node] : m_nodes)
        taken.insert(node.name);
    std::string name = stem;
    for (int number = 2; taken.contains(name); ++number)
        name = stem + "_" + std::to_string(number);
    return name;
}

std::optional<std::vector<NodeId>> Graph::topologicalOrder() const
{
    std::map<NodeId, int> missing;
    for (const auto &[id, node] : m_nodes)
        missing[id] = 0;
    for (const Link &link : m_links)
        ++missing[link.to.node];

    std::set<NodeId> ready;
    for (const auto &[id, count] : missing) {
        if (count == 0)
            ready.insert(id);
    }
    std::vector<NodeId> order;
    while (!ready.empty()) {
        const NodeId id = *ready.begin();
        ready.erase(ready.begin());
        order.push_back(id);
        for (const Link &link : m_links) {
            if (link.from.node == id && --missing[link.to.node] == 0)
                ready.insert(link.to.node);
        }
    }
    if (order.size() != m_nodes.size())
        return std::nullopt;
    return order;
}

bool Graph::reaches(NodeId from, NodeId to) const
{
    std::multimap<NodeId, NodeId> next;
    for (const Link &link : m_links)
        next.emplace(link.from.node, link.to.node);
    std::set<NodeId> seen{from};
    std::vector<NodeId> open{from};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (id == to)
            return true;
        const auto [begin, end] = next.equal_range(id);
        for (auto link = begin; link != end; ++link) {
            if (seen.insert(link->second).second)
                open.push_back(link->second);
        }
    }
    return false;
}

bool isValidNodeName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_' || letter == '-';
    });
}

} // namespace netloom
