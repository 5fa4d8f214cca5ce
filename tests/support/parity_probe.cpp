// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/parity_probe.h"

#include "model/graph_module.h"
#include "train/checkpoint.h"
#include "train/step_rules.h"

#include <cmath>

namespace netloom::test {

namespace {

constexpr std::int64_t kSamples = 64;

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

    Data()
    {
        std::vector<double> numbers;
        std::vector<std::int64_t> classes;
        for (std::int64_t index = 0; index < kSamples; ++index) {
            classes.push_back((7 * index + index / 5) % kParityClasses);
            for (std::int64_t place = 0; place < 36; ++place)
                numbers.push_back(std::sin(static_cast<double>((classes.back() + 1) * (place + 1)) * 0.7) * 0.6 + number(36 * index + place, 1000));
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

struct LstmImpl : torch::nn::Module {
    torch::nn::LSTM lstm{torch::nn::LSTMOptions(6, 12).batch_first(true)};
    torch::nn::Linear out{12, kParityClasses};

    LstmImpl()
    {
        register_module("lstm", lstm);
        register_module("out", out);
    }
};

/// A network under training.
struct Taught {
    std::shared_ptr<torch::nn::Module> module;
    std::function<torch::Tensor(const torch::Tensor &input, const torch::Tensor &target)> loss;
    std::unique_ptr<StepRules> rules;

    Taught(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Params &recipe)
    {
        if (graph.empty()) {
            const auto lstm = std::make_shared<LstmImpl>();
            module = lstm;
            loss = [lstm](const torch::Tensor &input, const torch::Tensor &target) {
                const torch::Tensor last = std::get<0>(lstm->lstm(input.squeeze(1))).select(1, -1);
                return torch::cross_entropy_loss(lstm->out(last), target);
            };
        } else {
            auto built = GraphModule::build(graph, registry, facts, 1);
            if (const auto *issue = std::get_if<Issue>(&built))
                throw std::runtime_error(issue->text);
            const auto network = std::get<0>(built);
            network->useChannelsLast();
            module = network;
            loss = [network](const torch::Tensor &input, const torch::Tensor &target) { return network->lossOf(network->forwardHeads(input), target); };
        }
        module->train();
        settle();
        rules = std::make_unique<StepRules>(recipe, std::vector<ParameterGroup>{{.parameters = module->parameters()}}, torch::kCPU, kSamples / recipe.integer("batch_size"));
    }

    /// Weights by the formula, as large as PyTorch's own; scales of norms are 1.
    void settle() const
    {
        const torch::NoGradGuard noGrad;
        std::int64_t series = 0;
        for (const auto &entry : module->named_parameters()) {
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
        for (const auto &entry : module->named_parameters())
            torch::Tensor(entry.value()).copy_(other.module->named_parameters()[entry.key()]);
        for (const auto &entry : module->named_buffers())
            torch::Tensor(entry.value()).copy_(other.module->named_buffers()[entry.key()]);
        rules->load(*read);
    }
};

} // namespace

ParityRun runParity(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Params &recipe, int cutAfter)
{
    try {
        at::set_num_threads(1);
        const Data data;
        const std::int64_t size = recipe.integer("batch_size"), perEpoch = kSamples / size;
        auto taught = std::make_unique<Taught>(graph, registry, facts, recipe);
        ParityRun run;
        double epochLoss = 0;
        for (std::int64_t batch = 0; batch < kParitySteps; ++batch) {
            const torch::Tensor chosen = Data::chosen(batch / perEpoch, batch % perEpoch, size);
            const torch::Tensor input = data.values.index_select(0, chosen), target = data.labels.index_select(0, chosen);
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
                auto resumed = std::make_unique<Taught>(graph, registry, facts, recipe);
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
