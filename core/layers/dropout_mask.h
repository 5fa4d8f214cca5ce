// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <random>

namespace netloom {

/// Where a layer's dropout is drawn from. On the CPU these are random numbers of its own, so that nothing else in the program changes a
/// training; elsewhere LibTorch's.
class DropoutRandom {
public:
    /// Draws its seed from LibTorch's global generator, as initial weights do.
    DropoutRandom();

    /// Zeroes each number of @p input with probability @p p and divides the others by 1 − @p p.
    torch::Tensor dropped(const torch::Tensor &input, double p);
    /// A tensor of @p sizes: 0 with probability @p p each, else @p kept.
    torch::Tensor mask(at::IntArrayRef sizes, const torch::Tensor &like, double p, double kept);

    std::mt19937_64 &generator() { return m_random; }

private:
    std::mt19937_64 m_random; ///< a seed for each batch
};

} // namespace netloom
