// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"
#include "data/random.h"
#include "transforms/crop.h"
#include "transforms/image_shape.h"
#include "transforms/transform.h"

#include <stdexcept>

namespace netloom {

namespace {

/// One axis of a random crop, all in px.
struct CropAxis {
    std::int64_t want = 0;
    std::int64_t padding = 0;
    bool padIfNeeded = false;

    /// The border on each side. torchvision adds the whole lack on both sides.
    std::int64_t border(std::int64_t have) const
    {
        const std::int64_t lack = want - (have + 2 * padding);
        return padding + (padIfNeeded && lack > 0 ? lack : 0);
    }

    bool fits(std::int64_t have) const { return have + 2 * border(have) >= want; }

    int start(std::int64_t have, std::mt19937_64 &random) const
    {
        const std::int64_t most = have + 2 * border(have) - want;
        return static_cast<int>(static_cast<std::int64_t>(randomBelow(random, static_cast<std::uint64_t>(most) + 1)) - border(have));
    }
};

std::array<CropAxis, 2> axesOf(const Params &params)
{
    const auto size = params.pair("size");
    const std::int64_t padding = params.integer("padding");
    const bool pad = params.flag("pad_if_needed");
    return {CropAxis{size[0], padding, pad}, CropAxis{size[1], padding, pad}};
}

class RandomCrop final : public Transform {
public:
    explicit RandomCrop(std::array<CropAxis, 2> axes) : m_y(axes[0]), m_x(axes[1]) {}

    bool isRandom() const override { return true; }

    void apply(Sample &sample, std::mt19937_64 &random, bool training) const override
    {
        Picture &picture = sample.picture;
        const int height = static_cast<int>(m_y.want);
        const int width = static_cast<int>(m_x.want);
        if (!training) {
            centerCrop(picture, height, width);
            return;
        }
        if (!m_y.fits(picture.height) || !m_x.fits(picture.width))
            throw std::runtime_error("is " + std::to_string(picture.height) + "×" + std::to_string(picture.width)
                + " px, smaller than what RandomCrop cuts out: add Resize before it or turn pad_if_needed on");
        const int top = m_y.start(picture.height, random);
        const int left = m_x.start(picture.width, random);
        cutOut(picture, top, left, height, width);
    }

private:
    CropAxis m_y;
    CropAxis m_x;
};

InferResult inferRandomCrop(const InferInput &input)
{
    const Shape &in = input.in[0];
    const auto [y, x] = axesOf(input.params);
    const auto tooSmall = [](const CropAxis &axis, std::int64_t have) { return have != Shape::kUnknown && !axis.fits(have); };
    if (tooSmall(y, in[1]) || tooSmall(x, in[2]))
        return Misfit{"crop-too-large",
            "cuts " + std::to_string(y.want) + "×" + std::to_string(x.want) + " out of pictures of " + in.toString(),
            "make size smaller, or turn pad_if_needed on"};
    return inferredImage(in[0], y.want, x.want);
}

} // namespace

namespace nodes {

NodeSpec random_crop()
{
    NodeSpec spec = imageTransform("RandomCrop", {"augmentation", "cut", "shift", "padding"},
        "Cuts a part out at a random place while training, so that the network doesn't count on where things lie. "
        "In evaluation it cuts the middle out, as CenterCrop of that size does.");
    spec.group = "Augmentation";
    spec.params = {
        sizeParam({32}, "Height and width of what is cut out; a single number counts for both"),
        ParamDecl::integer("padding", 0).range(0, 4096).unit("px").doc("Black border added on every side before the cut, while training"),
        ParamDecl::flag("pad_if_needed", false).doc("Adds a black border where a picture is smaller than the cut"),
    };
    spec.infer = inferRandomCrop;
    spec.explain = explainSetSize;
    spec.buildTransform
        = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<RandomCrop>(axesOf(params)); };
    return spec;
}

} // namespace nodes

} // namespace netloom
