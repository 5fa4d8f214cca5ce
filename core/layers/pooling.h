// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

/// What all pooling layers with a window share, over @p axes axes: ports, kernel_size, stride, padding, ceil_mode, shape rule and explanation.
/// The type's file adds its name, words, further parameters ("dilation" is understood) and the builder.
NodeSpec pooling(std::size_t axes);

/// The window that a pooling layer's parameters describe.
Window poolingWindow(const Params &params, std::size_t axes);

/// What AvgPool1d and AvgPool2d share: count_include_pad and the builder.
template <std::size_t axes, class Pooling>
NodeSpec averagePooling()
{
    NodeSpec spec = pooling(axes);
    spec.params.push_back(ParamDecl::flag("count_include_pad", true).doc("Counts the zeros of the padding in the mean."));
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const Window window = poolingWindow(params, axes);
        return layer(Pooling(torch::nn::AvgPoolOptions<axes>(at::ArrayRef(window.kernel))
                .stride(at::ArrayRef(window.stride))
                .padding(at::ArrayRef(window.padding))
                .count_include_pad(params.flag("count_include_pad"))
                .ceil_mode(window.ceilMode)));
    };
    return spec;
}

/// What MaxPool1d and MaxPool2d share: dilation and the builder.
template <std::size_t axes, class Pooling>
NodeSpec maxPooling()
{
    NodeSpec spec = pooling(axes);
    spec.params.push_back(windowSize(axes, "dilation", 1).range(1, 4096).unit(axes == 2 ? "px" : "").doc("Distance between the points of the window."));
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const Window window = poolingWindow(params, axes);
        return layer(Pooling(torch::nn::MaxPoolOptions<axes>(at::ArrayRef(window.kernel))
                .stride(at::ArrayRef(window.stride))
                .padding(at::ArrayRef(window.padding))
                .dilation(at::ArrayRef(window.dilation))
                .ceil_mode(window.ceilMode)));
    };
    return spec;
}

/// What the adaptive ones share: output_size.
NodeSpec adaptivePooling();

} // namespace netloom
