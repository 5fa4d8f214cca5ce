// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/torch_probe.h"

#include "layers/layer.h"
#include "losses/loss.h"
#include "model/graph_module.h"
#include "model/initial_weights.h"
#include "model/torch_file.h"
#include "model/weights_file.h"
#include "model/norm_relu_pool.h"
#include "model/parallel_parts.h"
#include "train/flat_optimizer.h"
#include "train/lion.h"
#include "train/optimizers.h"

#include <mutex>
#include <set>
#include <thread>

namespace netloom::test {

namespace {

constexpr std::int64_t kBatchSize = 2;

Shape shapeOf(const torch::Tensor &tensor)
{
    Shape shape(tensor.sizes().vec());
    if (!shape.empty())
        shape.set(0, Shape::kBatch);
    return shape;
}

std::vector<double> numbersOf(const torch::Tensor &tensor)
{
    const torch::Tensor plain = tensor.detach().to(torch::kFloat64).contiguous();
    return {plain.data_ptr<double>(), plain.data_ptr<double>() + plain.numel()};
}

/// A graph with the fixture's weights and its one batch.
struct Prepared {
    std::shared_ptr<GraphModule> network;
    torch::Tensor input, target;
    std::string failure;
};

Prepared prepare(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Numbers &fixture)
{
    auto built = GraphModule::build(graph, registry, facts, 1);
    if (const auto *issue = std::get_if<Issue>(&built))
        return {.failure = issue->text};
    Prepared prepared{.network = std::get<0>(built)};
    NamedTensors weights = prepared.network->stateDict();
    for (auto &[name, tensor] : weights) {
        if (const auto found = fixture.find("weight/" + name); found != fixture.end())
            tensor = torch::tensor(found->second, torch::kFloat64).view(tensor.sizes()).to(torch::kFloat32);
        else if (tensor.is_floating_point() && name.find("running_") == std::string::npos)
            return {.failure = "the fixture lacks " + name};
    }
    if (const auto loaded = prepared.network->loadStateDict(weights); !loaded)
        return {.failure = loaded.error().text};
    prepared.network->useChannelsLast();
    prepared.network->train();
    const auto count = static_cast<std::int64_t>(fixture.at("target").size());
    prepared.input = torch::tensor(fixture.at("input"), torch::kFloat64)
                         .view(prepared.network->inputShape().withBatch(count)).to(torch::kFloat32);
    prepared.target = torch::tensor(fixture.at("target"), torch::kFloat64).to(facts.learnsNumber ? torch::kFloat32 : torch::kInt64);
    return prepared;
}

} // namespace

LayerRun runLayer(const NodeSpec &spec, const Params &params, const ShapeList &in)
{
    try {
        torch::manual_seed(1);
        const auto layer = spec.buildLayer(params, in);
        const bool looksUp = spec.type == "Embedding"; // whole numbers, which have no gradient
        std::vector<torch::Tensor> inputs;
        for (const Shape &shape : in)
            inputs.push_back(looksUp ? torch::ones(shape.withBatch(kBatchSize)) : torch::randn(shape.withBatch(kBatchSize)).requires_grad_());
        LayerRun run{.trains = true};
        torch::Tensor sum = torch::zeros({});
        for (const torch::Tensor &output : layer->forwardAll(inputs)) {
            run.outputs.push_back(shapeOf(output));
            sum = sum + output.sum();
        }
        sum.backward();
        for (const torch::Tensor &input : inputs)
            run.trains = run.trains && (looksUp || input.grad().defined());
        if (const auto module = layer->module()) {
            for (const torch::Tensor &parameter : module->parameters()) {
                run.parameters += parameter.numel();
                run.trains = run.trains && parameter.grad().defined();
            }
        }
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

ValuesRun runValues(const NodeSpec &spec, const Params &params, const std::vector<PlainTensor> &inputs, const std::map<std::string, PlainTensor> &weights,
    bool training)
{
    const torch::NoGradGuard noGrad;
    const auto tensorOf = [](const PlainTensor &plain) { return torch::tensor(plain.values, torch::kFloat64).reshape(plain.shape).to(torch::kFloat32); };
    try {
        ShapeList shapes;
        std::vector<torch::Tensor> tensors;
        for (const PlainTensor &input : inputs) {
            tensors.push_back(tensorOf(input));
            shapes.push_back(shapeOf(tensors.back()));
        }
        const auto layer = spec.buildLayer(params, shapes);
        std::size_t taken = 0;
        if (const auto module = layer->module()) {
            module->train(training);
            auto own = module->named_parameters();
            for (const auto &buffer : module->named_buffers())
                own.insert(buffer.key(), buffer.value());
            for (const auto &named : own) {
                const auto found = weights.find(named.key());
                if (found == weights.end() && named.value().is_floating_point())
                    return {.failure = "the case lacks " + named.key()};
                if (found == weights.end())
                    continue;
                torch::Tensor(named.value()).copy_(tensorOf(found->second));
                ++taken;
            }
        }
        if (taken != weights.size())
            return {.failure = "the layer has other weights than the case"};
        ValuesRun run;
        for (const torch::Tensor &output : layer->forwardAll(tensors))
            run.outputs.push_back({output.sizes().vec(), numbersOf(output)});
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

std::map<std::string, PlainTensor> initialWeightsOf(const NodeSpec &spec, const Params &params, const ShapeList &in)
{
    torch::manual_seed(1);
    std::map<std::string, PlainTensor> weights;
    const auto layer = buildLayer(spec, params, in);
    for (const auto &named : layer->module()->named_parameters())
        weights[named.key()] = {named.value().sizes().vec(), numbersOf(named.value())};
    return weights;
}

std::map<std::string, PlainTensor> initialWeightsIfAny(const NodeSpec &spec, const Params &params, const ShapeList &in)
{
    return buildLayer(spec, params, in)->module() ? initialWeightsOf(spec, params, in) : std::map<std::string, PlainTensor>();
}

namespace {

WeightsRead plain(const Result<NamedTensors> &read)
{
    if (!read)
        return {.failure = read.error().text};
    WeightsRead weights;
    for (const auto &[name, tensor] : *read)
        weights.tensors[name] = {tensor.sizes().vec(), numbersOf(tensor)};
    return weights;
}

} // namespace

WeightsRead readWeights(const std::string &path) { return plain(readWeightsFile(path)); }
WeightsRead readTorchImage(const std::string &bytes) { return plain(readTorchFile(bytes)); }

double lossOfLabel(const NodeSpec &spec, const std::vector<double> &scores, std::int64_t label)
{
    const torch::Tensor output = torch::tensor(scores, torch::kFloat64).unsqueeze(0);
    return spec.buildLoss(Params::defaults(spec.params))->forward(output, torch::tensor(std::vector<std::int64_t>{label}, torch::kInt64)).item<double>();
}

double lossOf(const NodeSpec &spec, const std::vector<double> &scores, const std::vector<double> &shares)
{
    const torch::Tensor output = torch::tensor(scores, torch::kFloat64).unsqueeze(0);
    return spec.buildLoss(Params::defaults(spec.params))->forward(output, torch::tensor(shares, torch::kFloat64).unsqueeze(0)).item<double>();
}

LossRun runLoss(const NodeSpec &spec, const Params &params, const Shape &in, std::int64_t classes)
{
    try {
        torch::manual_seed(1);
        const auto loss = spec.buildLoss(params);
        const torch::Tensor output = torch::randn(in.withBatch(64));
        const torch::Tensor probabilities = loss->probabilities(output);
        LossRun run;
        run.loss = loss->forward(output, torch::randint(classes, {64}, torch::kInt64)).item<double>();
        run.probabilities = shapeOf(probabilities);
        run.sumsToOne = probabilities.ge(0).all().item<bool>() && torch::allclose(probabilities.sum(1), torch::ones({64}));
        run.predictsMostProbable = loss->predictions(output).equal(probabilities.argmax(1));
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

GradientRun runGradients(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Numbers &fixture)
{
    try {
        const Prepared prepared = prepare(graph, registry, facts, fixture);
        if (!prepared.failure.empty())
            return {.failure = prepared.failure};
        const torch::Tensor loss = prepared.network->lossOf(prepared.network->forward(prepared.input), prepared.target);
        loss.backward();
        GradientRun run{.loss = loss.item<double>()};
        for (const auto &parameter : prepared.network->named_parameters())
            run.gradients[parameter.key()] = numbersOf(parameter.value().grad());
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

StepsRun runSteps(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Numbers &fixture,
    const Params &recipe, int steps)
{
    try {
        const Prepared prepared = prepare(graph, registry, facts, fixture);
        if (!prepared.failure.empty())
            return {.failure = prepared.failure};
        const auto optimizer = makeOptimizer(recipe, prepared.network->parameters());
        StepsRun run;
        for (int step = 0; step < steps; ++step) {
            optimizer->forgetGradients();
            const torch::Tensor loss = prepared.network->lossOf(prepared.network->forward(prepared.input), prepared.target);
            run.losses.push_back(loss.item<double>());
            loss.backward();
            optimizer->step();
        }
        for (const auto &[name, tensor] : prepared.network->stateDict())
            run.weights[name] = numbersOf(tensor);
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

namespace {

/// Weights of several shapes, in two groups of which the second learns at another pace.
std::vector<ParameterGroup> weightsLike(const std::vector<torch::Tensor> &starts, double lrScale, bool asFiltersLie)
{
    std::vector<ParameterGroup> groups{{}, {.lrScale = lrScale}};
    for (std::size_t index = 0; index < starts.size(); ++index) {
        torch::Tensor weights = starts[index].clone();
        if (asFiltersLie && weights.dim() == 4)
            weights = torch::empty(weights.sizes(), weights.options(), at::MemoryFormat::ChannelsLast).copy_(weights);
        groups[2 * index < starts.size() ? 0 : 1].parameters.push_back(weights);
    }
    return groups;
}

void giveGradients(std::vector<ParameterGroup> &groups, const std::vector<torch::Tensor> &gradients)
{
    std::size_t index = 0;
    for (ParameterGroup &group : groups) {
        for (torch::Tensor &weights : group.parameters)
            weights.mutable_grad() = gradients[index++].clone();
    }
}

double largestDifference(const std::vector<ParameterGroup> &ours, const std::vector<ParameterGroup> &theirs)
{
    double largest = 0;
    for (std::size_t group = 0; group < ours.size(); ++group) {
        for (std::size_t index = 0; index < ours[group].parameters.size(); ++index)
            largest = std::max(largest, (ours[group].parameters[index] - theirs[group].parameters[index]).abs().max().item<double>());
    }
    return largest;
}

/// What makeOptimizer()'s is compared with.
std::unique_ptr<Optimizer> referenceFor(const Params &recipe, const std::vector<ParameterGroup> &groups)
{
    class Reference final : public Optimizer {
    public:
        Reference(std::unique_ptr<torch::optim::Optimizer> optimizer, const std::vector<ParameterGroup> &groups) : m_optimizer(std::move(optimizer))
        {
            for (std::size_t index = 0; index < groups.size(); ++index) {
                auto &options = m_optimizer->param_groups()[index].options();
                options.set_lr(options.get_lr() * groups[index].lrScale);
            }
        }
        void forgetGradients() override {}
        void step(const Again &) override { m_optimizer->step(); }
        void setLearningRate(double) override {}
        void save(TrainState &) const override {}
        void load(const TrainState &) override {}

    private:
        std::unique_ptr<torch::optim::Optimizer> m_optimizer;
    };
    if (recipe.text("optimizer") == "Lion")
        return std::make_unique<Lion>(recipe, groups);
    return std::make_unique<Reference>(makeTorchOptimizer(recipe, groups), groups);
}

} // namespace

OptimizerRun runOptimizers(const Params &recipe, int steps, double lrScale)
{
    try {
        torch::manual_seed(1);
        std::vector<torch::Tensor> starts;
        for (const std::vector<std::int64_t> &sizes : std::vector<std::vector<std::int64_t>>{{300, 100}, {7}, {8, 1, 3, 3}, {4, 3, 5, 5}, {}})
            starts.push_back(torch::randn(sizes) * 0.1); // as large as weights are
        auto ours = weightsLike(starts, lrScale, true), theirs = weightsLike(starts, lrScale, false), resumed = weightsLike(starts, lrScale, true);
        const auto optimizer = makeOptimizer(recipe, ours), reference = referenceFor(recipe, theirs);
        auto second = makeOptimizer(recipe, resumed);
        OptimizerRun run{.flat = dynamic_cast<FlatOptimizer *>(optimizer.get()) != nullptr};
        for (int step = 0; step < steps; ++step) {
            std::vector<torch::Tensor> gradients;
            for (const torch::Tensor &start : starts)
                gradients.push_back(torch::randn(start.sizes()) * 0.1);
            if (step == steps / 2) {
                TrainState state;
                second->save(state);
                second = makeOptimizer(recipe, resumed);
                second->load(state);
            }
            for (const auto &[groups, stepping] : {std::pair(&ours, optimizer.get()), std::pair(&theirs, reference.get()), std::pair(&resumed, second.get())}) {
                stepping->forgetGradients();
                giveGradients(*groups, gradients);
                stepping->step();
            }
        }
        run.difference = largestDifference(ours, theirs);
        run.resumedDifference = largestDifference(ours, resumed);
        return run;
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

double normFollowersDifference(std::int64_t height, std::int64_t width, bool relu, bool maxPool)
{
    torch::manual_seed(7);
    constexpr std::int64_t kChannels = 37; // fills no vector
    // Numbers of a coarse grid, so that windows hold equal ones.
    const torch::Tensor numbers = torch::round(4 * torch::randn({6, kChannels, height, width}) + 20);
    const torch::Tensor input = torch::empty_like(numbers, {}, at::MemoryFormat::ChannelsLast).copy_(numbers);
    std::vector<std::vector<torch::Tensor>> results;
    torch::Tensor factors;
    for (const bool together : {false, true}) {
        torch::nn::BatchNorm2d norm(kChannels);
        norm->weight.detach().copy_(torch::linspace(-2, 3, kChannels));
        norm->bias.detach().copy_(torch::linspace(1, -1, kChannels));
        norm->to(together ? torch::kFloat32 : torch::kFloat64); // LibTorch's with 64 bit: the judge must be the more exact one
        torch::Tensor x = input.clone().to(together ? torch::kFloat32 : torch::kFloat64).detach().set_requires_grad(true);
        torch::Tensor output;
        if (together) {
            if (!takesNormReluPool(*norm, x))
                return 1;
            output = normReluPool(*norm, {relu, maxPool}, x);
        } else {
            output = norm->forward(x);
            output = relu ? torch::relu(output) : output;
            output = maxPool ? torch::max_pool2d(output, 2) : output;
        }
        if (!factors.defined())
            factors = torch::randn(output.sizes());
        (output * factors).sum().backward();
        results.push_back({output.detach(), x.grad(), norm->weight.grad(), norm->bias.grad(), norm->running_mean, norm->running_var, norm->num_batches_tracked});
    }
    double difference = 0;
    for (std::size_t index = 0; index < results[0].size(); ++index) {
        if (results[0][index].sizes() != results[1][index].sizes())
            return 1;
        const double size = results[0][index].abs().max().item<double>();
        difference = std::max(difference, (results[0][index] - results[1][index]).abs().max().item<double>() / size);
    }
    return difference;
}

PartsDone doInParts(std::int64_t count, int threads)
{
    const int before = at::get_num_threads();
    at::set_num_threads(threads);
    PartsDone done{0, std::vector<std::int64_t>(kParts, -1), std::vector<int>(static_cast<std::size_t>(count))};
    std::mutex mutex;
    std::set<std::thread::id> ids;
    inParts(count, [&](std::int64_t part, std::int64_t from, std::int64_t to) {
        const std::lock_guard lock(mutex);
        ids.insert(std::this_thread::get_id());
        done.begins[static_cast<std::size_t>(part)] = from;
        for (std::int64_t one = from; one < to; ++one)
            ++done.times[static_cast<std::size_t>(one)];
    });
    at::set_num_threads(before);
    done.threads = ids.size();
    return done;
}

double weighedLoss(const NodeSpec &spec, const Params &params, const Shape &in, const std::vector<double> &weights, const std::vector<double> &scores,
    const std::vector<double> &labels)
{
    const auto loss = spec.buildLoss(params);
    const auto samples = static_cast<std::int64_t>(labels.size());
    if (!weights.empty())
        loss->weighClasses(torch::tensor(weights, torch::kFloat64).to(torch::kFloat32));
    const torch::Tensor output = torch::tensor(scores, torch::kFloat64).view(in.withBatch(samples)).to(torch::kFloat32);
    return loss->forward(output, torch::tensor(labels, torch::kFloat64).to(torch::kInt64)).item<double>();
}

LossSlopes lossSlopes(const NodeSpec &spec, const Params &params, std::int64_t samples, const std::vector<double> &scores, const std::vector<double> &target,
    bool labels, const std::vector<double> &weights)
{
    try {
        const auto loss = spec.buildLoss(params);
        if (!weights.empty())
            loss->weighClasses(torch::tensor(weights, torch::kFloat64).to(torch::kFloat32));
        torch::Tensor output = torch::tensor(scores, torch::kFloat64).to(torch::kFloat32).view({samples, -1});
        if (spec.type == "NLLLoss" || spec.type == "KLDivLoss")
            output = output.log_softmax(1);
        output.requires_grad_();
        torch::Tensor truth = torch::tensor(target, torch::kFloat64).to(labels ? torch::kInt64 : torch::kFloat32);
        if (static_cast<std::int64_t>(target.size()) != samples)
            truth = truth.view({samples, -1});
        const torch::Tensor value = loss->forward(output, truth);
        value.backward();
        return {value.item<double>(), numbersOf(output.grad()), {}};
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

NetworkRun runNetwork(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, std::uint64_t seed,
    const std::vector<float> &input)
{
    try {
        const torch::NoGradGuard noGrad;
        auto built = GraphModule::build(graph, registry, facts, seed);
        if (const auto *issue = std::get_if<Issue>(&built))
            return {.failure = issue->text};
        GraphModule &network = *std::get<0>(built);
        network.eval();
        const auto floats = [](const torch::Tensor &tensor) {
            const torch::Tensor plain = tensor.contiguous();
            return std::vector<float>(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
        };
        const torch::Tensor output = network.forward(torch::tensor(input).view(network.inputShape().withBatch(1)));
        return {writeSafetensors(network.stateDict()), floats(output), floats(network.probabilitiesOf(output)), {}};
    } catch (const std::exception &exception) {
        return {.failure = exception.what()};
    }
}

void throwTorchFault(TorchFault fault, const std::string &text)
{
    const c10::SourceLocation here{__func__, __FILE__, static_cast<std::uint32_t>(__LINE__)};
    if (fault == TorchFault::OutOfMemory)
        throw c10::OutOfMemoryError(here, text);
    throw c10::Error(here, text);
}

} // namespace netloom::test
