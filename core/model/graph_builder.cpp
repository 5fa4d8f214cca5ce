// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/failure.h"
#include "model/graph_module.h"
#include "model/initial_weights.h"

#include <algorithm>
#include <set>

namespace netloom {

namespace {

constexpr char kIncomplete[] = "The graph isn't complete: connect the data, the layers and a loss.";

Issue fault(NodeId node, std::string code, std::string text)
{
    return {Severity::Error, node, "", std::move(code), std::move(text)};
}

} // namespace

/// Turns the graph into steps; every function gives an issue where it can't.
class GraphModule::Builder {
public:
    Builder(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts)
        : m_flat(flatten(graph, registry)), m_graph(m_flat.graph), m_registry(registry), m_facts(facts),
          m_inference(inferFlatShapes(m_flat, registry, facts)) {}

    Built build(std::uint64_t seed)
    {
        if (auto issue = check())
            return *issue;
        torch::manual_seed(seed);
        const Pipeline pipeline = findPipeline(m_flat, m_registry);
        m_entry = pipeline.transforms.empty() ? pipeline.source : pipeline.transforms.back();
        const auto order = m_graph.topologicalOrder(); // a cycle was an issue already
        for (const NodeId id : *order) {
            const Node &node = *m_graph.find(id);
            const NodeSpec *spec = m_registry.find(node.type);
            if (!spec || !spec->isLayer() || !leadsToLoss(id))
                continue;
            if (auto issue = addStep(node, *spec))
                return *issue;
        }
        for (const Node *loss : m_losses) {
            if (auto issue = addHead(*loss))
                return *issue;
        }
        m_module->m_numberScale = m_facts.numberScale();
        m_module->m_classCount = m_facts.learnsNumber ? 0 : m_facts.classCount();
        m_module->m_severalLabels = m_facts.severalLabels;
        markLastUses();
        overwriteWhereSafe();
        fuseNormalizations();
        m_module->m_multiplyAdds = m_inference.multiplyAdds();
        return m_module;
    }

private:
    std::optional<Issue> check()
    {
        for (const Issue &issue : m_inference.issues) {
            if (issue.severity == Severity::Error) {
                Issue found = issue;
                found.node = m_flat.origin(issue.node);
                return found;
            }
        }
        m_losses = lossesOf(m_graph, m_registry);
        if (!m_facts.known)
            return fault({}, "data-unknown", "The data isn't known yet: choose it in the data source.");
        if (m_losses.empty())
            return fault({}, "incomplete", kIncomplete);
        for (const Node *loss : m_losses) {
            if (!m_inference.nodes.at(loss->id).known)
                return fault(m_flat.origin(loss->id), "incomplete", kIncomplete);
        }
        return std::nullopt;
    }

    bool leadsToLoss(NodeId id) const
    {
        return std::ranges::any_of(m_losses, [&](const Node *loss) { return m_graph.reaches(id, loss->id); });
    }

    Params paramsOf(const Node &node, const NodeSpec &spec) const { return resolvedParams(spec, node, m_facts); }

    std::optional<Issue> addStep(const Node &node, const NodeSpec &spec)
    {
        const ShapeList &in = m_inference.nodes.at(node.id).inputs;
        Step step{.node = m_flat.origin(node.id), .label = nodeTitle(node), .name = node.name, .frozen = node.frozen, .lrScale = node.lrScale};
        step.leadsToMain = m_graph.reaches(node.id, m_losses.front()->id);
        for (const PortDecl &port : spec.inputs) {
            for (const Link &link : m_graph.linksInto(PortRef{node.id, port.name})) {
                const auto slot = slotOf(link.from);
                if (!slot)
                    return fault(step.node, "not-from-pipeline", step.label
                            + " takes the data before it is prepared to the end: connect it after the last transform.");
                step.inputs.push_back(*slot);
            }
        }
        step.layer = blaming(step.node, step.label, [&] { return buildLayer(spec, paramsOf(node, spec), in); });
        if (const auto module = step.layer->module()) {
            containerOf(node.name).register_module(node.name.substr(node.name.rfind('.') + 1), module);
            m_module->m_needsTwoSamples |= !step.frozen && isBatchNorm(*module) && in.at(0).rank() > 1 && in[0].elementsPerSample() == in[0][1];
        }
        if (const auto module = step.layer->module(); module && step.frozen) {
            for (torch::Tensor &parameter : module->parameters())
                parameter.requires_grad_(false);
        }
        step.firstOutput = m_module->m_slotCount;
        for (const PortDecl &port : spec.outputs) {
            m_slots[{node.id, port.name}] = m_module->m_slotCount++;
            m_producers.push_back(m_module->m_steps.size());
        }
        m_module->m_steps.push_back(std::move(step));
        return std::nullopt;
    }

    /// The module that holds the modules of a block; the network itself for nodes outside of blocks.
    torch::nn::Module &containerOf(const std::string &path)
    {
        torch::nn::Module *container = m_module.get();
        std::size_t begin = 0;
        for (auto dot = path.find('.'); dot != std::string::npos; begin = dot + 1, dot = path.find('.', begin)) {
            auto &inner = m_containers[path.substr(0, dot)];
            if (!inner)
                inner = container->register_module(path.substr(begin, dot - begin), std::make_shared<Container>());
            container = inner.get();
        }
        return *container;
    }

    /// The slot of an output; nothing for a transform in the middle of the pipeline.
    std::optional<std::size_t> slotOf(const PortRef &from)
    {
        if (from.node == m_entry) {
            m_module->m_inputShape = m_inference.output(m_graph, m_registry, from);
            return 0;
        }
        const auto found = m_slots.find(from);
        return found == m_slots.end() ? std::nullopt : std::optional(found->second);
    }

    std::optional<Issue> addHead(const Node &loss)
    {
        const auto links = m_graph.linksInto(PortRef{loss.id, "input"});
        const auto slot = links.empty() ? std::nullopt : slotOf(links.front().from);
        if (!slot || m_module->m_steps.empty())
            return fault(m_flat.origin(loss.id), "no-layers", "There are no layers before " + nodeTitle(loss) + ": add Flatten and Linear.");
        const NodeSpec &spec = *m_registry.find(loss.type);
        const Params params = paramsOf(loss, spec);
        m_module->m_heads.push_back({.node = m_flat.origin(loss.id), .label = nodeTitle(loss), .name = loss.name, .loss = spec.buildLoss(params),
            .weight = params.has("loss_weight") ? params.real("loss_weight") : 1, .slot = *slot});
        return std::nullopt;
    }

    std::vector<std::size_t> headSlots() const
    {
        std::vector<std::size_t> slots;
        for (const Head &head : m_module->m_heads)
            slots.push_back(head.slot);
        return slots;
    }

    void markLastUses()
    {
        const auto heads = headSlots();
        std::set<std::size_t> needed(heads.begin(), heads.end());
        for (auto step = m_module->m_steps.rbegin(); step != m_module->m_steps.rend(); ++step) {
            for (const std::size_t slot : step->inputs) {
                if (needed.insert(slot).second)
                    step->lastUses.push_back(slot);
            }
            for (std::size_t slot = step->firstOutput; slot < m_module->m_slotCount && m_producers[slot - 1] == m_producers[step->firstOutput - 1]; ++slot) {
                if (!needed.contains(slot)) // an output without a wire
                    step->lastUses.push_back(slot);
            }
        }
    }

    /// Lets ReLU write over its input where nobody else needs it, backward() neither: less memory to fetch, and a buffer less.
    void overwriteWhereSafe()
    {
        std::map<std::size_t, int> uses;
        for (const std::size_t slot : headSlots())
            ++uses[slot];
        for (const Step &step : m_module->m_steps) {
            for (const std::size_t slot : step.inputs)
                ++uses[slot];
        }
        for (Step &step : m_module->m_steps) {
            const auto relu = std::dynamic_pointer_cast<torch::nn::ReLUImpl>(step.layer->module());
            const std::size_t slot = step.inputs.empty() ? 0 : step.inputs.front();
            if (relu && slot > 0 && uses[slot] == 1)
                relu->options.inplace(sparesOutput(*m_module->m_steps[m_producers[slot - 1]].layer));
        }
    }

    /// Joins a BatchNorm2d with the ReLU and the MaxPool2d behind it, where nobody else needs what is between them.
    void fuseNormalizations()
    {
        auto &steps = m_module->m_steps;
        for (std::size_t index = 0; index < steps.size(); ++index) {
            Fusion fusion{.norm = std::dynamic_pointer_cast<torch::nn::BatchNorm2dImpl>(steps[index].layer->module())};
            if (!fusion.norm)
                continue;
            auto next = onlyUser(index);
            if (next && std::dynamic_pointer_cast<torch::nn::ReLUImpl>(steps[*next].layer->module())) {
                fusion.followers.relu = true;
                fusion.steps.push_back(*next);
                next = onlyUser(*next);
            }
            if (next && halves(*steps[*next].layer)) {
                fusion.followers.maxPool = true;
                fusion.steps.push_back(*next);
            }
            steps[index].fusion = std::move(fusion);
        }
    }

    /// The step that alone needs what step @p index gives.
    std::optional<std::size_t> onlyUser(std::size_t index) const
    {
        std::optional<std::size_t> user;
        const auto &steps = m_module->m_steps;
        for (std::size_t other = 0; other < steps.size(); ++other) {
            for (const std::size_t slot : steps[other].inputs) {
                if (slot == steps[index].firstOutput && user)
                    return std::nullopt;
                if (slot == steps[index].firstOutput)
                    user = other;
            }
        }
        const auto heads = headSlots();
        return std::ranges::find(heads, steps[index].firstOutput) != heads.end() ? std::nullopt : user;
    }

    /// True for a MaxPool2d over windows of 2×2 side by side.
    static bool halves(const Layer &layer)
    {
        const auto pool = std::dynamic_pointer_cast<torch::nn::MaxPool2dImpl>(layer.module());
        const auto is = [](const torch::ExpandingArray<2> &pair, std::int64_t number) { return pair->at(0) == number && pair->at(1) == number; };
        return pool && is(pool->options.kernel_size(), 2) && is(pool->options.stride(), 2) && is(pool->options.padding(), 0)
            && is(pool->options.dilation(), 1) && !pool->options.ceil_mode();
    }

    /// True for layers whose gradient doesn't depend on their output.
    static bool sparesOutput(const Layer &layer)
    {
        const auto module = layer.module();
        return std::dynamic_pointer_cast<torch::nn::Conv2dImpl>(module) || std::dynamic_pointer_cast<torch::nn::BatchNorm2dImpl>(module)
            || std::dynamic_pointer_cast<torch::nn::LinearImpl>(module);
    }

    static bool isBatchNorm(const torch::nn::Module &module)
    {
        return dynamic_cast<const torch::nn::BatchNorm1dImpl *>(&module) || dynamic_cast<const torch::nn::BatchNorm2dImpl *>(&module);
    }

    FlatGraph m_flat;
    const Graph &m_graph; ///< the flattened one
    const NodeRegistry &m_registry;
    const SourceFacts &m_facts;
    Inference m_inference;
    std::vector<const Node *> m_losses; ///< the main one first
    NodeId m_entry; ///< the node that gives the prepared batch
    std::map<PortRef, std::size_t> m_slots; ///< of outputs
    std::vector<std::size_t> m_producers;   ///< slot − 1 → the index of the step that writes it
    struct Container : torch::nn::Module {};
    std::map<std::string, std::shared_ptr<Container>> m_containers; ///< of the blocks, by path
    std::shared_ptr<GraphModule> m_module = std::make_shared<GraphModule>();
};

GraphModule::Built GraphModule::build(
    const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, std::uint64_t seed)
{
    const std::lock_guard lock(initialWeightsMutex());
    try {
        return Builder(graph, registry, facts).build(seed);
    } catch (const NodeFailure &failure) {
        return fault(failure.node(), "build", failure.what());
    } catch (const std::exception &exception) {
        return fault({}, "build", failureText(exception));
    }
}

} // namespace netloom
