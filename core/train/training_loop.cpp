// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/training_loop.h"

#include "data/random.h"
#include "model/failure.h"
#include "train/checkpoint.h"
#include "train/device.h"
#include "train/remembered.h"

#include <algorithm>

namespace netloom {

namespace {

using namespace std::chrono_literals;

constexpr auto kReportEvery = 33ms;
constexpr auto kFiltersEvery = 500ms;
constexpr auto kFiguresEvery = 500ms; ///< they take a pass over all gradients

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

TrainingLoop::TrainingLoop(const NodeRegistry &registry, const TrainPlan &plan, BatchSource &data, RunControl &control,
    Trainer::EventSink sink, const TrainerOptions &options)
    : m_registry(registry), m_plan(plan), m_data(data), m_control(control), m_sink(std::move(sink)), m_options(options),
      m_keeper(plan.recipe, options.keepCheckpoint), m_stopping(plan.recipe)
{
}

TrainFinished TrainingLoop::run()
{
    try {
        prepare();
        start();
        while (!m_control.stopped() && goesOn())
            runEpoch();
        return finish();
    } catch (const std::exception &exception) {
        if (!isLackOfMemory(exception))
            throw;
        const auto *node = dynamic_cast<const NodeFailure *>(&exception);
        throw NodeFailure(node ? node->node() : NodeId(), (node ? node->what() : failureText(exception)) + m_at.memoryText(m_batchSize));
    }
}

bool TrainingLoop::goesOn() const
{
    const std::int64_t last = m_options.stopAfterEpoch > 0 ? std::min(m_options.stopAfterEpoch, m_timeLeft.epochs) : m_timeLeft.epochs;
    return m_at.inEpoch || (m_at.epoch < last && !m_stopping.ended());
}

std::string TrainingLoop::weights() const
{
    if (!m_bestWeights.empty())
        return writeSafetensors(m_bestWeights);
    return m_learner ? writeSafetensors(m_learner->network().stateDict()) : std::string();
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

    std::optional<TrainState> state;
    std::optional<ComputeChoice> compute;
    if (!m_options.checkpoint.empty()) {
        Result<TrainState> read = readCheckpoint(m_options.checkpoint);
        if (!read)
            throw std::runtime_error(read.error().text);
        state = std::move(*read);
        compute = Learner::computeIn(*state);
    }
    m_learner = std::make_unique<Learner>(m_registry, m_plan, compute, [this] { return m_control.stopped(); });
    m_learner->checkData(m_data);
    if (state)
        load(*state);
}

void TrainingLoop::start()
{
    TrainStarted started;
    started.device = deviceText(m_learner->device());
    started.threads = at::get_num_threads();
    started.memoryFormat = m_learner->compute().channelsLast ? "channels_last" : "contiguous_format";
    started.parameters = m_learner->network().parameterCount();
    started.startWeights = m_learner->startWeights();
    started.trainSamples = m_timeLeft.trainSamples;
    started.valSamples = m_timeLeft.valSamples;
    started.testSamples = m_timeLeft.testSamples;
    started.epochs = m_timeLeft.epochs;
    started.batchesPerEpoch = m_plan.batchesIn(Split::Train, m_timeLeft.trainSamples);
    started.classNames = m_data.classNames();
    if (m_plan.facts.learnsNumber)
        started.number = m_plan.facts.targetName;
    started.rows = !m_plan.facts.columns.empty();
    started.severalLabels = m_plan.facts.severalLabels;
    m_sink(started);
    if (!m_options.checkpoint.empty())
        m_sink(TrainResumed{m_at.inEpoch ? m_at.epoch : m_at.epoch + 1, m_at.batch});
    else
        keepCheckpoint(); // from now on it can be taken up again
    sendFilters();
}

void TrainingLoop::runEpoch()
{
    if (!m_at.inEpoch) {
        m_at = {m_at.epoch + 1, 0, m_at.bestEpoch, true};
        m_training.emplace(m_learner->network());
    }
    EpochDone done;
    done.epoch = m_at.epoch;
    if (!m_at.trained && !runTraining())
        return;
    m_at.trained = true;
    done.train = m_training->result();
    done.confusion = m_training->confusion();
    done.estimates = m_training->estimates();
    done.labels = m_training->labels();
    const AveragedWeights::Scope averaged = m_learner->averagedWeights();
    if (!measureNorms())
        return;
    if (m_timeLeft.valSamples > 0) {
        PassMeter validation(m_learner->network());
        if (!runEvaluation(Split::Val, validation))
            return;
        done.val = validation.result();
        done.confusion = validation.confusion();
        done.estimates = validation.estimates();
        done.labels = validation.labels();
    }
    endEpoch(std::move(done));
}

void TrainingLoop::endEpoch(EpochDone done)
{
    done.lr = m_learner->lr();
    m_learner->endEpoch(done.val.value_or(done.train).loss);
    done.averaged = m_learner->averagedCount();
    done.best = m_stopping.active() ? m_stopping.keeps(done.train, done.val) : isBest(done.train, done.val);
    done.waited = m_stopping.waited();
    if (done.best) {
        m_at.bestEpoch = done.epoch;
        m_bestResult = done.val.value_or(done.train);
        m_bestWeights = m_learner->network().stateDict();
        for (auto &[name, tensor] : m_bestWeights)
            tensor = tensor.clone();
    }
    m_at = {done.epoch, 0, m_at.bestEpoch, false};
    m_training.reset();
    m_sink(done);
    if (m_keeper.dueAfter(done.epoch) || m_keeper.dueNow() || done.epoch == m_timeLeft.epochs || m_stopping.ended())
        keepCheckpoint();
    if (goesOn())
        m_control.epochEnded();
    sendFilters();
}

bool TrainingLoop::isBest(const PassResult &train, const std::optional<PassResult> &val) const
{
    if (m_at.bestEpoch == 0)
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
    const bool early = m_at.inEpoch || (m_at.epoch < m_timeLeft.epochs && !m_stopping.ended());
    finished.stoppedEarly = !early && m_at.epoch < m_timeLeft.epochs;
    if (early) {
        if (const Result<Done> kept = m_keeper.giveAndWait(snapshot()); !kept)
            throw std::runtime_error(kept.error().text);
    } else if (!m_control.stopped() && m_timeLeft.testSamples > 0) {
        const auto restored = m_learner->network().loadStateDict(m_bestWeights);
        if (!restored)
            throw std::runtime_error(restored.error().text);
        m_testing = true;
        runTest(finished);
    }
    finished.stopped = early || (m_control.stopped() && !finished.test);
    finished.bestEpoch = m_at.bestEpoch;
    finished.unreadable = m_data.unreadable();
    if (const auto paces = m_timeLeft.paces(); paces[1] > 0)
        RememberedSpeed(m_registry, m_plan).keep(paces[0] / paces[1]);
    return finished;
}

/// With every head by itself, where there are several.
void TrainingLoop::runTest(TrainFinished &finished)
{
    const GraphModule &network = m_learner->network();
    const std::vector<std::string> names = network.headNames();
    PassMeter test(network);
    std::vector<PassMeter> heads(names.size() > 1 ? names.size() : 0, PassMeter(network));
    if (!runEvaluation(Split::Test, test, heads.empty() ? nullptr : &heads))
        return;
    finished.test = test.result();
    finished.confusion = test.confusion();
    finished.estimates = test.estimates();
    finished.labels = test.labels();
    for (std::size_t head = 0; head < heads.size(); ++head) {
        heads[head].flush();
        finished.heads.push_back({names[head], heads[head].result()});
    }
}

/// Everything that training depends on from here on.
TrainState TrainingLoop::snapshot()
{
    TrainState state;
    m_learner->save(state);
    m_stopping.save(state);
    m_at.save(state);
    putTensors(state, "best", m_bestWeights);
    putNumbers(state, "loop/best", {m_bestResult.loss, m_bestResult.accuracy});
    const auto paces = m_timeLeft.paces();
    putNumbers(state, "loop/paces", {paces.begin(), paces.end()});
    if (m_training) {
        m_training->flush();
        m_training->save(state);
    }
    state.texts["history"] = m_options.history ? m_options.history() : std::string();
    return state;
}

void TrainingLoop::load(const TrainState &state)
{
    m_learner->load(state);
    m_stopping.load(state);
    if (m_options.lr)
        m_learner->setLr(*m_options.lr);
    m_at = LoopPosition::in(state);
    m_bestWeights = tensorsIn(state, "best");
    const auto best = numbersIn(state, "loop/best", 2);
    m_bestResult.loss = best[0];
    m_bestResult.accuracy = best[1];
    const auto paces = numbersIn(state, "loop/paces", 4);
    m_timeLeft.resume({paces[0], paces[1], paces[2], paces[3]});
    if (m_at.inEpoch) {
        m_training.emplace(m_learner->network());
        m_training->load(state);
    }
}

void TrainingLoop::keepCheckpoint()
{
    if (m_keeper.keeps() && !m_testing)
        m_keeper.give(snapshot());
}

/// A checkpoint that couldn't be written.
void TrainingLoop::attendToTrouble()
{
    const auto failure = m_keeper.takeFailure();
    if (!failure)
        return;
    if (!m_options.pausesOnTrouble)
        throw std::runtime_error(failure->text);
    m_control.pause(failure->text);
}

template <class Work>
bool TrainingLoop::runPass(Split split, std::int64_t skipped, PassMeter &meter, Work work)
{
    m_reportedBatch = 0;
    m_data.begin(split, m_batchSize, m_seed, m_at.epoch, split == Split::Train);
    m_data.skip(skipped);
    while (true) {
        followControl(meter);
        if (m_control.stopped())
            return false;
        auto batch = m_data.next();
        if (!batch)
            break;
        work(*batch);
        m_data.recycle(std::move(batch));
        reportIfDue(split, meter);
    }
    if (m_control.stopped())
        return false;
    meter.flush();
    checkFinite(split, meter);
    if (meter.batches() == 0)
        throw std::runtime_error("Not one of the " + std::string(toString(split)) + " samples can be read: check the data.");
    if (m_reportedBatch != meter.batches())
        report(split, meter);
    m_timeLeft.passDone(split, meter.samples(), meter.result().seconds);
    return true;
}

bool TrainingLoop::runTraining()
{
    m_learner->beginTraining();
    PassMeter &meter = *m_training;
    const auto judge = [&](Batch &batch) {
        return [&](const torch::Tensor &loss, const torch::Tensor &predictions) {
            meter.add(loss, predictions, batch);
            checkFinite(Split::Train, meter);
        };
    };
    const bool whole = runPass(Split::Train, m_at.batch, meter, [&](Batch &batch) {
        m_learner->step(batch, seedOf(batch), judge(batch));
        m_at.batch = batch.place + 1;
        m_control.batchTrained();
        if (m_keeper.dueNow())
            keepCheckpoint();
        if (Clock::now() - m_lastFilters >= kFiltersEvery)
            sendFilters();
    });
    if (whole)
        m_learner->endBatches(m_at.epoch);
    return whole;
}

/// Settles what is random about a training batch.
std::uint64_t TrainingLoop::seedOf(const Batch &batch) const
{
    return mixSeed({m_seed, static_cast<std::uint64_t>(m_at.epoch), static_cast<std::uint64_t>(batch.place)});
}

/// One more pass over the training data where averaged weights need it for their batch norms; false when stopped.
bool TrainingLoop::measureNorms()
{
    if (!m_learner->needsNormsMeasured())
        return true;
    NormMeasure norms(m_learner->network());
    if (norms.empty())
        return true;
    m_data.begin(Split::Train, m_batchSize, m_seed, m_at.epoch, true);
    while (true) {
        followControl(*m_training);
        if (m_control.stopped())
            return false;
        auto batch = m_data.next();
        if (!batch)
            return !m_control.stopped();
        m_learner->measureNorms(norms, *batch, seedOf(*batch));
        m_data.recycle(std::move(batch));
    }
}

bool TrainingLoop::runEvaluation(Split split, PassMeter &meter, std::vector<PassMeter> *heads)
{
    m_learner->beginEvaluation();
    return runPass(split, 0, meter, [&](Batch &batch) {
        Learner::HeadJudge judgeHead;
        if (heads)
            judgeHead = [&](std::size_t head, const torch::Tensor &loss, const torch::Tensor &predictions) { (*heads)[head].add(loss, predictions, batch); };
        m_learner->evaluate(batch, [&](const torch::Tensor &loss, const torch::Tensor &predictions) { meter.add(loss, predictions, batch); }, judgeHead);
    });
}

/// Between two batches.
void TrainingLoop::followControl(PassMeter &meter)
{
    attendToTrouble();
    if (m_control.pauseWanted()) {
        const Stopwatch pause;
        m_sink(TrainPaused{true, m_control.pauseReason()});
        if (m_control.pauseReason().empty())
            keepCheckpoint();
        m_control.waitWhilePaused();
        if (m_training)
            m_training->stopwatch().takeOut(pause.seconds());
        if (!m_training || &meter != &*m_training)
            meter.stopwatch().takeOut(pause.seconds());
        if (!m_control.stopped())
            m_sink(TrainPaused{false});
    }
    if (const auto lr = m_control.takeLr()) {
        m_learner->setLr(*lr);
        m_sink(LearningRateChanged{*lr, m_at.epoch, m_at.batch});
    }
}

void TrainingLoop::reportIfDue(Split split, PassMeter &meter)
{
    if (Clock::now() - m_lastReport < kReportEvery || meter.batches() == m_reportedBatch)
        return;
    meter.flush();
    checkFinite(split, meter);
    report(split, meter);
}

void TrainingLoop::report(Split split, PassMeter &meter)
{
    const PassResult result = meter.result();
    BatchDone done{.epoch = m_at.epoch, .batch = meter.batches(), .split = split, .loss = result.loss, .accuracy = result.accuracy, .numbers = result.numbers};
    done.batches = std::max(done.batch, m_plan.batchesIn(split, m_data.sampleCount(split)));
    done.imagesPerSecond = result.imagesPerSecond();
    done.lr = m_learner->lr();
    if (split == Split::Train && Clock::now() - m_lastFigures >= kFiguresEvery) {
        done.step = m_learner->figures();
        m_lastFigures = Clock::now();
    }
    done.secondsLeft = m_timeLeft.seconds(m_at.epoch, split, result.samples, result.seconds);
    m_sink(done);
    m_lastReport = Clock::now();
    m_reportedBatch = meter.batches();
}

void TrainingLoop::sendFilters()
{
    m_lastFilters = Clock::now();
    FilterSnapshot filters = filterSnapshot(m_learner->network());
    if (filters.count > 0)
        m_sink(FiltersChanged{std::move(filters)});
}

void TrainingLoop::checkFinite(Split split, const PassMeter &meter) const
{
    const auto broken = meter.firstBrokenBatch();
    if (!broken)
        return;
    const std::string pass = split == Split::Train ? "training" : split == Split::Val ? "validation" : "test";
    throw std::runtime_error("The " + pass + " loss is no finite number any more (epoch " + std::to_string(m_at.epoch) + ", batch "
        + std::to_string(*broken) + "): the steps are too large. Lower lr (now " + formatParam(m_learner->lr())
        + "), or scale the data: " + (m_plan.facts.columns.empty() ? "add Normalize after ToTensor." : "add StandardScaler after the table."));
}

} // namespace netloom
