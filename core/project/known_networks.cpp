// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/known_networks.h"

#include "graph/infer_shapes.h"
#include "project/block_library.h"

namespace netloom {

namespace {

using Reals = std::vector<double>;
using Whole = std::vector<std::int64_t>;

ParamList linear(ParamValue features)
{
    return {{"out_features", std::move(features)}};
}

const ParamValue kHead = std::string(kClassesOr1000Keyword);

/// As torchvision prepares pictures for these networks; random crops and flips in training.
NodeId addPictures(NetBuilder &net)
{
    const NodeId source = net.add("ImageFolder", "data");
    net.add("Resize", "resize", {{"size", Whole{256, 256}}});
    net.add("RandomCrop", "crop", {{"size", Whole{224, 224}}});
    net.add("RandomHorizontalFlip", "flip");
    net.add("ToTensor", "to_tensor");
    net.add("Normalize", "normalize", {{"mean", Reals{0.485, 0.456, 0.406}}, {"std", Reals{0.229, 0.224, 0.225}}});
    return source;
}

/// As the authors of ResNet prepare CIFAR-10: shifted by four pixels at most, mirrored at random.
NodeId addSmallPictures(NetBuilder &net)
{
    const NodeId source = net.add("ImageFolder", "data");
    net.add("Resize", "resize", {{"size", Whole{32, 32}}});
    net.add("RandomCrop", "crop", {{"size", Whole{32, 32}}, {"padding", std::int64_t{4}}});
    net.add("RandomHorizontalFlip", "flip");
    net.add("ToTensor", "to_tensor");
    net.add("Normalize", "normalize", {{"mean", Reals{0.491, 0.482, 0.447}}, {"std", Reals{0.247, 0.243, 0.262}}});
    return source;
}

/// He et al. 2015, section 4.2, cut down to one block for each size of the picture.
void addSmallResnet(NetBuilder &net)
{
    addConvNormActivation(net, 32, 3, 1, 1, "ReLU", "1");
    addResidualBlock(net, "layer1", 32, 1, false);
    addResidualBlock(net, "layer2", 64, 2, true);
    addResidualBlock(net, "layer3", 128, 2, true);
    net.add("AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{1}}});
    net.add("Flatten", "flatten");
    net.add("Dropout", "dropout", {{"p", 0.2}});
    net.add("Linear", "fc", linear(std::string(kClassesKeyword)));
}

void addResnet18(NetBuilder &net)
{
    net.add("Conv2d", "conv1", {{"out_channels", std::int64_t{64}}, {"kernel_size", Whole{7}}, {"stride", Whole{2}}, {"padding", Whole{3}}, {"bias", false}});
    net.add("BatchNorm2d", "bn1");
    net.add("ReLU", "relu");
    net.add("MaxPool2d", "maxpool", {{"kernel_size", Whole{3}}, {"stride", Whole{2}}, {"padding", Whole{1}}});
    addResidualBlock(net, "layer1", 64, 1, false, 2);
    for (int stage = 2; stage <= 4; ++stage) {
        const std::int64_t channels = std::int64_t{32} << stage;
        net.enter("layer" + std::to_string(stage));
        addResidualBlock(net, "0", channels, 2, true);
        addResidualBlock(net, "1", channels, 1, false);
        net.leave();
    }
    net.add("AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{1}}});
    net.add("Flatten", "flatten");
    net.add("Linear", "fc", linear(kHead));
}

void addVgg11(NetBuilder &net)
{
    int number = 1;
    for (const auto &[channels, convolutions] : {std::pair{64, 1}, {128, 1}, {256, 2}, {512, 2}, {512, 2}})
        addVggBlock(net, "block" + std::to_string(number++), channels, convolutions);
    net.add("AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{7}}});
    net.add("Flatten", "flatten");
    for (const char *suffix : {"1", "2"}) {
        net.add("Linear", std::string("fc") + suffix, linear(std::int64_t{4096}));
        net.add("ReLU", std::string("relu") + suffix);
        net.add("Dropout", std::string("dropout") + suffix);
    }
    net.add("Linear", "fc3", linear(kHead));
}

void addMobilenetV2(NetBuilder &net)
{
    struct Stage {
        std::int64_t expansion, channels, blocks, stride;
    };
    net.enter("stem");
    addConvNormActivation(net, 32, 3, 2, 1, "ReLU6");
    net.leave();
    std::int64_t channels = 32;
    int number = 1;
    for (const Stage &stage : {Stage{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}}) {
        const std::string name = "stage" + std::to_string(number++);
        addInvertedResidual(net, name, channels, stage.channels, stage.stride, stage.expansion);
        if (stage.blocks > 1)
            addInvertedResidual(net, name + "_more", stage.channels, stage.channels, 1, stage.expansion, stage.blocks - 1);
        channels = stage.channels;
    }
    net.enter("last");
    addConvNormActivation(net, 1280, 1, 1, 1, "ReLU6");
    net.leave();
    net.add("AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{1}}});
    net.add("Flatten", "flatten");
    net.add("Dropout", "dropout", {{"p", 0.2}});
    net.add("Linear", "fc", linear(kHead));
}

} // namespace

Graph knownNetwork(std::string_view id, const NodeRegistry &registry)
{
    NetBuilder net(registry);
    const bool small = id == "resnet-small";
    const NodeId source = small ? addSmallPictures(net) : addPictures(net);
    if (small)
        addSmallResnet(net);
    else if (id == "resnet-18")
        addResnet18(net);
    else if (id == "vgg-11")
        addVgg11(net);
    else if (id == "mobilenet-v2")
        addMobilenetV2(net);
    else
        return {};
    const NodeId loss = net.add("CrossEntropyLoss", "loss");
    net.link(source, "target", loss, "target");
    return net.finished();
}

} // namespace netloom
