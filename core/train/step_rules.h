// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/schedule.h"
#include "train/gradient_rules.h"
#include "train/mixed_precision.h"
#include "train/optimizers.h"
#include "train/train_event.h"

#include <functional>
#include <memory>
#include <optional>

namespace netloom {

/// What the recipe makes of a loss: backward(), gathered over accumulation_steps batches, penalty, clipping, a step of the optimizer at the
/// schedule's learning rate, largest norms.
class StepRules {
public:
    /// @p batchesPerEpoch training batches. Throws std::runtime_error with a sentence where the recipe doesn't work here.
    StepRules(const Params &recipe, std::vector<ParameterGroup> groups, const torch::Device &device, std::int64_t batchesPerEpoch);

    /// The scope of a forward pass, training or not.
    MixedPrecision::Scope forwardScope() const { return MixedPrecision::Scope(m_precision); }
    const MixedPrecision &precision() const { return m_precision; }

    /// Before a training batch's forward pass.
    void beginBatch();
    /// Learns from the batch's @p loss. @p again computes it anew for the weights as they are then: for LBFGS, which tries several steps.
    /// True where the weights changed.
    bool learn(const torch::Tensor &loss, const Optimizer::Again &again);
    /// At the end of the epoch's training batches: steps by what is gathered. True where the weights changed.
    bool endBatches();
    /// After an epoch, with the validation loss, or the training loss where there is none.
    void endEpoch(double loss) { m_schedule.epochEnded(loss); }

    /// Of the last step, or of the first while there was none.
    double learningRate() const { return m_lr; }
    /// The recipe's lr from now on is @p lr; the schedule keeps its form.
    void setBaseLearningRate(double lr);
    /// Of the last steps. Takes a pass over all weights, so for reports alone.
    StepFigures figures();

    void save(TrainState &state) const;
    void load(const TrainState &state);

private:
    void step(const Optimizer::Again &again);
    torch::Tensor tryAgain(const Optimizer::Again &again);

    std::vector<torch::Tensor> m_parameters;
    MixedPrecision m_precision;
    std::unique_ptr<Optimizer> m_optimizer;
    std::int64_t m_accumulate = 1; ///< batches for a step
    Schedule m_schedule;
    WeightPenalty m_penalty;
    GradientClip m_clip;
    MaxNorm m_maxNorm;

    std::int64_t m_steps = 0;
    std::int64_t m_gathered = 0; ///< batches whose gradients wait for a step
    double m_lr = 0;
};

} // namespace netloom
