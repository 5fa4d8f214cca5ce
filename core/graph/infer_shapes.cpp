// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/infer_shapes.h"

#include "graph/link_index.h"
#include "graph/structure.h"
#include "graph/warnings.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace netloom {

namespace {

/// Nodes from which a loss can be reached, losses included: these are what training uses.
std::set<NodeId> nodesLeadingToLoss(const Graph &graph, const LinkIndex &links, const NodeRegistry &registry)
{
    std::vector<NodeId> open;
    for (const auto &[id, node] : graph.nodes()) {
        if (const NodeSpec *spec = registry.find(node.type); spec && spec->isLoss())
            open.push_back(id);
    }
    std::set<NodeId> found(open.begin(), open.end());
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        for (const Link *link : links.into(id)) {
            if (found.insert(link->from.node).second)
                open.push_back(link->from.node);
        }
    }
    return found;
}

bool isMainHead(const Node &loss)
{
    return loss.params.has("main_head") && loss.params.flag("main_head");
}

/// Walks the graph once and gathers shapes and issues.
class InferenceRun {
public:
    InferenceRun(const FlatGraph &flat, const NodeRegistry &registry, const SourceFacts &facts)
        : m_flat(flat), m_graph(flat.graph), m_registry(registry), m_facts(facts), m_links(flat.graph),
          m_used(nodesLeadingToLoss(flat.graph, m_links, registry))
    {
    }

    Inference result()
    {
        const auto order = m_graph.topologicalOrder();
        if (!order)
            reportCycle();
        for (const NodeId id : order.value_or(std::vector<NodeId>()))
            visit(*m_graph.find(id));
        checkWholeGraph();
        m_inference.issues.insert(m_inference.issues.end(), m_flat.issues.begin(), m_flat.issues.end());
        for (const auto &[id, shapes] : m_inference.nodes) {
            m_inference.totalParameters += shapes.parameters;
            m_inference.totalMultiplyAdds += shapes.multiplyAdds;
        }
        return std::move(m_inference);
    }

private:
    void report(Severity severity, NodeId node, std::string port, std::string code, std::string text)
    {
        m_inference.issues.push_back({severity, node, std::move(port), std::move(code), std::move(text)});
    }

    void reportCycle()
    {
        for (const auto &[id, node] : m_graph.nodes()) {
            const bool inCycle = std::ranges::any_of(
                m_links.from(id), [&](const Link *link) { return m_graph.reaches(link->to.node, link->from.node); });
            if (inCycle) {
                report(Severity::Error, id, "", "cycle",
                    nodeTitle(node) + " is part of a cycle: remove a wire that leads back to it.");
            }
        }
    }

    void visit(const Node &node)
    {
        NodeShapes &shapes = m_inference.nodes[node.id];
        const NodeSpec *spec = m_registry.find(node.type);
        if (!spec) {
            report(m_used.contains(node.id) ? Severity::Error : Severity::Warning, node.id, "", "unknown-type",
                "'" + node.name + "' is a " + node.type
                    + ", which this version does not know: it is kept as it is; replace it to train here.");
            return;
        }
        shapes.outputs.resize(spec->outputs.size());
        const bool wired = gatherInputs(node, *spec, shapes);
        reportUnused(node, *spec);
        const bool complete
            = wired && std::ranges::none_of(shapes.inputs, [](const Shape &shape) { return shape.empty(); });
        if (complete)
            infer(node, *spec, shapes);
    }

    /// False when a wire is missing.
    bool gatherInputs(const Node &node, const NodeSpec &spec, NodeShapes &shapes)
    {
        bool wired = true;
        for (const PortDecl &port : spec.inputs) {
            bool any = false;
            for (const Link *link : m_links.into(node.id)) {
                if (link->to.port != port.name)
                    continue;
                shapes.inputs.push_back(m_inference.output(m_graph, m_registry, link->from));
                any = true;
            }
            if (any)
                continue;
            wired = false;
            if (!port.variadic)
                shapes.inputs.push_back({});
            if (m_used.contains(node.id))
                reportMissing(node, spec, port);
        }
        return wired;
    }

    /// An input without a wire, or one whose wire ends at a block or a dot that has none.
    void reportMissing(const Node &node, const NodeSpec &spec, const PortDecl &port)
    {
        const auto lost = m_flat.missing.find({node.id, port.name});
        if (lost == m_flat.missing.end())
            report(Severity::Error, node.id, port.name, "input-missing", missingText(node, spec, port));
        else
            report(Severity::Error, lost->second.node, lost->second.port, "input-missing",
                nodeTitle(node) + " gets no input, since no wire leads to '" + lost->second.port + "' on the way: connect the node before it.");
    }

    static std::string missingText(const Node &node, const NodeSpec &spec, const PortDecl &port)
    {
        const std::string at = spec.inputs.size() > 1 ? " at '" + port.name + "'" : "";
        const std::string mend = port.kind == PortKind::Target ? "connect the 'target' of the data to it"
            : port.kind == PortKind::Image                     ? "connect the picture of the data to it"
                                                               : "connect the node before it";
        return nodeTitle(node) + " gets no input" + at + ": " + mend + ".";
    }

    void reportUnused(const Node &node, const NodeSpec &spec)
    {
        if (m_used.contains(node.id) || m_used.empty() || spec.isSource())
            return;
        report(Severity::Warning, node.id, "", "unused",
            nodeTitle(node) + " leads to no loss and is not trained: connect its output, or delete it.");
    }

    void infer(const Node &node, const NodeSpec &spec, NodeShapes &shapes)
    {
        const Params params = resolvedParams(spec, node, m_facts);
        const InferResult result = spec.infer(InferInput{params, shapes.inputs, m_facts});
        if (const auto *misfit = std::get_if<Misfit>(&result)) {
            const bool waitsForData = misfit->code == "classes-unknown" && !m_facts.known;
            report(waitsForData ? Severity::Hint : Severity::Error, node.id, misfit->port, misfit->code,
                nodeTitle(node) + " " + misfit->text + ": " + misfit->mend + ".");
            if (misfit->outputs.size() == shapes.outputs.size())
                shapes.outputs = misfit->outputs;
            return;
        }
        const auto &inferred = std::get<Inferred>(result);
        shapes.outputs = inferred.outputs;
        shapes.parameters = inferred.parameters;
        shapes.multiplyAdds = inferred.multiplyAdds;
        shapes.known = true;
    }

    void checkWholeGraph()
    {
        if (m_graph.empty()) {
            report(Severity::Hint, {}, "", "empty", "The canvas is empty: start from a template, or drag a data source in.");
            return;
        }
        std::vector<const Node *> sources;
        std::vector<const Node *> losses;
        for (const auto &[id, node] : m_graph.nodes()) {
            const NodeSpec *spec = m_registry.find(node.type);
            if (spec && spec->isSource())
                sources.push_back(&node);
            if (spec && spec->isLoss())
                losses.push_back(&node);
            if (spec && (spec->isSource() || spec->isTransform()))
                checkPipelineBranch(node, *spec);
            if (spec && spec->isBatchTransform())
                checkComesLast(node);
        }
        if (sources.empty())
            report(Severity::Error, {}, "", "no-source", "There is no data: drag ImageFolder or MNIST onto the canvas.");
        if (losses.empty())
            report(Severity::Error, {}, "", "no-loss",
                std::string("There is no loss, so there is nothing to learn: add ").append(usualLoss(m_facts)).append(" after the last layer."));
        reportExtra(sources, "second-source", "is a second data source; one project trains on one: remove it");
        std::erase_if(losses, [](const Node *loss) { return !isMainHead(*loss); });
        reportExtra(losses, "second-main-head", "is a second main head, and predictions come from one: set its main_head to false");
        checkData(sources);
    }

    void reportExtra(const std::vector<const Node *> &nodes, const std::string &code, const std::string &text)
    {
        for (std::size_t index = 1; index < nodes.size(); ++index)
            report(Severity::Error, nodes[index]->id, "", code, nodeTitle(*nodes[index]) + " " + text + ".");
    }

    /// The way from the source to ToTensor has no branches: a picture is prepared once.
    void checkPipelineBranch(const Node &node, const NodeSpec &spec)
    {
        for (const PortDecl &port : spec.outputs) {
            if (port.kind == PortKind::Target)
                continue;
            int transforms = 0;
            int others = 0;
            for (const Link *link : m_links.from(node.id)) {
                const Node *next = m_graph.find(link->to.node);
                const NodeSpec *nextSpec = next ? m_registry.find(next->type) : nullptr;
                if (link->from.port == port.name && nextSpec)
                    ++(nextSpec->isTransform() ? transforms : others);
            }
            if (transforms > 1 || (transforms == 1 && others > 0)) {
                report(Severity::Error, node.id, port.name, "pipeline-branch",
                    nodeTitle(node) + " feeds several ways of preparing the data: keep one chain of transforms, and branch after it.");
            }
        }
    }

    /// Batches are mixed when their samples are ready.
    void checkComesLast(const Node &node)
    {
        for (const Link *link : m_links.from(node.id)) {
            const Node *next = m_graph.find(link->to.node);
            const NodeSpec *spec = next ? m_registry.find(next->type) : nullptr;
            if (spec && spec->isTransform() && !spec->isBatchTransform())
                report(Severity::Error, node.id, link->from.port, "batch-step-order",
                    nodeTitle(node) + " mixes whole batches, but " + nodeTitle(*next) + " after it prepares single samples: put "
                        + node.type + " last.");
        }
    }

    void checkData(const std::vector<const Node *> &sources)
    {
        if (sources.empty())
            return;
        if (!m_facts.problem.empty())
            report(Severity::Error, sources.front()->id, "", "data-problem", m_facts.problem);
        if (!m_facts.known)
            return;
        for (const std::string &warning : m_facts.warnings)
            report(Severity::Warning, sources.front()->id, "", "data", nodeTitle(*sources.front()) + ": " + warning);
        if (m_facts.total("train") == 0) {
            report(Severity::Error, sources.front()->id, "", "no-training-samples",
                nodeTitle(*sources.front()) + " has no training samples: choose a folder with more pictures, or smaller val and test fractions.");
        }
    }

    const FlatGraph &m_flat;
    const Graph &m_graph;
    const NodeRegistry &m_registry;
    const SourceFacts &m_facts;
    LinkIndex m_links;
    std::set<NodeId> m_used;
    Inference m_inference;
};

/// Brings what was inferred for a flattened graph back to the graph that people edit.
class Unflattening {
public:
    Unflattening(const Graph &graph, const NodeRegistry &registry, const FlatGraph &flat, Inference inferred)
        : m_graph(graph), m_registry(registry), m_flat(flat), m_flatResult(std::move(inferred)) {}

    Inference result()
    {
        m_result.sources = m_flat.sources;
        m_result.totalParameters = m_flatResult.totalParameters;
        m_result.totalMultiplyAdds = m_flatResult.totalMultiplyAdds;
        for (const auto &[id, shapes] : m_flatResult.nodes) {
            if (!m_flat.copies.contains(id))
                m_result.nodes.emplace(id, shapes);
        }
        for (const auto &[id, node] : m_graph.nodes()) {
            const NodeSpec *spec = m_registry.find(node.type);
            if (spec && node.type != kFrameType && !m_flat.graph.find(id))
                m_result.nodes[id] = shapesOf(node);
        }
        addUpBlocks();
        takeIssues();
        return std::move(m_result);
    }

private:
    Shape shapeOf(const PortRef &output) const
    {
        const auto source = m_flat.sources.find(output);
        return m_flatResult.output(m_flat.graph, m_registry, source == m_flat.sources.end() ? output : source->second);
    }

    NodeShapes shapesOf(const Node &node) const
    {
        NodeShapes shapes;
        const NodePorts ports = portsOf(m_graph, m_registry, node);
        for (const PortDecl &port : ports.inputs()) {
            const auto links = m_graph.linksInto(PortRef{node.id, port.name});
            shapes.inputs.push_back(links.empty() ? Shape() : shapeOf(links.front().from));
        }
        for (const PortDecl &port : ports.outputs())
            shapes.outputs.push_back(shapeOf({node.id, port.name}));
        shapes.known = std::ranges::none_of(shapes.outputs, [](const Shape &shape) { return shape.empty(); });
        return shapes;
    }

    void addUpBlocks()
    {
        for (const auto &[id, shapes] : m_flatResult.nodes) {
            const Node *node = m_graph.find(m_flat.origin(id));
            for (const Node *block = m_graph.find(node->parent); block; block = m_graph.find(block->parent)) {
                m_result.nodes[block->id].parameters += shapes.parameters;
                m_result.nodes[block->id].multiplyAdds += shapes.multiplyAdds;
            }
        }
    }

    /// One of those that all copies of a repeated block share, the first.
    void takeIssues()
    {
        std::set<std::tuple<NodeId, std::string, std::string>> told;
        for (Issue issue : m_flatResult.issues) {
            issue.node = m_flat.origin(issue.node);
            if (!issue.node.valid() || told.emplace(issue.node, issue.port, issue.code + (issue.code == "data" ? issue.text : "")).second)
                m_result.issues.push_back(std::move(issue));
        }
    }

    const Graph &m_graph;
    const NodeRegistry &m_registry;
    const FlatGraph &m_flat;
    Inference m_flatResult;
    Inference m_result;
};

} // namespace

Shape Inference::output(const Graph &graph, const NodeRegistry &registry, const PortRef &port) const
{
    const Node *node = graph.find(port.node);
    const auto found = nodes.find(port.node);
    if (!node || found == nodes.end())
        return {};
    const NodePorts ports = portsOf(graph, registry, *node);
    for (std::size_t index = 0; index < ports.outputs().size() && index < found->second.outputs.size(); ++index) {
        if (ports.outputs()[index].name == port.port)
            return found->second.outputs[index];
    }
    return {};
}

Inference inferFlatShapes(const FlatGraph &flat, const NodeRegistry &registry, const SourceFacts &facts)
{
    return InferenceRun(flat, registry, facts).result();
}

Inference inferShapes(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const MemoryBudget &budget)
{
    const FlatGraph flat = flatten(graph, registry);
    Inference inference = inferFlatShapes(flat, registry, facts);
    const Issues warnings = warningsOf(flat.graph, registry, facts, inference, budget);
    inference.issues.insert(inference.issues.end(), warnings.begin(), warnings.end());
    std::ranges::stable_sort(inference.issues, std::ranges::greater(), &Issue::severity);
    return Unflattening(graph, registry, flat, std::move(inference)).result();
}

const char *usualLoss(const SourceFacts &facts)
{
    return facts.learnsNumber ? "MSELoss" : facts.severalLabels ? "BCEWithLogitsLoss" : "CrossEntropyLoss";
}

std::vector<const Node *> lossesOf(const Graph &graph, const NodeRegistry &registry)
{
    std::map<NodeId, int> depths; // nodes on the longest way from the data
    for (const NodeId id : graph.topologicalOrder().value_or(std::vector<NodeId>())) {
        for (const Link &link : graph.linksFrom(id))
            depths[link.to.node] = std::max(depths[link.to.node], depths[id] + 1);
    }
    std::vector<const Node *> losses;
    for (const auto &[id, node] : graph.nodes()) {
        if (const NodeSpec *spec = registry.find(node.type); spec && spec->isLoss())
            losses.push_back(&node);
    }
    std::ranges::sort(losses, std::ranges::greater(), [&](const Node *loss) { return std::tuple(isMainHead(*loss), depths[loss->id], loss->id); });
    return losses;
}

Params resolvedParams(const NodeSpec &spec, const Node &node, const SourceFacts &facts)
{
    Params params = Params::defaults(spec.params);
    for (const auto &[name, value] : node.params.values())
        params.set(name, value);
    for (const ParamDecl &decl : spec.params) {
        const std::string keyword = decl.type == ParamType::Int ? params.keyword(decl.name) : std::string();
        if (facts.known && (keyword == kClassesKeyword || keyword == kClassesOr1000Keyword))
            params.set(decl.name, facts.outputCount());
        else if (keyword == kClassesOr1000Keyword)
            params.set(decl.name, std::int64_t{1000});
    }
    return params;
}

Pipeline findPipeline(const FlatGraph &flat, const NodeRegistry &registry)
{
    const Graph &graph = flat.graph;
    Pipeline pipeline;
    for (const auto &[id, node] : graph.nodes()) {
        if (const NodeSpec *spec = registry.find(node.type); spec && spec->isSource()) {
            pipeline.source = id;
            break;
        }
    }
    NodeId at = pipeline.source;
    while (at.valid()) {
        NodeId next;
        for (const Link &link : graph.linksFrom(at)) {
            const Node *node = graph.find(link.to.node);
            const NodeSpec *spec = node ? registry.find(node->type) : nullptr;
            const bool seen = std::ranges::find(pipeline.transforms, link.to.node) != pipeline.transforms.end();
            if (spec && spec->isTransform() && !seen) {
                next = link.to.node;
                break;
            }
        }
        if (next.valid())
            pipeline.transforms.push_back(next);
        at = next;
    }
    return pipeline;
}

Pipeline findPipeline(const Graph &graph, const NodeRegistry &registry)
{
    const FlatGraph flat = flatten(graph, registry);
    Pipeline pipeline = findPipeline(flat, registry);
    pipeline.source = flat.origin(pipeline.source);
    std::ranges::transform(pipeline.transforms, pipeline.transforms.begin(), [&](NodeId id) { return flat.origin(id); });
    return pipeline;
}

} // namespace netloom
