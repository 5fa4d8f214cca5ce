// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/explain.h"
#include "graph/infer_shapes.h"
#include "layers/layer.h"
#include "layers/matrix_product.h"
#include "layers/rules.h"

namespace netloom::nodes {
namespace {

InferResult inferLinear(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 2 && in.rank() != 3)
        return Misfit{"not-flat", "needs a flat input but gets " + in.toString(), "add Flatten before it"};
    const std::int64_t inFeatures = in[in.rank() - 1];
    if (inFeatures == Shape::kUnknown)
        return unknownSize(input, "the number of features");
    if (!input.params.keyword("out_features").empty())
        return Misfit{"classes-unknown", "has out_features \"classes\" but the classes aren't known yet", "choose the data"};
    const std::int64_t features = input.params.integer("out_features");
    const auto weights = product({inFeatures, features});
    if (features < 1)
        return Misfit{"classes-unknown", "has out_features \"classes\" but the data has no classes", "choose data with classes"};
    const std::int64_t biases = input.params.flag("bias") ? features : 0;
    Shape out = in;
    out.set(in.rank() - 1, features);
    const auto steps = in.rank() == 3 && weights ? product({*weights, in[1]}) : weights;
    return oneOutput(out, weights ? product({*weights + biases}) : weights, steps);
}

std::vector<std::string> explainLinear(const InferInput &input, const Inferred &inferred)
{
    const Shape &in = input.in.at(0);
    const Shape &out = inferred.outputs.at(0);
    const std::size_t last = out.rank() - 1;
    const std::string weights = std::to_string(in[last]) + "·" + std::to_string(out[last]);
    const std::string biases = input.params.flag("bias") ? " + " + std::to_string(out[last]) + " biases" : "";
    std::vector<std::string> lines{setByLine(axisName(out, last), "out_features", out[last]),
        formulaLine("parameters", weights + " weights" + biases, inferred.parameters)};
    if (last == 2)
        lines.insert(lines.begin(), asInputLine(axisName(out, 1), out[1]));
    if (out.known())
        lines.push_back(formulaLine("multiply-adds", weights + (last == 2 ? "·" + std::to_string(out[1]) : ""), inferred.multiplyAdds));
    return lines;
}

/// torch::nn::Linear with a fast matrix product.
class LinearLayer final : public Layer {
public:
    explicit LinearLayer(torch::nn::Linear linear) : m_linear(std::move(linear)) {}

    torch::Tensor forward(const std::vector<torch::Tensor> &in) override
    {
        return linearProduct(in.at(0), m_linear->weight, m_linear->bias);
    }
    std::shared_ptr<torch::nn::Module> module() const override { return m_linear.ptr(); }

private:
    torch::nn::Linear m_linear;
};

} // namespace

NodeSpec linear()
{
    return {
        .type = "Linear",
        .category = Category::Layer,
        .keywords = {"FC", "fully connected", "dense", "affine", "perceptron", "output"},
        .doc = "Every output is a weighted sum of all inputs plus a bias. The last Linear of a classifier gives one score for each class. In sequences every step is taken by itself.",
        .inputs = tensorInput(),
        .outputs = tensorOutput(),
        .params = {
            ParamDecl::integerOr("out_features", std::int64_t{128}, {kClassesKeyword, kClassesOr1000Keyword}).range(1, 1'000'000).doc(
                "How many numbers come out; \"classes\" takes the number of classes in the data, or 1 where a number is learned, \"classes or 1000\" is 1000 until it is known."),
            ParamDecl::flag("bias", true).doc("Adds a learned number to every output."),
            initialWeights(),
        },
        .infer = inferLinear,
        .explain = explainLinear,
        .buildLayer = [](const Params &params, const ShapeList &in) -> std::shared_ptr<Layer> {
            return std::make_shared<LinearLayer>(torch::nn::Linear(
                torch::nn::LinearOptions(in.at(0).dims().back(), params.integer("out_features")).bias(params.flag("bias"))));
        },
    };
}

} // namespace netloom::nodes
