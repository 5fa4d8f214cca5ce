// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/augment_ops.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom {

namespace {

InferResult inferRandAugment(const InferInput &input)
{
    const std::int64_t magnitude = input.params.integer("magnitude");
    const std::int64_t bins = input.params.integer("num_magnitude_bins");
    if (magnitude >= bins)
        return Misfit{"magnitude", "has magnitude " + std::to_string(magnitude) + " of " + std::to_string(bins) + " steps",
            "set magnitude to " + std::to_string(bins - 1) + " at most, or num_magnitude_bins higher"};
    return sameShape(input, warpMisfit(input.params, input.in[0][0]));
}

} // namespace

namespace nodes {

NodeSpec rand_augment()
{
    NodeSpec spec = imageTransform("RandAugment", {"augmentation", "automatic", "policy"},
        "Makes several changes, drawn from fourteen kinds (turn, shift, slant, colour, contrast …), all of one strength, while training; "
        "does nothing in evaluation. Two numbers replace a long search for the best augmentation.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::integer("num_ops", 2).range(0, 14).doc("How many changes one after the other"),
        ParamDecl::integer("magnitude", 9).range(0, 1000).doc("How strong they are: 0 to num_magnitude_bins - 1"),
        magnitudeBinsParam(),
        interpolationParam("nearest"),
        fillParam(),
    };
    spec.infer = inferRandAugment;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const std::int64_t count = params.integer("num_ops");
        const int bin = static_cast<int>(params.integer("magnitude"));
        const int bins = static_cast<int>(params.integer("num_magnitude_bins"));
        return trainingStep([=, look = warpLookOf(params)](Picture &picture, std::mt19937_64 &random) {
            const AugmentReach reach = randAugmentReach(picture.height, picture.width);
            for (std::int64_t change = 0; change < count; ++change) {
                const AugmentOp op = drawAugment(random);
                applyAugment(picture, op, drawSign(op, augmentMagnitude(op, reach, bin, bins), random), look);
            }
        });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
