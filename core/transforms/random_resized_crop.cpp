// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"
#include "data/random.h"
#include "transforms/crop.h"
#include "transforms/image_shape.h"
#include "transforms/random_area.h"
#include "transforms/resample.h"
#include "transforms/transform.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

struct CropBox {
    int top;
    int left;
    int height;
    int width;
};

class RandomResizedCrop final : public Transform {
public:
    explicit RandomResizedCrop(const Params &params)
        : m_height(static_cast<int>(params.pair("size")[0])), m_width(static_cast<int>(params.pair("size")[1])), m_area(params),
          m_interpolation(interpolationNamed(params.text("interpolation")))
    {
    }

    bool isRandom() const override { return true; }

    void apply(Sample &sample, std::mt19937_64 &random, bool training) const override
    {
        Picture &picture = sample.picture;
        if (!training) {
            coverAndCut(picture);
            return;
        }
        const CropBox box = draw(picture, random);
        cutOut(picture, box.top, box.left, box.height, box.width);
        resample(picture, m_height, m_width, m_interpolation);
    }

    /// The smallest crop of a picture that is reduced to the hint still has the pixels that are asked for.
    DecodeHint decodeHint() const override
    {
        if (m_interpolation == Interpolation::Nearest || m_area.scale.lowest <= 0.0)
            return {};
        const double forWidth = m_width / std::sqrt(m_area.scale.lowest * std::min(m_area.ratio.lowest, 1.0));
        const double forHeight = m_height * std::sqrt(std::max(m_area.ratio.highest, 1.0) / m_area.scale.lowest);
        return {static_cast<int>(std::ceil(std::min(std::max(forWidth, forHeight), 1e6)))};
    }

private:
    CropBox draw(const Picture &picture, std::mt19937_64 &random) const
    {
        const auto place = [&](int free) { return static_cast<int>(randomBelow(random, static_cast<std::uint64_t>(free) + 1)); };
        for (int attempt = 0; attempt < kAreaTries; ++attempt) {
            const auto [width, height] = m_area.drawSides(random, picture.height, picture.width);
            if (width <= 0 || width > picture.width || height <= 0 || height > picture.height)
                continue;
            const int top = place(picture.height - height);
            const int left = place(picture.width - width);
            return {top, left, height, width};
        }
        return middle(picture);
    }

    /// The largest box in the middle whose proportions are allowed.
    CropBox middle(const Picture &picture) const
    {
        const double ratio = static_cast<double>(picture.width) / picture.height;
        const auto whole = [](double size) { return std::max(1, static_cast<int>(std::nearbyint(size))); };
        int height = picture.height;
        int width = picture.width;
        if (ratio < m_area.ratio.lowest)
            height = whole(width / m_area.ratio.lowest);
        else if (ratio > m_area.ratio.highest)
            width = whole(height * m_area.ratio.highest);
        return {(picture.height - height) / 2, (picture.width - width) / 2, height, width};
    }

    /// As torchvision's recipes evaluate: Resize so that the picture covers the size, then CenterCrop.
    void coverAndCut(Picture &picture) const
    {
        const auto height = static_cast<std::int64_t>(picture.height);
        const auto width = static_cast<std::int64_t>(picture.width);
        if (m_width * height >= m_height * width)
            resample(picture, static_cast<int>(m_width * height / width), m_width, m_interpolation);
        else
            resample(picture, m_height, static_cast<int>(m_height * width / height), m_interpolation);
        centerCrop(picture, m_height, m_width);
    }

    int m_height;
    int m_width;
    RandomArea m_area;
    Interpolation m_interpolation;
};

} // namespace

namespace nodes {

NodeSpec random_resized_crop()
{
    NodeSpec spec = imageTransform("RandomResizedCrop", {"augmentation", "cut", "zoom", "scale", "inception"},
        "Cuts out a part of random size and place and scales it to one size while training, so that the network knows things from near "
        "and far. In evaluation it scales the picture until it covers that size and cuts the middle out.");
    spec.group = "Augmentation";
    spec.params = {
        sizeParam({128}, "Height and width of the result; a single number counts for both"),
        ParamDecl::reals("scale", {0.08, 1.0}).range(0.0, 1.0).doc("Smallest and largest part that is cut out, as shares of the picture's area"),
        ParamDecl::reals("ratio", {0.75, 4.0 / 3.0}).range(0.01, 100.0).doc("Smallest and largest width : height of what is cut out"),
        resizeInterpolationParam(),
    };
    spec.infer = [](const InferInput &input) -> InferResult {
        if (const auto misfit = RandomArea::misfit(input.params))
            return *misfit;
        const auto size = input.params.pair("size");
        return inferredImage(input.in[0][0], size[0], size[1]);
    };
    spec.explain = explainSetSize;
    spec.buildTransform
        = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<RandomResizedCrop>(params); };
    return spec;
}

} // namespace nodes

} // namespace netloom
