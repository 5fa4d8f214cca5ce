// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"

#include <string>
#include <vector>

/// What must hold on whatever device LibTorch computes on. No Qt: for machines that have LibTorch alone.
namespace netloom::test {

/// One thing that was looked at: what came out, in words.
struct Finding {
    bool holds = false;
    std::string what;
    std::string found;
};
using Findings = std::vector<Finding>;

/// Every layer and loss of the registry on @p device ("cpu", "cuda"), its outputs and gradients, against the same computed with 64 bit on the
/// processor.
Findings checkCatalogue(const NodeRegistry &registry, const std::string &device);

/// A network with batch norm, a skip and a branch, trained by every optimizer, every average and every rule of a step: the losses on @p device
/// against those on the processor without oneDNN, and what a checkpoint leads to against what was never cut off.
Findings checkTraining(const NodeRegistry &registry, const std::string &device);

/// Training with 16 bits against training with 32; nothing where the device has no fast ones.
Findings checkMixedPrecision(const NodeRegistry &registry, const std::string &device);

/// On a GPU: a batch that can't fit ends in a message, and the next training finds the memory free again.
Findings checkOutOfMemory(const NodeRegistry &registry, const std::string &device);

/// How fast the networks of tests/bench/gpu.py learn, beside that program on the same machine.
Findings measureSpeed(const NodeRegistry &registry, const std::string &device);

} // namespace netloom::test
