// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {

NodeSpec instance_norm2d()
{
    NodeSpec spec = normalization("InstanceNorm2d", {"instance norm", "style transfer", "contrast"},
        "Brings every channel of every picture to mean 0 and spread 1 by itself, which takes brightness and contrast away. Made for pictures that take on a style.",
        false);
    spec.infer = [](const InferInput &input) -> InferResult {
        if (auto misfit = needsPictures(input))
            return *misfit;
        const Shape &in = input.in.at(0);
        if (in[2] == 1 && in[3] == 1)
            return Misfit{"one-pixel", "gets pictures of one pixel (" + in.toString() + "), of which it would leave 0", "put it before the pooling, or remove it"};
        return inferNorm(input, in[1]);
    };
    spec.buildLayer = [](const Params &params, const ShapeList &in) {
        return layer(torch::nn::InstanceNorm2d(torch::nn::InstanceNorm2dOptions(in.at(0)[1]).eps(params.real("eps")).affine(params.flag("affine"))));
    };
    return spec;
}

} // namespace netloom::nodes
