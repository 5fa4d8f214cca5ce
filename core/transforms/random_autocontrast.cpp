// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"
#include "transforms/tones.h"

namespace netloom::nodes {

NodeSpec random_autocontrast()
{
    NodeSpec spec = imageTransform("RandomAutocontrast", {"augmentation", "brightness", "levels"},
        "Spreads every colour from its darkest to its brightest number over 0 to 255, with probability p while training; does nothing "
        "in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        probabilityParam("changing a picture"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return trainingStep(params.real("p"), [](Picture &picture, std::mt19937_64 &) { autocontrast(picture); });
    };
    return spec;
}

} // namespace netloom::nodes
