// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"
#include "structure/structure_nodes.h"

namespace netloom::test {

/// Stand-ins for the common node types, with PyTorch's names, ports and shapes but nothing to build: what the canvas and the
/// document need of a catalogue, in seconds.
class FakeRegistry : public NodeRegistry {
public:
    FakeRegistry()
    {
        addData();
        addLayers();
        addMerges();
        addStructureNodes(*this);
    }

private:
    using Ports = std::vector<PortDecl>;
    using Decls = std::vector<ParamDecl>;
    using Infer = std::function<InferResult(const InferInput &)>;

    static Ports tensor(const char *name) { return {{name, PortKind::Tensor}}; }
    static Ports image(const char *name) { return {{name, PortKind::Image}}; }
    static InferResult same(const InferInput &input) { return Inferred{{input.in.front()}}; }

    void type(const char *name, Category category, Ports inputs, Ports outputs, Decls params, Infer infer)
    {
        NodeSpec spec;
        spec.type = name;
        spec.category = category;
        spec.doc = "A stand-in.";
        spec.inputs = std::move(inputs);
        spec.outputs = std::move(outputs);
        spec.params = std::move(params);
        spec.infer = std::move(infer);
        add(std::move(spec));
    }

    void layer(const char *name, Category category, Decls params, Infer infer)
    {
        type(name, category, tensor("input"), tensor("output"), std::move(params), std::move(infer));
    }

    void addData()
    {
        type("MNIST", Category::Source, {}, {{"image", PortKind::Image}, {"target", PortKind::Target}},
            {ParamDecl::path("root", true)},
            [](const InferInput &) -> InferResult { return Inferred{{Shape{1, 28, 28}, Shape{Shape::kBatch}}}; });
        type("RandomHorizontalFlip", Category::Transform, image("input"), image("output"), {ParamDecl::real("p", 0.5).range(0, 1)}, same);
        type("ToTensor", Category::Transform, image("input"), tensor("output"), {}, [](const InferInput &input) -> InferResult {
            const Shape &in = input.in.front();
            return Inferred{{Shape{Shape::kBatch, in[0], in[1], in[2]}}};
        });
        type("Normalize", Category::Transform, tensor("input"), tensor("output"),
            {ParamDecl::reals("mean", {0.5}), ParamDecl::reals("std", {0.5})}, same);
    }

    void addLayers()
    {
        layer("Conv2d", Category::Layer,
            {ParamDecl::integer("out_channels", 32).atLeast(1), ParamDecl::pair("kernel_size", 3).atLeast(1),
                ParamDecl::pairOr("padding", 0, {"same", "valid"}), ParamDecl::flag("bias", true)},
            [](const InferInput &input) -> InferResult {
                const Shape &in = input.in.front();
                if (in.rank() != 4)
                    return Misfit{"no-picture", "needs N×C×H×W but gets " + in.toString(), "put it before Flatten"};
                const std::int64_t out = input.params.integer("out_channels");
                const auto kernel = input.params.pair("kernel_size");
                const std::int64_t lost = input.params.keyword("padding") == "same" ? 0 : kernel[0] - 1;
                if (in[2] <= lost)
                    return Misfit{"kernel", "has a kernel larger than its input " + in.toString(), "make kernel_size smaller"};
                return Inferred{{Shape{Shape::kBatch, out, in[2] - lost, in[3] - lost}}, out * (in[1] * kernel[0] * kernel[1] + 1)};
            });
        layer("BatchNorm2d", Category::Regularization, {ParamDecl::real("eps", 1e-5), ParamDecl::real("momentum", 0.1), ParamDecl::flag("affine", true)},
            [](const InferInput &input) -> InferResult { return Inferred{{input.in.front()}, 2 * input.in.front()[1]}; });
        layer("ReLU", Category::Activation, {}, same);
        layer("Dropout", Category::Regularization, {ParamDecl::real("p", 0.5).range(0, 1)}, same);
        layer("MaxPool2d", Category::Pooling, {ParamDecl::pair("kernel_size", 2).atLeast(1)}, [](const InferInput &input) -> InferResult {
            const Shape &in = input.in.front();
            return Inferred{{Shape{Shape::kBatch, in[1], in[2] / 2, in[3] / 2}}};
        });
        layer("Flatten", Category::Shaping, {}, [](const InferInput &input) -> InferResult {
            return Inferred{{Shape{Shape::kBatch, input.in.front().elementsPerSample()}}};
        });
        layer("Linear", Category::Layer, {ParamDecl::integerOr("out_features", std::int64_t(10), {"classes"}).atLeast(1)},
            [](const InferInput &input) -> InferResult {
                const Shape &in = input.in.front();
                if (in.rank() != 2)
                    return Misfit{"not-flat", "needs a flat input but gets " + in.toString(), "add Flatten before it"};
                const std::int64_t out = input.params.keyword("out_features").empty() ? input.params.integer("out_features") : 10;
                return Inferred{{Shape{Shape::kBatch, out}}, (in[1] + 1) * out, in[1] * out};
            });
    }

    void addMerges()
    {
        type("Add", Category::Shaping, {{"a", PortKind::Tensor}, {"b", PortKind::Tensor}}, tensor("output"), {}, same);
        type("Concat", Category::Shaping, {{"inputs", PortKind::Tensor, true}}, tensor("output"), {ParamDecl::integer("dim", 1)}, same);
        type("CrossEntropyLoss", Category::Loss, {{"input", PortKind::Tensor}, {"target", PortKind::Target}}, {}, {},
            [](const InferInput &) -> InferResult { return Inferred{}; });
    }
};

} // namespace netloom::test
