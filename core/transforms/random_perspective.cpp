// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

namespace netloom {

namespace {

/// Where the corners go: each by up to @p distortion of half a side, inwards.
Corners drawCorners(const Picture &picture, double distortion, std::mt19937_64 &random)
{
    const auto step = [&](int size) {
        const int most = static_cast<int>(distortion * (size / 2));
        return static_cast<double>(randomBelow(random, static_cast<std::uint64_t>(most) + 1));
    };
    Corners corners{};
    for (std::size_t corner = 0; corner < corners.size(); ++corner) {
        const bool right = corner == 1 || corner == 2;
        const bool bottom = corner >= 2;
        const double x = step(picture.width);
        const double y = step(picture.height);
        corners[corner] = {right ? picture.width - 1 - x : x, bottom ? picture.height - 1 - y : y};
    }
    return corners;
}

} // namespace

namespace nodes {

NodeSpec random_perspective()
{
    NodeSpec spec = imageTransform("RandomPerspective", {"augmentation", "tilt", "3d", "distort"},
        "Shows a picture as if it were seen from the side, with probability p while training; does nothing in evaluation.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::real("distortion_scale", 0.5).range(0.0, 1.0).doc("How far the corners move: 0 not at all, 1 up to the middle"),
        probabilityParam("distorting a picture"),
        interpolationParam("bilinear"),
        fillParam(),
    };
    spec.infer = [](const InferInput &input) { return sameShape(input, warpMisfit(input.params, input.in[0][0])); };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const double distortion = params.real("distortion_scale");
        return trainingStep(params.real("p"), [distortion, look = warpLookOf(params)](Picture &picture, std::mt19937_64 &random) {
            const double right = picture.width - 1;
            const double bottom = picture.height - 1;
            const Corners corners{{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
            if (const auto coefficients = perspectiveBetween(corners, drawCorners(picture, distortion, random)))
                perspective(picture, *coefficients, look);
        });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
