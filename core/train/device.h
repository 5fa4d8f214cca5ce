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

/// The physical cores that this process may use: two threads of one core don't compute faster than one.
int physicalCores();

/// Readies this thread for computing with @p threads threads; with 0, with physicalCores(). Those that wait leave the processor to others,
/// and numbers too small for full precision become 0: with them a processor takes a hundred times longer.
void useCpu(std::int64_t threads);

} // namespace netloom
