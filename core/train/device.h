// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <torch/torch.h>

#include <string>

namespace netloom {

/// "auto", "cpu" or "cuda" as a device; the error says that there is no usable GPU.
Result<torch::Device> chooseDevice(const std::string &name);

/// "cpu", "cuda:0 NVIDIA H100"
std::string deviceText(const torch::Device &device);

/// Readies this thread for computing with @p threads threads; with 0, as many as there are physical cores that the process may
/// use, since two threads of one core don't compute faster than one. Lets the process keep the memory that a batch gave back for
/// the next batch: handing it to the system each time costs a third of the time of a small network.
void useCpu(std::int64_t threads);

} // namespace netloom
