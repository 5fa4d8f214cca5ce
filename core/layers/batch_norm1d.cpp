// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/norm.h"

namespace netloom::nodes {
namespace {

InferResult inferBatchNorm1d(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 2 && in.rank() != 3)
        return Misfit{"not-flat", "needs features (N×C) or sequences with channels (N×C×L) but gets " + in.toString(),
            in.rank() == 4 ? "use BatchNorm2d, or add Flatten before it" : "add Flatten before it"};
    if (in[1] == Shape::kUnknown)
        return unknownSize(input, in.rank() == 2 ? "the number of features" : "the number of channels");
    return inferNorm(input, in[1]);
}

} // namespace

NodeSpec batch_norm1d()
{
    NodeSpec spec = batchNormalization<torch::nn::BatchNorm1d>("BatchNorm1d", "feature");
    spec.infer = inferBatchNorm1d;
    return spec;
}

} // namespace netloom::nodes
