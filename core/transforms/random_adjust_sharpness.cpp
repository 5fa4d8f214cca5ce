// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"
#include "transforms/tones.h"

namespace netloom::nodes {

NodeSpec random_adjust_sharpness()
{
    NodeSpec spec = imageTransform("RandomAdjustSharpness", {"augmentation", "sharpen", "blur"},
        "Makes a picture sharper or softer with probability p while training; does nothing in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::real("sharpness_factor", 2.0).range(0.0, 100.0).doc("0 gives a soft picture, 1 the picture as it is, 2 doubles its sharpness"),
        probabilityParam("changing a picture"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const double factor = params.real("sharpness_factor");
        return trainingStep(params.real("p"), [factor](Picture &picture, std::mt19937_64 &) { adjustSharpness(picture, factor); });
    };
    return spec;
}

} // namespace netloom::nodes
