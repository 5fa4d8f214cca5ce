// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/dropout_layer.h"

namespace netloom::nodes {

NodeSpec dropout2d()
{
    NodeSpec spec = dropoutSpec("Dropout2d", {"drop", "spatial dropout", "channels", "regularize", "overfitting"},
        "Zeroes whole channels of pictures with probability p while training: neighbouring pixels tell the same, so that dropping single ones does little.");
    spec.infer = [](const InferInput &input) -> InferResult {
        if (auto misfit = needsPictures(input))
            return *misfit;
        return sameShape(input);
    };
    spec.buildLayer = [](const Params &params, const ShapeList &) -> std::shared_ptr<Layer> {
        return std::make_shared<DropoutLayer<torch::nn::Dropout2d>>(params.real("p"), [](const torch::Tensor &input, double p, DropoutRandom &random) {
            if (p >= 1)
                return input * 0;
            return input * random.mask({input.size(0), input.size(1), 1, 1}, input, p, 1 / (1 - p));
        });
    };
    return spec;
}

} // namespace netloom::nodes
