// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/source_facts.h"
#include "graph/split.h"

#include <cstdint>
#include <vector>

namespace netloom {

/// The labels of one sample, rising: any number of them.
using LabelSet = std::vector<std::int32_t>;

/// Of each sample's labels the one that the fewest samples have, of several the first; -1 where it has none. Samples are dealt out and drawn
/// by it, so that each part gets its share of the rare labels (as Sechidis et al. 2011, "On the Stratification of Multi-label Data", begin).
std::vector<std::int64_t> rarestLabels(const std::vector<LabelSet> &sets, std::int64_t labelCount);

/// Counts one more sample of @p split with these labels, or this one class, into @p facts, whose classes are known.
void countSample(SourceFacts &facts, Split split, const LabelSet &labels);

} // namespace netloom
