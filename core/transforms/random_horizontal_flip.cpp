// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"
#include "data/random.h"
#include "transforms/image_shape.h"
#include "transforms/transform.h"

namespace netloom {

namespace {

class RandomHorizontalFlip final : public Transform {
public:
    explicit RandomHorizontalFlip(double p) : m_p(p) {}

    bool isRandom() const override { return true; }

    void apply(Sample &sample, std::mt19937_64 &random, bool training) const override
    {
        if (training && randomUnit(random) < m_p)
            flipHorizontally(sample.picture);
    }

private:
    double m_p;
};

} // namespace

namespace nodes {

NodeSpec random_horizontal_flip()
{
    NodeSpec spec = imageTransform("RandomHorizontalFlip", {"augmentation", "mirror"},
        "Mirrors left and right with probability p while training; does nothing in evaluation. For things that look the same "
        "mirrored, not for digits or letters.");
    spec.params = {ParamDecl::real("p", 0.5).range(0.0, 1.0).doc("Probability of mirroring a picture")};
    spec.infer = [](const InferInput &input) -> InferResult { return Inferred{{input.in[0]}}; };
    spec.buildTransform
        = [](const Params &params) -> std::shared_ptr<Transform> { return std::make_shared<RandomHorizontalFlip>(params.real("p")); };
    return spec;
}

} // namespace nodes

} // namespace netloom
