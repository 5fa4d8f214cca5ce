// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec random_horizontal_flip()
{
    NodeSpec spec = imageTransform("RandomHorizontalFlip", {"augmentation", "mirror"},
        "Mirrors left and right with probability p while training; does nothing in evaluation. For things that look the same "
        "mirrored, not for digits or letters.");
    spec.group = "Augmentation";
    spec.params = {probabilityParam("mirroring a picture")};
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return trainingStep(params.real("p"), [](Picture &picture, std::mt19937_64 &) { flipHorizontally(picture); });
    };
    return spec;
}

} // namespace netloom::nodes
