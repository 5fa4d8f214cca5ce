// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/trainer.h"

#include "model/failure.h"
#include "train/checkpoint.h"
#include "train/run_control.h"
#include "train/training_loop.h"

#include <atomic>
#include <thread>

namespace netloom {

class Trainer::Impl {
public:
    Impl(const NodeRegistry &registry, TrainPlan plan, std::shared_ptr<BatchSource> data, EventSink sink, TrainerOptions options)
        : m_registry(registry), m_plan(std::move(plan)), m_data(std::move(data)), m_sink(std::move(sink)), m_options(std::move(options)) {}

    void start()
    {
        if (m_started.exchange(true))
            return;
        m_running = true;
        try {
            m_thread = std::thread([this] { runThread(); });
        } catch (...) {
            m_running = false;
            throw;
        }
    }

    RunControl &control() { return m_control; }

    void stop()
    {
        m_control.stop();
        if (m_running)
            m_data->cancel();
    }

    void wait()
    {
        const std::lock_guard lock(m_joining);
        if (m_thread.joinable())
            m_thread.join();
    }

    bool running() const { return m_running; }

    std::string weights() const
    {
        const std::lock_guard lock(m_weightsMutex);
        return m_weights;
    }

private:
    /// The thread's top function: nothing is thrown past it, and the last event is sent whatever happens.
    void runThread()
    {
        TrainEvent last;
        try {
            TrainingLoop loop(m_registry, m_plan, *m_data, m_control, m_sink, m_options);
            last = runLoop(loop);
        } catch (const std::exception &exception) {
            last = failure(exception);
        } catch (...) {
            last = TrainFailed{{}, "Training ended because of an unexpected fault."};
        }
        m_running = false;
        try {
            m_sink(last);
        } catch (...) {
            // The receiver itself fails: there is nobody left to tell.
        }
    }

    TrainEvent runLoop(TrainingLoop &loop)
    {
        TrainEvent last;
        try {
            last = loop.run();
        } catch (const std::exception &exception) {
            last = failure(exception);
        }
        try {
            std::string weights = loop.weights();
            const std::lock_guard lock(m_weightsMutex);
            m_weights = std::move(weights);
        } catch (const std::exception &exception) {
            if (!std::holds_alternative<TrainFailed>(last)) // else what failed first is what to mend
                last = failure(exception);
        }
        return last;
    }

    static TrainFailed failure(const std::exception &exception)
    {
        if (const auto *node = dynamic_cast<const NodeFailure *>(&exception))
            return {node->node(), node->what()};
        return {{}, failureText(exception)};
    }

    const NodeRegistry &m_registry;
    const TrainPlan m_plan;
    const std::shared_ptr<BatchSource> m_data;
    const EventSink m_sink;
    const TrainerOptions m_options;
    RunControl m_control;
    std::atomic<bool> m_started = false;
    std::atomic<bool> m_running = false;
    std::thread m_thread;
    std::mutex m_joining;
    mutable std::mutex m_weightsMutex;
    std::string m_weights;
};

std::int64_t TrainPlan::batchesIn(Split split, std::int64_t samples) const
{
    const std::int64_t size = recipe.integer("batch_size");
    const bool dropsLast = split == Split::Train && recipe.flag("drop_last") && samples >= size;
    return dropsLast ? samples / size : (samples + size - 1) / size;
}

Result<CheckpointFacts> readCheckpointFacts(const std::string &checkpoint)
{
    const Result<TrainState> state = readCheckpoint(checkpoint);
    if (!state)
        return state.error();
    try {
        const NamedTensors best = tensorsIn(*state, "best");
        const LoopPosition position = LoopPosition::in(*state);
        return CheckpointFacts{position.epoch, position.batch, position.bestEpoch, textIn(*state, "history"),
            writeSafetensors(best.empty() ? tensorsIn(*state, "network") : best)};
    } catch (const std::exception &exception) {
        return Error{exception.what()};
    }
}

Trainer::Trainer(const NodeRegistry &registry, TrainPlan plan, std::shared_ptr<BatchSource> data, EventSink sink, TrainerOptions options)
    : m_impl(std::make_unique<Impl>(registry, std::move(plan), std::move(data), std::move(sink), std::move(options)))
{
}

Trainer::~Trainer()
{
    m_impl->stop();
    m_impl->wait();
}

void Trainer::start() { m_impl->start(); }
void Trainer::pause(const std::string &reason) { m_impl->control().pause(reason); }
void Trainer::resume(Stretch stretch) { m_impl->control().resume(stretch); }
void Trainer::stop() { m_impl->stop(); }
void Trainer::setLr(double lr) { m_impl->control().setLr(lr); }
void Trainer::wait() { m_impl->wait(); }
bool Trainer::running() const { return m_impl->running(); }
std::string Trainer::weights() const { return m_impl->weights(); }

} // namespace netloom
