// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph_module.h"
#include "train/batch_tensors.h"
#include "train/averaged_weights.h"
#include "train/compute_trial.h"
#include "train/norm_measure.h"
#include "train/step_rules.h"
#include "train/train_state.h"
#include "train/trainer.h"

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <optional>

namespace netloom {

/// A network being taught: its weights, the rule that steps them, and where they are computed. Training shares it with the trials that come
/// before it.
class Learner {
public:
    /// Gets the loss and the predictions of a batch. In training before the weights change: what it throws leaves them as they are.
    using Judge = std::function<void(const torch::Tensor &loss, const torch::Tensor &predictions)>;

    /// Builds the network. Computes as @p compute says, or as is found best for it. Throws std::exception where it can't; NodeFailure names the node.
    Learner(const NodeRegistry &registry, const TrainPlan &plan, const std::optional<ComputeChoice> &compute, const std::function<bool()> &stopped);

    /// Throws where the samples of @p data aren't what the network takes.
    void checkData(const BatchSource &data) const;

    void beginTraining();
    void beginEvaluation();
    /// Learns from @p batch, with a step after every accumulation_steps of them. All that is random about it depends on @p seed alone.
    void step(Batch &batch, std::uint64_t seed, const Judge &judge);
    /// After the training batches of @p epoch, from 1.
    void endBatches(std::int64_t epoch);
    /// After the epoch's validation, with its loss, or the training loss where there is none.
    void endEpoch(double loss) { m_rules->endEpoch(loss); }
    /// The network has the averaged weights while it lives, where the recipe averages them.
    AveragedWeights::Scope averagedWeights() { return AveragedWeights::Scope(*m_average); }
    std::int64_t averagedCount() const { return m_average->count(); }
    /// Whether the averaged weights need measureNorms() for every training batch before they are used.
    bool needsNormsMeasured() const { return m_average->needsNormsMeasured(); }
    /// Passes @p batch through the network for @p norms. All that is random about it depends on @p seed alone.
    void measureNorms(NormMeasure &norms, Batch &batch, std::uint64_t seed);
    /// @p judgeHead gets the same of each head, with its own loss, where there are several.
    using HeadJudge = std::function<void(std::size_t head, const torch::Tensor &loss, const torch::Tensor &predictions)>;
    void evaluate(Batch &batch, const Judge &judge, const HeadJudge &judgeHead = {});

    double lr() const { return m_rules->learningRate(); } ///< of the last step
    void setLr(double lr) { m_rules->setBaseLearningRate(lr); } ///< in the place of the recipe's; the schedule keeps its form
    StepFigures figures() { return m_rules->figures(); }

    GraphModule &network() const { return *m_network; }
    const torch::Device &device() const { return m_device; }
    const ComputeChoice &compute() const { return m_compute; }
    /// What of the recipe's start_from was taken, for people; "" where it starts from random weights.
    const std::string &startWeights() const { return m_startWeights; }

    /// Weights, what the recipe's rules keep, and the way of computing.
    void save(TrainState &state) const;
    void load(const TrainState &state);
    /// The way of computing that @p state was made with.
    static ComputeChoice computeIn(const TrainState &state);

private:
    void takeStartWeights(const std::string &path);
    torch::Tensor classWeights(const SourceFacts &facts) const;
    struct Answer {
        torch::Tensor loss;
        GraphModule::HeadOutputs outputs;
    };
    Answer answer(const BatchTensors &tensors);

    const TrainPlan &m_plan;
    torch::Device m_device{torch::kCPU};
    ComputeChoice m_compute;
    std::shared_ptr<GraphModule> m_network;
    std::string m_startWeights;
    std::unique_ptr<StepRules> m_rules;
    std::unique_ptr<AveragedWeights> m_average;
    torch::Tensor m_classWeights; ///< while training; undefined where all classes count the same
};

} // namespace netloom
