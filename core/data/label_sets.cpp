// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/label_sets.h"

#include <algorithm>

namespace netloom {

std::vector<std::int64_t> rarestLabels(const std::vector<LabelSet> &sets, std::int64_t labelCount)
{
    std::vector<std::int64_t> counts(static_cast<std::size_t>(labelCount));
    for (const LabelSet &set : sets) {
        for (const std::int32_t label : set)
            ++counts[static_cast<std::size_t>(label)];
    }
    std::vector<std::int64_t> rarest;
    rarest.reserve(sets.size());
    for (const LabelSet &set : sets) {
        const auto least = std::ranges::min_element(set, {}, [&](std::int32_t label) { return counts[static_cast<std::size_t>(label)]; });
        rarest.push_back(least == set.end() ? -1 : *least);
    }
    return rarest;
}

void countSample(SourceFacts &facts, Split split, const LabelSet &labels)
{
    const std::string part(toString(split));
    auto &counts = facts.counts[part];
    counts.resize(facts.classNames.size());
    for (const std::int32_t label : labels)
        ++counts[static_cast<std::size_t>(label)];
    if (facts.severalLabels)
        ++facts.samples[part];
}

} // namespace netloom
