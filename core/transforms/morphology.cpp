// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/classic_steps.h"
#include "transforms/image_shape.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec morphology()
{
    NodeSpec spec = imageTransform("Morphology", {"erode", "dilate", "open", "close", "OpenCV"},
        "Grows or shrinks what is bright, channel by channel, in training and evaluation: for closing gaps in writing, taking specks "
        "away or drawing outlines.");
    spec.group = "Classic vision";
    spec.params = {
        ParamDecl::choice("op", "erode", {"erode", "dilate", "open", "close", "gradient", "tophat", "blackhat"})
            .doc("erode shrinks what is bright, dilate grows it, open takes specks away, close fills holes, gradient gives outlines, "
                 "tophat small bright things, blackhat small dark ones"),
        ParamDecl::pair("ksize", 3).range(1, 99).unit("px").doc("Height and width of the shape that is moved over the picture"),
        ParamDecl::choice("shape", "rect", {"rect", "ellipse", "cross"}).doc("What is moved over the picture: a rectangle, an ellipse or a cross"),
        ParamDecl::integer("iterations", 1).range(1, 50).doc("How many times over"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const auto size = params.pair("ksize");
        return alwaysStep([op = params.text("op"), shape = params.text("shape"), size,
                              iterations = static_cast<int>(params.integer("iterations"))](Picture &picture) {
            morph(picture, op, shape, {static_cast<int>(size[0]), static_cast<int>(size[1])}, iterations);
        });
    };
    return spec;
}

} // namespace netloom::nodes
