// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/recurrent.h"

namespace netloom::nodes {

NodeSpec rnn()
{
    NodeSpec spec = recurrent("RNN", {"Elman", "memory", "text"},
        "Reads a sequence step by step; the state mixes the new step with the last state. It soon forgets: LSTM and GRU remember longer.", 1);
    spec.params.push_back(ParamDecl::choice("nonlinearity", "tanh", {"tanh", "relu"}).doc("The bend behind every step."));
    spec.buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
        auto options = recurrentOptions<torch::nn::RNNOptions>(params, in);
        if (params.text("nonlinearity") == "relu")
            options.nonlinearity(torch::kReLU);
        return std::make_shared<RecurrentLayer<torch::nn::RNN>>(torch::nn::RNN(options));
    };
    return spec;
}

} // namespace netloom::nodes
