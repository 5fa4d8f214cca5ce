// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace netloom {

/// The end of a network: how wrong its output is, and what the output says about the classes. Where a number is learned, the output is that number.
class Loss {
public:
    virtual ~Loss() = default;

    /// The mean loss of the network's @p output (N×K) for @p target: class labels (N, int64), the shares that each class has
    /// (N×classes), or where a number is learned the scaled numbers (N); see Batch.
    virtual torch::Tensor forward(const torch::Tensor &output, const torch::Tensor &target) = 0;

    /// Makes mistakes with each class count that much, relative to the others, from now on (K numbers); an undefined tensor ends it.
    /// Losses that know no classes ignore it.
    virtual void weighClasses(const torch::Tensor &) {}

    /// Class probabilities, N×classes.
    virtual torch::Tensor probabilities(const torch::Tensor &output) = 0;

    /// The most probable class of every sample (N, int64); the same as probabilities(output).argmax(1), but cheaper.
    virtual torch::Tensor predictions(const torch::Tensor &output) { return probabilities(output).argmax(1); }
};

} // namespace netloom
