// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/mixing.h"

#include "data/random.h"
#include "transforms/batch_transform.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// A number of the distribution Gamma(@p shape, 1).
double randomGamma(std::mt19937_64 &random, double shape)
{
    if (shape < 1.0) {
        const double more = randomGamma(random, shape + 1.0);
        return more * std::pow(1.0 - randomUnit(random), 1.0 / shape);
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    while (true) {
        const double normal = randomNormal(random);
        const double root = 1.0 + c * normal;
        if (root <= 0.0)
            continue;
        const double v = root * root * root;
        if (std::log(1.0 - randomUnit(random)) < 0.5 * normal * normal + d - d * v + d * std::log(v))
            return d * v;
    }
}

class MixingStep final : public BatchTransform {
public:
    MixingStep(Mix mix, double alpha, double p) : m_mix(mix), m_alpha(alpha), m_p(p) {}

    void apply(Batch &batch, const Shape &sample, std::int64_t classes, std::mt19937_64 &random) const override
    {
        if (batch.count >= 2 && randomUnit(random) < m_p)
            m_mix(batch, sample, classes, randomBeta(random, m_alpha), random);
    }

private:
    Mix m_mix;
    double m_alpha;
    double m_p;
};

} // namespace

NodeSpec mixingStep(std::string type, std::vector<std::string> keywords, std::string doc, Mix mix)
{
    return {
        .type = std::move(type),
        .category = Category::Transform,
        .group = "Augmentation",
        .keywords = std::move(keywords),
        .doc = std::move(doc),
        .inputs = {{"input", PortKind::Tensor}},
        .outputs = {{"output", PortKind::Tensor}},
        .params = {
            ParamDecl::real("alpha", 1.0).range(0.01, 100.0).doc("How the shares are drawn, from Beta(alpha, alpha): small numbers leave most pictures nearly as they are, 1 takes all shares alike"),
            ParamDecl::real("p", 1.0).range(0.0, 1.0).doc("Probability of mixing a batch"),
        },
        .buildBatchTransform = [mix](const Params &params) -> std::shared_ptr<BatchTransform> {
            return std::make_shared<MixingStep>(mix, params.real("alpha"), params.real("p"));
        },
    };
}

double randomBeta(std::mt19937_64 &random, double alpha)
{
    const double one = randomGamma(random, alpha);
    const double other = randomGamma(random, alpha);
    return one + other > 0.0 ? one / (one + other) : 0.5;
}

void mixRows(std::vector<float> &rows, std::size_t width, float kept)
{
    const std::size_t count = width > 0 ? rows.size() / width : 0;
    if (count < 2)
        return;
    std::vector<float> before(rows.end() - static_cast<std::ptrdiff_t>(width), rows.end());
    for (std::size_t row = 0; row < count; ++row) {
        float *at = rows.data() + row * width;
        for (std::size_t place = 0; place < width; ++place) {
            const float own = at[place];
            at[place] = own * kept + before[place] * (1.0f - kept);
            before[place] = own;
        }
    }
}

void mixTargets(Batch &batch, std::int64_t classes, float kept)
{
    if (!batch.numbers.empty()) {
        if (batch.unmixed.empty())
            batch.unmixed = batch.numbers;
        mixRows(batch.numbers, 1, kept);
        return;
    }
    if (batch.shares.empty() && !batch.labels.empty()) {
        batch.shares = batch.labels;
    } else if (batch.shares.empty()) {
        batch.shares.assign(batch.targets.size() * static_cast<std::size_t>(classes), 0.0f);
        for (std::size_t at = 0; at < batch.targets.size(); ++at)
            batch.shares[at * static_cast<std::size_t>(classes) + static_cast<std::size_t>(batch.targets[at])] = 1.0f;
    }
    mixRows(batch.shares, static_cast<std::size_t>(classes), kept);
}

} // namespace netloom
