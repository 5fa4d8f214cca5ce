// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/crop.h"
#include "transforms/image_shape.h"
#include "transforms/transform.h"

namespace netloom {

namespace {

class CenterCrop final : public Transform {
public:
    explicit CenterCrop(std::array<std::int64_t, 2> size) : m_height(static_cast<int>(size[0])), m_width(static_cast<int>(size[1])) {}

    void apply(Sample &sample, std::mt19937_64 &, bool) const override { centerCrop(sample.picture, m_height, m_width); }

private:
    int m_height;
    int m_width;
};

} // namespace

namespace nodes {

NodeSpec center_crop()
{
    NodeSpec spec = imageTransform("CenterCrop", {"cut", "middle"},
        "Cuts the middle out of each picture. Where a picture is smaller, black is added around it.");
    spec.params = {sizeParam({128}, "Height and width of what is cut out; a single number counts for both")};
    spec.infer = [](const InferInput &input) -> InferResult {
        const auto size = input.params.pair("size");
        return inferredImage(input.in[0][0], size[0], size[1]);
    };
    spec.explain = explainSetSize;
    spec.buildTransform
        = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<CenterCrop>(params.pair("size")); };
    return spec;
}

} // namespace nodes

} // namespace netloom
