// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/transform.h"

#include "graph/explain.h"

namespace netloom {

namespace {

/// Byte → 0…1.
constexpr ByteTable kUnit = [] {
    ByteTable table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte)
        table[byte] = static_cast<float>(byte) / 255.0f;
    return table;
}();

class ToTensor final : public Transform {
public:
    void apply(Sample &sample, std::mt19937_64 &, bool) const override
    {
        const Picture &picture = sample.picture;
        const std::size_t plane = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
        const auto channels = static_cast<std::size_t>(picture.channels);
        sample.values.resize(plane * channels);
        for (std::size_t channel = 0; channel < channels; ++channel) {
            const std::uint8_t *in = picture.pixels.data() + channel;
            float *out = sample.values.data() + channel * plane;
            for (std::size_t pixel = 0; pixel < plane; ++pixel)
                out[pixel] = kUnit[in[pixel * channels]];
        }
        if (sample.shape.rank() != 3)
            sample.shape = Shape{0, 0, 0};
        sample.shape.set(0, picture.channels);
        sample.shape.set(1, picture.height);
        sample.shape.set(2, picture.width);
    }

    bool changeTable(ByteTable &table, std::size_t) const override
    {
        table = kUnit;
        return true;
    }
};

InferResult inferToTensor(const InferInput &input)
{
    const Shape &in = input.in[0];
    if (!in.known())
        return Misfit{"unknown-size",
            (input.facts.known ? "gets pictures of different sizes (" : "gets pictures whose size isn't known yet (") + in.toString() + ")",
            "add Resize before it and give it height and width"};
    return Inferred{{Shape{Shape::kBatch, in[0], in[1], in[2]}}};
}

} // namespace

namespace nodes {

NodeSpec to_tensor()
{
    NodeSpec spec;
    spec.type = "ToTensor";
    spec.category = Category::Transform;
    spec.keywords = {"convert", "numbers", "float"};
    spec.doc = "Turns pictures into the numbers that layers work with: 0 for black to 1 for white, channel by channel (C×H×W).";
    spec.inputs = {{"input", PortKind::Image}};
    spec.outputs = {{"output", PortKind::Tensor}};
    spec.infer = inferToTensor;
    spec.explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
        return {shapeLine("a batch of N pictures of " + input.in[0].toString(), inferred.outputs.at(0))};
    };
    spec.buildTransform = [](const Params &, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<ToTensor>(); };
    return spec;
}

} // namespace nodes

} // namespace netloom
