// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/block_library.h"

#include <algorithm>
#include <functional>

namespace netloom {

namespace {

using Whole = std::vector<std::int64_t>;

ParamList convolution(std::int64_t channels, std::int64_t kernel, std::int64_t stride, std::int64_t padding, std::int64_t groups = 1, bool bias = false)
{
    return {{"out_channels", channels}, {"kernel_size", Whole{kernel}}, {"stride", Whole{stride}}, {"padding", Whole{padding}},
        {"groups", groups}, {"bias", bias}};
}

void buildConvBnRelu(NetBuilder &net)
{
    net.enter("conv_bn_relu");
    const NodeId conv = addConvNormActivation(net, 64, 3, 1, 1, "ReLU");
    for (const char *param : {"kernel_size", "padding", "stride"})
        net.expose(conv, param, param);
    net.expose(conv, "out_channels", "channels");
    net.leave();
}

/// Szegedy et al. 2014, "Going Deeper with Convolutions": four ways side by side, with the channels of module 3a.
void buildInception(NetBuilder &net)
{
    net.enter("inception");
    const NodeId in = net.input();
    const auto way = [&](const std::string &name, std::int64_t channels, std::int64_t kernel) {
        const NodeId conv = net.add("Conv2d", name, convolution(channels, kernel, 1, kernel / 2));
        net.expose(conv, "out_channels", name);
        net.add("BatchNorm2d", name + "_bn");
        return net.add("ReLU", name + "_relu");
    };
    std::vector<NodeId> ends;
    ends.push_back(way("branch1", 64, 1));
    net.goOnFrom(in);
    way("branch2_reduce", 96, 1);
    ends.push_back(way("branch2", 128, 3));
    net.goOnFrom(in);
    way("branch3_reduce", 16, 1);
    ends.push_back(way("branch3", 32, 5));
    net.goOnFrom(in);
    net.add("MaxPool2d", "pool", {{"kernel_size", Whole{3}}, {"stride", Whole{1}}, {"padding", Whole{1}}});
    ends.push_back(way("branch4", 32, 1));
    net.addAfter(ends, "Concat", "concat");
    net.leave();
}

struct Entry {
    std::string_view type;
    std::string_view doc;
    std::vector<std::string> keywords;
    std::function<void(NetBuilder &)> build;
};

const std::vector<Entry> kEntries{
    {"ConvBNReLU", "Convolution, batch norm and ReLU in one: the brick of most networks for pictures.",
        {"convolution", "batch norm", "activation"}, buildConvBnRelu},
    {"ResidualBlock", "Two convolutions learn what to add to their input, which passes beside them. Lets very deep networks learn.",
        {"ResNet", "skip", "shortcut", "BasicBlock"}, [](NetBuilder &net) { addResidualBlock(net, "residual", 64, 1, false); }},
    {"ResidualBlockDown", "A residual block that halves height and width and gives another number of channels: a 1×1 convolution brings the input "
                          "to that size.",
        {"ResNet", "skip", "shortcut", "downsample", "stride"}, [](NetBuilder &net) { addResidualBlock(net, "residual_down", 128, 2, true); }},
    {"VGGBlock", "Two 3×3 convolutions with ReLU, then half the height and width.", {"VGG", "convolution", "pool"},
        [](NetBuilder &net) { addVggBlock(net, "vgg", 128, 2); }},
    {"InvertedResidual", "Widens, filters every channel by itself, narrows, and adds the input: few weights, made for phones. Set hidden_channels to six "
                         "times the input's, and channels to the input's.",
        {"MobileNet", "depthwise", "bottleneck"}, [](NetBuilder &net) { addInvertedResidual(net, "inverted_residual", 32, 32, 1, 6); }},
    {"InceptionModule", "Looks at 1×1, 3×3 and 5×5 pixels side by side and puts all channels together.", {"GoogLeNet", "branches", "concat"},
        buildInception},
};

} // namespace

NodeId addConvNormActivation(NetBuilder &net, std::int64_t channels, std::int64_t kernel, std::int64_t stride, std::int64_t groups,
    const std::string &activation, const std::string &suffix)
{
    const NodeId conv = net.add("Conv2d", "conv" + suffix, convolution(channels, kernel, stride, kernel / 2, groups));
    net.add("BatchNorm2d", "bn" + suffix);
    net.add(activation, "relu" + suffix);
    return conv;
}

NodeId addResidualBlock(NetBuilder &net, const std::string &name, std::int64_t channels, std::int64_t stride, bool project, std::int64_t repeat)
{
    net.enter(name, repeat);
    const NodeId in = net.input();
    const NodeId conv1 = net.add("Conv2d", "conv1", convolution(channels, 3, stride, 1));
    net.add("BatchNorm2d", "bn1");
    net.add("ReLU", "relu");
    const NodeId conv2 = net.add("Conv2d", "conv2", convolution(channels, 3, 1, 1));
    const NodeId way = net.add("BatchNorm2d", "bn2");
    for (const NodeId conv : {conv1, conv2})
        net.expose(conv, "out_channels", "channels");
    NodeId shortcut = in;
    if (project) {
        net.goOnFrom(in);
        net.enter("downsample");
        const NodeId conv = net.add("Conv2d", "0", convolution(channels, 1, stride, 0));
        net.expose(conv, "out_channels", "channels");
        net.expose(conv, "stride", "stride");
        net.add("BatchNorm2d", "1");
        shortcut = net.leave();
        net.expose(shortcut, "channels", "channels");
        net.expose(shortcut, "stride", "stride");
        net.expose(conv1, "stride", "stride");
    }
    net.addAfter({way, shortcut}, "Add", "add");
    net.add("ReLU", "relu2");
    return net.leave();
}

NodeId addVggBlock(NetBuilder &net, const std::string &name, std::int64_t channels, int convolutions)
{
    net.enter(name);
    for (int number = 1; number <= convolutions; ++number) {
        const NodeId conv = net.add("Conv2d", "conv" + std::to_string(number), convolution(channels, 3, 1, 1, 1, true));
        net.expose(conv, "out_channels", "channels");
        net.add("ReLU", "relu" + std::to_string(number));
    }
    net.add("MaxPool2d", "pool");
    return net.leave();
}

NodeId addInvertedResidual(NetBuilder &net, const std::string &name, std::int64_t inChannels, std::int64_t channels, std::int64_t stride,
    std::int64_t expansion, std::int64_t repeat)
{
    const std::int64_t hidden = inChannels * expansion;
    net.enter(name, repeat);
    const NodeId in = net.input();
    if (expansion != 1)
        net.expose(addConvNormActivation(net, hidden, 1, 1, 1, "ReLU6", "_expand"), "out_channels", "hidden_channels");
    const NodeId depthwise = addConvNormActivation(net, hidden, 3, stride, hidden, "ReLU6", "_depthwise");
    for (const char *param : {"out_channels", "groups"})
        net.expose(depthwise, param, "hidden_channels");
    net.expose(net.add("Conv2d", "conv_project", convolution(channels, 1, 1, 0)), "out_channels", "channels");
    const NodeId way = net.add("BatchNorm2d", "bn_project");
    if (stride == 1 && inChannels == channels)
        net.addAfter({in, way}, "Add", "add");
    return net.leave();
}

void addLibraryBlocks(NodeRegistry &registry)
{
    for (const Entry &entry : kEntries) {
        NodeSpec spec;
        spec.type = entry.type;
        spec.category = Category::Structure;
        spec.keywords = {entry.keywords.begin(), entry.keywords.end()};
        spec.keywords.emplace_back("block");
        spec.doc = entry.doc;
        spec.inputs = {{.name = "input", .doc = "What the block works on."}};
        spec.outputs = {{.name = "output", .doc = "What the block gives."}};
        registry.add(std::move(spec));
    }
}

bool isLibraryBlock(std::string_view type)
{
    return std::ranges::find(kEntries, type, &Entry::type) != std::end(kEntries);
}

std::optional<Graph> makeLibraryBlock(std::string_view type, const NodeRegistry &registry)
{
    const auto entry = std::ranges::find(kEntries, type, &Entry::type);
    if (entry == std::end(kEntries))
        return std::nullopt;
    NetBuilder net(registry);
    entry->build(net);
    return net.finished();
}

} // namespace netloom
