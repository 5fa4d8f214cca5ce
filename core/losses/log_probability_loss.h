// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "losses/loss.h"

namespace netloom {

/// A loss that takes the logarithms of class probabilities, N×classes, as LogSoftmax gives them.
class LogProbabilityLoss : public Loss {
public:
    void weighClasses(const torch::Tensor &weights) override { m_classWeights = weights; }
    torch::Tensor probabilities(const torch::Tensor &output) override { return output.softmax(1); } // exp() where they are log-probabilities
    torch::Tensor predictions(const torch::Tensor &output) override { return output.argmax(1); }

protected:
    torch::Tensor m_classWeights; ///< undefined where all classes count the same
};

} // namespace netloom
