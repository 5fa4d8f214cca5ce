// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/node_spec.h"

#include <random>

namespace netloom {

// What MixUp and CutMix share: each sample is mixed with the one before it in the batch, the first with the last.

/// What is done to a batch of @p sample shape: @p kept, 0 to 1, is about how much of itself each sample keeps.
using Mix = void (*)(Batch &batch, const Shape &sample, std::int64_t classes, double kept, std::mt19937_64 &random);

/// A step that calls @p mix with probability p for a batch while training, with a share from Beta(alpha, alpha). The type's file adds its shape rule.
NodeSpec mixingStep(std::string type, std::vector<std::string> keywords, std::string doc, Mix mix);

/// A number of the distribution Beta(@p alpha, @p alpha), 0 to 1: the quotient of Gamma numbers (Marsaglia and Tsang 2000).
double randomBeta(std::mt19937_64 &random, double alpha);

/// Rows of @p width numbers: each becomes @p kept of itself and the rest of the row before it, the first one's being the last.
void mixRows(std::vector<float> &rows, std::size_t width, float kept);

/// Mixes what is to be learned: @p kept of each sample, 1 - @p kept of the one before it.
void mixTargets(Batch &batch, std::int64_t classes, float kept);

} // namespace netloom
