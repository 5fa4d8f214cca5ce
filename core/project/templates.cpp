// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/templates.h"

#include "project/data_folders.h"
#include "project/known_networks.h"
#include "project/template_builder.h"

#include <algorithm>

namespace netloom {

namespace {

using Reals = std::vector<double>;
using Whole = std::vector<std::int64_t>;

std::vector<TemplateStep> fashionData()
{
    return {
        {"MNIST", "data", {}},
        {"ToTensor", "to_tensor", {}},
        {"Normalize", "normalize", {{"mean", Reals{0.286}}, {"std", Reals{0.353}}}},
    };
}

std::vector<TemplateStep> pictureData()
{
    return {
        {"ImageFolder", "data", {}},
        {"Resize", "resize", {{"size", Whole{64, 64}}}},
        {"RandomHorizontalFlip", "flip", {}},
        {"ToTensor", "to_tensor", {}},
        {"Normalize", "normalize", {{"mean", Reals{0.5}}, {"std", Reals{0.5}}}},
    };
}

TemplateStep linear(std::string name, ParamValue outFeatures)
{
    return {"Linear", std::move(name), {{"out_features", std::move(outFeatures)}}};
}

/// Convolution, normalisation, activation, half the size.
std::vector<TemplateStep> convBlock(int number, std::int64_t channels)
{
    const std::string digit = std::to_string(number);
    return {
        {"Conv2d", "conv" + digit,
            {{"out_channels", channels}, {"kernel_size", Whole{3}}, {"padding", std::string("same")}, {"bias", false}}},
        {"BatchNorm2d", "bn" + digit, {}},
        {"ReLU", "relu" + digit, {}},
        {"MaxPool2d", "pool" + digit, {{"kernel_size", Whole{2}}}},
    };
}

std::vector<TemplateStep> followedBy(std::vector<TemplateStep> steps, TemplateStep last)
{
    steps.push_back(std::move(last));
    return steps;
}

TemplateRows mlpFashion()
{
    return {followedBy(fashionData(), {"Flatten", "flatten", {}}),
        {linear("fc1", std::int64_t(256)), {"ReLU", "relu1", {}}, linear("fc2", std::int64_t(128)), {"ReLU", "relu2", {}}},
        {linear("fc3", std::string("classes")), {"CrossEntropyLoss", "loss", {}}}};
}

TemplateRows cnnFashion()
{
    return {fashionData(), convBlock(1, 32), followedBy(convBlock(2, 64), {"Flatten", "flatten", {}}),
        {{"Dropout", "dropout", {{"p", 0.25}}}, linear("fc1", std::int64_t(128)), {"ReLU", "relu3", {}},
            linear("fc2", std::string("classes")), {"CrossEntropyLoss", "loss", {}}}};
}

TemplateRows pictureNetwork(ParamValue outFeatures, std::string loss)
{
    return {pictureData(), convBlock(1, 16), convBlock(2, 32), convBlock(3, 64),
        {{"AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{4}}}}, {"Flatten", "flatten", {}},
            linear("fc", std::move(outFeatures)), {std::move(loss), "loss", {}}}};
}

/// Up to three of five shapes in each picture. Their colours say nothing: their edges are what is learned from.
TemplateRows labelledShapes()
{
    const std::vector<TemplateStep> drawings{
        {"GeneratedPictures", "data", {{"shapes", std::int64_t(5)}, {"per_picture", std::int64_t(3)}, {"count", std::int64_t(400)}, {"side", std::int64_t(48)}, {"noise", 0.05}}},
        {"Grayscale", "gray", {}},
        {"Sobel", "edges", {}},
        {"ToTensor", "to_tensor", {}},
        {"Normalize", "normalize", {{"mean", Reals{0.5}}, {"std", Reals{0.25}}}},
    };
    return {drawings, convBlock(1, 16), convBlock(2, 32), convBlock(3, 64),
        {{"AdaptiveAvgPool2d", "avgpool", {{"output_size", Whole{3}}}}, {"Flatten", "flatten", {}}, linear("fc", std::string("classes")), {"BCEWithLogitsLoss", "loss", {}}}};
}

/// Little noise, so that the arms stay apart but near the middle.
TemplateRows spirals()
{
    return {{{"Generated", "data", {{"shape", std::string("spirals")}, {"samples", std::int64_t(1000)}, {"noise", 0.02}}}, {"StandardScaler", "scaler", {}}},
        {linear("fc1", std::int64_t(64)), {"ReLU", "relu1", {}}, linear("fc2", std::int64_t(64)), {"ReLU", "relu2", {}}},
        {linear("fc3", std::string("classes")), {"CrossEntropyLoss", "loss", {}}}};
}

/// What the LSTM remembers after the last step is judged.
TemplateRows waves()
{
    return {{{"Generated", "data", {{"shape", std::string("waves")}, {"samples", std::int64_t(1200)}, {"noise", 0.1}}}, {"StandardScaler", "scaler", {}},
                {"Unflatten", "steps", {{"dim", std::int64_t(1)}, {"unflattened_size", Reals{-1, 1}}}}},
        {{"LSTM", "lstm", {{"hidden_size", std::int64_t(32)}}, "hidden"}, linear("fc", std::string("classes")), {"CrossEntropyLoss", "loss", {}}}};
}

std::vector<TemplateStep> tableData(std::string task)
{
    return {{"CSVTable", "data", {{"task", std::move(task)}}}, {"StandardScaler", "scaler", {}}};
}

/// Small enough for tables of a hundred rows, large enough for some ten thousand.
TemplateRows tableNetwork(std::string task, ParamValue outFeatures, std::string loss)
{
    const auto dropout = [](std::string name) { return TemplateStep{"Dropout", std::move(name), {{"p", 0.1}}}; };
    return {tableData(std::move(task)), {linear("fc1", std::int64_t(64)), {"ReLU", "relu1", {}}, dropout("dropout1")},
        {linear("fc2", std::int64_t(64)), {"ReLU", "relu2", {}}, dropout("dropout2")},
        {linear("fc3", std::move(outFeatures)), {std::move(loss), "loss", {}}}};
}

struct Content {
    TemplateRows rows;
    std::filesystem::path data; ///< "" where people have to name their own
    std::vector<std::pair<std::string, ParamValue>> recipe;
};

std::vector<std::pair<std::string, ParamValue>> tableRecipe()
{
    return {{"batch_size", std::int64_t(16)}, {"epochs", std::int64_t(100)}, {"optimizer", std::string("AdamW")}, {"lr", 0.003}, {"weight_decay", 0.05}};
}

Content contentOf(std::string_view id)
{
    if (id == "mlp-fashion-mnist")
        return {mlpFashion(), fashionMnistFolder(), {{"batch_size", std::int64_t(128)}}};
    if (id == "cnn-fashion-mnist")
        return {cnnFashion(), fashionMnistFolder(), {{"batch_size", std::int64_t(128)}, {"lr", 0.002}}};
    const std::vector<std::pair<std::string, ParamValue>> recipe{{"batch_size", std::int64_t(16)}, {"epochs", std::int64_t(10)}};
    if (id == "cnn-image-folder")
        return {pictureNetwork(std::string("classes"), "CrossEntropyLoss"), sampleFolder(), recipe};
    if (id == "binary-image-folder")
        return {pictureNetwork(std::int64_t(1), "BCEWithLogitsLoss"), {}, recipe};
    if (id == "spirals")
        return {spirals(), {}, {{"batch_size", std::int64_t(32)}, {"epochs", std::int64_t(80)}, {"lr", 0.01}}};
    if (id == "lstm-waves")
        return {waves(), {}, {{"batch_size", std::int64_t(32)}, {"epochs", std::int64_t(30)}, {"lr", 0.005}, {"clip", std::string("norm")}}};
    if (id == "multi-label-shapes")
        return {labelledShapes(), {}, {{"batch_size", std::int64_t(32)}, {"epochs", std::int64_t(20)}, {"lr", 0.003}}};
    if (id == "resnet-small")
        return {{}, {}, {{"batch_size", std::int64_t(64)}, {"epochs", std::int64_t(30)}, {"optimizer", std::string("AdamW")}, {"lr", 0.002}, {"weight_decay", 0.05}}};
    if (id == "table-classification")
        return {tableNetwork("auto", std::string("classes"), "CrossEntropyLoss"), {}, tableRecipe()};
    if (id == "table-regression")
        return {tableNetwork("regression", std::int64_t(1), "MSELoss"), {}, tableRecipe()};
    return {{}, {}, recipe};
}

} // namespace

const std::vector<ProjectTemplate> &projectTemplates()
{
    static const std::vector<ProjectTemplate> templates{
        {"mlp-fashion-mnist", "MLP on Fashion-MNIST",
            "Three linear layers, small grey pictures.\nThe simplest network: seconds to train.", "root", false},
        {"cnn-fashion-mnist", "CNN on Fashion-MNIST",
            "Convolutions find edges and textures.\nOver 91 % right after five epochs.", "root", false},
        {"cnn-image-folder", "CNN on my image folder",
            "One subfolder for each class of pictures.\nThree convolution blocks, 64×64 pixels.", "root", true},
        {"binary-image-folder", "This or that: two classes",
            "Cats or dogs, good or bad: two folders.\nOne output with a sigmoid decides.", "root", true},
        {"table-classification", "Classes from a table",
            "A CSV file: one row for each sample.\nTells classes apart by their columns.", "file", true},
        {"table-regression", "A number from a table",
            "A CSV file: one row for each sample.\nEstimates one column, such as a price.", "file", true},
        {"spirals", "Points on spirals",
            "Two numbers for each point, three arms.\nNeeds no data: watch borders bend.", "", false},
        {"lstm-waves", "LSTM on waves",
            "Reads a wave step by step, names its form.\nNeeds no data: the start into sequences.", "", false},
        {"multi-label-shapes", "Several labels: drawn shapes",
            "Which shapes are in the picture? Yes or no\nfor each of five. Needs no data.", "", false},
        {"resnet-small", "Small ResNet",
            "Residual blocks for small pictures, 32×32.\n309,000 weights: for CIFAR-10 and its like.", "root", true},
        {"resnet-18", "ResNet-18",
            "Residual blocks: the network to start from.\n11.7 million weights, 224×224 pixels.", "root", true},
        {"vgg-11", "VGG-11",
            "Plain 3×3 convolutions, simple and big.\n133 million weights, 224×224 pixels.", "root", true},
        {"mobilenet-v2", "MobileNetV2",
            "Inverted residuals: fits into a phone.\n3.5 million weights, 224×224 pixels.", "root", true},
    };
    return templates;
}

const ProjectTemplate *findTemplate(std::string_view id)
{
    const auto &templates = projectTemplates();
    const auto found = std::ranges::find(templates, id, &ProjectTemplate::id);
    return found == templates.end() ? nullptr : &*found;
}

Project makeProject(const ProjectTemplate &from, const NodeRegistry &registry, const std::string &data)
{
    const Content content = contentOf(from.id);
    Project project;
    project.graph = content.rows.empty() ? knownNetwork(from.id, registry) : buildChain(content.rows, registry);
    for (const auto &[name, value] : content.recipe)
        project.recipe.set(name, value);
    setDataFolder(project, registry, data.empty() ? content.data.string() : data);
    return project;
}

} // namespace netloom
