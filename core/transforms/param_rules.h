// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"
#include "transforms/warp.h"

#include <optional>
#include <random>

namespace netloom {

/// Two ends, the smaller first.
struct Range {
    double lowest = 0.0;
    double highest = 0.0;

    double draw(std::mt19937_64 &random) const;
    bool isPoint() const { return lowest == highest; }
};

/// The two numbers of the parameter @p name.
Range rangeOf(const Params &params, std::string_view name);

/// One number s stands for the range @p middle - s … @p middle + s, two for themselves.
Range spreadOf(const Params &params, std::string_view name, double middle = 0.0);

/// What is wrong with a parameter that rangeOf() reads: two numbers, the smaller first.
std::optional<Misfit> rangeMisfit(const Params &params, std::string_view name);

/// What is wrong with a parameter that spreadOf() reads: one number of at least 0, or two, the smaller first.
std::optional<Misfit> spreadMisfit(const Params &params, std::string_view name);

/// What is wrong with a size of a neighbourhood, which needs a middle: odd numbers.
std::optional<Misfit> oddMisfit(std::string_view name, std::int64_t height, std::int64_t width);

/// The input's shape, or what is wrong: for steps that change no size.
InferResult sameShape(const InferInput &input, const std::optional<Misfit> &misfit);

// Parameters that several transforms have, with how they are read and checked.

ParamDecl probabilityParam(std::string whatOf);
ParamDecl fillParam();

/// All of torchvision's, for steps that make a picture smaller or larger.
ParamDecl resizeInterpolationParam();
/// nearest, bilinear or bicubic, for steps that move pixels.
ParamDecl interpolationParam(std::string fallback);
/// Over how many steps an automatic augmentation spreads its strengths.
ParamDecl magnitudeBinsParam();
/// "middle", or x and y.
ParamDecl centerParam();

WarpLook warpLookOf(const Params &params);
WarpCenter centerOf(const Params &params);

/// What is wrong with `fill` for pictures of @p channels, and with `center` where there is one.
std::optional<Misfit> warpMisfit(const Params &params, std::int64_t channels);

/// The numbers of @p name spread over the channels, as bytes.
std::array<std::uint8_t, 3> bytesOf(const Params &params, std::string_view name);

/// What is wrong with the input of a step that comes after ToTensor.
std::optional<Misfit> tensorMisfit(const Shape &in);

/// One number, or one per channel.
std::optional<Misfit> channelMisfit(const Params &params, std::string_view name, const Shape &in, std::int64_t channels);

} // namespace netloom
