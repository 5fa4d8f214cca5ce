// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace netloom {

/// What follows batch normalization and is computed with it.
struct NormFollowers {
    bool relu = false;
    bool maxPool = false; ///< over windows of 2×2 with stride 2
};

/// Whether normReluPool() takes @p input (N×C×H×W): numbers of 32 bit on the CPU with the channels last, while @p norm trains.
bool takesNormReluPool(const torch::nn::BatchNorm2dImpl &norm, const torch::Tensor &input);

/// BatchNorm2d in training, ReLU and MaxPool2d in one, with gradients: as LibTorch's one after the other, to rounding, but every number is
/// fetched five times where it takes fourteen, and backward() keeps the input and one byte for each number of the output.
/// The same whatever the number of threads.
torch::Tensor normReluPool(torch::nn::BatchNorm2dImpl &norm, const NormFollowers &followers, const torch::Tensor &input);

} // namespace netloom
