// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/parity_probe.h"

#include "model/graph_module.h"
#include "train/checkpoint.h"
#include "train/step_rules.h"

#include <cmath>

namespace netloom::test {

namespace {

constexpr std::int64_t kSamples = 16, kPictures = 4;

/// As in the script: evenly spread over -1 to 1, as if by chance.
double number(std::int64_t place, std::int64_t series)
{
    const double wild = std::sin(12.9898 * static_cast<double>(place + 1) + 78.233 * static_cast<double>(series + 1)) * 43758.5453;
    return 2 * (wild - std::floor(wild)) - 1;
}

torch::Tensor floats(const std::vector<double> &numbers, at::IntArrayRef sizes)
{
    return torch::tensor(numbers, torch::kFloat64).to(torch::kFloat32).view(sizes);
}

struct Data {
    torch::Tensor values, labels;

    /// Every picture four times, once of them with another label: no network can learn that by heart.
    Data()
    {
        std::vector<double> numbers;
        std::vector<std::int64_t> classes;
        for (std::int64_t index = 0; index < kSamples; ++index) {
            const std::int64_t picture = index % kPictures, copy = index / kPictures;
            const std::int64_t label = (7 * picture + picture / 5) % kParityClasses;
            for (std::int64_t place = 0; place < 36; ++place)
                numbers.push_back(std::sin(static_cast<double>((label + 1) * (place + 1)) * 0.7) * 0.6 + number(36 * picture + place, 1000));
            classes.push_back(copy == picture % 4 ? (label + 1 + picture % 3) % kParityClasses : label);
        }
        values = floats(numbers, {kSamples, 1, 6, 6});
        labels = torch::tensor(classes, torch::kInt64);
    }

    /// The samples of a batch: an odd factor permutes them.
    static torch::Tensor chosen(std::int64_t epoch, std::int64_t batch, std::int64_t size)
    {
        std::vector<std::int64_t> places;
        for (std::int64_t index = batch * size; index < (batch + 1) * size; ++index)
            places.push_back((index * (2 * epoch + 5) + 3 * epoch) % kSamples);
        return torch::tensor(places, torch::kInt64);
    }
};

/// A network under training.
struct Taught {
    std::shared_ptr<GraphModule> network;
    std::unique_ptr<StepRules> rules;

    Taught(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Params &recipe, torch::ScalarType type)
    {
        auto built = GraphModule::build(graph, registry, facts, 1);
        if (const auto *issue = std::get_if<Issue>(&built))
            throw std::runtime_error(issue->text);
        network = std::get<0>(built);
        network->useChannelsLast();
        network->train();
        settle();
        network->to(type);
        std::vector<ParameterGroup> groups;
        for (auto &[scale, parameters] : network->learningParameters())
            groups.push_back({.parameters = parameters, .lrScale = scale});
        rules = std::make_unique<StepRules>(recipe, std::move(groups), torch::kCPU, kSamples / recipe.integer("batch_size"));
    }

    torch::Tensor loss(const torch::Tensor &input, const torch::Tensor &target) const { return network->lossOf(network->forwardHeads(input), target); }

    /// Weights by the formula, as large as PyTorch's own; scales of norms are 1.
    void settle() const
    {
        const torch::NoGradGuard noGrad;
        std::int64_t series = 0;
        for (const auto &entry : network->named_parameters()) {
            torch::Tensor value = entry.value();
            const bool scale = entry.key().find("norm") != std::string::npos && entry.key().ends_with(".weight");
            const double spread = value.dim() > 1 ? 1 / std::sqrt(static_cast<double>(value[0].numel())) : 0.1;
            std::vector<double> numbers;
            for (std::int64_t place = 0; place < value.numel(); ++place)
                numbers.push_back(scale ? 1 : number(place, series) * spread);
            value.copy_(floats(numbers, value.sizes()));
            ++series;
        }
    }

    /// Everything that the other goes on from.
    void goOnAs(const Taught &other) const
    {
        const torch::NoGradGuard noGrad;
        TrainState state;
        other.rules->save(state);
        const Result<TrainState> read = readCheckpoint(writeCheckpoint(state));
        if (!read)
            throw std::runtime_error(read.error().text);
        for (const auto &entry : network->named_parameters())
            torch::Tensor(entry.value()).copy_(other.network->named_parameters()[entry.key()]);
        for (const auto &entry : network->named_buffers())
            torch::Tensor(entry.value()).copy_(other.network->named_buffers()[entry.key()]);
        rules->load(*read);
    }
};

} // namespace

ParityRun runParity(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Params &recipe, int bits, int cutAfter)
{
    try {
        at::set_num_threads(1);
        const Data data;
        const torch::ScalarType type = bits == 64 ? torch::kFloat64 : torch::kFloat32;
        const std::int64_t size = recipe.integer("batch_size"), perEpoch = kSamples / size;
        auto taught = std::make_unique<Taught>(graph, registry, facts, recipe, type);
        ParityRun run;
        double epochLoss = 0;
        for (std::int64_t batch = 0; batch < kParitySteps; ++batch) {
            const torch::Tensor chosen = Data::chosen(batch / perEpoch, batch % perEpoch, size);
            const torch::Tensor input = data.values.index_select(0, chosen).to(type), target = data.labels.index_select(0, chosen);
            taught->rules->beginBatch();
            const torch::Tensor loss = taught->loss(input, target);
            run.losses.push_back(loss.item<double>());
            epochLoss += run.losses.back() / static_cast<double>(perEpoch);
            taught->rules->learn(loss, [&] { return taught->loss(input, target); });
            if ((batch + 1) % perEpoch == 0) {
                taught->rules->endBatches();
                taught->rules->endEpoch(std::exchange(epochLoss, 0));
            }
            if (batch + 1 == cutAfter) {
                auto resumed = std::make_unique<Taught>(graph, registry, facts, recipe, type);
                resumed->goOnAs(*taught);
                taught = std::move(resumed);
            }
        }
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

} // namespace netloom::test
