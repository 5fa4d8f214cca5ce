// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/sample_preview.h"

#include "data/random.h"
#include "graph/structure.h"
#include "inspect/preview_flow.h"
#include "inspect/preview_scene.h"
#include "inspect/preview_values.h"
#include "inspect/preview_weights.h"
#include "losses/loss.h"
#include "model/failure.h"
#include "model/initial_weights.h"

#include <algorithm>
#include <set>

namespace netloom {

namespace {

constexpr std::int64_t kMostParameters = 200'000'000; ///< of all layers together; 4 bytes each
constexpr std::int64_t kMostNumbers = 64'000'000;     ///< that come out of one node

/// A node of the edited graph in the network: which copy it is where a block around it is repeated, from 0.
struct WorkId {
    NodeId node;
    std::uint64_t copy = 0;
    friend auto operator<=>(const WorkId &, const WorkId &) = default;
};

/// One node at work, kept from run to run.
struct NodeWork {
    std::string key;           ///< of all that the value depends on
    std::uint64_t version = 0; ///< of the value; never given to another one
    Flow value;                ///< of the first output
    std::vector<Flow> further; ///< of a layer's other ones
    std::shared_ptr<const NodePreview> preview;
    std::string layerKey;
    std::shared_ptr<Layer> layer;
    bool trained = false;
};

std::string paramsText(const Params &params)
{
    std::string text;
    for (const auto &[name, value] : params.values())
        text += name + '=' + formatParam(value) + ';';
    return text;
}

} // namespace

class SamplePreview::Impl {
public:
    Impl(const NodeRegistry &registry, std::uint64_t seed) : m_scene(registry), m_seed(seed) {}

    Result<Done> setWeights(const std::string &safetensors) { return m_weights.read(safetensors); }

    bool run(const Graph &graph, const SourceFacts &facts, const PreviewSample &sample, const Sink &sink, const std::stop_token &stop)
    {
        if (at::get_num_threads() != 1)
            at::set_num_threads(1);
        const torch::NoGradGuard noGrad;
        if (!(sample == m_scene.sample())) {
            m_scene.setSample(sample);
            ++m_sampleVersion;
        }
        const auto order = m_scene.set(graph, facts);
        if (!order)
            return true;
        nameWork();
        for (const NodeId id : *order) {
            if (stop.stop_requested())
                return false;
            NodeWork &work = workOf(id);
            refresh(work, *m_scene.graph().find(id));
            if (!m_scene.flat().copies.contains(id))
                sink(id, work.preview);
        }
        showTakenOut(graph, sink);
        return true;
    }

    NodeValues values(NodeId node) const
    {
        const auto shown = m_shownAt.find(node);
        const auto found = m_work.find(shown == m_shownAt.end() ? WorkId{node} : shown->second);
        return found == m_work.end() ? NodeValues() : valuesOf(found->second.value);
    }

    void setDraw(std::uint64_t draw) { m_draw = draw; }

    TransformDraws draws(NodeId id, int count, std::uint64_t seed) const
    {
        TransformDraws draws{.node = id};
        const Node *node = m_scene.graph().find(id);
        const NodeSpec *spec = node ? m_scene.registry().find(node->type) : nullptr;
        const NodeWork *input = spec && spec->isTransform() ? inputOf(id) : nullptr;
        if (!input || !m_scene.shapes(id).known)
            return draws;
        const Params params = resolvedParams(*spec, *node, m_scene.facts());
        draws.isRandom = spec->isBatchTransform() || spec->buildTransform(params, m_scene.facts())->isRandom();
        draws.before = input->preview;
        for (int draw = 0; draw < (draws.isRandom ? count : 1); ++draw) {
            std::mt19937_64 random(mixSeed({seed, static_cast<std::uint64_t>(draw)}));
            Sample sample = sampleOf(input->value);
            if (spec->isBatchTransform())
                m_scene.mixWithAnother(sample, *spec, params, id, draw + 1, random);
            else
                spec->buildTransform(params, m_scene.facts())->apply(sample, random, true);
            draws.after.push_back(std::make_shared<const NodePreview>(previewOfSample(sample, m_scene.facts())));
        }
        return draws;
    }

    std::pair<int, int> weightedAndTrained() const
    {
        std::pair<int, int> counts;
        for (const auto &[id, work] : m_work) {
            if (!work.layer || !work.layer->module() || work.layer->module()->parameters().empty())
                continue;
            ++counts.first;
            counts.second += work.trained;
        }
        return counts;
    }

private:
    /// Says which node of the flat graph is whose work, and forgets that of nodes that are gone.
    void nameWork()
    {
        m_ids.clear();
        std::map<NodeId, std::uint64_t> copies;
        std::set<WorkId> present;
        for (const auto &[id, node] : m_scene.graph().nodes()) {
            const NodeId origin = m_scene.flat().origin(id);
            const WorkId name{origin, id == origin ? 0 : ++copies[origin]};
            m_ids.emplace(id, name);
            present.insert(name);
        }
        std::erase_if(m_work, [&](const auto &entry) { return !present.contains(entry.first); });
    }

    NodeWork &workOf(NodeId id) { return m_work[m_ids.at(id)]; }

    /// Blocks, dots and bypassed nodes show what comes out of them, at their first output.
    void showTakenOut(const Graph &graph, const Sink &sink)
    {
        m_shownAt.clear();
        for (const auto &[id, node] : graph.nodes()) {
            if (m_scene.graph().find(id))
                continue;
            const NodePorts ports = portsOf(graph, m_scene.registry(), node);
            if (ports.outputs().empty())
                continue;
            const auto source = m_scene.flat().sources.find({id, ports.outputs().front().name});
            if (source == m_scene.flat().sources.end()) {
                sink(id, std::make_shared<const NodePreview>(noPreview(kNothingComesIn)));
            } else if (ports.outputs().front().kind != PortKind::Target) {
                m_shownAt.emplace(id, m_ids.at(source->second.node));
                sink(id, workOf(source->second.node).preview);
            }
        }
    }

    /// Computes the node anew where anything that it depends on has changed.
    void refresh(NodeWork &work, const Node &node)
    {
        NodePreview preview;
        try {
            const NodeSpec *spec = m_scene.registry().find(node.type);
            std::string key = keyOf(node, spec);
            if (key == work.key && work.preview)
                return;
            work.key = std::move(key);
            work.value = {};
            work.further.clear();
            preview = compute(work, node, spec);
        } catch (const std::exception &exception) {
            work.value = {};
            work.further.clear();
            preview = noPreview(failureText(exception));
        }
        work.version = ++m_lastVersion;
        work.preview = std::make_shared<const NodePreview>(std::move(preview));
    }

    /// All that the node's value and preview depend on.
    std::string keyOf(const Node &node, const NodeSpec *spec)
    {
        std::string key = node.type + '\n';
        if (!spec)
            return key;
        const NodeShapes &shapes = m_scene.shapes(node.id);
        if (!shapes.known)
            return key + "- " + m_scene.reasonOf(node);
        key += paramsText(resolvedParams(*spec, node, m_scene.facts())) + '\n';
        if (spec->isLayer())
            key += layerKeyOf(node, *spec);
        if (spec->isTransform())
            key += std::to_string(m_draw);
        if (spec->isSource())
            key += std::to_string(m_sampleVersion) + ' ' + planDecoding(m_scene.flat(), m_scene.registry(), m_scene.facts(), node).key();
        for (const PortDecl &port : spec->inputs) {
            for (const Link &link : m_scene.graph().linksInto(PortRef{node.id, port.name}))
                key += '\n' + port.name + ' ' + std::to_string(workOf(link.from.node).version);
        }
        if (spec->isLoss() || m_scene.isHead(node.id)) {
            key += "\nhead " + std::to_string(m_scene.target());
            for (const std::string &name : m_scene.facts().classNames)
                key += '\n' + name;
            if (const auto scale = m_scene.facts().numberScale())
                key += '\n' + std::to_string(scale->mean) + ' ' + std::to_string(scale->deviation) + ' ' + std::to_string(m_scene.trueNumber().value_or(0));
        }
        return key;
    }

    std::string layerKeyOf(const Node &node, const NodeSpec &spec) const
    {
        std::string key = node.type + '\n' + paramsText(resolvedParams(spec, node, m_scene.facts()));
        for (const Shape &shape : m_scene.shapes(node.id).inputs)
            key += '\n' + shape.toString();
        return key + '\n' + m_weights.keyOf(node.name);
    }

    NodePreview compute(NodeWork &work, const Node &node, const NodeSpec *spec)
    {
        if (!spec)
            return noPreview("This version does not know " + node.type + ".");
        if (!m_scene.shapes(node.id).known)
            return noPreview(m_scene.reasonOf(node));
        if (spec->isSource())
            return computeSource(work, node, *spec);
        std::vector<const Flow *> inputs;
        for (const PortDecl &port : spec->inputs) {
            for (const Link &link : m_scene.graph().linksInto(PortRef{node.id, port.name})) {
                if (port.kind == PortKind::Target)
                    continue;
                const Flow &flow = flowFrom(link.from);
                if (isNothing(flow))
                    return noPreview("Nothing comes in: '" + m_scene.graph().find(link.from.node)->name + "' before it gives nothing.");
                inputs.push_back(&flow);
            }
        }
        const Params params = resolvedParams(*spec, node, m_scene.facts());
        if (spec->isTransform())
            return computeTransform(work, node, *spec, params, *inputs.at(0));
        std::vector<torch::Tensor> tensors;
        for (const Flow *flow : inputs)
            tensors.push_back(tensorOf(*flow));
        return spec->isLoss() ? computeLoss(work, *spec, params, tensors.at(0)) : computeLayer(work, node, *spec, params, tensors);
    }

    NodePreview computeSource(NodeWork &work, const Node &node, const NodeSpec &spec)
    {
        if (spec.outputs.at(0).kind == PortKind::Tensor)
            return computeRow(work);
        Result<Picture> picture = decodeSample(m_scene.sample(), planDecoding(m_scene.flat(), m_scene.registry(), m_scene.facts(), node));
        if (!picture)
            return noPreview(picture.error().text);
        Sample sample;
        sample.picture = std::move(*picture);
        NodePreview preview = previewOfPicture(sample.picture);
        work.value = std::move(sample);
        return preview;
    }

    NodePreview computeRow(NodeWork &work)
    {
        if (!m_scene.sample().file.empty())
            return noPreview("The chosen file is a picture, but the data is a table: choose one of its rows above the canvas.");
        if (!m_scene.sample().source || m_scene.sample().index < 0 || m_scene.sample().index >= m_scene.sample().source->size())
            return noPreview("No row is chosen: choose the table in the data source.");
        Sample sample;
        m_scene.sample().source->readRow(m_scene.sample().index, sample.values);
        sample.shape = Shape{static_cast<std::int64_t>(sample.values.size())};
        NodePreview preview = previewOfRow(sample.values, m_scene.sample().source->facts());
        work.value = std::move(sample);
        return preview;
    }

    NodePreview computeTransform(NodeWork &work, const Node &node, const NodeSpec &spec, const Params &params, const Flow &input)
    {
        Sample sample = sampleOf(input);
        std::mt19937_64 random(mixSeed({m_draw, static_cast<std::uint64_t>(node.id.value)}));
        if (spec.buildTransform) // a batch transform leaves single samples as they are
            spec.buildTransform(params, m_scene.facts())->apply(sample, random, m_draw != 0);
        NodePreview preview = previewOfSample(sample, m_scene.facts());
        work.value = std::move(sample);
        return preview;
    }

    /// The work of the one node before a transform; nullptr where nothing comes in.
    const NodeWork *inputOf(NodeId id) const
    {
        for (const Link &link : m_scene.graph().linksInto(PortRef{id, "input"})) {
            const auto found = m_work.find(m_ids.at(link.from.node));
            if (found != m_work.end() && !isNothing(found->second.value))
                return &found->second;
        }
        return nullptr;
    }

    NodePreview computeLayer(NodeWork &work, const Node &node, const NodeSpec &spec, const Params &params, const std::vector<torch::Tensor> &inputs)
    {
        const NodeShapes &shapes = m_scene.shapes(node.id);
        if (shapes.outputs.at(0).elementsPerSample() > kMostNumbers || m_scene.inference().parameters() > kMostParameters)
            return noPreview("It is too large for a preview.");
        std::string layerKey = layerKeyOf(node, spec);
        if (work.layerKey != layerKey || !work.layer) {
            work.layerKey.clear();
            work.layer = buildSeededLayer(spec, params, shapes.inputs, seedOf(m_ids.at(node.id)));
            work.trained = m_weights.giveTo(*work.layer, node.name);
            if (const auto module = work.layer->module())
                module->eval();
            work.layerKey = std::move(layerKey);
        }
        const std::vector<torch::Tensor> outputs = work.layer->forwardAll(inputs);
        NodePreview preview = previewOfTensor(outputs.at(0));
        if (m_scene.isHead(node.id))
            m_scene.nameBars(preview);
        work.value = outputs[0];
        work.further.assign(outputs.begin() + 1, outputs.end());
        return preview;
    }

    /// What comes out of an output of a flat node.
    const Flow &flowFrom(const PortRef &from)
    {
        static const Flow nothing;
        const NodeWork &work = workOf(from.node);
        const NodeSpec &spec = *m_scene.registry().find(m_scene.graph().find(from.node)->type);
        const auto index = static_cast<std::size_t>(std::ranges::find(spec.outputs, from.port, &PortDecl::name) - spec.outputs.begin());
        if (index == 0 || !spec.isLayer())
            return work.value;
        return index <= work.further.size() ? work.further[index - 1] : nothing;
    }

    std::uint64_t seedOf(const WorkId &id) const
    {
        const auto node = static_cast<std::uint64_t>(id.node.value);
        return id.copy == 0 ? mixSeed({m_seed, node}) : mixSeed({m_seed, node, id.copy});
    }

    NodePreview computeLoss(NodeWork &work, const NodeSpec &spec, const Params &params, const torch::Tensor &input)
    {
        if (const auto scale = m_scene.facts().numberScale())
            return computeEstimate(work, *scale, input);
        const torch::Tensor probabilities = spec.buildLoss(params)->probabilities(input);
        NodePreview preview = previewOfTensor(probabilities);
        preview.probabilities = true;
        m_scene.nameBars(preview);
        work.value = probabilities;
        return preview;
    }

    /// Where a number is learned: what the network says, in its own unit, beside the truth.
    NodePreview computeEstimate(NodeWork &work, const NumberScale &scale, const torch::Tensor &input) const
    {
        std::vector<double> numbers{scale.number(input.flatten()[0].item<double>())};
        std::vector<std::string> names{"predicted"};
        if (const auto truth = m_scene.trueNumber()) {
            numbers.push_back(*truth);
            names.push_back("true");
        }
        const torch::Tensor both = torch::tensor(numbers, torch::kFloat64).to(torch::kFloat32).unsqueeze(0);
        NodePreview preview = previewOfTensor(both);
        preview.estimate = true;
        preview.names = std::move(names);
        work.value = both;
        return preview;
    }

    PreviewScene m_scene;
    PreviewWeights m_weights;
    std::uint64_t m_seed;
    std::uint64_t m_sampleVersion = 0;
    std::uint64_t m_draw = 0; ///< of random transforms; 0: they do as in evaluation
    std::uint64_t m_lastVersion = 0;
    std::map<WorkId, NodeWork> m_work;
    std::map<NodeId, WorkId> m_shownAt; ///< nodes that the network doesn't have → whose output they show
    std::map<NodeId, WorkId> m_ids;     ///< whose work the nodes of the flat graph are
};

SamplePreview::SamplePreview(const NodeRegistry &registry, std::uint64_t seed) : m_impl(std::make_unique<Impl>(registry, seed)) {}
SamplePreview::~SamplePreview() = default;

Result<Done> SamplePreview::setWeights(const std::string &safetensors)
{
    try {
        return m_impl->setWeights(safetensors);
    } catch (const std::exception &exception) {
        return Error{failureText(exception)};
    }
}

bool SamplePreview::run(const Graph &graph, const SourceFacts &facts, const PreviewSample &sample, const Sink &sink, std::stop_token stop)
{
    try {
        return m_impl->run(graph, facts, sample, sink, stop);
    } catch (const std::exception &) { // lack of memory: a node's own failures are its preview
        return false;
    }
}

void SamplePreview::setDraw(std::uint64_t draw)
{
    m_impl->setDraw(draw);
}

TransformDraws SamplePreview::draws(NodeId node, int count, std::uint64_t seed) const
{
    try {
        return m_impl->draws(node, count, seed);
    } catch (const std::exception &) { // what doesn't fit is said by the node's own preview
        return {.node = node, .isRandom = false, .before = {}, .after = {}};
    }
}

NodeValues SamplePreview::values(NodeId node) const
{
    return m_impl->values(node);
}

std::pair<int, int> SamplePreview::weightedAndTrained() const
{
    return m_impl->weightedAndTrained();
}

} // namespace netloom
