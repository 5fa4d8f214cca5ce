// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/gaussian_blur.h"

#include "transforms/border.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/picture_step.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace netloom {

namespace {

void fillWeights(std::vector<float> &weights, int taps, double sigma)
{
    weights.resize(static_cast<std::size_t>(taps));
    float sum = 0.0f;
    for (int tap = 0; tap < taps; ++tap) {
        const double distance = (tap - taps / 2) / sigma;
        weights[static_cast<std::size_t>(tap)] = static_cast<float>(std::exp(-0.5 * distance * distance));
        sum += weights[static_cast<std::size_t>(tap)];
    }
    for (float &weight : weights)
        weight /= sum;
}

/// sums[i] += weight · in[i]
template <class Number>
void addWeighted(const Number *in, float weight, float *sums, std::size_t count)
{
    for (std::size_t index = 0; index < count; ++index)
        sums[index] += weight * static_cast<float>(in[index]);
}

/// Blurs along the rows into @p blurred, height × width × channels.
void blurRows(const Picture &picture, const std::vector<float> &weights, std::vector<float> &blurred)
{
    const int taps = static_cast<int>(weights.size());
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t stride = static_cast<std::size_t>(picture.width) * channels;
    thread_local std::vector<std::uint8_t> row; // with the mirrored ends
    row.resize(stride + static_cast<std::size_t>(taps - 1) * channels);
    blurred.assign(stride * static_cast<std::size_t>(picture.height), 0.0f);
    for (int y = 0; y < picture.height; ++y) {
        const std::uint8_t *in = picture.pixels.data() + static_cast<std::size_t>(y) * stride;
        std::uint8_t *out = row.data();
        for (int x = -(taps / 2); x < picture.width + taps / 2; ++x, out += channels)
            std::copy_n(in + static_cast<std::size_t>(borderSource(x, picture.width, BorderKind::Reflect)) * channels, channels, out);
        for (int tap = 0; tap < taps; ++tap)
            addWeighted(row.data() + static_cast<std::size_t>(tap) * channels, weights[static_cast<std::size_t>(tap)],
                blurred.data() + static_cast<std::size_t>(y) * stride, stride);
    }
}

/// Blurs @p blurred along the columns back into the picture.
void blurColumns(Picture &picture, const std::vector<float> &weights, const std::vector<float> &blurred)
{
    const int taps = static_cast<int>(weights.size());
    const std::size_t stride = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.channels);
    thread_local std::vector<float> sums;
    for (int y = 0; y < picture.height; ++y) {
        sums.assign(stride, 0.5f); // what is cut off below rounds
        for (int tap = 0; tap < taps; ++tap) {
            const int from = borderSource(y + tap - taps / 2, picture.height, BorderKind::Reflect);
            addWeighted(blurred.data() + static_cast<std::size_t>(from) * stride, weights[static_cast<std::size_t>(tap)], sums.data(), stride);
        }
        std::uint8_t *out = picture.pixels.data() + static_cast<std::size_t>(y) * stride;
        for (std::size_t index = 0; index < stride; ++index)
            out[index] = static_cast<std::uint8_t>(static_cast<int>(sums[index]));
    }
}

InferResult inferGaussianBlur(const InferInput &input)
{
    const auto &size = input.params.reals("kernel_size");
    if (size.size() > 2 || std::ranges::any_of(size, [](double number) { return number != std::floor(number); }))
        return Misfit{"number-count", "has kernel_size " + formatParam(size) + " where whole px are meant", "give one odd number, or width and height"};
    if (const auto misfit = oddMisfit("kernel_size", static_cast<std::int64_t>(size.front()), static_cast<std::int64_t>(size.back())))
        return *misfit;
    if (const auto misfit = spreadMisfit(input.params, "sigma"))
        return *misfit;
    return Inferred{{input.in[0]}};
}

} // namespace

void gaussianBlur(Picture &picture, int height, int width, double sigma)
{
    thread_local std::vector<float> weights;
    thread_local std::vector<float> blurred;
    fillWeights(weights, width, sigma);
    blurRows(picture, weights, blurred);
    fillWeights(weights, height, sigma);
    blurColumns(picture, weights, blurred);
}

namespace nodes {

NodeSpec gaussian_blur()
{
    NodeSpec spec = imageTransform("GaussianBlur", {"augmentation", "smooth", "soft", "unsharp"},
        "Blurs pictures, so that the network doesn't cling to fine grain. With a range of sigma it draws one for each picture while "
        "training and does nothing in evaluation; with a single sigma it blurs always, in evaluation too.");
    spec.group = "Augmentation";
    spec.params = {
        ParamDecl::reals("kernel_size", {5.0}).range(1.0, 255.0).unit("px").doc(
            "How many pixels are mixed into one, odd; two numbers are width and height, in this order, as in torchvision"),
        ParamDecl::reals("sigma", {0.1, 2.0}).range(0.01, 100.0).unit("px").doc(
            "How wide the blur is: smallest and largest, or a single number for all pictures"),
    };
    spec.infer = inferGaussianBlur;
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        const auto &size = params.reals("kernel_size");
        const int width = static_cast<int>(size.front());
        const int height = static_cast<int>(size.back());
        const Range sigma = rangeOf(params, "sigma");
        if (sigma.isPoint())
            return alwaysStep([=](Picture &picture) { gaussianBlur(picture, height, width, sigma.lowest); });
        return trainingStep([=](Picture &picture, std::mt19937_64 &random) { gaussianBlur(picture, height, width, sigma.draw(random)); });
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
