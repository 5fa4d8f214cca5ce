// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec random_vertical_flip()
{
    NodeSpec spec = imageTransform("RandomVerticalFlip", {"augmentation", "mirror", "upside down"},
        "Turns a picture upside down, mirrored, with probability p while training; does nothing in evaluation. For pictures without "
        "an up and down, such as those from a microscope or a satellite.");
    spec.group = "Augmentation";
    spec.params = {probabilityParam("mirroring a picture")};
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return trainingStep(params.real("p"), [](Picture &picture, std::mt19937_64 &) { flipVertically(picture); });
    };
    return spec;
}

} // namespace netloom::nodes
