// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/sample_preview.h"

#include "data/random.h"
#include "data/sample_pipeline.h"
#include "graph/structure.h"
#include "inspect/preview_values.h"
#include "layers/layer.h"
#include "losses/loss.h"
#include "model/failure.h"
#include "model/initial_weights.h"
#include "model/safetensors.h"
#include "transforms/batch_transform.h"
#include "transforms/transform.h"

#include <algorithm>
#include <set>

namespace netloom {

namespace {

constexpr std::int64_t kMostParameters = 200'000'000; ///< of all layers together; 4 bytes each
constexpr std::int64_t kMostNumbers = 64'000'000;     ///< that come out of one node

constexpr char kNothingComesIn[] = "Nothing comes in: connect the nodes before it, or mend what is wrong with them.";

/// What travels on: a picture or its values up to the end of the pipeline, a batch of one behind it; nothing where a node has none.
using Flow = std::variant<std::monostate, Sample, torch::Tensor>;

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

torch::Tensor tensorOf(const Flow &flow)
{
    if (const auto *tensor = std::get_if<torch::Tensor>(&flow))
        return *tensor;
    const Sample &sample = std::get<Sample>(flow);
    if (sample.values.empty())
        throw std::runtime_error("It gets a picture, not numbers: add ToTensor before it.");
    std::vector<std::int64_t> sizes{1};
    sizes.insert(sizes.end(), sample.shape.dims().begin(), sample.shape.dims().end());
    return torch::from_blob(const_cast<float *>(sample.values.data()), sizes, torch::kFloat32).clone();
}

/// The numbers of the one sample of a batch, ready to be read.
torch::Tensor plainTensor(const torch::Tensor &tensor)
{
    return tensor.to(torch::kCPU, torch::kFloat32).contiguous();
}

Shape sampleShape(const torch::Tensor &tensor)
{
    const auto sizes = tensor.sizes();
    return Shape(std::vector<std::int64_t>(sizes.begin() + std::min<std::ptrdiff_t>(1, sizes.size()), sizes.end()));
}

std::span<const float> numbersOf(const torch::Tensor &plain)
{
    return {plain.data_ptr<float>(), static_cast<std::size_t>(plain.numel())};
}

/// Nodes whose output is the scores of the classes: they feed a loss, if need be through nodes that keep the scores apart.
std::set<NodeId> findHeads(const Graph &graph, const NodeRegistry &registry, const Inference &inference, const std::vector<NodeId> &order)
{
    std::set<NodeId> heads;
    for (auto id = order.rbegin(); id != order.rend(); ++id) {
        for (const Link &link : graph.linksFrom(*id)) {
            const NodeSpec *next = registry.find(graph.find(link.to.node)->type);
            const auto &shapes = inference.nodes.at(link.to.node);
            const bool keeps = heads.contains(link.to.node) && shapes.parameters == 0 && shapes.inputs == shapes.outputs;
            if (next && ((next->isLoss() && link.to.port == "input") || keeps))
                heads.insert(*id);
        }
    }
    return heads;
}

} // namespace

class SamplePreview::Impl {
public:
    Impl(const NodeRegistry &registry, std::uint64_t seed) : m_registry(registry), m_seed(seed) {}

    Result<Done> setWeights(const std::string &safetensors)
    {
        m_trained.clear();
        ++m_trainedVersion;
        if (safetensors.empty())
            return Done{};
        const Result<NamedTensors> tensors = readSafetensors(safetensors);
        if (!tensors)
            return tensors.error();
        for (const auto &[name, tensor] : *tensors)
            m_trained.emplace(name, tensor);
        return Done{};
    }

    bool run(const Graph &graph, const SourceFacts &facts, const PreviewSample &sample, const Sink &sink, const std::stop_token &stop)
    {
        if (at::get_num_threads() != 1)
            at::set_num_threads(1);
        const torch::NoGradGuard noGrad;
        if (!(sample == m_sample)) {
            m_sample = sample;
            ++m_sampleVersion;
        }
        m_facts = &facts;
        m_flat = flatten(graph, m_registry);
        m_inference = inferFlatShapes(m_flat, m_registry, facts);
        const auto order = m_flat.graph.topologicalOrder();
        if (!order)
            return true;
        m_heads = findHeads(m_flat.graph, m_registry, m_inference, *order);
        nameWork();
        for (const NodeId id : *order) {
            if (stop.stop_requested())
                return false;
            NodeWork &work = workOf(id);
            refresh(work, *m_flat.graph.find(id));
            if (!m_flat.copies.contains(id))
                sink(id, work.preview);
        }
        showTakenOut(graph, sink);
        return true;
    }

    NodeValues values(NodeId node) const
    {
        const auto shown = m_shownAt.find(node);
        const auto found = m_work.find(shown == m_shownAt.end() ? WorkId{node} : shown->second);
        if (found == m_work.end())
            return {};
        if (const auto *sample = std::get_if<Sample>(&found->second.value))
            return sample->values.empty() ? pictureValues(sample->picture) : NodeValues{sample->shape, sample->values};
        if (const auto *tensor = std::get_if<torch::Tensor>(&found->second.value)) {
            const torch::Tensor plain = plainTensor(*tensor);
            const auto numbers = numbersOf(plain);
            return {sampleShape(plain), {numbers.begin(), numbers.end()}};
        }
        return {};
    }

    void setDraw(std::uint64_t draw) { m_draw = draw; }

    TransformDraws draws(NodeId id, int count, std::uint64_t seed) const
    {
        TransformDraws draws{.node = id};
        const Node *node = m_flat.graph.find(id);
        const NodeSpec *spec = node ? m_registry.find(node->type) : nullptr;
        const NodeWork *input = spec && spec->isTransform() ? inputOf(id) : nullptr;
        if (!input || !m_inference.nodes.at(id).known)
            return draws;
        const Params params = resolvedParams(*spec, *node, *m_facts);
        draws.isRandom = spec->isBatchTransform() || spec->buildTransform(params, *m_facts)->isRandom();
        draws.before = input->preview;
        for (int draw = 0; draw < (draws.isRandom ? count : 1); ++draw) {
            std::mt19937_64 random(mixSeed({seed, static_cast<std::uint64_t>(draw)}));
            Sample sample = sampleOf(input->value);
            if (spec->isBatchTransform())
                mixWithAnother(sample, *spec, params, id, draw + 1, random);
            else
                spec->buildTransform(params, *m_facts)->apply(sample, random, true);
            draws.after.push_back(std::make_shared<const NodePreview>(previewOfSample(sample)));
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
        for (const auto &[id, node] : m_flat.graph.nodes()) {
            const NodeId origin = m_flat.origin(id);
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
            if (m_flat.graph.find(id))
                continue;
            const NodePorts ports = portsOf(graph, m_registry, node);
            if (ports.outputs().empty())
                continue;
            const auto source = m_flat.sources.find({id, ports.outputs().front().name});
            if (source == m_flat.sources.end()) {
                sink(id, std::make_shared<const NodePreview>(noPreview(kNothingComesIn)));
            } else if (ports.outputs().front().kind != PortKind::Target) {
                m_shownAt.emplace(id, m_ids.at(source->second.node));
                sink(id, workOf(source->second.node).preview);
            }
        }
    }

    static NodeValues pictureValues(const Picture &picture)
    {
        NodeValues values{Shape{picture.channels, picture.height, picture.width}, {}};
        values.values.reserve(picture.pixels.size());
        const std::size_t plane = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
        for (int channel = 0; channel < picture.channels; ++channel) {
            for (std::size_t pixel = 0; pixel < plane; ++pixel)
                values.values.push_back(picture.pixels[pixel * static_cast<std::size_t>(picture.channels) + static_cast<std::size_t>(channel)]);
        }
        return values;
    }

    /// Computes the node anew where anything that it depends on has changed.
    void refresh(NodeWork &work, const Node &node)
    {
        NodePreview preview;
        try {
            const NodeSpec *spec = m_registry.find(node.type);
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
        const NodeShapes &shapes = m_inference.nodes.at(node.id);
        if (!shapes.known)
            return key + "- " + reasonOf(node);
        key += paramsText(resolvedParams(*spec, node, *m_facts)) + '\n';
        if (spec->isLayer())
            key += layerKeyOf(node, *spec);
        if (spec->isTransform())
            key += std::to_string(m_draw);
        if (spec->isSource())
            key += std::to_string(m_sampleVersion) + ' ' + planDecoding(m_flat, m_registry, *m_facts, node).key();
        for (const PortDecl &port : spec->inputs) {
            for (const Link &link : m_flat.graph.linksInto(PortRef{node.id, port.name}))
                key += '\n' + port.name + ' ' + std::to_string(workOf(link.from.node).version);
        }
        if (spec->isLoss() || m_heads.contains(node.id)) {
            key += "\nhead " + std::to_string(target());
            for (const std::string &name : m_facts->classNames)
                key += '\n' + name;
            if (const auto scale = m_facts->numberScale())
                key += '\n' + std::to_string(scale->mean) + ' ' + std::to_string(scale->deviation) + ' ' + std::to_string(trueNumber().value_or(0));
        }
        return key;
    }

    std::string layerKeyOf(const Node &node, const NodeSpec &spec) const
    {
        std::string key = node.type + '\n' + paramsText(resolvedParams(spec, node, *m_facts));
        for (const Shape &shape : m_inference.nodes.at(node.id).inputs)
            key += '\n' + shape.toString();
        const auto trained = m_trained.lower_bound(node.name + '.');
        if (trained != m_trained.end() && trained->first.starts_with(node.name + '.'))
            key += '\n' + node.name + ' ' + std::to_string(m_trainedVersion);
        return key;
    }

    /// Why a node that shape inference doesn't get through has no preview.
    std::string reasonOf(const Node &node) const
    {
        for (const Issue &issue : m_inference.issues) {
            if (issue.node == node.id && issue.code != "unused")
                return issue.text;
        }
        return kNothingComesIn;
    }

    bool isOfData() const
    {
        return m_sample.file.empty() && m_sample.source && m_sample.index >= 0 && m_sample.index < m_sample.source->size();
    }

    /// The sample's class; -1 where it isn't known, or there may be several.
    std::int64_t target() const
    {
        return isOfData() && !m_facts->learnsNumber && !m_facts->severalLabels ? m_sample.source->label(m_sample.index) : -1;
    }

    /// The sample's number to be learned, in its own unit; nothing where it isn't known.
    std::optional<double> trueNumber() const
    {
        return isOfData() && m_facts->learnsNumber ? std::optional(m_sample.source->number(m_sample.index)) : std::nullopt;
    }

    NodePreview compute(NodeWork &work, const Node &node, const NodeSpec *spec)
    {
        if (!spec)
            return noPreview("This version does not know " + node.type + ".");
        if (!m_inference.nodes.at(node.id).known)
            return noPreview(reasonOf(node));
        if (spec->isSource())
            return computeSource(work, node, *spec);
        std::vector<const Flow *> inputs;
        for (const PortDecl &port : spec->inputs) {
            for (const Link &link : m_flat.graph.linksInto(PortRef{node.id, port.name})) {
                if (port.kind == PortKind::Target)
                    continue;
                const Flow &flow = flowFrom(link.from);
                if (std::holds_alternative<std::monostate>(flow))
                    return noPreview("Nothing comes in: '" + m_flat.graph.find(link.from.node)->name + "' before it gives nothing.");
                inputs.push_back(&flow);
            }
        }
        const Params params = resolvedParams(*spec, node, *m_facts);
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
        Result<Picture> picture = decodeSample(m_sample, planDecoding(m_flat, m_registry, *m_facts, node));
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
        if (!m_sample.file.empty())
            return noPreview("The chosen file is a picture, but the data is a table: choose one of its rows above the canvas.");
        if (!m_sample.source || m_sample.index < 0 || m_sample.index >= m_sample.source->size())
            return noPreview("No row is chosen: choose the table in the data source.");
        Sample sample;
        m_sample.source->readRow(m_sample.index, sample.values);
        sample.shape = Shape{static_cast<std::int64_t>(sample.values.size())};
        NodePreview preview = previewOfRow(sample.values, m_sample.source->facts());
        work.value = std::move(sample);
        return preview;
    }

    NodePreview computeTransform(NodeWork &work, const Node &node, const NodeSpec &spec, const Params &params, const Flow &input)
    {
        Sample sample = sampleOf(input);
        std::mt19937_64 random(mixSeed({m_draw, static_cast<std::uint64_t>(node.id.value)}));
        if (spec.buildTransform) // a batch transform leaves single samples as they are
            spec.buildTransform(params, *m_facts)->apply(sample, random, m_draw != 0);
        NodePreview preview = previewOfSample(sample);
        work.value = std::move(sample);
        return preview;
    }

    static Sample sampleOf(const Flow &input)
    {
        if (const auto *before = std::get_if<Sample>(&input))
            return *before;
        Sample sample;
        const torch::Tensor plain = plainTensor(std::get<torch::Tensor>(input));
        const auto numbers = numbersOf(plain);
        sample.values.assign(numbers.begin(), numbers.end());
        sample.shape = sampleShape(plain);
        return sample;
    }

    NodePreview previewOfSample(Sample &sample) const
    {
        if (sample.values.empty())
            return previewOfPicture(sample.picture);
        sample.picture = {};
        return sample.shape.rank() == 1 ? previewOfRow(sample.values, *m_facts) : previewOfNumbers(sample.shape, sample.values, true);
    }

    /// The work of the one node before a transform; nullptr where nothing comes in.
    const NodeWork *inputOf(NodeId id) const
    {
        for (const Link &link : m_flat.graph.linksInto(PortRef{id, "input"})) {
            const auto found = m_work.find(m_ids.at(link.from.node));
            if (found != m_work.end() && !std::holds_alternative<std::monostate>(found->second.value))
                return &found->second;
        }
        return nullptr;
    }

    /// The sample as a batch transform leaves it in a batch with the one that lies @p by further in the data.
    void mixWithAnother(Sample &sample, const NodeSpec &spec, const Params &params, NodeId until, int by, std::mt19937_64 &random) const
    {
        Batch batch;
        batch.values = sample.values;
        if (m_sample.source && m_sample.source->size() > 1)
            append(batch.values, preparedUntil(until, (std::max<std::int64_t>(0, m_sample.index) + by) % m_sample.source->size()));
        if (sample.values.empty() || batch.values.size() != 2 * sample.values.size())
            return;
        batch.count = 2;
        batch.targets = {0, 0};
        spec.buildBatchTransform(params)->apply(batch, sample.shape, 1, random);
        sample.values.assign(batch.values.begin(), batch.values.begin() + static_cast<std::ptrdiff_t>(sample.values.size()));
    }

    static void append(std::vector<float> &values, const std::vector<float> &more) { values.insert(values.end(), more.begin(), more.end()); }

    /// Another sample of the data as it comes to the transform @p until; nothing where it can't be read.
    std::vector<float> preparedUntil(NodeId until, std::int64_t index) const
    {
        const Result<SamplePipeline> pipeline = SamplePipeline::make(m_flat.graph, m_registry, *m_facts, until);
        Sample sample;
        if (!pipeline || pipeline->read(*m_sample.source, index, sample))
            return {};
        std::mt19937_64 unused;
        pipeline->apply(sample, unused, false);
        return std::move(sample.values);
    }

    NodePreview computeLayer(NodeWork &work, const Node &node, const NodeSpec &spec, const Params &params, const std::vector<torch::Tensor> &inputs)
    {
        const NodeShapes &shapes = m_inference.nodes.at(node.id);
        if (shapes.outputs.at(0).elementsPerSample() > kMostNumbers || m_inference.parameters() > kMostParameters)
            return noPreview("It is too large for a preview.");
        std::string layerKey = layerKeyOf(node, spec);
        if (work.layerKey != layerKey || !work.layer) {
            work.layerKey.clear();
            work.layer = buildSeededLayer(spec, params, shapes.inputs, seedOf(m_ids.at(node.id)));
            work.trained = takeTrainedWeights(*work.layer, node.name);
            if (const auto module = work.layer->module())
                module->eval();
            work.layerKey = std::move(layerKey);
        }
        const std::vector<torch::Tensor> outputs = work.layer->forwardAll(inputs);
        NodePreview preview = previewOfTensor(outputs.at(0));
        nameBars(preview, m_heads.contains(node.id));
        work.value = outputs[0];
        work.further.assign(outputs.begin() + 1, outputs.end());
        return preview;
    }

    /// What comes out of an output of a flat node.
    const Flow &flowFrom(const PortRef &from)
    {
        static const Flow nothing;
        const NodeWork &work = workOf(from.node);
        const NodeSpec &spec = *m_registry.find(m_flat.graph.find(from.node)->type);
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
        if (const auto scale = m_facts->numberScale())
            return computeEstimate(work, *scale, input);
        const torch::Tensor probabilities = spec.buildLoss(params)->probabilities(input);
        NodePreview preview = previewOfTensor(probabilities);
        preview.probabilities = true;
        nameBars(preview, true);
        work.value = probabilities;
        return preview;
    }

    /// Where a number is learned: what the network says, in its own unit, beside the truth.
    NodePreview computeEstimate(NodeWork &work, const NumberScale &scale, const torch::Tensor &input) const
    {
        std::vector<double> numbers{scale.number(input.flatten()[0].item<double>())};
        std::vector<std::string> names{"predicted"};
        if (const auto truth = trueNumber()) {
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

    static NodePreview previewOfTensor(const torch::Tensor &tensor)
    {
        const torch::Tensor plain = plainTensor(tensor);
        return previewOfNumbers(sampleShape(plain), numbersOf(plain), false);
    }

    void nameBars(NodePreview &preview, bool head) const
    {
        const bool perClass = preview.kind == NodePreview::Kind::Bars && preview.perBar == 1
            && static_cast<std::int64_t>(preview.bars.size()) == m_facts->classCount();
        if (!head || !perClass)
            return;
        preview.names = m_facts->classNames;
        preview.target = target();
    }

    /// False, and nothing changed, where a tensor is missing or has another shape.
    bool takeTrainedWeights(Layer &layer, const std::string &name) const
    {
        const auto module = layer.module();
        if (!module || m_trained.empty())
            return false;
        std::vector<std::pair<torch::Tensor, torch::Tensor>> copies;
        const auto fits = [&](const std::string &weight, const torch::Tensor &own) {
            const auto found = m_trained.find(name + "." + weight);
            if (found == m_trained.end() || found->second.sizes() != own.sizes())
                return false;
            copies.emplace_back(own, found->second);
            return true;
        };
        for (const auto &parameter : module->named_parameters()) {
            if (!fits(parameter.key(), parameter.value()))
                return false;
        }
        for (const auto &buffer : module->named_buffers()) {
            if (!fits(buffer.key(), buffer.value()))
                return false;
        }
        for (auto &[own, trained] : copies)
            own.copy_(trained);
        return !copies.empty();
    }

    const NodeRegistry &m_registry;
    std::uint64_t m_seed;
    std::map<std::string, torch::Tensor> m_trained;
    std::uint64_t m_trainedVersion = 0;
    PreviewSample m_sample;
    std::uint64_t m_sampleVersion = 0;
    std::uint64_t m_draw = 0; ///< of random transforms; 0: they do as in evaluation
    std::uint64_t m_lastVersion = 0;
    std::map<WorkId, NodeWork> m_work;
    std::map<NodeId, WorkId> m_shownAt; ///< nodes that the network doesn't have → whose output they show

    // Of the run at hand: the network that computes, by ids of the flat graph.
    FlatGraph m_flat;
    const SourceFacts *m_facts = nullptr;
    Inference m_inference;
    std::map<NodeId, WorkId> m_ids;
    std::set<NodeId> m_heads;
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
