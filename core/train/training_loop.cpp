// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/training_loop.h"

#include "model/failure.h"
#include "model/weights_file.h"
#include "train/batch_tensors.h"
#include "train/device.h"

namespace netloom {

namespace {

using namespace std::chrono_literals;

constexpr auto kReportEvery = 33ms;
constexpr auto kFiltersEvery = 500ms;

} // namespace

FilterSnapshot filterSnapshot(const GraphModule &network)
{
    const auto convolution = network.firstConvolution();
    if (!convolution)
        return {};
    const torch::Tensor weights = convolution->second.to(torch::kCPU, torch::kFloat32).contiguous();
    FilterSnapshot filters{.layer = convolution->first, .count = weights.size(0), .channels = weights.size(1),
        .height = weights.size(2), .width = weights.size(3)};
    filters.values.assign(weights.data_ptr<float>(), weights.data_ptr<float>() + weights.numel());
    return filters;
}

TrainingLoop::TrainingLoop(
    const NodeRegistry &registry, const TrainPlan &plan, BatchSource &data, RunControl &control, Trainer::EventSink sink)
    : m_registry(registry), m_plan(plan), m_data(data), m_control(control), m_sink(std::move(sink))
{
}

TrainFinished TrainingLoop::run()
{
    prepare();
    start();
    while (!m_control.stopped() && m_epoch < m_timeLeft.epochs)
        runEpoch(++m_epoch);
    return finish();
}

std::string TrainingLoop::weights() const
{
    if (!m_bestWeights.empty())
        return writeSafetensors(m_bestWeights);
    return m_network ? writeSafetensors(m_network->stateDict()) : std::string();
}

void TrainingLoop::prepare()
{
    const Params &recipe = m_plan.recipe;
    m_batchSize = recipe.integer("batch_size");
    m_seed = static_cast<std::uint64_t>(recipe.integer("seed"));
    m_timeLeft.epochs = recipe.integer("epochs");
    m_timeLeft.trainSamples = m_data.sampleCount(Split::Train);
    m_timeLeft.valSamples = m_data.sampleCount(Split::Val);
    m_timeLeft.testSamples = m_data.sampleCount(Split::Test);

    const auto device = chooseDevice(recipe.text("device"));
    if (!device)
        throw std::runtime_error(device.error().text);
    m_device = *device;
    useCpu(recipe.integer("threads"));
    m_compute = m_device.is_cpu() ? chooseCompute(m_registry, m_plan, [this] { return m_control.stopped(); }) : plannedCompute(recipe);
    useCpu(m_compute.threads);
    if (m_device.is_cuda()) {
        at::globalContext().setDeterministicCuDNN(true);
        at::globalContext().setBenchmarkCuDNN(false);
    }

    auto built = GraphModule::build(m_plan.graph, m_registry, m_plan.facts, m_seed);
    if (const auto *issue = std::get_if<Issue>(&built))
        throw NodeFailure(issue->node, issue->text);
    m_network = std::get<0>(built);
    checkPlan();
    takeStartWeights();
    m_network->to(m_device);
    m_compute.channelsLast &= m_device.is_cpu() && m_network->firstConvolution().has_value();
    if (m_compute.channelsLast)
        m_network->useChannelsLast();
    m_optimizer = makeOptimizer(recipe, m_network->parameters());
    if (recipe.text("class_weights") == "balanced")
        m_classWeights = classWeights();
}

void TrainingLoop::takeStartWeights()
{
    const std::string path = m_plan.recipe.has("start_from") ? m_plan.recipe.text("start_from") : std::string();
    if (path.empty())
        return;
    const auto given = readWeightsFile(path);
    if (!given)
        throw std::runtime_error(given.error().text);
    const WeightTable table = takeWeights(m_network->stateDict(), *given);
    if (table.count(WeightFit::Taken) == 0)
        throw std::runtime_error("Not one tensor in '" + path + "' has the name and shape of one in this network ("
            + table.summary() + "): name the nodes as they are named there, or take start_from out.");
    m_startWeights = table.summary();
}

/// n/(k·n_c) for a class with n_c of the n training samples in k classes, as scikit-learn's "balanced"; 0 for a class without any.
torch::Tensor TrainingLoop::classWeights() const
{
    const auto counts = m_plan.facts.counts.find("train");
    const std::int64_t classes = m_network->classCount();
    if (counts == m_plan.facts.counts.end() || classes < 2 || static_cast<std::int64_t>(counts->second.size()) != classes)
        return {};
    const auto all = static_cast<double>(m_plan.facts.total("train"));
    torch::Tensor weights = torch::zeros({classes});
    for (std::int64_t label = 0; label < classes; ++label) {
        if (const std::int64_t count = counts->second[static_cast<std::size_t>(label)]; count > 0)
            weights[label] = all / static_cast<double>(classes * count);
    }
    return weights.to(m_device);
}

void TrainingLoop::checkPlan() const
{
    if (m_network->parameterCount() == 0)
        throw std::runtime_error("There is nothing to learn: add a layer with weights, for example Linear.");
    if (m_network->learningParameters().empty())
        throw std::runtime_error("There is nothing to learn, since every layer with weights is frozen: let at least the last one learn.");
    if (m_timeLeft.trainSamples == 0)
        throw std::runtime_error("There are no training samples: choose other data, or smaller val and test fractions.");
    const Shape sample = m_data.sampleShape();
    if (!takesSamples(*m_network, sample))
        throw std::runtime_error("The data gives samples of " + sample.toString() + " but the network takes "
            + m_network->inputShape().toString() + ": add Resize before ToTensor so that all samples have one size.");
    if (m_network->needsTwoSamples() && (m_batchSize == 1 || m_timeLeft.trainSamples == 1))
        throw std::runtime_error("A batch norm over single numbers needs at least two samples in a batch: set batch_size to 2 or more.");
}

void TrainingLoop::start()
{
    TrainStarted started;
    started.device = deviceText(m_device);
    started.threads = at::get_num_threads();
    started.memoryFormat = m_compute.channelsLast ? "channels_last" : "contiguous_format";
    started.parameters = m_network->parameterCount();
    started.startWeights = m_startWeights;
    started.trainSamples = m_timeLeft.trainSamples;
    started.valSamples = m_timeLeft.valSamples;
    started.testSamples = m_timeLeft.testSamples;
    started.epochs = m_timeLeft.epochs;
    started.batchesPerEpoch = m_plan.batchesIn(Split::Train, m_timeLeft.trainSamples);
    started.classNames = m_data.classNames();
    if (m_plan.facts.learnsNumber)
        started.number = m_plan.facts.targetName;
    started.rows = !m_plan.facts.columns.empty();
    m_sink(started);
    sendFilters();
}

void TrainingLoop::runEpoch(std::int64_t epoch)
{
    EpochDone done;
    done.epoch = epoch;
    PassMeter training(*m_network);
    if (!runTraining(epoch, training))
        return;
    done.train = training.result();
    done.confusion = training.confusion();
    done.estimates = training.estimates();
    if (m_timeLeft.valSamples > 0) {
        PassMeter validation(*m_network);
        if (!runEvaluation(Split::Val, epoch, validation))
            return;
        done.val = validation.result();
        done.confusion = validation.confusion();
        done.estimates = validation.estimates();
    }
    done.best = isBest(done.train, done.val);
    if (done.best) {
        m_bestEpoch = epoch;
        m_bestResult = done.val.value_or(done.train);
        m_bestWeights = m_network->stateDict();
        for (auto &[name, tensor] : m_bestWeights)
            tensor = tensor.clone();
    }
    m_sink(done);
    sendFilters();
}

bool TrainingLoop::isBest(const PassResult &train, const std::optional<PassResult> &val) const
{
    if (m_bestEpoch == 0)
        return true;
    if (!val)
        return train.loss < m_bestResult.loss;
    if (val->numbers)
        return val->loss < m_bestResult.loss;
    return val->accuracy > m_bestResult.accuracy || (val->accuracy == m_bestResult.accuracy && val->loss < m_bestResult.loss);
}

TrainFinished TrainingLoop::finish()
{
    TrainFinished finished;
    if (!m_control.stopped() && m_timeLeft.testSamples > 0) {
        const auto restored = m_network->loadStateDict(m_bestWeights);
        if (!restored)
            throw std::runtime_error(restored.error().text);
        PassMeter test(*m_network);
        if (runEvaluation(Split::Test, m_epoch, test)) {
            finished.test = test.result();
            finished.confusion = test.confusion();
            finished.estimates = test.estimates();
        }
    }
    finished.stopped = m_control.stopped() && !finished.test;
    finished.bestEpoch = m_bestEpoch;
    finished.unreadable = m_data.unreadable();
    return finished;
}

template <class Work>
bool TrainingLoop::runPass(Split split, std::int64_t epoch, PassMeter &meter, Work work)
{
    m_reportedBatch = 0;
    m_data.begin(split, m_batchSize, m_seed, epoch, split == Split::Train);
    while (true) {
        pauseIfWanted(meter);
        if (m_control.stopped())
            return false;
        auto batch = m_data.next();
        if (!batch)
            break;
        work(*batch);
        m_data.recycle(std::move(batch));
        reportIfDue(split, epoch, meter);
    }
    if (m_control.stopped())
        return false;
    meter.flush();
    checkFinite(split, epoch, meter);
    if (meter.batches() == 0)
        throw std::runtime_error("Not one of the " + std::string(toString(split)) + " samples can be read: check the data.");
    if (m_reportedBatch != meter.batches())
        report(split, epoch, meter);
    m_timeLeft.passDone(split, meter.samples(), meter.result().seconds);
    return true;
}

bool TrainingLoop::runTraining(std::int64_t epoch, PassMeter &meter)
{
    m_network->train();
    m_network->weighClasses(m_classWeights);
    return runPass(Split::Train, epoch, meter, [&](Batch &batch) {
        const bool leftOver = batch.count == 1 && m_network->needsTwoSamples();
        if (!leftOver)
            trainOn(batch, meter);
        if (Clock::now() - m_lastFilters >= kFiltersEvery)
            sendFilters();
    });
}

void TrainingLoop::trainOn(Batch &batch, PassMeter &meter)
{
    const BatchTensors tensors = toTensors(batch, *m_network, m_device);
    m_optimizer->forgetGradients();
    const torch::Tensor output = m_network->forward(tensors.input);
    const torch::Tensor loss = m_network->lossOf(output, tensors.target);
    meter.add(loss, m_network->predictionsOf(output.detach()), batch);
    checkFinite(Split::Train, m_epoch, meter);
    loss.backward();
    m_optimizer->step();
}

bool TrainingLoop::runEvaluation(Split split, std::int64_t epoch, PassMeter &meter)
{
    const torch::NoGradGuard noGrad;
    m_network->eval();
    m_network->weighClasses({});
    return runPass(split, epoch, meter, [&](Batch &batch) {
        const BatchTensors tensors = toTensors(batch, *m_network, m_device);
        const torch::Tensor output = m_network->forward(tensors.input);
        meter.add(m_network->lossOf(output, tensors.target), m_network->predictionsOf(output), batch);
    });
}

void TrainingLoop::pauseIfWanted(PassMeter &meter)
{
    if (!m_control.pauseWanted())
        return;
    const Stopwatch pause;
    m_sink(TrainPaused{true});
    m_control.waitWhilePaused();
    meter.stopwatch().takeOut(pause.seconds());
    if (!m_control.stopped())
        m_sink(TrainPaused{false});
}

void TrainingLoop::reportIfDue(Split split, std::int64_t epoch, PassMeter &meter)
{
    if (Clock::now() - m_lastReport < kReportEvery || meter.batches() == m_reportedBatch)
        return;
    meter.flush();
    checkFinite(split, epoch, meter);
    report(split, epoch, meter);
}

void TrainingLoop::report(Split split, std::int64_t epoch, PassMeter &meter)
{
    const PassResult result = meter.result();
    BatchDone done{.epoch = epoch, .batch = meter.batches(), .split = split, .loss = result.loss, .accuracy = result.accuracy, .numbers = result.numbers};
    done.batches = std::max(done.batch, m_plan.batchesIn(split, m_data.sampleCount(split)));
    done.imagesPerSecond = result.imagesPerSecond();
    done.secondsLeft = m_timeLeft.seconds(epoch, split, result.samples, result.seconds);
    m_sink(done);
    m_lastReport = Clock::now();
    m_reportedBatch = meter.batches();
}

void TrainingLoop::sendFilters()
{
    m_lastFilters = Clock::now();
    FilterSnapshot filters = filterSnapshot(*m_network);
    if (filters.count > 0)
        m_sink(FiltersChanged{std::move(filters)});
}

void TrainingLoop::checkFinite(Split split, std::int64_t epoch, const PassMeter &meter) const
{
    const auto broken = meter.firstBrokenBatch();
    if (!broken)
        return;
    const std::string pass = split == Split::Train ? "training" : split == Split::Val ? "validation" : "test";
    throw std::runtime_error("The " + pass + " loss is no finite number any more (epoch " + std::to_string(epoch) + ", batch "
        + std::to_string(*broken) + "): the steps are too large. Lower lr (now " + formatParam(m_plan.recipe.real("lr"))
        + "), or scale the data: " + (m_plan.facts.columns.empty() ? "add Normalize after ToTensor." : "add StandardScaler after the table."));
}

} // namespace netloom
