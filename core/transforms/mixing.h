// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/node_spec.h"

#include <random>

namespace netloom {

// What MixUp and CutMix share: each sample is mixed with the one before it in the batch, the first with the last.

/// alpha and p.
std::vector<ParamDecl> mixingParams();

/// A number of the distribution Beta(@p alpha, @p alpha), 0 to 1: the quotient of Gamma numbers (Marsaglia and Tsang 2000).
double randomBeta(std::mt19937_64 &random, double alpha);

/// Rows of @p width numbers: each becomes @p kept of itself and the rest of the row before it, the first one's being the last.
void mixRows(std::vector<float> &rows, std::size_t width, float kept);

/// Mixes what is to be learned: @p kept of each sample, 1 - @p kept of the one before it.
void mixTargets(Batch &batch, std::int64_t classes, float kept);

} // namespace netloom
