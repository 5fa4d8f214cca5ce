// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// What the moves are drawn from.
struct AffineRanges {
    explicit AffineRanges(const Params &params)
        : degrees(spreadOf(params, "degrees")), right(params.reals("translate").front()), down(params.reals("translate").back()),
          scale(rangeOf(params, "scale"))
    {
        const auto &shear = params.reals("shear");
        if (shear.size() == 4)
            shearY = {shear[2], shear[3]};
        shearX = shear.size() == 4 ? Range{shear[0], shear[1]} : spreadOf(params, "shear");
    }

    AffineMove draw(const Picture &picture, std::mt19937_64 &random) const
    {
        const auto shift = [&](double share, int size) {
            return static_cast<int>(std::nearbyint(Range{-share * size, share * size}.draw(random)));
        };
        AffineMove move;
        move.angle = degrees.draw(random);
        move.translate[0] = shift(right, picture.width);
        move.translate[1] = shift(down, picture.height);
        move.scale = scale.draw(random);
        move.shear[0] = shearX.draw(random);
        move.shear[1] = shearY.draw(random);
        return move;
    }

    Range degrees;
    double right; ///< share of the width
    double down;  ///< share of the height
    Range scale;
    Range shearX;
    Range shearY;
};

std::optional<Misfit> shearMisfit(const Params &params)
{
    const auto &shear = params.reals("shear");
    if (shear.size() != 4)
        return spreadMisfit(params, "shear");
    if (shear[0] <= shear[1] && shear[2] <= shear[3])
        return {};
    return Misfit{"range-reversed", "has shear " + formatParam(shear) + ", the larger number of a pair first",
        "give smallest and largest along x, then smallest and largest along y"};
}

InferResult inferRandomAffine(const InferInput &input)
{
    const auto &translate = input.params.reals("translate");
    if (translate.size() != 2)
        return Misfit{"number-count", "has " + std::to_string(translate.size()) + " numbers in translate",
            "give two: how far to the sides, how far up and down"};
    for (const auto &misfit : {spreadMisfit(input.params, "degrees"), rangeMisfit(input.params, "scale"), shearMisfit(input.params),
             warpMisfit(input.params, input.in[0][0])}) {
        if (misfit)
            return *misfit;
    }
    return Inferred{{input.in[0]}};
}

} // namespace

namespace nodes {

NodeSpec random_affine()
{
    NodeSpec spec = imageTransform("RandomAffine", {"augmentation", "turn", "shift", "zoom", "shear", "translate"},
        "Turns, shifts, zooms and slants each picture, drawn anew, while training; does nothing in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::reals("degrees", {15.0}).range(-360.0, 360.0).unit("°").doc(
            "The angle is drawn from -degrees to degrees; two numbers are the smallest and the largest, clockwise"),
        ParamDecl::reals("translate", {0.0, 0.0}).range(0.0, 1.0).doc(
            "The farthest shift to the sides and the farthest up and down, as shares of width and height"),
        ParamDecl::reals("scale", {1.0, 1.0}).range(0.01, 100.0).doc("Smallest and largest zoom: below 1 shrinks, above 1 enlarges"),
        ParamDecl::reals("shear", {0.0}).range(-89.0, 89.0).unit("°").doc(
            "How slanted: the largest angle along x; two numbers are the smallest and the largest, four these along x and along y"),
        interpolationParam("nearest"),
        fillParam(),
        centerParam(),
    };
    spec.infer = inferRandomAffine;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return trainingStep([ranges = AffineRanges(params), look = warpLookOf(params), center = centerOf(params)](
                                Picture &picture, std::mt19937_64 &random) { affine(picture, ranges.draw(picture, random), look, center); });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
