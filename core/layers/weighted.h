// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace netloom {

/// Holds the one weight of a layer that LibTorch has no module for, under the name "weight".
struct WeightModule final : torch::nn::Module {
    explicit WeightModule(torch::Tensor start) : weight(register_parameter("weight", std::move(start))) {}
    torch::Tensor weight;
};

} // namespace netloom
