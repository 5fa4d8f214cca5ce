// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"
#include "transforms/tones.h"

namespace netloom::nodes {

NodeSpec random_invert()
{
    NodeSpec spec = imageTransform("RandomInvert", {"augmentation", "negative", "colour"},
        "Makes a picture its negative with probability p while training; does nothing in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        probabilityParam("inverting a picture"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return trainingStep(params.real("p"), [](Picture &picture, std::mt19937_64 &) { invert(picture); });
    };
    return spec;
}

} // namespace netloom::nodes
