// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec avg_pool1d()
{
    NodeSpec spec = averagePooling<1, torch::nn::AvgPool1d>();
    spec.type = "AvgPool1d";
    spec.keywords = {"average pooling", "mean", "downsample", "shrink", "sequence"};
    spec.doc = "Takes the mean of every window of a sequence: it gets shorter and smoother.";
    return spec;
}

} // namespace netloom::nodes
