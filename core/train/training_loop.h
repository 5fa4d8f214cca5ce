// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph_module.h"
#include "train/checkpoint_keeper.h"
#include "train/early_stopping.h"
#include "train/learner.h"
#include "train/loop_position.h"
#include "train/pass_meter.h"
#include "train/run_control.h"
#include "train/time_left.h"
#include "train/trainer.h"

#include <torch/torch.h>

#include <chrono>

namespace netloom {

/// The weights of the first convolution as plain numbers; count 0 where there is none.
FilterSnapshot filterSnapshot(const GraphModule &network);

/// One training, on the thread that calls run(). Throws std::exception where it can't go on; NodeFailure names the node.
class TrainingLoop {
public:
    TrainingLoop(const NodeRegistry &registry, const TrainPlan &plan, BatchSource &data, RunControl &control, Trainer::EventSink sink,
        const TrainerOptions &options);

    /// Trains to the end, or until control says stop. Gives the last event, which is for the caller to send.
    TrainFinished run();

    /// The best epoch's weights, or the current ones, as a safetensors file image; "" before the network is built.
    std::string weights() const;

private:
    using Clock = std::chrono::steady_clock;

    void prepare();
    void start();
    bool goesOn() const;
    void runEpoch();
    void endEpoch(EpochDone done);
    TrainFinished finish();

    /// Feeds every batch of a pass but the first @p skipped to @p work; false when stopped.
    template <class Work>
    bool runPass(Split split, std::int64_t skipped, PassMeter &meter, Work work);
    bool runTraining();
    bool measureNorms();
    std::uint64_t seedOf(const Batch &batch) const;
    /// @p heads: one for each, where each is to be measured by itself.
    bool runEvaluation(Split split, PassMeter &meter, std::vector<PassMeter> *heads = nullptr);
    void runTest(TrainFinished &finished);

    TrainState snapshot();
    void load(const TrainState &state);
    void keepCheckpoint();
    void attendToTrouble();

    void followControl(PassMeter &meter);
    void report(Split split, PassMeter &meter);
    void reportIfDue(Split split, PassMeter &meter);
    void sendFilters();
    void checkFinite(Split split, const PassMeter &meter) const;
    bool isBest(const PassResult &train, const std::optional<PassResult> &val) const;

    const NodeRegistry &m_registry;
    const TrainPlan &m_plan;
    BatchSource &m_data;
    RunControl &m_control;
    Trainer::EventSink m_sink;
    const TrainerOptions &m_options;
    CheckpointKeeper m_keeper;
    EarlyStopping m_stopping;

    std::int64_t m_batchSize = 1;
    std::uint64_t m_seed = 0;
    TimeLeft m_timeLeft;
    std::unique_ptr<Learner> m_learner;

    LoopPosition m_at;
    std::optional<PassMeter> m_training; ///< of the epoch that is under way
    PassResult m_bestResult;
    NamedTensors m_bestWeights;
    bool m_testing = false; ///< the best weights are in the network

    Clock::time_point m_lastReport;
    std::int64_t m_reportedBatch = 0; ///< in this pass
    Clock::time_point m_lastFilters;
    Clock::time_point m_lastFigures;
};

} // namespace netloom
