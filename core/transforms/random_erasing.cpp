// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "transforms/param_rules.h"
#include "transforms/random_area.h"
#include "transforms/transform.h"

#include <algorithm>
#include <stdexcept>

namespace netloom {

namespace {

class RandomErasing final : public Transform {
public:
    explicit RandomErasing(const Params &params) : m_p(params.real("p")), m_area(params)
    {
        if (params.keyword("value").empty())
            m_value.assign(params.reals("value").begin(), params.reals("value").end());
    }

    bool isRandom() const override { return true; }

    void apply(Sample &sample, std::mt19937_64 &random, bool training) const override
    {
        if (sample.shape.rank() != 3)
            throw std::runtime_error("is no tensor yet: put ToTensor before RandomErasing");
        if (!training || randomUnit(random) >= m_p)
            return;
        const int height = static_cast<int>(sample.shape[1]);
        const int width = static_cast<int>(sample.shape[2]);
        for (int attempt = 0; attempt < kAreaTries; ++attempt) {
            const auto [tall, wide] = m_area.drawSides(random, height, width);
            if (tall >= height || wide >= width)
                continue;
            const auto top = randomBelow(random, static_cast<std::uint64_t>(height - tall) + 1);
            const auto left = randomBelow(random, static_cast<std::uint64_t>(width - wide) + 1);
            erase(sample, random, top, left, static_cast<std::size_t>(tall), static_cast<std::size_t>(wide));
            return;
        }
    }

private:
    void erase(Sample &sample, std::mt19937_64 &random, std::size_t top, std::size_t left, std::size_t tall, std::size_t wide) const
    {
        const auto width = static_cast<std::size_t>(sample.shape[2]);
        const std::size_t plane = static_cast<std::size_t>(sample.shape[1]) * width;
        for (std::size_t channel = 0; channel < static_cast<std::size_t>(sample.shape[0]); ++channel) {
            for (std::size_t row = top; row < top + tall; ++row) {
                float *out = sample.values.data() + channel * plane + row * width + left;
                if (m_value.empty())
                    std::generate_n(out, wide, [&] { return static_cast<float>(randomNormal(random)); });
                else
                    std::fill_n(out, wide, m_value[std::min(channel, m_value.size() - 1)]);
            }
        }
    }

    double m_p;
    RandomArea m_area;
    std::vector<float> m_value; ///< one per channel or one for all; empty: noise
};

InferResult inferRandomErasing(const InferInput &input)
{
    const Shape &in = input.in[0];
    if (const auto misfit = tensorMisfit(in))
        return *misfit;
    if (const auto misfit = RandomArea::misfit(input.params))
        return *misfit;
    if (input.params.keyword("value").empty()) {
        if (const auto misfit = channelMisfit(input.params, "value", in, in[1]))
            return *misfit;
    }
    return Inferred{{in}};
}

} // namespace

namespace nodes {

NodeSpec random_erasing()
{
    NodeSpec spec;
    spec.type = "RandomErasing";
    spec.category = Category::Transform;
    spec.group = "Augmentation";
    spec.keywords = {"augmentation", "cutout", "hide", "occlusion"};
    spec.doc = "Paints over a rectangle of random size and place with probability p while training, so that the network doesn't hang on "
               "one detail; does nothing in evaluation. It comes after ToTensor.";
    spec.inputs = {{"input", PortKind::Tensor}};
    spec.outputs = {{"output", PortKind::Tensor}};
    spec.params = {
        probabilityParam("painting over a picture"),
        ParamDecl::reals("scale", {0.02, 0.33}).range(0.0, 1.0).doc("Smallest and largest rectangle, as shares of the picture's area"),
        ParamDecl::reals("ratio", {0.3, 3.3}).range(0.01, 100.0).doc("Smallest and largest height : width of the rectangle"),
        ParamDecl::realsOr("value", std::vector<double>{0.0}, {"random"})
            .doc("What is painted: one number for all channels, one per channel, or random for noise"),
    };
    spec.infer = inferRandomErasing;
    spec.buildTransform = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<RandomErasing>(params); };
    return spec;
}

} // namespace nodes

} // namespace netloom
