// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_pixels.h"
#include "graph/explain.h"
#include "transforms/image_shape.h"
#include "transforms/transform.h"

namespace netloom {

namespace {

class Grayscale final : public Transform {
public:
    explicit Grayscale(std::int64_t channels) : m_channels(static_cast<int>(channels)) {}

    void apply(Sample &sample, std::mt19937_64 &, bool) const override
    {
        setChannels(sample.picture, 1);
        setChannels(sample.picture, m_channels);
    }

private:
    int m_channels;
};

} // namespace

namespace nodes {

NodeSpec grayscale()
{
    NodeSpec spec = imageTransform("Grayscale", {"grey", "gray", "colour", "black and white"},
        "Takes the colour out of pictures. One channel makes the network smaller, three keep the shape it was made for.");
    spec.params = {ParamDecl::integer("num_output_channels", 1).range(1, 3).doc("1 for a grey picture, 3 for the same grey in red, green and blue")};
    spec.infer = [](const InferInput &input) -> InferResult {
        const std::int64_t channels = input.params.integer("num_output_channels");
        if (channels == 2)
            return Misfit{"channel-count", "cannot make 2 channels", "set num_output_channels to 1 or 3"};
        return inferredImage(channels, input.in[0][1], input.in[0][2]);
    };
    spec.explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
        const Shape &out = inferred.outputs.at(0);
        return {setByLine("channels", "num_output_channels", out[0]), asInputLine("height", out[1]), asInputLine("width", out[2])};
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) -> std::shared_ptr<Transform> {
        return std::make_shared<Grayscale>(params.integer("num_output_channels"));
    };
    return spec;
}

} // namespace nodes

} // namespace netloom
