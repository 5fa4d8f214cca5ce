// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

/// What Conv1d, Conv2d and Conv3d share, over @p axes axes: ports, parameters, shape rule and explanation. The type's file adds its
/// name, words and buildConvolution().
NodeSpec convolution(std::size_t axes);

/// The window that a convolution's parameters describe; no padding where it is a keyword.
Window convolutionWindow(const Params &params, std::size_t axes);

/// The misfit of groups that don't divide the channels.
std::optional<Misfit> groupsFit(const Params &params, std::int64_t channels);

/// "32·(6/3)·3·3 weights + 32 biases", the counting of a convolution's parameters without and with the biases.
struct ConvolutionWeights {
    std::string weights;
    std::string all;
};
ConvolutionWeights countedWeights(const Params &params, std::int64_t first, std::int64_t grouped, const AxisSizes &kernel);

template <std::size_t axes, class Convolution>
std::shared_ptr<Layer> buildConvolution(const Params &params, const ShapeList &in)
{
    const auto array = [](const AxisSizes &sizes) { return torch::ExpandingArray<axes>(at::ArrayRef<std::int64_t>(sizes)); };
    const Window window = convolutionWindow(params, axes);
    torch::nn::ConvOptions<axes> options(in.at(0)[1], params.integer("out_channels"), array(window.kernel));
    options.stride(array(window.stride)).dilation(array(window.dilation)).groups(params.integer("groups")).bias(params.flag("bias"));
    if (params.keyword("padding") == "same")
        options.padding(torch::kSame);
    else
        options.padding(array(window.padding));
    return layer(Convolution(options));
}

} // namespace netloom
