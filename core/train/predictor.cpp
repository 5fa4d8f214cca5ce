// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/batch_tensors.h"
#include "train/device.h"
#include "train/pass_meter.h"
#include "train/trainer.h"
#include "train/training_loop.h"

#include "model/failure.h"

namespace netloom {

class Predictor::Impl {
public:
    template <class Read>
    Result<std::vector<float>> answer(const Batch &batch, const Shape &sampleShape, Read read);
    BatchAnswers answersOf(const torch::Tensor &output, std::size_t head = 0) const;
    Result<std::vector<PassFindings>> evaluate(BatchSource &data, Split split, std::int64_t batchSize, const EvaluationWatch &watch, bool allHeads);

    std::shared_ptr<GraphModule> network;
    torch::Device device{torch::kCPU};
};

Predictor::Predictor(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Predictor::~Predictor() = default;

Result<std::unique_ptr<Predictor>> Predictor::load(const NodeRegistry &registry, const Graph &graph, const SourceFacts &facts,
    const std::string &safetensors, const std::string &device)
{
    try {
        const auto chosen = chooseDevice(device);
        if (!chosen)
            return chosen.error();
        auto built = GraphModule::build(graph, registry, facts, 0);
        if (const auto *issue = std::get_if<Issue>(&built))
            return Error{issue->text};
        auto impl = std::make_unique<Impl>();
        impl->network = std::get<0>(built);
        impl->device = *chosen;
        const auto tensors = readSafetensors(safetensors);
        if (!tensors)
            return tensors.error();
        if (const auto loaded = impl->network->loadStateDict(*tensors); !loaded)
            return loaded.error();
        impl->network->to(impl->device);
        impl->network->eval();
        if (impl->device.is_cpu())
            impl->network->useChannelsLast();
        return std::unique_ptr<Predictor>(new Predictor(std::move(impl)));
    } catch (const std::exception &exception) {
        return Error{failureText(exception)};
    }
}

/// What the network gives for @p batch, as @p read takes it from the output.
template <class Read>
Result<std::vector<float>> Predictor::Impl::answer(const Batch &batch, const Shape &sampleShape, Read read)
{
    const torch::InferenceMode inference;
    useCpu(0);
    const Shape &wanted = network->inputShape();
    const std::vector<std::int64_t> sample(wanted.dims().begin() + 1, wanted.dims().end());
    const auto numbers = static_cast<std::int64_t>(batch.values.size());
    if (Shape(sample) != sampleShape || batch.count < 1 || numbers != batch.count * wanted.elementsPerSample())
        return Error{"The network takes " + Shape(sample).toString() + " but gets " + sampleShape.toString() + "."};
    try {
        // from_blob asks for writable memory but the network only reads it.
        const torch::Tensor input = torch::from_blob(const_cast<float *>(batch.values.data()), wanted.withBatch(batch.count), torch::kFloat32);
        const torch::Tensor output = read(network->forward(input.to(device)));
        const torch::Tensor answers = output.to(torch::kCPU, torch::kFloat32).contiguous();
        return std::vector<float>(answers.data_ptr<float>(), answers.data_ptr<float>() + answers.numel());
    } catch (const std::exception &exception) {
        return Error{failureText(exception)};
    }
}

Result<std::vector<float>> Predictor::probabilities(const Batch &batch, const Shape &sampleShape)
{
    return m_impl->answer(batch, sampleShape, [this](const torch::Tensor &output) { return m_impl->network->probabilitiesOf(output); });
}

Result<std::vector<double>> Predictor::numbers(const Batch &batch, const Shape &sampleShape)
{
    const std::optional<NumberScale> &scale = m_impl->network->numberScale();
    if (!scale)
        return Error{"The network tells classes apart: it gives no number."};
    const auto scaled = m_impl->answer(batch, sampleShape, [this](const torch::Tensor &output) { return m_impl->network->predictionsOf(output); });
    if (!scaled)
        return scaled.error();
    std::vector<double> numbers;
    for (const float number : *scaled)
        numbers.push_back(ownNumber(*scale, number));
    return numbers;
}

/// What @p output of @p head means.
BatchAnswers Predictor::Impl::answersOf(const torch::Tensor &output, std::size_t head) const
{
    const std::optional<NumberScale> &scale = network->numberScale();
    const torch::Tensor answers = (scale ? network->predictionsOf(output, head) : network->probabilitiesOf(output, head)).to(torch::kCPU, torch::kFloat32).contiguous();
    const std::vector<float> values(answers.data_ptr<float>(), answers.data_ptr<float>() + answers.numel());
    if (!scale)
        return {.probabilities = values};
    BatchAnswers numbers;
    for (const float value : values)
        numbers.numbers.push_back(ownNumber(*scale, value));
    return numbers;
}

Result<std::vector<PassFindings>> Predictor::Impl::evaluate(
    BatchSource &data, Split split, std::int64_t batchSize, const EvaluationWatch &watch, bool allHeads)
{
    const torch::InferenceMode inference;
    useCpu(0);
    try {
        const Shape sample = data.sampleShape();
        if (!takesSamples(*network, sample))
            return Error{"The data gives samples of " + sample.toString() + " but the network takes " + network->inputShape().toString()
                + ": give data of that size, or train with a Resize to a fixed height and width."};
        std::vector<PassMeter> meters(allHeads ? network->headNames().size() : 1, PassMeter(*network));
        data.begin(split, batchSize, 0, 0, false);
        while (auto batch = data.next()) {
            const BatchTensors tensors = toTensors(*batch, *network, device);
            const GraphModule::HeadOutputs outputs = allHeads ? network->forwardHeads(tensors.input) : GraphModule::HeadOutputs{network->forward(tensors.input), {}};
            for (std::size_t head = 0; head < meters.size(); ++head) {
                const torch::Tensor &output = outputs.of(head);
                meters[head].add(network->lossOf(output, tensors.target, head), network->predictionsOf(output, head), *batch);
                if (head == 0 && watch.answers)
                    watch.answers(*batch, answersOf(output));
                else if (head > 0 && watch.headAnswers)
                    watch.headAnswers(head, *batch, answersOf(output, head));
            }
            data.recycle(std::move(batch));
            if (watch.progress && !watch.progress(meters.front().samples(), data.sampleCount(split)))
                break;
        }
        if (meters.front().samples() == 0)
            return Error{"There are no " + std::string(toString(split)) + " samples to evaluate on: choose another split."};
        std::vector<PassFindings> findings;
        for (PassMeter &meter : meters) {
            meter.flush();
            findings.push_back({meter.result(), meter.confusion(), meter.estimates(), meter.labels()});
        }
        return findings;
    } catch (const std::exception &exception) {
        return Error{failureText(exception)};
    }
}

Result<PassFindings> Predictor::evaluate(BatchSource &data, Split split, std::int64_t batchSize, const EvaluationWatch &watch)
{
    auto findings = m_impl->evaluate(data, split, batchSize, watch, false);
    if (!findings)
        return findings.error();
    return std::move(findings->front());
}

Result<std::vector<PassFindings>> Predictor::evaluateHeads(BatchSource &data, Split split, std::int64_t batchSize, const EvaluationWatch &watch)
{
    return m_impl->evaluate(data, split, batchSize, watch, true);
}

std::vector<std::string> Predictor::headNames() const
{
    return m_impl->network->headNames();
}

FilterSnapshot Predictor::filters() const
{
    return filterSnapshot(*m_impl->network);
}

bool Predictor::learnsNumber() const
{
    return m_impl->network->numberScale().has_value();
}

std::int64_t Predictor::classCount() const
{
    return m_impl->network->classCount();
}

} // namespace netloom
