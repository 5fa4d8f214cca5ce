// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"
#include "transforms/tones.h"

namespace netloom::nodes {

NodeSpec random_posterize()
{
    NodeSpec spec = imageTransform("RandomPosterize", {"augmentation", "bits", "fewer colours"},
        "Leaves only a few shades of every colour, with probability p while training; does nothing in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::integer("bits", 2).range(0, 8).unit("bit").doc("How many bits of every number are kept: 8 changes nothing, 1 leaves two shades"),
        probabilityParam("changing a picture"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const int bits = static_cast<int>(params.integer("bits"));
        return trainingStep(params.real("p"), [bits](Picture &picture, std::mt19937_64 &) { posterize(picture, bits); });
    };
    return spec;
}

} // namespace netloom::nodes
