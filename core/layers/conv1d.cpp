// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/convolution.h"

namespace netloom::nodes {

NodeSpec conv1d()
{
    NodeSpec spec = convolution(1);
    spec.type = "Conv1d";
    spec.keywords = {"convolution", "sequence", "signal", "time series", "filter", "temporal"};
    spec.doc = "Slides small learned filters along a sequence, such as a sound or a row of measurements; every filter gives one output channel.";
    spec.buildLayer = buildConvolution<1, torch::nn::Conv1d>;
    return spec;
}

} // namespace netloom::nodes
