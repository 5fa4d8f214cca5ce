// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec avg_pool2d()
{
    NodeSpec spec = averagePooling<2, torch::nn::AvgPool2d>();
    spec.type = "AvgPool2d";
    spec.keywords = {"average pooling", "mean", "downsample", "shrink", "subsample"};
    spec.doc = "Takes the mean of every window: the picture shrinks and gets smoother.";
    return spec;
}

} // namespace netloom::nodes
