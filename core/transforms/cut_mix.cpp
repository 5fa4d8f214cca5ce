// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "transforms/mixing.h"
#include "transforms/param_rules.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// Rows and columns from the first up to, but not, the last.
struct Box {
    std::int64_t top = 0;
    std::int64_t left = 0;
    std::int64_t bottom = 0;
    std::int64_t right = 0;
};

/// torchvision's: a rectangle of 1 - @p kept of the area around a random middle, cut off at the picture's edges.
Box drawBox(std::mt19937_64 &random, std::int64_t height, std::int64_t width, double kept)
{
    const auto x = static_cast<std::int64_t>(randomBelow(random, static_cast<std::uint64_t>(width)));
    const auto y = static_cast<std::int64_t>(randomBelow(random, static_cast<std::uint64_t>(height)));
    const double half = 0.5 * std::sqrt(1.0 - kept);
    const auto halfWidth = static_cast<std::int64_t>(half * static_cast<double>(width));
    const auto halfHeight = static_cast<std::int64_t>(half * static_cast<double>(height));
    return {std::max<std::int64_t>(0, y - halfHeight), std::max<std::int64_t>(0, x - halfWidth), std::min(height, y + halfHeight),
        std::min(width, x + halfWidth)};
}

/// The box of the picture before goes into each; the first gets the last one's.
void paste(std::vector<float> &values, std::size_t size, std::int64_t rows, std::int64_t height, std::int64_t width, const Box &box)
{
    std::vector<float> before(values.end() - static_cast<std::ptrdiff_t>(size), values.end());
    for (float *picture = values.data(); picture < values.data() + values.size(); picture += size) {
        for (std::int64_t row = 0; row < rows; ++row) {
            if (row % height < box.top || row % height >= box.bottom)
                continue;
            const auto first = row * width + box.left;
            std::swap_ranges(picture + first, picture + row * width + box.right, before.begin() + first);
        }
    }
}

void cutMix(Batch &batch, const Shape &sample, std::int64_t classes, double kept, std::mt19937_64 &random)
{
    const std::int64_t height = sample[1];
    const std::int64_t width = sample[2];
    const Box box = drawBox(random, height, width, kept);
    const std::int64_t tall = box.bottom - box.top;
    const std::int64_t wide = box.right - box.left;
    paste(batch.values, static_cast<std::size_t>(sample.elementsPerSample()), sample[0] * height, height, width, box);
    mixTargets(batch, classes, 1.0f - static_cast<float>(tall * wide) / static_cast<float>(height * width));
}

} // namespace

namespace nodes {

NodeSpec cut_mix()
{
    NodeSpec spec = mixingStep("CutMix", {"augmentation", "patch", "batch", "soft labels", "regularise"},
        "While training, pastes a rectangle of another picture of the batch into every picture, and what is to be learned goes by the "
        "areas: 70 % rose and 30 % tulip. Does nothing in evaluation. It comes last, after Normalize.",
        cutMix);
    spec.infer = [](const InferInput &input) { return sameShape(input, tensorMisfit(input.in[0])); };
    return spec;
}

} // namespace nodes

} // namespace netloom
