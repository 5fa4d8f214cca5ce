// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/layer.h"
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec avg_pool1d()
{
    NodeSpec spec = pooling(1);
    spec.type = "AvgPool1d";
    spec.keywords = {"average pooling", "mean", "downsample", "shrink", "sequence"};
    spec.doc = "Takes the mean of every window of a sequence: it gets shorter and smoother.";
    spec.params.push_back(ParamDecl::flag("count_include_pad", true).doc("Counts the zeros of the padding in the mean."));
    spec.buildLayer = [](const Params &params, const ShapeList &) {
        const Window window = poolingWindow(params, 1);
        return layer(torch::nn::AvgPool1d(torch::nn::AvgPool1dOptions(at::ArrayRef(window.kernel))
                .stride(at::ArrayRef(window.stride))
                .padding(at::ArrayRef(window.padding))
                .count_include_pad(params.flag("count_include_pad"))
                .ceil_mode(window.ceilMode)));
    };
    return spec;
}

} // namespace netloom::nodes
