// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"
#include "losses/loss.h"

#include <functional>

namespace netloom {

/// A loss of the difference between output and truth: to the number to be learned, or where classes are learned to 1 for the right class and 0
/// for the others.
class NumberLoss final : public Loss {
public:
    /// The mean loss of an output for what it should be, both N×width.
    using Difference = std::function<torch::Tensor(const torch::Tensor &output, const torch::Tensor &wanted)>;
    explicit NumberLoss(Difference difference) : m_difference(std::move(difference)) {}

    torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) override;
    /// N×1: the number clipped to 0..1. N×classes: the scores above 0 as shares; a softmax where no score is above 0.
    torch::Tensor probabilities(const torch::Tensor &output) override;
    torch::Tensor predictions(const torch::Tensor &output) override;

private:
    Difference m_difference;
};

/// What such a loss needs: one number for each sample, or where classes are learned a score for each.
InferResult inferNumberLoss(const InferInput &input);

} // namespace netloom
