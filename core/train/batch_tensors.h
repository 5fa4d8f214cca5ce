// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "model/graph_module.h"

#include <torch/torch.h>

namespace netloom {

/// A batch as the network takes it. On the CPU `input` looks into the batch's own memory, so the batch must outlive it.
struct BatchTensors {
    torch::Tensor input;
    torch::Tensor target; ///< as Loss::forward() takes it
};

/// Whether samples of the shape @p sample, C×H×W, are what the network takes.
bool takesSamples(const GraphModule &network, const Shape &sample);

/// Throws std::runtime_error with a sentence where the batch doesn't fit the network.
BatchTensors toTensors(Batch &batch, const GraphModule &network, const torch::Device &device);

} // namespace netloom
