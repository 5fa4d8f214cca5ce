// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "transforms/border.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// torchvision's `padding`: all sides; left and right, top and bottom; or left, top, right and bottom.
Border borderOf(const Params &params)
{
    const auto &list = params.reals("padding");
    const auto side = [&](std::size_t index) { return static_cast<int>(list[index % list.size()]); };
    const std::string &mode = params.text("padding_mode");
    return {side(0), side(1), side(2), side(3),
        mode == "edge"            ? BorderKind::Edge
            : mode == "reflect"   ? BorderKind::Reflect
            : mode == "symmetric" ? BorderKind::Symmetric
                                  : BorderKind::Constant,
        bytesOf(params, "fill")};
}

InferResult inferPad(const InferInput &input)
{
    const Shape &in = input.in[0];
    const auto &list = input.params.reals("padding");
    const bool whole = std::ranges::all_of(list, [](double number) { return number == std::floor(number); });
    if (!whole || list.size() == 3 || list.size() > 4)
        return Misfit{"number-count", "has padding " + formatParam(list) + " where whole px for 1, 2 or 4 sides are meant",
            "give one number for all sides, two for left and right, top and bottom, or four for left, top, right, bottom"};
    if (const auto misfit = channelMisfit(input.params, "fill", in, in[0]))
        return *misfit;
    const Border border = borderOf(input.params);
    const auto enlarged = [](std::int64_t size, int before, int after) { return size == Shape::kUnknown ? size : size + before + after; };
    return inferredImage(in[0], enlarged(in[1], border.top, border.bottom), enlarged(in[2], border.left, border.right));
}

std::vector<std::string> explainPad(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in[0];
    const Shape &out = inferred.outputs.at(0);
    const Border border = borderOf(input.params);
    const auto sum = [](std::int64_t size, int before, int after) {
        return sizeOrUnknown(size) + " + " + std::to_string(before) + " + " + std::to_string(after);
    };
    return {asInputLine("channels", out[0]), formulaLine("height", sum(in[1], border.top, border.bottom), out[1]),
        formulaLine("width", sum(in[2], border.left, border.right), out[2])};
}

} // namespace

namespace nodes {

NodeSpec pad()
{
    NodeSpec spec = imageTransform("Pad", {"border", "frame", "margin", "enlarge"},
        "Adds a border around each picture, which makes it larger: of one colour, or of the picture's own edge.");
    spec.params = {
        ParamDecl::reals("padding", {4.0}).range(0.0, 4096.0).unit("px").doc(
            "Width of the border: one number for all sides, two for left and right, top and bottom, or four for left, top, right, bottom"),
        fillParam(),
        ParamDecl::choice("padding_mode", "constant", {"constant", "edge", "reflect", "symmetric"})
            .doc("constant takes the colour fill, edge repeats the outermost pixels, reflect and symmetric mirror the picture, without "
                 "and with its outermost pixels"),
    };
    spec.infer = inferPad;
    spec.explain = explainPad;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        return alwaysStep([border = borderOf(params)](Picture &picture) { addBorder(picture, border); });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
