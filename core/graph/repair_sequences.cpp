// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repair_parts.h"

namespace netloom {

namespace {

using Reals = std::vector<double>;

NewNode permute(const Reals &dims) { return {"Permute", {{"dims", dims}}}; }
NewNode flattenFrom(std::int64_t axis) { return {"Flatten", {{"start_dim", axis}}}; }
NewNode unflatten(const Reals &sizes) { return {"Unflatten", {{"dim", std::int64_t(1)}, {"unflattened_size", sizes}}}; }

/// A picture as its rows from top to bottom, a step each.
RepairGroup rowsAsSteps(const RepairCase &given)
{
    if (given.inputShape().rank() != 4)
        return {};
    return inserted(given, {permute({0, 2, 1, 3}), flattenFrom(2)}, "Permute and Flatten, a step for every row of the picture,");
}

/// A picture as its pixels, a step each, whose channels are the features.
RepairGroup pixelsAsSteps(const RepairCase &given)
{
    if (given.inputShape().rank() != 4)
        return {};
    return inserted(given, {flattenFrom(2), permute({0, 2, 1})}, "Flatten and Permute, a step for every pixel,");
}

RepairGroup patchesAsSteps(const RepairCase &given)
{
    return given.inputShape().rank() == 4 ? inserted(given, {{"PatchEmbed", {}}}, "PatchEmbed") : RepairGroup();
}

/// Numbers one after the other, such as a time series.
RepairGroup numbersAsSteps(const RepairCase &given)
{
    return given.inputShape().rank() == 2 ? inserted(given, {unflatten({-1, 1})}, "Unflatten, a step for every number,") : RepairGroup();
}

/// The channels of a picture become the depth of a volume with one channel.
RepairGroup channelsAsDepth(const RepairCase &given)
{
    return given.inputShape().rank() == 4 ? inserted(given, {unflatten({1, -1})}, "Unflatten, which makes the channels the depth,") : RepairGroup();
}

/// The layer of the same name for pictures: Conv2d for Conv3d.
RepairGroup pictureLayer(const RepairCase &given)
{
    const std::string type = given.node() ? given.node()->type : std::string();
    const NodeSpec *spec = type.ends_with("3d") ? given.registry.find(type.substr(0, type.size() - 2) + "2d") : nullptr;
    if (!spec || given.inputShape().rank() != 4)
        return {};
    Node layer = *given.node();
    layer.type = spec->type;
    layer.params = Params::defaults(spec->params);
    for (const auto &[name, value] : given.node()->params.values()) {
        if (const ParamDecl *decl = spec->findParam(name); decl && validateParam(*decl, value))
            layer.params.set(name, value);
    }
    Graph graph = given.graph;
    graph.replaceNode(std::move(layer));
    return {{"Use " + spec->type + " in the place of " + given.quotedName(), std::move(graph)}};
}

} // namespace

RepairTable sequenceRepairs()
{
    return {
        {"not-a-sequence", {rowsAsSteps, pixelsAsSteps, patchesAsSteps, numbersAsSteps}},
        {"not-a-volume", {pictureLayer, channelsAsDepth}},
    };
}

} // namespace netloom
