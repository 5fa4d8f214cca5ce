// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/graph_module.h"
#include "train/compute_trial.h"
#include "train/optimizers.h"
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
    /// One step on @p batch. All that is random about it depends on @p seed alone.
    void step(Batch &batch, std::uint64_t seed, const Judge &judge);
    void evaluate(Batch &batch, const Judge &judge);

    double lr() const { return m_lr; }
    void setLr(double lr);

    GraphModule &network() const { return *m_network; }
    const torch::Device &device() const { return m_device; }
    const ComputeChoice &compute() const { return m_compute; }

    /// Weights, optimizer, learning rate and the way of computing.
    void save(TrainState &state) const;
    void load(const TrainState &state);
    /// The way of computing that @p state was made with.
    static ComputeChoice computeIn(const TrainState &state);

private:
    torch::Tensor classWeights(const SourceFacts &facts) const;

    const TrainPlan &m_plan;
    torch::Device m_device{torch::kCPU};
    ComputeChoice m_compute;
    std::shared_ptr<GraphModule> m_network;
    std::unique_ptr<Optimizer> m_optimizer;
    torch::Tensor m_classWeights; ///< while training; undefined where all classes count the same
    double m_lr = 0;
};

} // namespace netloom
