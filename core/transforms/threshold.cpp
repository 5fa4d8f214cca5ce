// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/classic_steps.h"
#include "transforms/image_shape.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec threshold()
{
    NodeSpec spec = imageTransform("Threshold", {"Otsu", "binary", "black and white", "OpenCV"},
        "Makes a picture grey and then black and white, in training and evaluation. Otsu's method finds the level for each picture by "
        "itself, which suits writing on paper.");
    spec.group = "Classic vision";
    spec.params = {
        ParamDecl::real("thresh", 128.0).range(0.0, 255.0).doc("The level; what is above it counts as bright"),
        ParamDecl::flag("otsu", false).doc("Takes the level that separates each picture's shades best, instead of thresh"),
        ParamDecl::real("maxval", 255.0).range(0.0, 255.0).doc("What binary and binary_inv make white"),
        ParamDecl::choice("type", "binary", {"binary", "binary_inv", "trunc", "tozero", "tozero_inv"})
            .doc("binary makes bright white and dark black, trunc holds bright to the level, tozero makes dark black; _inv the other way round"),
    };
    spec.infer = [](const InferInput &input) -> InferResult { return inferredImage(1, input.in[0][1], input.in[0][2]); };
    spec.explain = explainGrey;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return alwaysStep([level = params.real("thresh"), otsu = params.flag("otsu"), white = params.real("maxval"),
                              type = params.text("type")](Picture &picture) {
            netloom::threshold(picture, otsu ? otsuLevel(picture) : level, white, type);
        });
    };
    return spec;
}

} // namespace netloom::nodes
