// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/device_checks.h"

#include "graph/recipe.h"
#include "layers/layer.h"
#include "losses/loss.h"
#include "support/tensor_source.h"
#include "support/trained.h"
#include "support/usual_input.h"
#include "train/mixed_precision.h"
#include "train/trainer.h"

#include <torch/torch.h>

#include <cmath>
#include <sstream>

namespace netloom::test {

namespace {

using Tensors = std::vector<torch::Tensor>;

std::string text(double number)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2g", number);
    return buffer;
}

/// Largest difference, relative to the largest number that is expected. NaN where a number isn't finite.
double difference(const Tensors &found, const Tensors &expected)
{
    double largest = found.size() == expected.size() ? 0 : std::nan("");
    for (std::size_t index = 0; index < found.size() && index < expected.size(); ++index) {
        const torch::Tensor wanted = expected[index].detach();
        const torch::Tensor apart = (found[index].detach().to(torch::kCPU, torch::kFloat64) - wanted).abs().max() / wanted.abs().max().clamp_min(1);
        largest = std::max(largest, apart.item<double>()); // keeps a NaN that came first
        if (!std::isfinite(apart.item<double>()))
            return std::nan("");
    }
    return largest;
}

/// Outputs, and the gradients of Σ output·(1, 2, 3, …)/n by inputs and weights: what a layer does, forward and backward.
Tensors behaviour(const NodeSpec &spec, const ShapeList &shapes, const torch::Device &device, torch::ScalarType kind)
{
    torch::manual_seed(3);
    const auto layer = spec.buildLayer(Params::defaults(spec.params), shapes); // equal weights for equal seeds
    Tensors inputs;
    for (const Shape &shape : shapes) {
        const torch::Tensor values = spec.type == "Embedding" ? torch::ones(shape.withBatch(4)) : torch::randn(shape.withBatch(4));
        inputs.push_back(values.to(device, kind).requires_grad_(spec.type != "Embedding"));
    }
    // Batch norms and cuDNN's recurrent layers do something of their own while training; what drops at random is compared in evaluation.
    const bool trains = spec.type.starts_with("BatchNorm") || spec.type == "LSTM" || spec.type == "GRU" || spec.type == "RNN";
    if (const auto module = layer->module()) {
        module->to(device, kind);
        module->train(trains);
    }
    Tensors seen = layer->forwardAll(inputs);
    torch::Tensor sum = torch::zeros({}, inputs[0].options().requires_grad(false));
    for (const torch::Tensor &output : seen) {
        const torch::Tensor weights = torch::arange(1, output.numel() + 1, torch::TensorOptions(torch::kFloat64)) / output.numel();
        sum = sum + (output * weights.view(output.sizes()).to(device, kind)).sum();
    }
    sum.backward();
    for (const torch::Tensor &input : inputs) {
        if (input.grad().defined())
            seen.push_back(input.grad());
    }
    if (const auto module = layer->module()) {
        for (const torch::Tensor &weight : module->parameters())
            seen.push_back(weight.grad());
    }
    return seen;
}

/// A loss of random scores, its gradient and its probabilities.
Tensors lossBehaviour(const NodeSpec &spec, const torch::Device &device, torch::ScalarType kind)
{
    torch::manual_seed(5);
    const std::int64_t width = spec.type == "BCEWithLogitsLoss" ? 1 : 3;
    const auto loss = spec.buildLoss(Params::defaults(spec.params));
    const torch::Tensor scores = torch::randn({32, width}).to(device, kind).requires_grad_();
    const torch::Tensor labels = torch::randint(width == 1 ? 2 : 3, {32}, torch::kInt64).to(device);
    const bool logarithms = spec.type == "NLLLoss" || spec.type == "KLDivLoss";
    const torch::Tensor output = logarithms ? torch::log_softmax(scores, 1) : scores;
    const torch::Tensor value = loss->forward(output, labels);
    value.backward();
    return {value, scores.grad(), loss->probabilities(output)};
}

/// Network, samples and recipe of the checks below.
class Lesson {
public:
    Lesson(const NodeRegistry &registry, std::string device) : m_registry(registry), m_device(std::move(device))
    {
        ChainBuilder chain(registry);
        // A bias before a batch norm has no gradient but rounding, of which Adam makes whole steps.
        chain.then("Conv2d", {{"out_channels", whole(8)}, {"padding", word("same")}, {"bias", false}});
        chain.then("BatchNorm2d");
        chain.then("ReLU");
        const NodeId pooled = chain.then("MaxPool2d");
        chain.then("Conv2d", {{"out_channels", whole(8)}, {"padding", word("same")}});
        chain.then("GELU");
        chain.connect(pooled, chain.then("Add"));
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", word("classes")}});
        m_graph = chain.endWith("CrossEntropyLoss");
    }

    struct Outcome {
        std::vector<double> losses; ///< of every epoch, training and validation
        std::string weights;
        std::string checkpoint;
        std::string failure;
    };

    /// @p settings as "optimizer=SGD clip=norm", beside five epochs of batches of 32.
    Outcome train(const std::string &settings, const std::string &device, const std::string &checkpoint = {}, std::int64_t stopAfterEpoch = 0) const
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("device", device);
        recipe.set("epochs", std::int64_t{5});
        recipe.set("batch_size", std::int64_t{32});
        recipe.set("threads", std::int64_t{1});
        recipe.set("lr", 0.002);
        std::istringstream words(settings);
        for (std::string word; words >> word;) {
            const auto equals = word.find('=');
            const std::string name = word.substr(0, equals);
            recipe.set(name, *parseParam(*findRecipeDecl(name), word.substr(equals + 1)));
        }
        const Trained trained = test::train(m_registry, {m_graph, recipe, m_facts}, waveBatches(m_facts, 320, 64, 64), {.checkpoint = checkpoint, .stopAfterEpoch = stopAfterEpoch});
        Outcome outcome{{}, trained.weights, trained.checkpoint, trained.failure.text};
        for (const EpochDone &epoch : trained.epochs)
            outcome.losses.insert(outcome.losses.end(), {epoch.train.loss, epoch.val->loss});
        return outcome;
    }

    const std::string &device() const { return m_device; }

private:
    const NodeRegistry &m_registry;
    std::string m_device;
    SourceFacts m_facts = tensorFacts(1, 12, 4);
    Graph m_graph;
};

/// Largest relative difference of two courses of the loss in one epoch, from 1; NaN where either hasn't got so far.
double apart(const std::vector<double> &found, const std::vector<double> &expected, std::size_t epoch)
{
    if (std::min(found.size(), expected.size()) < 2 * epoch)
        return std::nan("");
    double largest = 0;
    for (std::size_t index = 2 * epoch - 2; index < 2 * epoch; ++index) // training and validation
        largest = std::max(largest, std::abs(found[index] - expected[index]) / std::abs(expected[index]));
    return largest;
}

/// Ten steps in, courses must agree. Later on rounding grows where a step depends on the sign of what is nearly 0, as Adam's do.
Finding sameCourse(const std::string &what, const std::vector<double> &found, const std::vector<double> &expected)
{
    const double first = apart(found, expected, 1);
    return {first < 1e-4, what, "losses differ by " + text(first) + " in epoch 1, " + text(apart(found, expected, 2)) + " in 2, "
            + text(apart(found, expected, 5)) + " in 5"};
}

} // namespace

Findings checkCatalogue(const NodeRegistry &registry, const std::string &device)
{
    // cuDNN's convolutions otherwise round their inputs to 10 bits, which is no fault of a layer.
    at::globalContext().setAllowTF32CuDNN(false);
    const torch::Device tested(device);
    Findings findings;
    for (const auto &spec : registry.all()) {
        if (!spec->isLayer() && !spec->isLoss())
            continue;
        try {
            const auto run = [&spec](const torch::Device &on, torch::ScalarType kind) {
                return spec->isLoss() ? lossBehaviour(*spec, on, kind) : behaviour(*spec, usualInputs(*spec), on, kind);
            };
            const double found = difference(run(tested, torch::kFloat32), run(torch::kCPU, torch::kFloat64));
            findings.push_back({found < 1e-4, spec->type, "differs by " + text(found)});
        } catch (const std::exception &failure) {
            findings.push_back({false, spec->type, failure.what()});
        }
    }
    return findings;
}

Findings checkTraining(const NodeRegistry &registry, const std::string &device)
{
    at::globalContext().setAllowTF32CuDNN(false);
    const Lesson lesson(registry, device);
    Findings findings;
    std::vector<std::string> cases;
    for (const std::string &optimizer : findRecipeDecl("optimizer")->choices)
        cases.push_back("optimizer=" + optimizer + (optimizer == "LBFGS" ? " max_iter=4 lr=0.1 batch_size=320" : optimizer == "Lion" ? " lr=0.0005" : ""));
    for (const char *rules : {"averaging=EMA ema_decay=0.9", "averaging=SWA swa_start=0.4", "accumulation_steps=3", "clip=norm clip_at=0.5", "max_norm=1",
             "penalty=ElasticNet penalty_strength=0.01", "weight_decay=0.01", "schedule=OneCycleLR"})
        cases.push_back(std::string("optimizer=SGD ") + rules);
    for (const std::string &settings : cases) {
        const auto whole = lesson.train(settings, device);
        at::globalContext().setUserEnabledMkldnn(false); // so that even the processor adds up in another order
        const auto reference = lesson.train(settings, "cpu");
        at::globalContext().setUserEnabledMkldnn(true);
        findings.push_back(sameCourse(settings + ' ' + whole.failure, whole.losses, reference.losses));
        const auto half = lesson.train(settings, device, {}, 2);
        const auto resumed = lesson.train(settings, device, half.checkpoint);
        findings.push_back({!whole.weights.empty() && resumed.weights == whole.weights, settings + ", taken up again after epoch 2",
            resumed.weights == whole.weights ? "bit for bit the same" : "OTHER WEIGHTS " + resumed.failure});
    }
    return findings;
}

Findings checkMixedPrecision(const NodeRegistry &registry, const std::string &device)
{
    if (device == "cpu" && !cpuHasBFloat16())
        return {};
    const Lesson lesson(registry, device);
    const auto whole = lesson.train("optimizer=Adam", device);
    const auto mixed = lesson.train("optimizer=Adam precision=mixed", device);
    const auto half = lesson.train("optimizer=Adam precision=mixed", device, {}, 2);
    const auto resumed = lesson.train("optimizer=Adam precision=mixed", device, half.checkpoint);
    const bool complete = whole.losses.size() == 10 && mixed.losses.size() == 10;
    // With 16 bits the first steps are left out until the loss' scale fits, so that courses don't agree step by step.
    const bool learns = complete && mixed.losses[8] < 0.5 * mixed.losses[0] && mixed.losses[9] < 0.5 * mixed.losses[1];
    return {{learns, "precision=mixed " + mixed.failure, complete ? "loss falls from " + text(mixed.losses[0]) + " to " + text(mixed.losses[8]) + ", with float32 to "
                    + text(whole.losses[8]) : "did not end"},
        {complete && mixed.losses != whole.losses, "precision=mixed beside float32", "rounds otherwise"},
        {resumed.weights == mixed.weights, "precision=mixed, taken up again after epoch 2", resumed.weights == mixed.weights ? "bit for bit the same" : "OTHER WEIGHTS"}};
}

Findings checkOutOfMemory(const NodeRegistry &registry, const std::string &device)
{
    if (device != "cuda")
        return {};
    const SourceFacts facts = tensorFacts(1, 64, 2);
    ChainBuilder chain(registry);
    chain.then("Upsample", {{"scale_factor", pairOf(40)}});
    chain.then("Conv2d", {{"out_channels", whole(256)}});
    chain.then("AdaptiveAvgPool2d");
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", word("classes")}});
    const Graph graph = chain.endWith("CrossEntropyLoss");
    Params recipe = Params::defaults(recipeDecls());
    recipe.set("device", device);
    recipe.set("epochs", std::int64_t{1});
    recipe.set("batch_size", std::int64_t{64}); // 64·256·2558² numbers: 400 GiB
    std::string failure;
    Trainer trainer(registry, {graph, recipe, facts}, waveBatches(facts, 64, 8, 8), [&failure](const TrainEvent &event) {
        if (const auto *failed = std::get_if<TrainFailed>(&event))
            failure = failed->text;
    });
    trainer.start();
    trainer.wait();
    const auto next = Lesson(registry, device).train("optimizer=Adam", device);
    return {{failure.find("memory") != std::string::npos, "a batch of 400 GiB", failure.empty() ? "no message" : failure},
        {next.failure.empty() && next.losses.size() == 10, "the training after it", next.failure.empty() ? "trains" : next.failure}};
}

Findings measureSpeed(const NodeRegistry &registry, const std::string &device)
{
    at::globalContext().setAllowTF32CuDNN(true); // as LibTorch begins
    const SourceFacts facts = tensorFacts(1, 28, 10);
    const auto data = waveBatches(facts, 60'000, 100, 100);
    ChainBuilder mlp(registry);
    mlp.then("Flatten");
    for (const std::int64_t width : {256, 128}) {
        mlp.then("Linear", {{"out_features", whole(width)}});
        mlp.then("ReLU");
    }
    mlp.then("Linear", {{"out_features", word("classes")}});
    ChainBuilder cnn(registry);
    for (const std::int64_t channels : {32, 64}) {
        cnn.then("Conv2d", {{"out_channels", whole(channels)}, {"padding", word("same")}});
        cnn.then("ReLU");
        cnn.then("MaxPool2d");
    }
    cnn.then("Flatten");
    cnn.then("Linear", {{"out_features", whole(128)}});
    cnn.then("ReLU");
    cnn.then("Linear", {{"out_features", word("classes")}});
    Findings findings;
    for (const auto &[name, graph, batch] : {std::tuple("MLP, batch 64", mlp.endWith("CrossEntropyLoss"), 64), {"CNN, batch 128", cnn.endWith("CrossEntropyLoss"), 128}}) {
        for (const char *precision : {"float32", "mixed"}) {
            Params recipe = Params::defaults(recipeDecls());
            recipe.set("device", device);
            recipe.set("epochs", std::int64_t{3});
            recipe.set("batch_size", std::int64_t{batch});
            recipe.set("precision", std::string(precision));
            double rate = 0; // of the last epoch
            Trainer trainer(registry, {graph, recipe, facts}, data, [&rate](const TrainEvent &event) {
                if (const auto *epoch = std::get_if<EpochDone>(&event))
                    rate = epoch->train.imagesPerSecond();
            });
            trainer.start();
            trainer.wait();
            findings.push_back({rate > 0, std::string(name) + ", " + precision, std::to_string(std::llround(rate)) + " images/s"});
        }
    }
    return findings;
}

} // namespace netloom::test
