// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec max_pool1d()
{
    NodeSpec spec = pooling(1);
    spec.type = "MaxPool1d";
    spec.keywords = {"max pooling", "downsample", "shrink", "sequence"};
    spec.doc = "Keeps the largest value in every window of a sequence: it gets shorter, and what was found stays.";
    spec.params.push_back(ParamDecl::integer("dilation", 1).range(1, 4096).doc("Distance between the points of the window."));
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const Window window = poolingWindow(params, 1);
        return layer(torch::nn::MaxPool1d(torch::nn::MaxPool1dOptions(at::ArrayRef(window.kernel))
                .stride(at::ArrayRef(window.stride))
                .padding(at::ArrayRef(window.padding))
                .dilation(at::ArrayRef(window.dilation))
                .ceil_mode(window.ceilMode)));
    };
    return spec;
}

} // namespace netloom::nodes
