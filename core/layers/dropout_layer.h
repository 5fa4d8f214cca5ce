// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/dropout_mask.h"
#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

/// What all dropouts share: ports, p, and a shape that stays. The type's file adds its words and the builder.
NodeSpec dropoutSpec(std::string type, std::vector<std::string> keywords, std::string doc);

/// A dropout that does what @p apply says while training, and nothing else. @p Holder is its module, which has the training flag.
template <class Holder>
class DropoutLayer final : public Layer {
public:
    using Apply = torch::Tensor (*)(const torch::Tensor &input, double p, DropoutRandom &random);
    DropoutLayer(double p, Apply apply) : m_dropout(p), m_apply(apply) {}

    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        const double p = m_dropout->options.p();
        return m_dropout->is_training() && p > 0 ? m_apply(in.at(0), p, m_random) : in.at(0);
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_dropout.ptr(); }
    void reseed(std::uint64_t seed) override { m_random.reseed(seed); }

private:
    Holder m_dropout;
    Apply m_apply;
    DropoutRandom m_random;
};

} // namespace netloom
