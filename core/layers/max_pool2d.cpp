// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec max_pool2d()
{
    NodeSpec spec = pooling(2);
    spec.type = "MaxPool2d";
    spec.keywords = {"max pooling", "downsample", "shrink", "subsample"};
    spec.doc = "Keeps the largest value in every window: the picture shrinks, and what was found stays.";
    spec.params.push_back(ParamDecl::pair("dilation", 1).range(1, 4096).unit("px").doc("Distance between the points of the window."));
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const Window window = poolingWindow(params, 2);
        return layer(torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(at::ArrayRef(window.kernel))
                .stride(at::ArrayRef(window.stride))
                .padding(at::ArrayRef(window.padding))
                .dilation(at::ArrayRef(window.dilation))
                .ceil_mode(window.ceilMode)));
    };
    return spec;
}

} // namespace netloom::nodes
