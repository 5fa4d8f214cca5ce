// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repair_parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace netloom {

namespace {

std::string sizeText(std::int64_t height, std::int64_t width)
{
    return std::to_string(height) + "×" + std::to_string(width);
}

bool shrinks(const NodeSpec *spec)
{
    return spec && spec->category == Category::Pooling;
}

RepairGroup flattenBefore(const RepairCase &given) { return inserted(given, {kFlatten}, "Flatten"); }

RepairGroup poolAndFlattenBefore(const RepairCase &given)
{
    return given.inputShape().rank() == 4 ? inserted(given, {kGlobalPool, kFlatten}, "AdaptiveAvgPool2d and Flatten") : RepairGroup();
}

/// A layer for pictures that lies behind Flatten goes in front of it.
RepairGroup moveBeforeFlatten(const RepairCase &given)
{
    for (const Node *node : given.upstream()) {
        if (node->type != "Flatten")
            continue;
        Graph graph = given.graph;
        if (moveBefore(graph, given.registry, given.issue.node, node->id))
            return {{"Move " + given.quotedName() + " before " + quoted(*node), std::move(graph)}};
    }
    return {};
}

RepairGroup removeFlatten(const RepairCase &given)
{
    for (const Node *node : given.upstream()) {
        if (node->type == "Flatten")
            return removed(given, *node);
    }
    return {};
}

/// The pooling that is too much: the issue's own node, else the nearest before it.
RepairGroup dropPool(const RepairCase &given)
{
    RepairGroup group;
    if (shrinks(given.spec()))
        append(group, removeItself(given));
    for (const Node *node : given.upstream()) {
        if (shrinks(given.specOf(node->id)))
            append(group, removed(given, *node));
    }
    return group;
}

/// What a parameter of a window says for each axis: [height, width], or the one number for all; 0 for a keyword.
Whole sizesOf(const RepairCase &given, const std::string &name)
{
    const Params params = given.params(given.issue.node);
    if (!params.keyword(name).empty())
        return {0};
    if (given.spec()->findParam(name)->type == ParamType::Int)
        return {params.integer(name)};
    const auto pair = params.pair(name);
    return {pair.begin(), pair.end()};
}

/// The node's parameter of a window set to @p sizes, as its type declares it.
Repair withSizes(const RepairCase &given, const std::string &name, const Whole &sizes)
{
    const bool equal = std::ranges::all_of(sizes, [&](std::int64_t size) { return size == sizes.front(); });
    if (given.spec()->findParam(name)->type == ParamType::Int)
        return withParam(given, *given.node(), name, std::ranges::min(sizes));
    return withParam(given, *given.node(), name, equal ? Whole{sizes.front()} : sizes);
}

RepairGroup morePadding(const RepairCase &given)
{
    constexpr std::int64_t kMost = 8;
    RepairGroup group;
    if (!hasAll(given, {"padding", "kernel_size"}))
        return group;
    const std::int64_t most = std::min(kMost, std::ranges::max(sizesOf(given, "kernel_size")));
    for (std::int64_t more = std::ranges::max(sizesOf(given, "padding")) + 1; more <= most; ++more)
        group.push_back(withSizes(given, "padding", {more}));
    return group;
}

RepairGroup smallerKernel(const RepairCase &given)
{
    RepairGroup group;
    const Shape in = given.inputShape();
    if (!has(given.spec(), "kernel_size") || in.rank() < 3)
        return group;
    Whole kernel = sizesOf(given, "kernel_size");
    kernel.resize(in.rank() - 2, kernel.front());
    const auto fitting = [](std::int64_t wanted, std::int64_t room) { return room > 0 ? std::min(wanted, room) : wanted; };
    for (std::int64_t less = 0; less < 3; ++less) {
        Whole size;
        for (std::size_t axis = 0; axis < kernel.size(); ++axis)
            size.push_back(fitting(kernel[axis], in[axis + 2] - less));
        group.push_back(withSizes(given, "kernel_size", size));
    }
    return group;
}

RepairGroup noDilation(const RepairCase &given)
{
    const bool spread = has(given.spec(), "dilation") && std::ranges::max(sizesOf(given, "dilation")) > 1;
    return spread ? RepairGroup{withSizes(given, "dilation", {1})} : RepairGroup();
}

/// The size of pictures as the source or the last Resize gives them, 2, 4 and 8 times as large.
RepairGroup largerPictures(const RepairCase &given)
{
    RepairGroup group;
    for (const Node *node : given.upstream()) {
        const auto shapes = given.inference.nodes.find(node->id);
        if (shapes == given.inference.nodes.end())
            continue;
        if (node->type == "Resize" && shapes->second.known && shapes->second.outputs.front().known()) {
            const Shape out = shapes->second.outputs.front();
            for (std::int64_t times : {2, 4, 8})
                group.push_back(withParam(given, *node, "size", Whole{out[1] * times, out[2] * times}));
            return group;
        }
        if (node->type != "ToTensor" || shapes->second.inputs.empty() || !shapes->second.inputs.front().known())
            continue;
        const auto wires = given.graph.linksInto(node->id);
        const bool resized = std::ranges::any_of(given.upstream(), [](const Node *other) { return other->type == "Resize"; });
        if (wires.empty() || resized)
            continue;
        const Shape in = shapes->second.inputs.front();
        for (std::int64_t times : {2, 4, 8}) {
            Graph graph = given.graph;
            const Whole size{in[1] * times, in[2] * times};
            if (insertInLink(graph, given.registry, wires.front(), {{"Resize", {{"size", size}}}}))
                group.push_back({"Add Resize to " + sizeText(size[0], size[1]) + " before " + quoted(*node), std::move(graph)});
        }
    }
    return group;
}

constexpr std::int64_t kUsualSide = 128; ///< px, what Resize gives by itself

RepairGroup resizeBefore(const RepairCase &given)
{
    return inserted(given, {{"Resize", {{"size", Whole{kUsualSide, kUsualSide}}}}}, "Resize to " + sizeText(kUsualSide, kUsualSide));
}

/// A Resize that keeps the proportions gets height and width.
RepairGroup squareResize(const RepairCase &given)
{
    for (const Node *node : given.upstream()) {
        if (node->type != "Resize")
            continue;
        const Params params = given.params(node->id);
        const auto side = params.pair("size")[0];
        return {withParam(given, *node, "size", Whole{side, side})};
    }
    return {};
}

RepairGroup strideOne(const RepairCase &given)
{
    return hasAll(given, {"stride"}) ? RepairGroup{withSizes(given, "stride", {1})} : RepairGroup();
}

RepairGroup halfKernelPadding(const RepairCase &given)
{
    if (!hasAll(given, {"kernel_size", "padding"}))
        return {};
    Whole half = sizesOf(given, "kernel_size");
    for (std::int64_t &size : half)
        size /= 2;
    return {withSizes(given, "padding", half)};
}

RepairGroup groupsThatDivide(const RepairCase &given)
{
    const Shape in = given.inputShape();
    if (!hasAll(given, {"groups", "out_channels"}) || in.rank() < 3 || in[1] < 1)
        return {};
    const Params params = given.params(given.issue.node);
    const std::int64_t common = std::gcd(in[1], params.integer("out_channels"));
    RepairGroup group;
    for (std::int64_t groups = std::min(params.integer("groups"), common); groups > 1; --groups) {
        if (common % groups == 0)
            group.push_back(withParam(given, *given.node(), "groups", groups));
    }
    return group;
}

RepairGroup oneGroup(const RepairCase &given)
{
    return hasAll(given, {"groups"}) ? RepairGroup{withParam(given, *given.node(), "groups", std::int64_t(1))} : RepairGroup();
}

RepairGroup channelsForGroups(const RepairCase &given)
{
    if (!hasAll(given, {"groups", "out_channels"}))
        return {};
    const Params params = given.params(given.issue.node);
    const std::int64_t groups = params.integer("groups");
    const std::int64_t wanted = (params.integer("out_channels") + groups - 1) / groups * groups;
    return {withParam(given, *given.node(), "out_channels", wanted)};
}

/// All settings of the node that are declared as @p names go back to their defaults, together and then one by one.
RepairGroup backToDefaults(const RepairCase &given, std::initializer_list<const char *> names)
{
    std::vector<std::pair<std::string, ParamValue>> changed;
    std::string list;
    for (const char *name : names) {
        const ParamDecl *decl = given.spec() ? given.spec()->findParam(name) : nullptr;
        if (!decl || given.params(given.issue.node).at(name) == decl->fallback)
            continue;
        changed.emplace_back(name, decl->fallback);
        list += (list.empty() ? "" : ", ") + std::string(name) + " " + formatParam(decl->fallback);
    }
    RepairGroup group;
    for (const auto &[name, value] : changed)
        group.push_back(withParam(given, *given.node(), name, value));
    if (changed.size() > 1)
        group.push_back(withParams(given, *given.node(), changed, "Set " + given.quotedName() + " back to " + list));
    return group;
}

RepairGroup defaultAxes(const RepairCase &given) { return backToDefaults(given, {"start_dim", "end_dim", "dim"}); }
RepairGroup defaultSizes(const RepairCase &given) { return backToDefaults(given, {"out_features", "out_channels", "padding", "size", "output_size"}); }
RepairGroup firstFold(const RepairCase &given) { return backToDefaults(given, {"fold"}); }

RepairGroup whiteBackground(const RepairCase &given) { return backToDefaults(given, {"background"}); }

RepairGroup defaultFractions(const RepairCase &given) { return backToDefaults(given, {"val_fraction", "test_fraction"}); }

RepairGroup padCrop(const RepairCase &given)
{
    return has(given.spec(), "pad_if_needed") ? RepairGroup{withParam(given, *given.node(), "pad_if_needed", true)} : RepairGroup();
}

RepairGroup smallerCrop(const RepairCase &given)
{
    const Shape in = given.inputShape();
    if (!in.known() || in.rank() != 3 || !hasAll(given, {"size"}))
        return {};
    const auto size = given.params(given.issue.node).pair("size");
    return {withParam(given, *given.node(), "size", Whole{std::min(size[0], in[1]), std::min(size[1], in[2])})};
}

/// One mean and one std for all channels.
RepairGroup oneNumberForAll(const RepairCase &given)
{
    if (!hasAll(given, {"mean", "std"}))
        return {};
    const auto average = [&](const char *name) {
        const auto reals = given.params(given.issue.node).reals(name);
        const double sum = std::accumulate(reals.begin(), reals.end(), 0.0);
        return std::vector<double>{std::round(1000 * sum / double(std::max<std::size_t>(1, reals.size()))) / 1000};
    };
    return {withParams(given, *given.node(), {{"mean", average("mean")}, {"std", average("std")}}, "Give " + given.quotedName() + " one mean and one std for all channels")};
}

/// The mean of a colour, for pictures that have fewer channels than it.
RepairGroup oneColourForAll(const RepairCase &given)
{
    const Params params = given.params(given.issue.node);
    for (const char *name : {"fill", "value"}) {
        const auto *colour = params.has(name) ? std::get_if<std::vector<double>>(&params.at(name)) : nullptr;
        if (colour && colour->size() > 1) {
            const double sum = std::accumulate(colour->begin(), colour->end(), 0.0);
            return {withParam(given, *given.node(), name, std::vector<double>{std::round(1000 * sum / double(colour->size())) / 1000})};
        }
    }
    return {};
}

/// Ranges with the smaller number first, spreads to both sides above 0.
RepairGroup rangesInOrder(const RepairCase &given)
{
    const Params params = given.params(given.issue.node);
    std::vector<std::pair<std::string, ParamValue>> ordered;
    if (hasAll(given, {"threshold1", "threshold2"}) && params.real("threshold1") > params.real("threshold2"))
        ordered = {{"threshold1", params.real("threshold2")}, {"threshold2", params.real("threshold1")}};
    for (const auto &[name, value] : params.values()) {
        const auto *numbers = std::get_if<std::vector<double>>(&value);
        if (!numbers)
            continue;
        std::vector<double> sorted = *numbers;
        if (sorted.size() == 1)
            sorted[0] = std::abs(sorted[0]);
        for (std::size_t pair = 0; pair + 1 < sorted.size() && sorted.size() % 2 == 0; pair += 2)
            std::sort(sorted.begin() + std::ptrdiff_t(pair), sorted.begin() + std::ptrdiff_t(pair) + 2);
        if (name != "translate" && name != "padding" && name != "center" && sorted != *numbers)
            ordered.emplace_back(name, sorted);
    }
    if (ordered.empty())
        return {};
    std::string names;
    for (const auto &[name, value] : ordered)
        names += (names.empty() ? "" : ", ") + name;
    return {withParams(given, *given.node(), std::move(ordered), "Put the smaller number first in " + names + " of " + given.quotedName())};
}

RepairGroup oddKernel(const RepairCase &given)
{
    RepairGroup group;
    const Params params = given.params(given.issue.node);
    for (const ParamDecl &decl : given.spec()->params) {
        const ParamValue &value = params.at(decl.name);
        if (!decl.name.ends_with("size"))
            continue;
        if (const auto *number = std::get_if<std::int64_t>(&value); number && *number % 2 == 0)
            group.push_back(withParam(given, *given.node(), decl.name, *number + 1));
        if (const auto *numbers = std::get_if<std::vector<double>>(&value)) {
            std::vector<double> odd = *numbers;
            for (double &number : odd)
                number += std::fmod(number, 2.0) == 0.0 ? 1.0 : 0.0;
            if (odd != *numbers)
                group.push_back(withParam(given, *given.node(), decl.name, odd));
        }
    }
    return group;
}

RepairGroup oneOrThreeChannels(const RepairCase &given)
{
    if (!has(given.spec(), "num_output_channels"))
        return {};
    return {withParam(given, *given.node(), "num_output_channels", std::int64_t(1))};
}

} // namespace

RepairTable shapeRepairs()
{
    return {
        {"not-flat", {flattenBefore, poolAndFlattenBefore}},
        {"not-a-picture", {moveBeforeFlatten, removeFlatten, removeItself}},
        {"no-picture", {removeItself}},
        {"unknown-size", {squareResize, resizeBefore}},
        {"kernel-too-large", {noDilation, dropPool, morePadding, smallerKernel, largerPictures}},
        {"padding-too-large", {halfKernelPadding}},
        {"same-with-stride", {halfKernelPadding, strideOne}},
        {"groups", {groupsThatDivide, oneGroup, channelsForGroups}},
        {"batch-axis", {defaultAxes}},
        {"no-such-axis", {defaultAxes}},
        {"axes-reversed", {defaultAxes}},
        {"too-large", {defaultSizes, poolAndFlattenBefore}},
        {"fractions", {defaultFractions}},
        {"fold", {firstFold}},
        {"background", {whiteBackground}},
        {"crop-too-large", {padCrop, smallerCrop}},
        {"channel-count", {oneNumberForAll, oneColourForAll, oneOrThreeChannels}},
        {"range-reversed", {rangesInOrder}},
        {"even-kernel", {oddKernel}},
    };
}

} // namespace netloom
