// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>

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

    /// The next mask is drawn from @p seed, those after it from the numbers behind it.
    void reseed(std::uint64_t seed) { m_seed = seed; }

private:
    std::uint64_t m_seed; ///< of the next mask
};

} // namespace netloom
