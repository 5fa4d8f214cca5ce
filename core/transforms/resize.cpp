// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "transforms/image_shape.h"
#include "transforms/resample.h"
#include "transforms/transform.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace netloom {

namespace {

constexpr std::int64_t kMaxPixels = 200'000'000;

/// torchvision's meaning of `size`: one number is the shorter side, two are the height and the width.
std::array<std::int64_t, 2> resizedTo(const std::vector<std::int64_t> &size, std::int64_t height, std::int64_t width)
{
    if (size.size() == 2)
        return {size[0], size[1]};
    if (height == Shape::kUnknown || width == Shape::kUnknown)
        return {Shape::kUnknown, Shape::kUnknown};
    if (height <= width)
        return {size[0], size[0] * width / height};
    return {size[0] * height / width, size[0]};
}

const std::vector<std::int64_t> &sizeOf(const Params &params)
{
    return std::get<std::vector<std::int64_t>>(params.at("size"));
}

class Resize final : public Transform {
public:
    explicit Resize(const Params &params) : m_size(sizeOf(params))
    {
        const std::string &name = params.text("interpolation");
        m_interpolation = name == "nearest" ? Interpolation::Nearest
            : name == "bicubic"             ? Interpolation::Bicubic
                                            : Interpolation::Bilinear;
    }

    void apply(Sample &sample, std::mt19937_64 &, bool) const override
    {
        const auto [height, width] = resizedTo(m_size, sample.picture.height, sample.picture.width);
        if (height * width > kMaxPixels)
            throw std::runtime_error("would become " + std::to_string(height) + "×" + std::to_string(width)
                + " px by Resize: give it height and width");
        resample(sample.picture, static_cast<int>(height), static_cast<int>(width), m_interpolation);
    }

    DecodeHint decodeHint() const override
    {
        if (m_interpolation == Interpolation::Nearest)
            return {};
        return {static_cast<int>(std::ranges::max(m_size))};
    }

private:
    std::vector<std::int64_t> m_size;
    Interpolation m_interpolation = Interpolation::Bilinear;
};

std::vector<std::string> explainResize(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in[0];
    const Shape &out = inferred.outputs.at(0);
    const auto &size = sizeOf(input.params);
    if (size.size() == 2 || !in.known())
        return explainSetSize(input, inferred);
    const bool upright = in[1] > in[2];
    const auto longer = [&](std::int64_t longSide, std::int64_t shortSide) {
        return "⌊" + std::to_string(size[0]) + "·" + std::to_string(longSide) + "/" + std::to_string(shortSide) + "⌋";
    };
    return {asInputLine("channels", out[0]),
        upright ? formulaLine("height", longer(in[1], in[2]), out[1]) : setByLine("height", "size", out[1]),
        upright ? setByLine("width", "size", out[2]) : formulaLine("width", longer(in[2], in[1]), out[2])};
}

} // namespace

namespace nodes {

NodeSpec resize()
{
    NodeSpec spec = imageTransform("Resize", {"scale", "shrink", "size", "resample"},
        "Scales pictures to a size, so that all that differ become alike. The network needs one size for all.");
    spec.params = {
        sizeParam({128, 128}, "Height and width; a single number is the length of the shorter side and keeps the proportions"),
        ParamDecl::choice("interpolation", "bilinear", {"nearest", "bilinear", "bicubic"})
            .doc("How new pixels are mixed from old ones; bilinear and bicubic smooth where they shrink, as Pillow does"),
    };
    spec.infer = [](const InferInput &input) -> InferResult {
        const Shape &in = input.in[0];
        const auto [height, width] = resizedTo(sizeOf(input.params), in[1], in[2]);
        return inferredImage(in[0], height, width);
    };
    spec.explain = explainResize;
    spec.buildTransform = [](const Params &params) -> std::shared_ptr<Transform> { return std::make_shared<Resize>(params); };
    return spec;
}

} // namespace nodes

} // namespace netloom
