// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

inline constexpr char kSequencesGroup[] = "Sequences"; ///< in the palette

/// What LSTM, GRU and RNN share: ports, parameters, shape rule and explanation; @p gates is how many of a plain RNN's weights there are.
NodeSpec recurrent(std::string type, std::vector<std::string> keywords, std::string doc, std::int64_t gates);

/// A recurrent module of LibTorch: gives N×steps×(directions·hidden_size), and the last layer's state after the last step (each
/// direction's own last one), N×(directions·hidden_size).
template <class Holder>
class RecurrentLayer final : public LayerWithOutputs {
public:
    explicit RecurrentLayer(Holder module) : m_module(std::move(module)) {}

    std::vector<torch::Tensor> forwardAll(const std::vector<torch::Tensor> &in) override
    {
        auto [output, state] = m_module->forward(in.at(0));
        const torch::Tensor hidden = hiddenOf(state);
        const std::int64_t directions = m_module->options.bidirectional() ? 2 : 1;
        return {output, hidden.narrow(0, hidden.size(0) - directions, directions).transpose(0, 1).flatten(1)};
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_module.ptr(); }

private:
    static const torch::Tensor &hiddenOf(const torch::Tensor &hidden) { return hidden; }
    static const torch::Tensor &hiddenOf(const std::tuple<torch::Tensor, torch::Tensor> &state) { return std::get<0>(state); }

    Holder m_module;
};

/// The module's options as the parameters say; an RNN's nonlinearity is left to its file.
template <class Options>
Options recurrentOptions(const Params &params, const ShapeList &in)
{
    return Options(in.at(0)[2], params.integer("hidden_size"))
        .num_layers(params.integer("num_layers"))
        .bias(params.flag("bias"))
        .batch_first(true)
        .bidirectional(params.flag("bidirectional"));
}

} // namespace netloom
