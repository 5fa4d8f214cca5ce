// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec max_pool2d()
{
    NodeSpec spec = maxPooling<2, torch::nn::MaxPool2d>();
    spec.type = "MaxPool2d";
    spec.keywords = {"max pooling", "downsample", "shrink", "subsample"};
    spec.doc = "Keeps the largest value in every window: the picture shrinks, and what was found stays.";
    return spec;
}

} // namespace netloom::nodes
