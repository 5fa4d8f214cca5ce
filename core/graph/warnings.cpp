// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/warnings.h"

#include "graph/link_index.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <unordered_map>

namespace netloom {

namespace {

constexpr double kBytesPerNumber = 4;
constexpr double kBytesPerParameter = 16; // itself, its gradient, and two numbers that Adam keeps for it

std::string gigabytes(double bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", bytes / 1e9);
    return text;
}

/// A graph with its wires at hand, as the rules look at it.
class GraphView {
public:
    GraphView(const Graph &graph, const NodeRegistry &registry) : m_graph(graph), m_registry(registry), m_links(graph) {}

    const NodeSpec *spec(const Node &node) const { return m_registry.find(node.type); }
    bool hasType(std::string_view type) const { return m_registry.find(type) != nullptr; }

    std::vector<const Node *> before(const Node &node) const
    {
        std::vector<const Node *> found;
        for (const Link *link : m_links.into(node.id))
            found.push_back(m_graph.find(link->from.node));
        return found;
    }
    std::vector<const Node *> behind(const Node &node) const
    {
        std::vector<const Node *> found;
        for (const Link *link : m_links.from(node.id))
            found.push_back(m_graph.find(link->to.node));
        return found;
    }

    /// The loss that @p node leads to with nothing between that changes the numbers for evaluation.
    const Node *lossRightBehind(const Node &node) const
    {
        std::vector<const Node *> open = behind(node);
        std::set<NodeId> seen;
        while (!open.empty()) {
            const Node *next = open.back();
            open.pop_back();
            const NodeSpec *nextSpec = spec(*next);
            if (nextSpec && nextSpec->isLoss())
                return next;
            if ((next->type == "Dropout" || next->type == "Flatten") && seen.insert(next->id).second)
                std::ranges::copy(behind(*next), std::back_inserter(open));
        }
        return nullptr;
    }

private:
    const Graph &m_graph;
    const NodeRegistry &m_registry;
    LinkIndex m_links;
};

/// What the rest of the sentence says after "Softmax 'softmax' "; empty where all is well.
using Finding = std::string;

Finding appliedTwice(const GraphView &view, const Node &node, const NodeSpec &)
{
    if (node.type != "Softmax" && node.type != "Sigmoid")
        return {};
    const Node *loss = view.lossRightBehind(node);
    if (!loss || (loss->type != "CrossEntropyLoss" && loss->type != "BCEWithLogitsLoss" && loss->type != "FocalLoss"))
        return {};
    return "squeezes the scores before " + nodeTitle(*loss) + ", which contains a " + (loss->type == "BCEWithLogitsLoss" ? "sigmoid" : "softmax")
        + " already, so the network learns slowly: remove it.";
}

/// Raw scores or probabilities at a loss that takes logarithms.
Finding needsLogarithms(const GraphView &view, const Node &node, const NodeSpec &)
{
    if ((node.type != "NLLLoss" && node.type != "KLDivLoss") || !view.hasType("LogSoftmax"))
        return {};
    for (const Node *before : view.before(node)) {
        const NodeSpec *spec = view.spec(*before);
        if (spec && spec->isLayer() && before->type != "LogSoftmax" && before->type != "Dropout" && before->type != "Flatten")
            return "takes log-probabilities but gets what " + nodeTitle(*before) + " gives: put LogSoftmax between them, or use CrossEntropyLoss.";
    }
    return {};
}

Finding activationTwice(const GraphView &view, const Node &node, const NodeSpec &spec)
{
    if (spec.category != Category::Activation || !appliedTwice(view, node, spec).empty())
        return {};
    for (const Node *before : view.before(node)) {
        const NodeSpec *beforeSpec = view.spec(*before);
        if (beforeSpec && beforeSpec->category == Category::Activation)
            return "follows " + nodeTitle(*before) + " with no layer between them, which only loses information: remove one of the two.";
    }
    return {};
}

Finding dropoutAfterHead(const GraphView &view, const Node &node, const NodeSpec &)
{
    const Node *loss = node.type == "Dropout" ? view.lossRightBehind(node) : nullptr;
    if (!loss)
        return {};
    return "zeroes scores at random right before " + nodeTitle(*loss) + ", so that right answers are punished: put it before the last layer, or remove it.";
}

Finding biasBeforeNorm(const GraphView &view, const Node &node, const NodeSpec &spec)
{
    const auto isNorm = [](const Node *next) { return next->type == "BatchNorm2d"; };
    const auto behind = view.behind(node);
    if (!spec.findParam("bias") || behind.empty() || !std::ranges::all_of(behind, isNorm))
        return {};
    const ParamValue bias = node.params.has("bias") ? node.params.at("bias") : spec.findParam("bias")->fallback;
    if (bias != ParamValue(true))
        return {};
    return "learns a bias that " + nodeTitle(*behind.front()) + " right behind it takes away again: set bias to false.";
}

Finding notNormalised(const GraphView &view, const Node &node, const NodeSpec &)
{
    if (node.type != "ToTensor" || !view.hasType("Normalize"))
        return {};
    for (const Node *next : view.behind(node)) {
        const NodeSpec *nextSpec = view.spec(*next);
        if (nextSpec && nextSpec->isLayer() && next->type != "BatchNorm2d")
            return "gives numbers from 0 to 1 to the first layer, '" + next->name + "', and networks learn faster from numbers around 0: add Normalize after it.";
    }
    return {};
}

Finding noJitter(const GraphView &, const Node &node, const NodeSpec &spec)
{
    if (node.type != "ColorJitter")
        return {};
    for (const ParamDecl &decl : spec.params) {
        if ((node.params.has(decl.name) ? node.params.at(decl.name) : decl.fallback) != ParamValue(std::vector<double>{0.0}))
            return {};
    }
    return "changes nothing while all of its numbers are 0: set brightness, contrast, saturation or hue, such as to 0.2.";
}

bool isScaler(const Node &node)
{
    return node.type == "StandardScaler" || node.type == "MinMaxScaler";
}

Finding rowsNotScaled(const GraphView &view, const Node &node, const NodeSpec &spec)
{
    if (!spec.isSource() || spec.outputs.front().kind != PortKind::Tensor || node.type == "Generated" || !view.hasType("StandardScaler"))
        return {};
    std::vector<const Node *> open = view.behind(node);
    std::set<NodeId> seen;
    while (!open.empty()) {
        const Node *next = open.back();
        open.pop_back();
        const NodeSpec *nextSpec = view.spec(*next);
        if (isScaler(*next) || !seen.insert(next->id).second)
            continue;
        if (nextSpec && nextSpec->isLayer())
            return "gives columns of different size to the first layer, '" + next->name + "', and networks learn faster from numbers around 0: add StandardScaler after it.";
        if (nextSpec && nextSpec->isTransform())
            std::ranges::copy(view.behind(*next), std::back_inserter(open));
    }
    return {};
}

Finding scaledTwice(const GraphView &view, const Node &node, const NodeSpec &)
{
    if (!isScaler(node))
        return {};
    for (const Node *before : view.before(node)) {
        if (isScaler(*before))
            return "was fitted to the columns as the data gives them, but gets them scaled by " + nodeTitle(*before) + " already: remove one of the two.";
    }
    return {};
}

struct Rule {
    const char *code;
    Severity severity;
    Finding (*find)(const GraphView &view, const Node &node, const NodeSpec &spec);
};

constexpr Rule kRules[] = {
    {"applied-twice", Severity::Warning, appliedTwice},
    {"needs-logarithms", Severity::Warning, needsLogarithms},
    {"activation-twice", Severity::Warning, activationTwice},
    {"dropout-after-head", Severity::Warning, dropoutAfterHead},
    {"bias-before-norm", Severity::Warning, biasBeforeNorm},
    {"not-normalised", Severity::Hint, notNormalised},
    {"rows-not-scaled", Severity::Hint, rowsNotScaled},
    {"scaled-twice", Severity::Warning, scaledTwice},
    {"no-jitter", Severity::Hint, noJitter},
};

/// What a node takes while training: its outputs and their gradients, its parameters and what the optimizer keeps of them.
double nodeBytes(const NodeShapes &shapes, std::int64_t batchSize)
{
    double numbers = 0;
    for (const Shape &shape : shapes.outputs) {
        if (!shape.empty() && shape[0] == Shape::kBatch && shape.known())
            numbers += double(shape.elementsPerSample());
    }
    return numbers * double(batchSize) * kBytesPerNumber * 2 + double(shapes.parameters) * kBytesPerParameter;
}

void checkMemory(const Graph &graph, const Inference &inference, const MemoryBudget &budget, Issues &issues)
{
    const double needed = trainingBytes(inference, budget.batchSize);
    if (budget.bytes <= 0 || budget.batchSize <= 0 || needed <= double(budget.bytes))
        return;
    const auto largest = std::ranges::max_element(inference.nodes, {}, [&](const auto &entry) { return nodeBytes(entry.second, budget.batchSize); });
    const Node &node = *graph.find(largest->first);
    issues.push_back({Severity::Warning, node.id, "", "memory",
        "Training with batches of " + std::to_string(budget.batchSize) + " takes about " + gigabytes(needed) + ", most of it at " + nodeTitle(node)
            + ", but this machine has " + gigabytes(double(budget.bytes)) + ": choose a smaller batch_size, smaller pictures or fewer channels."});
}

/// Yes or no for each class, where every sample has exactly one.
void checkOneClassEach(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Inference &inference, Issues &issues)
{
    if (!facts.known || facts.severalLabels || facts.learnsNumber || !registry.find("CrossEntropyLoss"))
        return;
    for (const auto &[id, node] : graph.nodes()) {
        const auto shapes = inference.nodes.find(id);
        if (node.type != "BCEWithLogitsLoss" || shapes == inference.nodes.end() || !shapes->second.known || shapes->second.inputs.front()[1] < 2)
            continue;
        issues.push_back({Severity::Hint, id, "", "one-class-each", nodeTitle(node)
                + " asks of each class by itself, yes or no, but every sample has exactly one: CrossEntropyLoss weighs them against each other."});
    }
}

void sortByDataFlow(const Graph &graph, Issues &issues)
{
    if (issues.size() < 2)
        return;
    const auto order = graph.topologicalOrder().value_or(std::vector<NodeId>());
    std::unordered_map<NodeId, std::size_t> place;
    for (std::size_t index = 0; index < order.size(); ++index)
        place[order[index]] = index;
    std::ranges::stable_sort(issues, {}, [&](const Issue &issue) { return place[issue.node]; });
}

} // namespace

double trainingBytes(const Inference &inference, std::int64_t batchSize)
{
    double bytes = 0;
    for (const auto &[id, shapes] : inference.nodes)
        bytes += nodeBytes(shapes, batchSize);
    return bytes;
}

Issues warningsOf(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Inference &inference, const MemoryBudget &budget)
{
    Issues issues;
    const GraphView view(graph, registry);
    for (const auto &[id, node] : graph.nodes()) {
        const NodeSpec *spec = registry.find(node.type);
        if (!spec)
            continue;
        for (const Rule &rule : kRules) {
            if (const Finding finding = rule.find(view, node, *spec); !finding.empty())
                issues.push_back({rule.severity, id, "", rule.code, nodeTitle(node) + " " + finding});
        }
    }
    checkOneClassEach(graph, registry, facts, inference, issues);
    sortByDataFlow(graph, issues);
    checkMemory(graph, inference, budget, issues);
    return issues;
}

} // namespace netloom
