// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_registry.h"
#include "project/project.h"

namespace netloom::test {

/// A node type that gives its input's shape on.
inline NodeSpec passing(std::string type, Category category, std::vector<std::string> keywords, std::string doc, PortKind kind = PortKind::Tensor)
{
    NodeSpec spec;
    spec.type = std::move(type);
    spec.category = category;
    spec.keywords = std::move(keywords);
    spec.doc = std::move(doc);
    spec.inputs = {{"input", kind}};
    spec.outputs = {{"output", kind}};
    spec.infer = [](const InferInput &given) -> InferResult { return Inferred{{given.in.front()}}; };
    return spec;
}

inline NodeSpec pictures()
{
    NodeSpec spec;
    spec.type = "ImageFolder";
    spec.category = Category::Source;
    spec.keywords = {"pictures", "data set", "photos"};
    spec.doc = "Reads pictures from a folder with one subfolder per class.";
    spec.outputs = {{"image", PortKind::Image}};
    spec.params = {ParamDecl::path("root", true).doc("Folder with one subfolder per class."),
        ParamDecl::real("val_fraction", 0.1).range(0, 0.9).doc("Share of the training pictures that is kept for validation.")};
    spec.infer = [](const InferInput &given) -> InferResult { return Inferred{{Shape{given.facts.channels, given.facts.height, given.facts.width}}}; };
    return spec;
}

inline NodeSpec toTensor()
{
    NodeSpec spec = passing("ToTensor", Category::Transform, {"float"}, "Turns a picture into numbers from 0 to 1.", PortKind::Image);
    spec.outputs = {{"output", PortKind::Tensor}};
    spec.infer = [](const InferInput &given) -> InferResult {
        std::vector<std::int64_t> dims = given.in.front().dims();
        dims.insert(dims.begin(), Shape::kBatch);
        return Inferred{{Shape(dims)}};
    };
    return spec;
}

inline NodeSpec convolution()
{
    NodeSpec spec = passing("Conv2d", Category::Layer, {"convolution", "filter", "kernel"}, "Slides small filters over a picture; each gives one output channel.");
    spec.params = {ParamDecl::integer("out_channels", 32).atLeast(1).doc("Number of filters."),
        ParamDecl::pair("kernel_size", 3).atLeast(1).unit("px").doc("Size of a filter."),
        ParamDecl::pairOr("padding", 0, {"same", "valid"}).atLeast(0).unit("px").doc("Zeros around the picture; “same” keeps its size."),
        ParamDecl::flag("bias", true).doc("Adds one learned number per output channel.")};
    spec.infer = [](const InferInput &given) -> InferResult {
        const Shape &in = given.in.front();
        const std::int64_t filters = given.params.integer("out_channels");
        const auto kernel = given.params.pair("kernel_size");
        if (kernel[0] > in[2])
            return Misfit{"kernel-too-large", "has a kernel of " + std::to_string(kernel[0]) + " px for a height of " + std::to_string(in[2]) + " px", "make kernel_size smaller"};
        const Shape out{Shape::kBatch, filters, in[2] - kernel[0] + 1, in[3] - kernel[1] + 1};
        const std::int64_t weights = filters * in[1] * kernel[0] * kernel[1];
        return Inferred{{out}, weights + filters, weights * out[2] * out[3]};
    };
    return spec;
}

inline NodeSpec linear()
{
    NodeSpec spec = passing("Linear", Category::Layer, {"fully connected", "fc", "dense"}, "Every output is a weighted sum of every input.");
    spec.params = {ParamDecl::integerOr("out_features", std::string("classes"), {"classes"}).atLeast(1).doc("Number of outputs; “classes” takes as many as there are classes.")};
    spec.infer = [](const InferInput &given) -> InferResult {
        const Shape &in = given.in.front();
        if (in.rank() != 2)
            return Misfit{"not-flat", "needs a flat input but gets " + in.toString(), "add Flatten before it"};
        const auto *out = std::get_if<std::int64_t>(&given.params.at("out_features"));
        const std::int64_t outputs = out ? *out : Shape::kUnknown;
        return Inferred{{Shape{Shape::kBatch, outputs}}, outputs > 0 ? (in[1] + 1) * outputs : 0, outputs > 0 ? in[1] * outputs : 0};
    };
    return spec;
}

inline NodeSpec flatten()
{
    NodeSpec spec = passing("Flatten", Category::Shaping, {"reshape"}, "Makes one row of numbers of each sample.");
    spec.infer = [](const InferInput &given) -> InferResult { return Inferred{{Shape{Shape::kBatch, given.in.front().elementsPerSample()}}}; };
    return spec;
}

inline NodeSpec crossEntropy()
{
    NodeSpec spec = passing("CrossEntropyLoss", Category::Loss, {"softmax", "classification"}, "Measures how far the class scores are from the truth.");
    spec.outputs.clear();
    spec.params = {ParamDecl::choice("reduction", "mean", {"mean", "sum"}).doc("How the samples' losses become one number.")};
    spec.infer = [](const InferInput &) -> InferResult { return Inferred{}; };
    return spec;
}

/// A few types, among them every kind of parameter.
inline NodeRegistry panelRegistry()
{
    NodeRegistry registry;
    registry.add(pictures());
    NodeSpec normalize = passing("Normalize", Category::Transform, {"mean", "standard deviation"}, "Shifts and scales every channel.");
    normalize.params = {ParamDecl::reals("mean", {0.5}).doc("One number per channel."), ParamDecl::text("note", "").doc("Anything you want to remember.")};
    registry.add(toTensor());
    registry.add(std::move(normalize));
    registry.add(linear());
    registry.add(convolution());
    registry.add(passing("ReLU", Category::Activation, {"rectifier"}, "Sets negative numbers to zero."));
    registry.add(passing("MaxPool2d", Category::Pooling, {"downsample"}, "Keeps the largest number of every window."));
    NodeSpec dropout = passing("Dropout", Category::Regularization, {"drop"}, "Zeroes each input with probability p while training.");
    dropout.params = {ParamDecl::real("p", 0.5).range(0, 1).doc("Probability of zeroing an element.")};
    registry.add(std::move(dropout));
    registry.add(passing("BatchNorm2d", Category::Regularization, {"normalisation"}, "Normalises every channel over the batch."));
    registry.add(flatten());
    registry.add(crossEntropy());
    return registry;
}

inline SourceFacts panelFacts(int classes = 10)
{
    SourceFacts facts;
    facts.known = true;
    facts.channels = 1;
    facts.height = facts.width = 28;
    const char *names[] = {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"};
    for (int index = 0; index < classes; ++index) {
        facts.classNames.push_back(index < 10 ? names[index] : "class " + std::to_string(index));
        facts.counts["train"].push_back(5400 - 37 * index);
        facts.counts["val"].push_back(600);
        facts.counts["test"].push_back(1000);
    }
    return facts;
}

/// images → tensor → normalised → conv → flat → fc → loss, wired.
inline Project panelProject(const NodeRegistry &registry)
{
    Project project;
    NodeId before;
    std::string port;
    for (const char *type : {"ImageFolder", "ToTensor", "Normalize", "Conv2d", "Flatten", "Linear", "CrossEntropyLoss"}) {
        const NodeSpec &spec = *registry.find(type);
        const NodeId id = project.graph.addNode(spec, {double(200 * project.graph.nodes().size()), 0});
        if (before.valid())
            project.graph.addLink({{before, port}, {id, spec.inputs.front().name}});
        before = id;
        port = spec.outputs.empty() ? std::string() : spec.outputs.front().name;
    }
    return project;
}

} // namespace netloom::test
