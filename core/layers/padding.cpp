// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/padding.h"

#include "graph/explain.h"

namespace netloom {

namespace {

InferResult inferPadding(const InferInput &input, bool mirrors)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    const auto whole = wholeNumbers(input.params, "padding");
    if (const auto *misfit = std::get_if<Misfit>(&whole))
        return *misfit;
    if (const std::size_t count = std::get<0>(whole).size(); count != 1 && count != 4)
        return Misfit{"border-count", "has padding " + formatParam(input.params.at("padding")), "give one number, or left, right, top and bottom"};
    const auto border = borders(input.params);
    Shape out = input.in.at(0);
    for (const std::size_t axis : {3, 2}) { // left and right come first
        const std::size_t before = axis == 3 ? 0 : 2;
        if (out[axis] == Shape::kUnknown)
            continue;
        if (mirrors && std::max(border[before], border[before + 1]) >= out[axis])
            return Misfit{"padding-too-large", "mirrors " + std::to_string(std::max(border[before], border[before + 1])) + " px, but its input has only "
                    + std::to_string(out[axis]), "use a padding smaller than the picture"};
        out.set(axis, out[axis] + border[before] + border[before + 1]);
    }
    return oneOutput(out);
}

std::vector<std::string> explainPadding(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const auto border = borders(input.params);
    const auto sum = [&](std::size_t axis, std::size_t before) {
        return sizeOrUnknown(in[axis]) + " + " + std::to_string(border[before]) + " + " + std::to_string(border[before + 1]);
    };
    return {asInputLine("channels", out[1]), formulaLine("height", sum(2, 2), out[2]), formulaLine("width", sum(3, 0), out[3])};
}

} // namespace

std::vector<std::int64_t> borders(const Params &params)
{
    auto numbers = std::get<0>(wholeNumbers(params, "padding"));
    numbers.resize(4, numbers.front());
    return numbers;
}

NodeSpec paddingLayer(bool mirrors)
{
    return {
        .category = Category::Shaping,
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {ParamDecl::reals("padding", {1.0}).range(0, 4096).unit("px").doc("Border on all sides, or left, right, top and bottom.")},
        .infer = [mirrors](const InferInput &input) { return inferPadding(input, mirrors); },
        .explain = explainPadding,
    };
}

} // namespace netloom
