// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph_matching.h"

#include "graph/structure.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace netloom {

namespace {

bool isStructure(const Node &node)
{
    return node.type == kBlockType || node.type == kBlockInputType || node.type == kBlockOutputType || node.type == kRerouteType;
}

/// A graph with its nodes by block and its wires by node, so that every question takes no time.
struct Side {
    explicit Side(const Graph &shown) : graph(shown)
    {
        for (const auto &[id, node] : graph.nodes()) {
            if (node.type != kFrameType)
                children[node.parent].push_back(&node);
        }
        for (const Link &link : graph.links()) {
            from[link.from.node].push_back(&link);
            into[link.to.node].push_back(&link);
        }
    }

    const std::vector<const Node *> &in(NodeId block) const { return listOf(children, block); }
    const std::vector<const Link *> &linksFrom(NodeId node) const { return listOf(from, node); }
    const std::vector<const Link *> &linksInto(NodeId node) const { return listOf(into, node); }

    const Graph &graph;

private:
    template <class Item>
    static const std::vector<Item> &listOf(const std::map<NodeId, std::vector<Item>> &lists, NodeId key)
    {
        static const std::vector<Item> none;
        const auto found = lists.find(key);
        return found == lists.end() ? none : found->second;
    }

    std::map<NodeId, std::vector<const Node *>> children;
    std::map<NodeId, std::vector<const Link *>> from;
    std::map<NodeId, std::vector<const Link *>> into;
};

class Matcher {
public:
    Matcher(const Graph &before, const Graph &after) : m_before(before), m_after(after) {}

    GraphMatching match()
    {
        std::vector<Pair> open{{NodeId(), NodeId()}}; // blocks whose insides are to be matched
        while (!open.empty()) {
            const Pair block = open.back();
            open.pop_back();
            std::vector<Pair> found = matchByName(block);
            matchByPlace(block, found);
            for (const Pair &pair : found) {
                if (m_after.graph.find(pair.after)->type == kBlockType)
                    open.push_back(pair);
            }
        }
        return std::move(m_matching);
    }

private:
    struct Pair {
        NodeId before;
        NodeId after;
        friend auto operator<=>(const Pair &, const Pair &) = default;
    };

    void join(const Pair &pair, std::vector<Pair> &found)
    {
        m_matching.toAfter.emplace(pair.before, pair.after);
        m_matching.toBefore.emplace(pair.after, pair.before);
        found.push_back(pair);
    }

    std::vector<Pair> matchByName(const Pair &block)
    {
        std::map<std::string_view, const Node *> named;
        for (const Node *node : m_before.in(block.before))
            named.emplace(node->name, node);
        std::vector<Pair> found;
        for (const Node *node : m_after.in(block.after)) {
            const auto same = named.find(node->name);
            if (same == named.end() || m_matching.toAfter.contains(same->second->id))
                continue;
            if (node->type == same->second->type || (!isStructure(*node) && !isStructure(*same->second)))
                join({same->second->id, node->id}, found);
        }
        return found;
    }

    /// Goes along the wires from what is matched to what is not, and once nothing is reached any more begins at what nothing leads to.
    void matchByPlace(const Pair &block, std::vector<Pair> &found)
    {
        if (found.size() == m_before.in(block.before).size() || found.size() == m_after.in(block.after).size())
            return;
        bool begun = false;
        for (std::size_t done = 0; done < found.size() || !begun;) {
            std::set<Pair> candidates;
            for (; done < found.size(); ++done)
                addNeighbours(found[done], candidates);
            joinBest(candidates, found);
            if (done == found.size() && !begun) {
                begun = true;
                matchStarts(block, found);
            }
        }
    }

    bool areOpen(NodeId before, NodeId after) const
    {
        return !m_matching.toAfter.contains(before) && !m_matching.toBefore.contains(after)
            && m_before.graph.find(before)->type == m_after.graph.find(after)->type && m_before.graph.find(before)->type != kFrameType;
    }

    void addNeighbours(const Pair &pair, std::set<Pair> &candidates) const
    {
        for (const Link *a : m_before.linksFrom(pair.before)) {
            for (const Link *b : m_after.linksFrom(pair.after)) {
                if (a->from.port == b->from.port && a->to.port == b->to.port && areOpen(a->to.node, b->to.node))
                    candidates.insert({a->to.node, b->to.node});
            }
        }
        for (const Link *a : m_before.linksInto(pair.before)) {
            for (const Link *b : m_after.linksInto(pair.after)) {
                if (a->from.port == b->from.port && a->to.port == b->to.port && areOpen(a->from.node, b->from.node))
                    candidates.insert({a->from.node, b->from.node});
            }
        }
    }

    /// How many wires of the two lead between the same ports to nodes that are the same.
    int sameWires(const Pair &pair) const
    {
        const auto isSame = [this](NodeId before, NodeId after) {
            const auto found = m_matching.toAfter.find(before);
            return found != m_matching.toAfter.end() && found->second == after;
        };
        int count = 0;
        for (const Link *a : m_before.linksFrom(pair.before)) {
            for (const Link *b : m_after.linksFrom(pair.after))
                count += a->from.port == b->from.port && a->to.port == b->to.port && isSame(a->to.node, b->to.node);
        }
        for (const Link *a : m_before.linksInto(pair.before)) {
            for (const Link *b : m_after.linksInto(pair.after))
                count += a->from.port == b->from.port && a->to.port == b->to.port && isSame(a->from.node, b->from.node);
        }
        return count;
    }

    /// The most wires first, then the same id, as in a copy of the same project, then the same parameters.
    void joinBest(const std::set<Pair> &candidates, std::vector<Pair> &found)
    {
        std::vector<std::tuple<int, bool, bool, Pair>> ranked;
        for (const Pair &pair : candidates) {
            const bool sameParams = m_before.graph.find(pair.before)->params == m_after.graph.find(pair.after)->params;
            ranked.emplace_back(-sameWires(pair), pair.before != pair.after, !sameParams, pair);
        }
        std::ranges::sort(ranked);
        for (const auto &[wires, otherId, otherParams, pair] : ranked) {
            if (areOpen(pair.before, pair.after))
                join(pair, found);
        }
    }

    void matchStarts(const Pair &block, std::vector<Pair> &found)
    {
        std::map<std::string_view, std::vector<NodeId>> starts; // before, by type
        for (const Node *node : m_before.in(block.before)) {
            if (m_before.linksInto(node->id).empty() && !m_matching.toAfter.contains(node->id))
                starts[node->type].push_back(node->id);
        }
        std::vector<const Node *> left;
        for (const Node *node : m_after.in(block.after)) {
            if (!m_after.linksInto(node->id).empty() || m_matching.toBefore.contains(node->id))
                continue;
            std::vector<NodeId> &same = starts[node->type];
            const auto sameId = std::ranges::find(same, node->id);
            if (sameId == same.end()) {
                left.push_back(node);
                continue;
            }
            same.erase(sameId);
            join({node->id, node->id}, found);
        }
        std::map<std::string_view, std::size_t> next;
        for (const Node *node : left) {
            const std::vector<NodeId> &same = starts[node->type];
            if (std::size_t &index = next[node->type]; index < same.size())
                join({same[index++], node->id}, found);
        }
    }

    const Side m_before;
    const Side m_after;
    GraphMatching m_matching;
};

} // namespace

GraphMatching matchGraphs(const Graph &before, const Graph &after)
{
    return Matcher(before, after).match();
}

} // namespace netloom
