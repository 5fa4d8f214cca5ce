// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace netloom {

/// One node of a network at work: what NodeSpec::buildLayer gives.
class Layer {
public:
    virtual ~Layer() = default;

    /// The node's first output for the tensors at its inputs, in port order (a variadic port's wires in link order).
    virtual torch::Tensor forward(const std::vector<torch::Tensor> &in) = 0;

    /// Settles what the next forward() draws in training, for layers with a generator of their own. The others draw from LibTorch's, which
    /// GraphModule::reseed() settles.
    virtual void reseed(std::uint64_t /*seed*/) {}

    /// All of the node's outputs, in port order.
    virtual std::vector<torch::Tensor> forwardAll(const std::vector<torch::Tensor> &in) { return {forward(in)}; }

    /// The LibTorch module that holds the weights and the training flag; none where the node has neither.
    /// The network registers it under the node's name, so that weights are named as in PyTorch: "conv1.weight".
    virtual std::shared_ptr<torch::nn::Module> module() const { return nullptr; }
};

/// A layer with several outputs.
class LayerWithOutputs : public Layer {
public:
    torch::Tensor forward(const std::vector<torch::Tensor> &in) final { return forwardAll(in).at(0); }
    std::vector<torch::Tensor> forwardAll(const std::vector<torch::Tensor> &in) override = 0;
};

/// A LibTorch module with one input, as a layer.
template <class ModuleHolder>
std::shared_ptr<Layer> layer(ModuleHolder module)
{
    class ModuleLayer final : public Layer {
    public:
        explicit ModuleLayer(ModuleHolder module) : m_module(std::move(module)) {}
        torch::Tensor forward(const std::vector<torch::Tensor> &in) override { return m_module->forward(in.at(0)); }
        std::shared_ptr<torch::nn::Module> module() const override { return m_module.ptr(); }

    private:
        ModuleHolder m_module;
    };
    return std::make_shared<ModuleLayer>(std::move(module));
}

/// A layer without weights: a function of the tensors at its inputs.
inline std::shared_ptr<Layer> layerOf(std::function<torch::Tensor(const std::vector<torch::Tensor> &)> function)
{
    class FunctionLayer final : public Layer {
    public:
        explicit FunctionLayer(std::function<torch::Tensor(const std::vector<torch::Tensor> &)> function)
            : m_function(std::move(function)) {}
        torch::Tensor forward(const std::vector<torch::Tensor> &in) override { return m_function(in); }

    private:
        std::function<torch::Tensor(const std::vector<torch::Tensor> &)> m_function;
    };
    return std::make_shared<FunctionLayer>(std::move(function));
}

} // namespace netloom
