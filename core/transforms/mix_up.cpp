// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "transforms/batch_transform.h"
#include "transforms/mixing.h"

namespace netloom {

namespace {

class MixUp final : public BatchTransform {
public:
    MixUp(double alpha, double p) : m_alpha(alpha), m_p(p) {}

    void apply(Batch &batch, const Shape &sample, std::int64_t classes, std::mt19937_64 &random) const override
    {
        if (batch.count < 2 || randomUnit(random) >= m_p)
            return;
        const auto kept = static_cast<float>(randomBeta(random, m_alpha));
        mixRows(batch.values, static_cast<std::size_t>(sample.elementsPerSample()), kept);
        mixTargets(batch, classes, kept);
    }

private:
    double m_alpha;
    double m_p;
};

} // namespace

namespace nodes {

NodeSpec mix_up()
{
    NodeSpec spec;
    spec.type = "MixUp";
    spec.category = Category::Transform;
    spec.group = "Augmentation";
    spec.keywords = {"augmentation", "blend", "batch", "soft labels", "regularise"};
    spec.doc = "While training, blends every sample of a batch with another one, and what is to be learned with it: 70 % rose and 30 % tulip. "
               "Does nothing in evaluation. It comes last, after Normalize.";
    spec.inputs = {{"input", PortKind::Tensor}};
    spec.outputs = {{"output", PortKind::Tensor}};
    spec.params = mixingParams();
    spec.infer = [](const InferInput &input) -> InferResult { return Inferred{{input.in[0]}}; };
    spec.buildBatchTransform = [](const Params &params) -> std::shared_ptr<BatchTransform> {
        return std::make_shared<MixUp>(params.real("alpha"), params.real("p"));
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
