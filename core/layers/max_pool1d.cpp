// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/pooling.h"

namespace netloom::nodes {

NodeSpec max_pool1d()
{
    NodeSpec spec = maxPooling<1, torch::nn::MaxPool1d>();
    spec.type = "MaxPool1d";
    spec.keywords = {"max pooling", "downsample", "shrink", "sequence"};
    spec.doc = "Keeps the largest value in every window of a sequence: it gets shorter, and what was found stays.";
    return spec;
}

} // namespace netloom::nodes
