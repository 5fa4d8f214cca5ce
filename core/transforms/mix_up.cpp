// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/mixing.h"

namespace netloom {

namespace {

void mixUp(Batch &batch, const Shape &sample, std::int64_t classes, double kept, std::mt19937_64 &)
{
    mixRows(batch.values, static_cast<std::size_t>(sample.elementsPerSample()), static_cast<float>(kept));
    mixTargets(batch, classes, static_cast<float>(kept));
}

} // namespace

namespace nodes {

NodeSpec mix_up()
{
    NodeSpec spec = mixingStep("MixUp", {"augmentation", "blend", "batch", "soft labels", "regularise"},
        "While training, blends every sample of a batch with another one, and what is to be learned with it: 70 % rose and 30 % tulip. "
        "Does nothing in evaluation. It comes last, after Normalize.",
        mixUp);
    spec.infer = [](const InferInput &input) -> InferResult { return Inferred{{input.in[0]}}; };
    return spec;
}

} // namespace nodes

} // namespace netloom
