// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace netloom {

/// The numbers of one step of SGD with momentum, the same for all weights.
struct SgdStep {
    float lr = 0;
    float momentum = 0;
    float decay = 0; ///< L2
};

/// The numbers of one step of Adam or AdamW (Kingma and Ba 2015, Loshchilov and Hutter 2019), the same for all weights.
struct AdamStep {
    float beta1 = 0;
    float beta2 = 0;
    float rest1 = 1;     ///< 1 - β₁, which a difference of floats isn't to 1e-6
    float rest2 = 1;     ///< 1 - β₂
    float epsilon = 0;
    float stepSize = 0;  ///< lr / (1 - β₁ᵗ)
    float rootBias = 1;  ///< √(1 - β₂ᵗ)
    float decay = 0;     ///< L2, as Adam has it
    float shrink = 1;    ///< 1 - lr·decay, as AdamW has it
};

/// Steps @p count weights in one pass. @p velocity is nullptr without momentum.
void stepSgd(const SgdStep &step, std::size_t count, const float *gradient, float *velocity, float *weights);
void stepAdam(const AdamStep &step, std::size_t count, const float *gradient, float *mean, float *square, float *weights);

} // namespace netloom
