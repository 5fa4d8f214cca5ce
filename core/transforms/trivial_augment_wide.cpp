// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "transforms/augment_ops.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec trivial_augment_wide()
{
    NodeSpec spec = imageTransform("TrivialAugmentWide", {"augmentation", "automatic", "policy"},
        "Makes one change, drawn from fourteen kinds (turn, shift, slant, colour, contrast …), of a random strength, while training; does "
        "nothing in evaluation. Nothing is to be tuned, and it often does as well as searched policies.");
    spec.group = "Augmentation";
    spec.params = {
        magnitudeBinsParam(),
        interpolationParam("nearest"),
        fillParam(),
    };
    spec.infer = [](const InferInput &input) { return sameShape(input, warpMisfit(input.params, input.in[0][0])); };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const int bins = static_cast<int>(params.integer("num_magnitude_bins"));
        return trainingStep([bins, look = warpLookOf(params)](Picture &picture, std::mt19937_64 &random) {
            const AugmentOp op = drawAugment(random);
            const int bin = static_cast<int>(randomBelow(random, static_cast<std::uint64_t>(bins)));
            applyAugment(picture, op, drawSign(op, augmentMagnitude(op, trivialAugmentWideReach(), bin, bins), random), look);
        });
    };
    return spec;
}

} // namespace netloom::nodes
