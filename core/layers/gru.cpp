// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/recurrent.h"

namespace netloom::nodes {

NodeSpec gru()
{
    NodeSpec spec = recurrent("GRU", {"gated recurrent unit", "memory", "gate", "text"},
        "Reads a sequence step by step and keeps a state, with two gates: simpler than LSTM and often as good.", 3);
    spec.buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
        return std::make_shared<RecurrentLayer<torch::nn::GRU>>(torch::nn::GRU(recurrentOptions<torch::nn::GRUOptions>(params, in)));
    };
    return spec;
}

} // namespace netloom::nodes
