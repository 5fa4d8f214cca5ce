// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/graph_module.h"

#include "data/random.h"
#include "model/failure.h"
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

/// A copy with the channels last in memory. contiguous() leaves a tensor of one channel as it is, since its strides fit both layouts, and
/// convolutions then take the slower way.
torch::Tensor withChannelsLast(const torch::Tensor &tensor)
{
    return torch::empty(tensor.sizes(), tensor.options(), at::MemoryFormat::ChannelsLast).copy_(tensor);
}

/// Runs @p work and names the node in whatever it throws.
template <class Work>
auto blaming(NodeId node, const std::string &label, Work work)
{
    try {
        return work();
    } catch (const std::exception &exception) {
        throw NodeFailure(node, label + " failed: " + failureText(exception));
    }
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

void GraphModule::reseed(std::uint64_t seed)
{
    std::uint64_t place = 0;
    for (const Step &step : m_steps)
        step.layer->reseed(mixSeed({seed, ++place}));
    const std::lock_guard lock(initialWeightsMutex()); // nobody who draws initial weights is disturbed
    torch::manual_seed(seed);
}

std::vector<torch::Tensor> GraphModule::run(const torch::Tensor &batch, bool allHeads)
{
    std::vector<torch::Tensor> slots(m_slotCount);
    slots[0] = m_channelsLast && batch.dim() == 4 ? withChannelsLast(batch) : batch;
    std::vector<bool> done(m_steps.size());
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        const Step &step = m_steps[index];
        if (!done[index] && (allHeads || step.leadsToMain))
            blaming(step.node, step.label, [&] { runStep(index, slots, done); });
        for (const std::size_t slot : step.lastUses)
            slots[slot].reset();
    }
    return slots;
}

torch::Tensor GraphModule::forward(const torch::Tensor &batch)
{
    return run(batch, false)[mainHead().slot];
}

GraphModule::HeadOutputs GraphModule::forwardHeads(const torch::Tensor &batch)
{
    const std::vector<torch::Tensor> slots = run(batch, true);
    HeadOutputs outputs{slots[mainHead().slot], {}};
    for (std::size_t index = 1; index < m_heads.size(); ++index)
        outputs.others.push_back(slots[m_heads[index].slot]);
    return outputs;
}

torch::Tensor GraphModule::lossOf(const HeadOutputs &outputs, const torch::Tensor &target)
{
    torch::Tensor sum = lossOf(outputs.main, target);
    if (m_heads.size() == 1) // one alone counts as it is
        return sum;
    sum = sum * mainHead().weight;
    for (std::size_t index = 0; index < outputs.others.size(); ++index) {
        sum = sum + m_heads.at(index + 1).weight * lossOf(outputs.others[index], target, index + 1);
    }
    return sum;
}

void GraphModule::runStep(std::size_t index, std::vector<torch::Tensor> &slots, std::vector<bool> &done)
{
    const Step &step = m_steps[index];
    std::vector<torch::Tensor> inputs;
    for (const std::size_t slot : step.inputs)
        inputs.push_back(slots[slot]);
    if (step.fusion && takesNormReluPool(*step.fusion->norm, inputs.at(0))) {
        const std::size_t last = step.fusion->steps.empty() ? index : step.fusion->steps.back();
        slots[m_steps[last].firstOutput] = normReluPool(*step.fusion->norm, step.fusion->followers, inputs[0]);
        for (const std::size_t follower : step.fusion->steps)
            done[follower] = true;
        return;
    }
    std::ranges::move(step.layer->forwardAll(inputs), slots.begin() + static_cast<std::ptrdiff_t>(step.firstOutput));
}

torch::Tensor GraphModule::lossOf(const torch::Tensor &output, const torch::Tensor &target, std::size_t head)
{
    const Head &judge = m_heads.at(head);
    return blaming(judge.node, judge.label, [&] { return judge.loss->forward(output, target); });
}

torch::Tensor GraphModule::predictionsOf(const torch::Tensor &output, std::size_t head)
{
    const Head &judge = m_heads.at(head);
    return blaming(judge.node, judge.label, [&] {
        if (m_numberScale)
            return output.squeeze(1);
        return m_severalLabels ? judge.loss->probabilities(output).ge(0.5).to(torch::kLong) : judge.loss->predictions(output);
    });
}

torch::Tensor GraphModule::probabilitiesOf(const torch::Tensor &output, std::size_t head)
{
    const Head &judge = m_heads.at(head);
    return blaming(judge.node, judge.label, [&] { return judge.loss->probabilities(output); });
}

std::vector<std::string> GraphModule::headNames() const
{
    std::vector<std::string> names;
    for (const Head &head : m_heads)
        names.push_back(head.name);
    return names;
}

void GraphModule::weighClasses(const torch::Tensor &weights)
{
    for (const Head &head : m_heads)
        head.loss->weighClasses(weights);
}

std::int64_t GraphModule::parameterCount() const
{
    std::int64_t count = 0;
    for (const torch::Tensor &parameter : parameters())
        count += parameter.numel();
    return count;
}

std::map<double, std::vector<torch::Tensor>> GraphModule::learningParameters() const
{
    std::map<double, std::vector<torch::Tensor>> groups;
    for (const Step &step : m_steps) {
        const auto module = step.layer->module();
        if (!module || step.frozen || step.lrScale == 0)
            continue;
        for (const torch::Tensor &parameter : module->parameters())
            groups[step.lrScale].push_back(parameter);
    }
    return groups;
}

void GraphModule::train(bool on)
{
    torch::nn::Module::train(on);
    for (const Step &step : m_steps) {
        const auto module = step.layer->module();
        if (on && module && step.frozen && (!module->parameters().empty() || !module->buffers().empty())) // dropout has none, and goes on
            module->eval();
    }
}

void GraphModule::useChannelsLast()
{
    if (!firstConvolution())
        return;
    m_channelsLast = true;
    for (torch::Tensor &parameter : parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(withChannelsLast(parameter.detach()));
    }
}

std::optional<std::pair<std::string, torch::Tensor>> GraphModule::firstConvolution() const
{
    for (const Step &step : m_steps) {
        if (const auto convolution = std::dynamic_pointer_cast<torch::nn::Conv2dImpl>(step.layer->module()))
            return std::pair(step.name, convolution->weight.detach());
    }
    return std::nullopt;
}

NamedTensors GraphModule::stateDict() const
{
    NamedTensors tensors;
    for (const Step &step : m_steps) {
        const auto module = step.layer->module();
        if (!module)
            continue;
        for (const auto &parameter : module->named_parameters())
            tensors.emplace_back(step.name + "." + parameter.key(), parameter.value().detach());
        for (const auto &buffer : module->named_buffers())
            tensors.emplace_back(step.name + "." + buffer.key(), buffer.value().detach());
    }
    return tensors;
}

Result<Done> GraphModule::loadStateDict(const NamedTensors &tensors)
{
    const torch::NoGradGuard noGrad;
    const auto nameOf = [](const auto &named) -> const std::string & { return named.first; };
    const NamedTensors own = stateDict();
    for (const auto &[name, tensor] : tensors) {
        if (std::ranges::find(own, name, nameOf) == own.end())
            return Error{"The weights have a tensor '" + name + "' that this network lacks: they belong to another network."};
    }
    for (const auto &[name, target] : own) {
        const auto found = std::ranges::find(tensors, name, nameOf);
        if (found == tensors.end())
            return Error{"The weights lack the tensor '" + name + "': they belong to another network."};
        const torch::Tensor &source = found->second;
        if (source.sizes() != target.sizes() || source.is_floating_point() != target.is_floating_point())
            return Error{"The tensor '" + name + "' of the weights has the shape " + Shape(source.sizes().vec()).toString()
                + " but the network needs " + Shape(target.sizes().vec()).toString() + ": they belong to another network."};
    }
    for (const auto &[name, target] : own)
        torch::Tensor(target).copy_(std::ranges::find(tensors, name, nameOf)->second);
    return Done{};
}

} // namespace netloom
