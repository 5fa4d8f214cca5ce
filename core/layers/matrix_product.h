// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace netloom {

/// input·weightᵀ + bias (N×in or N×…×in, out×in, out), with gradients: as torch::linear, but computed by oneDNN's matrix product where LibTorch
/// brings it along and has no fast one of its own. Debian's LibTorch uses whatever BLAS is installed; the reference one, which it gets
/// where nobody chose, is twenty times slower.
torch::Tensor linearProduct(const torch::Tensor &input, const torch::Tensor &weight, const torch::Tensor &bias);

/// C (M×N) = op(A)·op(B), all row by row in memory, at the fastest that there is: what the machine can do at most, for benchmarks.
/// op transposes where asked: A is then K×M, B is N×K.
void multiply(bool transposeA, bool transposeB, std::int64_t m, std::int64_t n, std::int64_t k, const float *a, const float *b, float *c);

} // namespace netloom
