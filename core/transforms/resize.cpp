// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "transforms/image_shape.h"
#include "transforms/param_rules.h"
#include "transforms/resample.h"
#include "transforms/transform.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

namespace netloom {

namespace {

constexpr std::int64_t kMaxPixels = 200'000'000;

/// torchvision's `size` and `max_size`.
struct TargetSize {
    explicit TargetSize(const Params &params) : size(std::get<std::vector<std::int64_t>>(params.at("size")))
    {
        if (params.keyword("max_size").empty())
            most = params.integer("max_size");
    }

    bool keepsProportions() const { return size.size() == 1; }

    /// The shorter and the longer side where the proportions are kept.
    std::array<std::int64_t, 2> sides(std::int64_t shorter, std::int64_t longer) const
    {
        const std::int64_t free = size[0] * longer / shorter;
        if (most && free > *most)
            return {std::max<std::int64_t>(1, *most * size[0] / free), *most};
        return {size[0], free};
    }

    std::array<std::int64_t, 2> of(std::int64_t height, std::int64_t width) const
    {
        if (!keepsProportions())
            return {size[0], size[1]};
        if (height == Shape::kUnknown || width == Shape::kUnknown)
            return {Shape::kUnknown, Shape::kUnknown};
        const auto [shorter, longer] = sides(std::min(height, width), std::max(height, width));
        return height <= width ? std::array{shorter, longer} : std::array{longer, shorter};
    }

    std::vector<std::int64_t> size;   ///< one number is the shorter side, two are the height and the width
    std::optional<std::int64_t> most; ///< what the longer side is held to
};

class Resize final : public Transform {
public:
    explicit Resize(const Params &params) : m_size(params), m_interpolation(interpolationNamed(params.text("interpolation"))) {}

    void apply(Sample &sample, std::mt19937_64 &, bool) const override
    {
        const auto [height, width] = m_size.of(sample.picture.height, sample.picture.width);
        if (height * width > kMaxPixels)
            throw std::runtime_error("would become " + std::to_string(height) + "×" + std::to_string(width)
                + " px by Resize: give it height and width");
        resample(sample.picture, static_cast<int>(height), static_cast<int>(width), m_interpolation);
    }

    DecodeHint decodeHint() const override
    {
        if (m_interpolation == Interpolation::Nearest)
            return {};
        return {static_cast<int>(std::ranges::max(m_size.size))};
    }

private:
    TargetSize m_size;
    Interpolation m_interpolation;
};

InferResult inferResize(const InferInput &input)
{
    const TargetSize size(input.params);
    if (size.most && !size.keepsProportions())
        return Misfit{"max-size", "has a max_size beside height and width", "give size a single number, or set max_size to none"};
    if (size.most && *size.most <= size.size[0])
        return Misfit{"max-size",
            "has max_size " + std::to_string(*size.most) + ", not larger than its size " + std::to_string(size.size[0]),
            "make max_size larger, or set it to none"};
    const auto [height, width] = size.of(input.in[0][1], input.in[0][2]);
    return inferredImage(input.in[0][0], height, width);
}

std::vector<std::string> explainResize(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in[0];
    const Shape &out = inferred.outputs.at(0);
    const TargetSize size(input.params);
    if (!size.keepsProportions() || !in.known())
        return explainSetSize(input, inferred);
    const bool upright = in[1] > in[2];
    const std::int64_t shortSide = std::min(in[1], in[2]);
    const std::int64_t longSide = std::max(in[1], in[2]);
    const std::string free = "⌊" + std::to_string(size.size[0]) + "·" + std::to_string(longSide) + "/" + std::to_string(shortSide) + "⌋";
    const bool held = size.most && size.size[0] * longSide / shortSide > *size.most;
    const auto shorter = [&](const char *axis, std::int64_t result) {
        return held ? formulaLine(axis, "⌊" + std::to_string(*size.most) + "·" + std::to_string(size.size[0]) + "/" + free + "⌋", result)
                    : setByLine(axis, "size", result);
    };
    const auto longer = [&](const char *axis, std::int64_t result) {
        return held ? setByLine(axis, "max_size", result) : formulaLine(axis, free, result);
    };
    return {asInputLine("channels", out[0]), upright ? longer("height", out[1]) : shorter("height", out[1]),
        upright ? shorter("width", out[2]) : longer("width", out[2])};
}

} // namespace

namespace nodes {

NodeSpec resize()
{
    NodeSpec spec = imageTransform("Resize", {"scale", "shrink", "size", "resample"},
        "Scales pictures to a size, so that all that differ become alike. The network needs one size for all.");
    spec.params = {
        sizeParam({128, 128}, "Height and width; a single number is the length of the shorter side and keeps the proportions"),
        resizeInterpolationParam(),
        ParamDecl::integerOr("max_size", std::string("none"), {"none"}).range(1, 8192).unit("px").doc(
            "Where size is a single number: the most that the longer side may become, or none"),
    };
    spec.infer = inferResize;
    spec.explain = explainResize;
    spec.buildTransform = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<Resize>(params); };
    return spec;
}

} // namespace nodes

} // namespace netloom
