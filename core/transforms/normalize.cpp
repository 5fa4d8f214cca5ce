// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/param_rules.h"
#include "transforms/transform.h"

#include <span>
#include <stdexcept>

namespace netloom {

namespace {

class Normalize final : public Transform {
public:
    Normalize(const std::vector<double> &mean, const std::vector<double> &deviation)
        : m_mean(mean.begin(), mean.end()), m_deviation(deviation.begin(), deviation.end())
    {
    }

    void apply(Sample &sample, std::mt19937_64 &, bool) const override
    {
        if (sample.shape.rank() != 3)
            throw std::runtime_error("is no tensor yet: put ToTensor before Normalize");
        const auto channels = static_cast<std::size_t>(sample.shape[0]);
        const std::size_t plane = channels ? sample.values.size() / channels : 0;
        for (std::size_t channel = 0; channel < channels; ++channel)
            change(std::span(sample.values).subspan(channel * plane, plane), channel);
    }

    bool changeTable(ByteTable &table, std::size_t channel) const override
    {
        change(table, channel);
        return true;
    }

private:
    void change(std::span<float> values, std::size_t channel) const
    {
        const float mean = m_mean.size() == 1 ? m_mean[0] : m_mean.at(channel);
        const float deviation = m_deviation.size() == 1 ? m_deviation[0] : m_deviation.at(channel);
        for (float &value : values)
            value = (value - mean) / deviation;
    }

    std::vector<float> m_mean;
    std::vector<float> m_deviation;
};

InferResult inferNormalize(const InferInput &input)
{
    const Shape &in = input.in[0];
    if (const auto misfit = tensorMisfit(in))
        return *misfit;
    for (const char *name : {"mean", "std"}) {
        if (const auto misfit = channelMisfit(input.params, name, in, in[1]))
            return *misfit;
    }
    return Inferred{{in}};
}

} // namespace

namespace nodes {

NodeSpec normalize()
{
    NodeSpec spec;
    spec.type = "Normalize";
    spec.category = Category::Transform;
    spec.keywords = {"standardize", "mean", "std", "scale"};
    spec.doc = "Subtracts mean and divides by std, channel by channel, so that the numbers lie around 0, where networks learn faster.";
    spec.inputs = {{"input", PortKind::Tensor}};
    spec.outputs = {{"output", PortKind::Tensor}};
    spec.params = {
        ParamDecl::reals("mean", {0.5}).doc("What is subtracted: one number per channel, or one for all"),
        ParamDecl::reals("std", {0.5}).atLeast(1e-6).doc("What is divided by: one number per channel, or one for all"),
    };
    spec.infer = inferNormalize;
    spec.buildTransform = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> {
        return std::make_shared<Normalize>(params.reals("mean"), params.reals("std"));
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
