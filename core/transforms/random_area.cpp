// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/random_area.h"

#include <cmath>

namespace netloom {

RandomArea::RandomArea(const Params &params) : scale(rangeOf(params, "scale")), ratio(rangeOf(params, "ratio")) {}

std::optional<Misfit> RandomArea::misfit(const Params &params)
{
    if (const auto misfit = rangeMisfit(params, "scale"))
        return misfit;
    return rangeMisfit(params, "ratio");
}

std::array<int, 2> RandomArea::drawSides(std::mt19937_64 &random, int height, int width) const
{
    const double area = static_cast<double>(height) * width * scale.draw(random);
    const double proportion = std::exp(Range{std::log(ratio.lowest), std::log(ratio.highest)}.draw(random));
    return {static_cast<int>(std::nearbyint(std::sqrt(area * proportion))), static_cast<int>(std::nearbyint(std::sqrt(area / proportion)))};
}

} // namespace netloom
