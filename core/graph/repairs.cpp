// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repairs.h"

#include "graph/repair_candidates.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr std::size_t kMostRepairs = 4;

bool isAbout(const Issue &a, const Issue &b)
{
    return a.node == b.node && a.code == b.code && a.port == b.port;
}

bool holds(const Issues &issues, const Issue &issue)
{
    return std::ranges::any_of(issues, [&](const Issue &other) { return isAbout(other, issue); });
}

bool isGone(const Inference &after, const Issue &issue)
{
    // The memory is short for the graph as a whole, whatever node is the largest.
    if (issue.code == "memory")
        return std::ranges::none_of(after.issues, [](const Issue &other) { return other.code == "memory"; });
    return !holds(after.issues, issue);
}

/// Whether an error at @p node could not have been seen before: the node's inputs were not known, and nothing was said of it.
bool wasHidden(const RepairCase &before, NodeId node)
{
    const auto found = before.inference.nodes.find(node);
    const bool known = found != before.inference.nodes.end() && found->second.known;
    if (before.issue.code == "cycle") // nothing at all is known of a graph with one
        return before.graph.find(node) != nullptr;
    return before.graph.find(node) && !known
        && std::ranges::none_of(before.inference.issues, [&](const Issue &issue) { return issue.node == node && issue.severity == Severity::Error; });
}

/// How good the graph after a repair is, 0 is best; nothing where the repair does not help.
std::optional<int> judged(const RepairCase &before, const Graph &graph, const MemoryBudget &budget)
{
    const Inference after = inferShapes(graph, before.registry, before.facts, budget);
    if (!isGone(after, before.issue))
        return std::nullopt;
    int cost = 0;
    for (const Issue &issue : after.issues) {
        if (holds(before.inference.issues, issue) || issue.severity == Severity::Hint)
            continue;
        if (issue.severity == Severity::Error && !wasHidden(before, issue.node))
            return std::nullopt;
        cost += issue.severity == Severity::Error ? 4 : 2;
    }
    return cost;
}

} // namespace

std::vector<Repair> repairsFor(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Issue &issue, const MemoryBudget &budget)
{
    const RepairCase given{graph, registry, facts, inferShapes(graph, registry, facts, budget), issue};
    std::vector<std::pair<int, Repair>> found;
    for (const auto &group : repairCandidates(given)) {
        for (const Repair &candidate : group) {
            const auto cost = judged(given, candidate.graph, budget);
            const auto same = [&](const auto &other) { return other.second.graph == candidate.graph; };
            if (!cost || std::ranges::any_of(found, same))
                continue;
            found.emplace_back(*cost, candidate);
            break;
        }
    }
    std::ranges::stable_sort(found, {}, [](const auto &entry) { return entry.first; });
    std::vector<Repair> repairs;
    for (auto &[cost, repair] : found) {
        if (repairs.size() < kMostRepairs)
            repairs.push_back(std::move(repair));
    }
    return repairs;
}

} // namespace netloom
