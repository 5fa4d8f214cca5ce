// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "transforms/classic_steps.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom {

namespace {

InferResult inferCanny(const InferInput &input)
{
    const std::int64_t aperture = input.params.integer("aperture_size");
    if (const auto misfit = oddMisfit("aperture_size", aperture, aperture))
        return *misfit;
    if (input.params.real("threshold1") > input.params.real("threshold2"))
        return Misfit{"range-reversed", "has a threshold1 above its threshold2", "swap the two"};
    return inferredImage(1, input.in[0][1], input.in[0][2]);
}

} // namespace

namespace nodes {

NodeSpec canny()
{
    NodeSpec spec = imageTransform("Canny", {"edges", "outline", "contour", "OpenCV"},
        "Draws the edges of a picture white on black, in training and evaluation. What a network learns from edges alone shows what colour "
        "and texture are worth.");
    spec.group = "Classic vision";
    spec.params = {
        ParamDecl::real("threshold1", 100.0).range(0.0, 100000.0).doc("Edges go on while they are steeper than this"),
        ParamDecl::real("threshold2", 200.0).range(0.0, 100000.0).doc("Edges begin where they are steeper than this"),
        ParamDecl::integer("aperture_size", 3).range(3, 7).unit("px").doc("How many pixels the steepness is taken from: 3, 5 or 7"),
        ParamDecl::flag("L2gradient", false).doc("Steepness as the root of the squares instead of the sum of both directions: exact, slower"),
    };
    spec.infer = inferCanny;
    spec.explain = explainGrey;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return alwaysStep([low = params.real("threshold1"), high = params.real("threshold2"),
                              aperture = static_cast<int>(params.integer("aperture_size")), exact = params.flag("L2gradient")](
                              Picture &picture) { netloom::canny(picture, low, high, aperture, exact); });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
