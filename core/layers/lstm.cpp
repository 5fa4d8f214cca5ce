// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/recurrent.h"

namespace netloom::nodes {

NodeSpec lstm()
{
    NodeSpec spec = recurrent("LSTM", {"long short-term memory", "memory", "gate", "text"},
        "Reads a sequence step by step and keeps a memory, with gates that learn what to keep and what to forget.", 4);
    spec.buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
        return std::make_shared<RecurrentLayer<torch::nn::LSTM>>(torch::nn::LSTM(recurrentOptions<torch::nn::LSTMOptions>(params, in)));
    };
    return spec;
}

} // namespace netloom::nodes
