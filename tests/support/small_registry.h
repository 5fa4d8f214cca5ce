// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"
#include "structure/structure_nodes.h"

namespace netloom::test {

/// A handful of node types without LibTorch and OpenCV, to test the graph's rules in seconds.
inline NodeRegistry smallRegistry()
{
    const PortDecl tensorIn{"input", PortKind::Tensor};
    const PortDecl tensorOut{"output", PortKind::Tensor};
    const auto same = [](const InferInput &input) -> InferResult { return Inferred{{input.in.front()}}; };

    NodeRegistry registry;
    NodeSpec source{.type = "Source", .category = Category::Source, .doc = "Pictures.",
        .outputs = {{"image", PortKind::Image}, {"target", PortKind::Target}},
        .params = {ParamDecl::path("root", true)}};
    source.infer = [](const InferInput &input) -> InferResult {
        return Inferred{{Shape{1, input.facts.height, input.facts.width}, Shape{Shape::kBatch}}};
    };
    registry.add(source);

    NodeSpec grey{.type = "Grey", .category = Category::Transform, .doc = "Keeps the picture.",
        .inputs = {{"input", PortKind::Image}}, .outputs = {{"output", PortKind::Image}}};
    grey.infer = same;
    registry.add(grey);

    NodeSpec toTensor{.type = "ToTensor", .category = Category::Transform, .doc = "Picture to tensor.",
        .inputs = {{"input", PortKind::Image}}, .outputs = {tensorOut}};
    toTensor.infer = [](const InferInput &input) -> InferResult {
        const Shape &in = input.in.front();
        return Inferred{{Shape{Shape::kBatch, in[0], in[1], in[2]}}};
    };
    registry.add(toTensor);

    NodeSpec flatten{.type = "Flatten", .category = Category::Shaping, .doc = "One axis.", .inputs = {tensorIn}, .outputs = {tensorOut}};
    flatten.infer = [](const InferInput &input) -> InferResult {
        return Inferred{{Shape{Shape::kBatch, input.in.front().elementsPerSample()}}};
    };
    registry.add(flatten);

    NodeSpec linear{.type = "Linear", .category = Category::Layer, .doc = "Weighted sums.", .inputs = {tensorIn}, .outputs = {tensorOut},
        .params = {ParamDecl::integerOr("out_features", std::string("classes"), {"classes"}).atLeast(1)}};
    linear.infer = [](const InferInput &input) -> InferResult {
        const Shape &in = input.in.front();
        if (in.rank() != 2)
            return Misfit{"not-flat", "needs a flat input but gets " + in.toString(), "add Flatten before it"};
        if (!input.params.keyword("out_features").empty())
            return Misfit{"classes-unknown", "does not know the number of classes yet", "choose the data"};
        const std::int64_t out = input.params.integer("out_features");
        return Inferred{{Shape{Shape::kBatch, out}}, (in[1] + 1) * out, in[1] * out};
    };
    registry.add(linear);

    NodeSpec add{.type = "Add", .category = Category::Shaping, .doc = "Sum.", .inputs = {{"inputs", PortKind::Tensor, true}}, .outputs = {tensorOut}};
    add.infer = same;
    registry.add(add);

    NodeSpec loss{.type = "Loss", .category = Category::Loss, .doc = "The error.", .inputs = {tensorIn, {"target", PortKind::Target}}};
    loss.infer = [](const InferInput &) -> InferResult { return Inferred{}; };
    registry.add(loss);
    addStructureNodes(registry);
    return registry;
}

/// Grey pictures of 28×28 in three classes.
inline SourceFacts smallFacts()
{
    SourceFacts facts;
    facts.known = true;
    facts.channels = 1;
    facts.height = facts.width = 28;
    facts.classNames = {"a", "b", "c"};
    facts.counts["train"] = {5, 5, 5};
    return facts;
}

} // namespace netloom::test
