// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace netloom {

/// The numbers of one step of SGD with momentum, the same for all weights.
struct SgdStep {
    float lr = 0;
    float momentum = 0;
    float decay = 0; ///< L2
    bool nesterov = false;
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

/// The numbers of one step of RMSprop (Hinton 2012), the same for all weights.
struct RmspropStep {
    float lr = 0;
    float alpha = 0;
    float rest = 1;    ///< 1 - α
    float epsilon = 0;
    float decay = 0;   ///< L2
};

/// The numbers of one step of Adagrad (Duchi et al. 2011), the same for all weights.
struct AdagradStep {
    float lr = 0;
    float epsilon = 0;
    float decay = 0; ///< L2
};

/// The numbers of one step of Lion (Chen et al. 2023), the same for all weights.
struct LionStep {
    float lr = 0;
    float beta1 = 0;
    float rest1 = 1;  ///< 1 - β₁
    float beta2 = 0;
    float rest2 = 1;  ///< 1 - β₂
    float shrink = 1; ///< 1 - lr·decay
};

/// Steps @p count weights in one pass. @p velocity is nullptr without momentum.
void stepSgd(const SgdStep &step, std::size_t count, const float *gradient, float *velocity, float *weights);
void stepAdam(const AdamStep &step, std::size_t count, const float *gradient, float *mean, float *square, float *weights);
void stepRmsprop(const RmspropStep &step, std::size_t count, const float *gradient, float *square, float *weights);
void stepAdagrad(const AdagradStep &step, std::size_t count, const float *gradient, float *sum, float *weights);
void stepLion(const LionStep &step, std::size_t count, const float *gradient, float *mean, float *weights);

} // namespace netloom
