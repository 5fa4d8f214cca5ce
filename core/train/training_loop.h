// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph_module.h"
#include "train/compute_trial.h"
#include "train/optimizers.h"
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
    TrainingLoop(const NodeRegistry &registry, const TrainPlan &plan, BatchSource &data, RunControl &control, Trainer::EventSink sink);

    /// Trains to the end, or until control says stop. Gives the last event, which is for the caller to send.
    TrainFinished run();

    /// The best epoch's weights, or the current ones, as a safetensors file image; "" before the network is built.
    std::string weights() const;

private:
    using Clock = std::chrono::steady_clock;

    void prepare();
    void checkPlan() const;
    void takeStartWeights();
    torch::Tensor classWeights() const;
    void start();
    void runEpoch(std::int64_t epoch);
    TrainFinished finish();

    /// Feeds every batch of a pass to @p work; false when stopped.
    template <class Work>
    bool runPass(Split split, std::int64_t epoch, PassMeter &meter, Work work);
    bool runTraining(std::int64_t epoch, PassMeter &meter);
    bool runEvaluation(Split split, std::int64_t epoch, PassMeter &meter);
    void trainOn(Batch &batch, PassMeter &meter);

    void pauseIfWanted(PassMeter &meter);
    void report(Split split, std::int64_t epoch, PassMeter &meter);
    void reportIfDue(Split split, std::int64_t epoch, PassMeter &meter);
    void sendFilters();
    void checkFinite(Split split, std::int64_t epoch, const PassMeter &meter) const;
    bool isBest(const PassResult &train, const std::optional<PassResult> &val) const;

    const NodeRegistry &m_registry;
    const TrainPlan &m_plan;
    BatchSource &m_data;
    RunControl &m_control;
    Trainer::EventSink m_sink;

    std::int64_t m_batchSize = 1;
    std::uint64_t m_seed = 0;
    TimeLeft m_timeLeft;
    torch::Device m_device{torch::kCPU};
    std::shared_ptr<GraphModule> m_network;
    std::unique_ptr<Optimizer> m_optimizer;
    ComputeChoice m_compute;
    std::string m_startWeights;   ///< what was taken of those that training starts from; "" where it starts from random ones
    torch::Tensor m_classWeights; ///< while training; undefined where all classes count the same

    std::int64_t m_epoch = 0;     ///< being trained, from 1
    std::int64_t m_bestEpoch = 0; ///< 0 = none yet
    PassResult m_bestResult;
    NamedTensors m_bestWeights;

    Clock::time_point m_lastReport;
    std::int64_t m_reportedBatch = 0; ///< in this pass
    Clock::time_point m_lastFilters;
};

} // namespace netloom
