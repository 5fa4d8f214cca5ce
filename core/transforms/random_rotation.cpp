// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom {

namespace {

InferResult inferRandomRotation(const InferInput &input)
{
    const Shape &in = input.in[0];
    if (const auto misfit = spreadMisfit(input.params, "degrees"))
        return *misfit;
    if (const auto misfit = warpMisfit(input.params, in[0]))
        return *misfit;
    if (input.params.flag("expand"))
        return inferredImage(in[0], Shape::kUnknown, Shape::kUnknown);
    return Inferred{{in}};
}

std::vector<std::string> explainRandomRotation(const InferInput &input, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.at(0);
    if (!input.params.flag("expand"))
        return {};
    return {asInputLine("channels", out[0]), "height: as the angle drawn needs it, ?", "width: as the angle drawn needs it, ?"};
}

} // namespace

namespace nodes {

NodeSpec random_rotation()
{
    NodeSpec spec = imageTransform("RandomRotation", {"augmentation", "turn", "angle", "tilt"},
        "Turns each picture by an angle drawn anew while training; does nothing in evaluation. For things that may lie askew; digits "
        "bear few degrees only, since a 6 becomes a 9.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::reals("degrees", {15.0}).range(-360.0, 360.0).unit("°").doc(
            "The angle is drawn from -degrees to degrees; two numbers are the smallest and the largest, counterclockwise"),
        interpolationParam("nearest"),
        ParamDecl::flag("expand", false).doc(
            "Makes the picture large enough for all of the turned one, so that sizes differ: put Resize after it"),
        centerParam(),
        fillParam(),
    };
    spec.infer = inferRandomRotation;
    spec.explain = explainRandomRotation;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const Range degrees = spreadOf(params, "degrees");
        const bool expand = params.flag("expand");
        return trainingStep([=, look = warpLookOf(params), center = centerOf(params)](Picture &picture, std::mt19937_64 &random) {
            rotate(picture, degrees.draw(random), look, expand, center);
        });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
