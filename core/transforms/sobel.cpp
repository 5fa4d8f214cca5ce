// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/classic_steps.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec sobel()
{
    NodeSpec spec = imageTransform("Sobel", {"edges", "gradient", "derivative", "OpenCV"},
        "Shows how steeply brightness rises, channel by channel, in training and evaluation: bright at edges, black where nothing changes. "
        "The first kernels that a convolution learns often look alike.");
    spec.group = "Classic vision";
    spec.params = {
        ParamDecl::choice("direction", "both", {"both", "x", "y"}).doc("x sees upright edges, y level ones, both sees all"),
        ParamDecl::integer("ksize", 3).range(3, 7).unit("px").doc("How many pixels the steepness is taken from: 3, 5 or 7"),
        ParamDecl::real("scale", 1.0).range(0.0001, 100.0).doc("What the result is multiplied by; more than 255 becomes white"),
    };
    spec.infer = [](const InferInput &input) {
        const std::int64_t size = input.params.integer("ksize");
        return sameShape(input, oddMisfit("ksize", size, size));
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const std::string &name = params.text("direction");
        const auto direction = name == "x" ? SobelDirection::X : name == "y" ? SobelDirection::Y : SobelDirection::Both;
        return alwaysStep([direction, size = static_cast<int>(params.integer("ksize")), scale = params.real("scale")](
                              Picture &picture) { netloom::sobel(picture, direction, size, scale); });
    };
    return spec;
}

} // namespace netloom::nodes
