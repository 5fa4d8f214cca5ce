// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/recurrent.h"

#include "graph/explain.h"

namespace netloom {

namespace {

std::int64_t directionsOf(const Params &params)
{
    return params.flag("bidirectional") ? 2 : 1;
}

/// The features that come into layer @p index, from 0.
std::int64_t featuresInto(const InferInput &input, std::int64_t index)
{
    return index == 0 ? input.in.at(0)[2] : directionsOf(input.params) * input.params.integer("hidden_size");
}

InferResult inferRecurrent(const InferInput &input, std::int64_t gates)
{
    if (auto misfit = needsSteps(input))
        return *misfit;
    const Shape &in = input.in.at(0);
    const std::int64_t hidden = input.params.integer("hidden_size");
    const std::int64_t directions = directionsOf(input.params);
    std::optional<std::int64_t> weights = 0;
    for (std::int64_t layer = 0; layer < input.params.integer("num_layers"); ++layer) {
        const auto more = product({directions, gates, hidden, featuresInto(input, layer) + hidden});
        weights = weights && more && *more < INT64_MAX / 64 ? std::optional(*weights + *more) : std::nullopt;
    }
    const std::int64_t biases = input.params.flag("bias") ? 2 * gates * hidden * directions * input.params.integer("num_layers") : 0;
    InferResult result = oneOutput({Shape::kBatch, in[1], directions * hidden}, weights ? std::optional(*weights + biases) : weights,
        weights && in[1] != Shape::kUnknown ? product({*weights, in[1]}) : std::nullopt);
    if (auto *inferred = std::get_if<Inferred>(&result))
        inferred->outputs.push_back({Shape::kBatch, directions * hidden});
    return result;
}

std::vector<std::string> explainRecurrent(const InferInput &input, const Inferred &inferred, std::int64_t gates)
{
    const Shape &out = inferred.outputs.at(0);
    const std::string hidden = std::to_string(input.params.integer("hidden_size"));
    const std::string directions = std::to_string(directionsOf(input.params));
    std::string weights;
    for (std::int64_t layer = 0; layer < input.params.integer("num_layers"); ++layer)
        weights += (layer > 0 ? " + " : "") + directions + "·" + std::to_string(gates) + "·" + hidden + "·(" + std::to_string(featuresInto(input, layer)) + " + " + hidden + ")";
    std::string all = weights + " weights";
    if (input.params.flag("bias"))
        all += " + " + std::to_string(input.params.integer("num_layers")) + "·" + directions + "·" + std::to_string(gates) + "·2·" + hidden + " biases";
    std::vector<std::string> lines{asInputLine(axisName(out, 1), out[1]), formulaLine(axisName(out, 2), directions + "·" + hidden, out[2]),
        formulaLine("parameters", all, inferred.parameters)};
    if (out.known())
        lines.push_back(formulaLine("multiply-adds", std::to_string(out[1]) + "·(" + weights + ")", inferred.multiplyAdds));
    return lines;
}

} // namespace

NodeSpec recurrent(std::string type, std::vector<std::string> keywords, std::string doc, std::int64_t gates)
{
    keywords.insert(keywords.begin(), {"recurrent", "sequence", "time series"});
    return {
        .type = std::move(type),
        .category = Category::Layer,
        .group = kSequencesGroup,
        .keywords = std::move(keywords),
        .doc = std::move(doc),
        .inputs = {{.name = "input", .doc = "Sequences: N×steps×features."}},
        .outputs = {{.name = "output", .doc = "The state after every step: N×steps×hidden_size, twice as many where it is bidirectional."},
            {.name = "hidden", .doc = "The state after the last step: N×hidden_size. What a Linear takes that judges the whole sequence."}},
        .params = {
            ParamDecl::integer("hidden_size", 64).range(1, 65536).doc("How many numbers it remembers from step to step."),
            ParamDecl::integer("num_layers", 1).range(1, 16).doc("How many lie on top of one another, each reading the states of the one below."),
            ParamDecl::flag("bidirectional", false).doc("A second one reads from the end to the start; the states of both are put side by side."),
            ParamDecl::flag("bias", true).doc("Adds learned numbers at every step."),
            initialWeights(),
        },
        .infer = [gates](const InferInput &input) { return inferRecurrent(input, gates); },
        .explain = [gates](const InferInput &input, const Inferred &inferred) { return explainRecurrent(input, inferred, gates); },
    };
}

} // namespace netloom
