// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/classic_steps.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec median_blur()
{
    NodeSpec spec = imageTransform("MedianBlur", {"noise", "denoise", "smooth", "OpenCV"},
        "Takes single odd pixels away and keeps edges, in training and evaluation: every pixel becomes the middle one of those around it.");
    spec.group = "Classic vision";
    spec.params = {ParamDecl::integer("ksize", 3).range(1, 99).unit("px").doc("Side of the square around a pixel, odd")};
    spec.infer = [](const InferInput &input) {
        const std::int64_t size = input.params.integer("ksize");
        return sameShape(input, oddMisfit("ksize", size, size));
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return alwaysStep([size = static_cast<int>(params.integer("ksize"))](Picture &picture) { medianBlur(picture, size); });
    };
    return spec;
}

} // namespace netloom::nodes
