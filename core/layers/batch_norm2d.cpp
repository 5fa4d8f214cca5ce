// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {

NodeSpec batch_norm2d()
{
    NodeSpec spec = batchNormalization<torch::nn::BatchNorm2d>("BatchNorm2d", "channel");
    spec.infer = [](const InferInput &input) -> InferResult {
        if (auto misfit = needsPictures(input))
            return *misfit;
        return inferNorm(input, input.in.at(0)[1]);
    };
    return spec;
}

} // namespace netloom::nodes
