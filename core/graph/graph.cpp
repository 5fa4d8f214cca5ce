// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph.h"

#include "graph/structure.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <queue>
#include <set>

namespace netloom {

namespace {

/// The number that @p digits are, written as std::to_string() does; nothing for other texts.
std::optional<std::size_t> countOf(std::string_view digits)
{
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = fault == std::errc() && end == digits.data() + digits.size() && digits.front() != '0';
    return whole ? std::optional(number) : std::nullopt;
}

} // namespace

const Node *Graph::find(NodeId id) const
{
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : &found->second;
}

const Node *Graph::findByName(std::string_view name, NodeId parent) const
{
    const auto scope = m_names.find(parent);
    if (scope == m_names.end())
        return nullptr;
    const auto [first, last] = scope->second.equal_range(name);
    const auto found = std::min_element(first, last, [](const auto &a, const auto &b) { return a.second < b.second; });
    return found == last ? nullptr : find(found->second);
}

void Graph::addName(const Node &node)
{
    m_names[node.parent].emplace(node.name, node.id);
}

void Graph::removeName(const Node &node)
{
    auto &scope = m_names.at(node.parent);
    const auto [first, last] = scope.equal_range(node.name);
    scope.erase(std::find_if(first, last, [&](const auto &entry) { return entry.second == node.id; }));
    if (scope.empty())
        m_names.erase(node.parent);
}

bool Graph::hasLinks(NodeId node) const
{
    const auto has = [node](const Neighbours &neighbours) {
        const auto found = neighbours.find(node);
        return found != neighbours.end() && !found->second.empty();
    };
    return has(m_next) || has(m_previous);
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
    const NodeId id = node.id;
    const auto [place, isNew] = m_nodes.try_emplace(id);
    if (!isNew)
        removeName(place->second);
    place->second = std::move(node);
    addName(place->second);
}

void Graph::replaceNode(Node node)
{
    if (m_nodes.contains(node.id))
        insertNode(std::move(node));
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
    if (std::ranges::any_of(gone, [this](NodeId node) { return hasLinks(node); }))
        std::erase_if(m_links, [&](const Link &link) { return gone.contains(link.from.node) || gone.contains(link.to.node); });
    for (const NodeId node : gone) {
        for (const NodeId next : m_next[node])
            std::erase(m_previous[next], node);
        for (const NodeId previous : m_previous[node])
            std::erase(m_next[previous], node);
        m_next.erase(node);
        m_previous.erase(node);
        if (const auto found = m_nodes.find(node); found != m_nodes.end()) {
            removeName(found->second);
            m_nodes.erase(found);
        }
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

void Graph::setLearning(NodeId id, bool frozen, double lrScale)
{
    if (const auto found = m_nodes.find(id); found != m_nodes.end()) {
        found->second.frozen = frozen;
        found->second.lrScale = lrScale;
    }
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
    removeName(found->second);
    if (findByName(found->second.name, parent))
        found->second.name = freeName(found->second.name, parent);
    found->second.parent = parent;
    addName(found->second);
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
    removeName(node);
    node.name = name;
    addName(node);
    return true;
}

bool Graph::addLink(const Link &link, std::optional<std::size_t> index)
{
    if (!find(link.from.node) || !find(link.to.node))
        return false;
    auto &next = m_next[link.from.node];
    const bool areNeighbours = std::ranges::find(next, link.to.node) != next.end();
    if (areNeighbours && std::ranges::find(m_links, link) != m_links.end())
        return false;
    const std::size_t at = std::min(index.value_or(m_links.size()), m_links.size());
    m_links.insert(m_links.begin() + static_cast<std::ptrdiff_t>(at), link);
    next.push_back(link.to.node);
    m_previous[link.to.node].push_back(link.from.node);
    return true;
}

std::optional<std::size_t> Graph::removeLink(const Link &link)
{
    const auto found = std::ranges::find(m_links.rbegin(), m_links.rend(), link); // mostly one of the last: undo
    if (found == m_links.rend())
        return std::nullopt;
    const auto place = std::prev(found.base());
    const auto index = static_cast<std::size_t>(place - m_links.begin());
    auto &next = m_next[link.from.node];
    next.erase(std::ranges::find(next, link.to.node));
    auto &previous = m_previous[link.to.node];
    previous.erase(std::ranges::find(previous, link.from.node));
    m_links.erase(place);
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
    if (!hasLinks(node))
        return found;
    std::ranges::copy_if(m_links, std::back_inserter(found), [&](const Link &link) { return link.to.node == node; });
    return found;
}

std::vector<Link> Graph::linksFrom(NodeId node) const
{
    std::vector<Link> found;
    if (!hasLinks(node))
        return found;
    std::ranges::copy_if(m_links, std::back_inserter(found), [&](const Link &link) { return link.from.node == node; });
    return found;
}

std::vector<std::pair<std::size_t, Link>> Graph::linksAt(NodeId node) const
{
    std::vector<std::pair<std::size_t, Link>> found;
    if (!hasLinks(node))
        return found;
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
    const auto scope = m_names.find(parent);
    if (scope == m_names.end() || !scope->second.contains(stem))
        return stem;
    // The smallest number from 2 that is free.
    const std::string prefix = stem + "_";
    std::vector<std::size_t> taken;
    for (auto name = scope->second.lower_bound(prefix); name != scope->second.end() && name->first.starts_with(prefix); ++name) {
        if (const auto number = countOf(std::string_view(name->first).substr(prefix.size())))
            taken.push_back(*number);
    }
    std::ranges::sort(taken);
    std::size_t free = 2;
    for (const std::size_t number : taken)
        free += number == free;
    return prefix + std::to_string(free);
}

std::vector<NodeId> Graph::childrenOf(NodeId parent) const
{
    std::vector<NodeId> found;
    if (const auto scope = m_names.find(parent); scope != m_names.end()) {
        for (const auto &[name, id] : scope->second)
            found.push_back(id);
    }
    std::ranges::sort(found);
    return found;
}

std::vector<NodeId> Graph::allWithin(NodeId block) const
{
    std::set<NodeId> found;
    std::vector<NodeId> open;
    if (block.valid())
        open.push_back(block);
    while (!open.empty()) {
        const NodeId around = open.back();
        open.pop_back();
        for (const NodeId inner : childrenOf(around)) {
            if (found.insert(inner).second)
                open.push_back(inner);
        }
    }
    return {found.begin(), found.end()};
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
    static const std::vector<NodeId> none;
    const auto of = [](const Neighbours &neighbours, NodeId id) -> const std::vector<NodeId> & {
        const auto found = neighbours.find(id);
        return found == neighbours.end() ? none : found->second;
    };
    std::unordered_map<NodeId, std::size_t> missing;
    std::priority_queue<NodeId, std::vector<NodeId>, std::greater<>> ready;
    for (const auto &[id, node] : m_nodes) {
        missing[id] = of(m_previous, id).size();
        if (missing[id] == 0)
            ready.push(id);
    }
    std::vector<NodeId> order;
    order.reserve(m_nodes.size());
    while (!ready.empty()) {
        const NodeId id = ready.top();
        ready.pop();
        order.push_back(id);
        for (const NodeId next : of(m_next, id)) {
            if (--missing[next] == 0)
                ready.push(next);
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
