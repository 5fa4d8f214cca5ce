// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/weight_table.h"

namespace netloom {

std::string WeightTable::summary() const
{
    const std::int64_t own = static_cast<std::int64_t>(rows.size()) - count(WeightFit::Unused);
    std::string text = std::to_string(count(WeightFit::Taken)) + " of " + std::to_string(own) + " tensors taken";
    const auto add = [&](WeightFit fit, const char *words) {
        if (count(fit) > 0)
            text += ", " + std::to_string(count(fit)) + " " + words;
    };
    add(WeightFit::Missing, "missing");
    add(WeightFit::OtherShape, "of another shape");
    add(WeightFit::Unused, "unused");
    return text;
}

std::string toString(WeightFit fit)
{
    switch (fit) {
    case WeightFit::Taken: return "taken";
    case WeightFit::Missing: return "missing";
    case WeightFit::OtherShape: return "other shape";
    case WeightFit::Unused: break;
    }
    return "unused";
}

} // namespace netloom
