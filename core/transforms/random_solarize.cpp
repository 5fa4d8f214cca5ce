// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"
#include "transforms/tones.h"

namespace netloom::nodes {

NodeSpec random_solarize()
{
    NodeSpec spec = imageTransform("RandomSolarize", {"augmentation", "negative", "invert"},
        "Inverts what is bright and leaves what is dark, with probability p while training; does nothing in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::real("threshold", 128.0).range(0.0, 256.0).doc("Numbers from here on are inverted; 0 inverts all, 256 none"),
        probabilityParam("changing a picture"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const double threshold = params.real("threshold");
        return trainingStep(params.real("p"), [threshold](Picture &picture, std::mt19937_64 &) { solarize(picture, threshold); });
    };
    return spec;
}

} // namespace netloom::nodes
