// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/param_rules.h"

#include "data/random.h"

#include <algorithm>

namespace netloom {

namespace {

std::string valueText(const Params &params, std::string_view name)
{
    return std::string(name) + " " + formatParam(params.at(name));
}

} // namespace

double Range::draw(std::mt19937_64 &random) const
{
    return randomBetween(random, lowest, highest);
}

Range rangeOf(const Params &params, std::string_view name)
{
    const auto &numbers = params.reals(name);
    return {numbers.front(), numbers.back()};
}

Range spreadOf(const Params &params, std::string_view name, double middle)
{
    const auto &numbers = params.reals(name);
    return numbers.size() == 1 ? Range{middle - numbers[0], middle + numbers[0]} : rangeOf(params, name);
}

std::optional<Misfit> rangeMisfit(const Params &params, std::string_view name)
{
    const auto &numbers = params.reals(name);
    const std::string mend = "give " + std::string(name) + " two numbers, the smaller first";
    if (numbers.size() != 2)
        return Misfit{"number-count", "has " + valueText(params, name) + " where a range is meant", mend};
    if (numbers[0] > numbers[1])
        return Misfit{"range-reversed", "has " + valueText(params, name) + ", the larger number first", mend};
    return {};
}

std::optional<Misfit> spreadMisfit(const Params &params, std::string_view name)
{
    const auto &numbers = params.reals(name);
    if (numbers.size() != 1)
        return rangeMisfit(params, name);
    if (numbers[0] < 0.0)
        return Misfit{"range-reversed", "has " + valueText(params, name) + ", and a range to both sides can't be negative",
            "make it positive, or give two numbers, the smaller first"};
    return {};
}

InferResult sameShape(const InferInput &input, const std::optional<Misfit> &misfit)
{
    if (misfit)
        return *misfit;
    return Inferred{{input.in[0]}};
}

std::optional<Misfit> oddMisfit(std::string_view name, std::int64_t height, std::int64_t width)
{
    if (height % 2 == 1 && width % 2 == 1)
        return {};
    const std::int64_t even = height % 2 == 0 ? height : width;
    return Misfit{"even-kernel", "has " + std::string(name) + " " + std::to_string(even) + ", which has no pixel in its middle",
        "make it odd, such as " + std::to_string(even + 1)};
}

ParamDecl probabilityParam(std::string whatOf)
{
    return ParamDecl::real("p", 0.5).range(0.0, 1.0).doc("Probability of " + std::move(whatOf));
}

ParamDecl fillParam()
{
    return ParamDecl::reals("fill", {0.0}).range(0.0, 255.0).doc(
        "Brightness of what comes in from outside, 0 black to 255 white: one number for all channels, or one per channel");
}

ParamDecl resizeInterpolationParam()
{
    return ParamDecl::choice("interpolation", "bilinear", {"nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"})
        .doc("How new pixels are mixed from old ones; all but nearest smooth where they shrink, as Pillow does");
}

ParamDecl interpolationParam(std::string fallback)
{
    return ParamDecl::choice("interpolation", std::move(fallback), {"nearest", "bilinear", "bicubic"})
        .doc("How new pixels are mixed from old ones: nearest is fast and jagged, bilinear smooth, bicubic sharper and slower");
}

ParamDecl magnitudeBinsParam()
{
    return ParamDecl::integer("num_magnitude_bins", 31).range(2, 1001).doc("How many steps of strength there are");
}

ParamDecl centerParam()
{
    return ParamDecl::realsOr("center", std::string("middle"), {"middle"}).unit("px").doc(
        "The point that stays where it is: middle, or x and y from the upper left corner");
}

WarpLook warpLookOf(const Params &params)
{
    return {interpolationNamed(params.text("interpolation")), bytesOf(params, "fill")};
}

WarpCenter centerOf(const Params &params)
{
    if (!params.keyword("center").empty())
        return {};
    const auto &numbers = params.reals("center");
    return std::array{numbers.front(), numbers.back()};
}

std::optional<Misfit> warpMisfit(const Params &params, std::int64_t channels)
{
    if (params.has("center") && params.keyword("center").empty() && params.reals("center").size() != 2)
        return Misfit{"number-count", "has " + valueText(params, "center") + " where a point is meant", "give x and y, or middle"};
    return channelMisfit(params, "fill", Shape{channels, Shape::kUnknown, Shape::kUnknown}, channels);
}

std::array<std::uint8_t, 3> bytesOf(const Params &params, std::string_view name)
{
    const auto &numbers = params.reals(name);
    std::array<std::uint8_t, 3> bytes{};
    for (std::size_t channel = 0; channel < bytes.size(); ++channel)
        bytes[channel] = static_cast<std::uint8_t>(numbers[std::min(channel, numbers.size() - 1)]);
    return bytes;
}

std::optional<Misfit> tensorMisfit(const Shape &in)
{
    if (in.rank() == 4)
        return {};
    return Misfit{"no-picture", "needs N×C×H×W but gets " + in.toString(), "put it right after ToTensor"};
}

std::optional<Misfit> channelMisfit(const Params &params, std::string_view name, const Shape &in, std::int64_t channels)
{
    const auto count = static_cast<std::int64_t>(params.reals(name).size());
    if (count == 1 || count == channels || channels == Shape::kUnknown)
        return {};
    return Misfit{"channel-count", "has " + std::to_string(count) + " numbers in " + std::string(name) + " but gets " + in.toString(),
        "give one number for all channels, or " + std::to_string(channels)};
}

} // namespace netloom
