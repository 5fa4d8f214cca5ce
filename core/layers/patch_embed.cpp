// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "layers/layer.h"
#include "layers/recurrent.h"

namespace netloom::nodes {
namespace {

InferResult inferPatches(const InferInput &input)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    const auto patch = input.params.pair("patch_size");
    const std::int64_t features = input.params.integer("embed_dim");
    if (in[2] == Shape::kUnknown || in[3] == Shape::kUnknown)
        return unknownSize(input, "height and width");
    if (in[2] < patch[0] || in[3] < patch[1])
        return Misfit{"kernel-too-large", "has patches of " + sizeText({patch[0], patch[1]}) + ", larger than its input " + sizeText({in[2], in[3]}),
            "use a smaller patch_size"};
    const std::int64_t count = (in[2] / patch[0]) * (in[3] / patch[1]);
    const auto weights = product({features, in[1], patch[0], patch[1]});
    return oneOutput({Shape::kBatch, count, features}, weights ? std::optional(*weights + features) : weights, weights ? product({*weights, count}) : weights);
}

std::vector<std::string> explainPatches(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const auto patch = input.params.pair("patch_size");
    const auto text = [](std::int64_t number) { return std::to_string(number); };
    const std::string weights = text(out[2]) + "·" + text(in[1]) + "·" + text(patch[0]) + "·" + text(patch[1]);
    return {formulaLine(axisName(out, 1), "⌊" + text(in[2]) + "/" + text(patch[0]) + "⌋·⌊" + text(in[3]) + "/" + text(patch[1]) + "⌋", out[1]),
        setByLine(axisName(out, 2), "embed_dim", out[2]), formulaLine("parameters", weights + " weights + " + text(out[2]) + " biases", inferred.parameters),
        formulaLine("multiply-adds", weights + "·" + text(out[1]), inferred.multiplyAdds)};
}

struct PatchModule final : torch::nn::Module {
    explicit PatchModule(const torch::nn::Conv2dOptions &options) : proj(register_module("proj", torch::nn::Conv2d(options))) {}
    torch::nn::Conv2d proj;
};

class PatchLayer final : public Layer {
public:
    PatchLayer(const Params &params, const Shape &in)
    {
        const auto patch = params.pair("patch_size");
        torch::nn::Conv2dOptions options(in[1], params.integer("embed_dim"), {patch[0], patch[1]});
        options.stride({patch[0], patch[1]});
        m_module = std::make_shared<PatchModule>(options);
    }
    torch::Tensor forward(const std::vector<torch::Tensor> &in) override { return m_module->proj(in.at(0)).flatten(2).transpose(1, 2); }
    std::shared_ptr<torch::nn::Module> module() const override { return m_module; }

private:
    std::shared_ptr<PatchModule> m_module;
};

} // namespace

NodeSpec patch_embed()
{
    return {
        .type = "PatchEmbed",
        .category = Category::Layer,
        .group = kSequencesGroup,
        .keywords = {"patch embedding", "ViT", "vision transformer", "tokens", "sequence"},
        .doc = "Cuts pictures into patches and makes a step of a sequence of each, so that a transformer can read pictures.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::pair("patch_size", 4).range(1, 4096).unit("px").doc("Height and width of a patch; what is left at the edge is cut off."),
            ParamDecl::integer("embed_dim", 64).range(1, 65536).doc("How many features each patch gets."),
            initialWeights(),
        },
        .infer = inferPatches,
        .explain = explainPatches,
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> { return std::make_shared<PatchLayer>(params, in.at(0)); },
    };
}

} // namespace netloom::nodes
