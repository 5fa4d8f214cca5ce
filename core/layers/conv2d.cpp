// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/convolution.h"

namespace netloom::nodes {

NodeSpec conv2d()
{
    NodeSpec spec = convolution(2);
    spec.type = "Conv2d";
    spec.keywords = {"convolution", "CNN", "filter", "kernel", "feature map", "depthwise", "grouped"};
    spec.doc = "Slides small learned filters over the picture; every filter gives one output channel that lights up where its pattern is found.";
    spec.buildLayer = buildConvolution<2, torch::nn::Conv2d>;
    return spec;
}

} // namespace netloom::nodes
