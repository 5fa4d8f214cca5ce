// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/repair_parts.h"
#include "graph/structure.h"

#include <algorithm>

namespace netloom {

namespace {

/// One score for each channel is there already where a single pixel is left.
RepairGroup flattenScores(const RepairCase &given)
{
    const Shape in = given.inputShape();
    return in.rank() == 4 && in[2] == 1 && in[3] == 1 ? inserted(given, {kFlatten}, "Flatten") : RepairGroup();
}

RepairGroup scoresBefore(const RepairCase &given)
{
    return given.inputShape().rank() == 4 ? inserted(given, {kFlatten, kScores}, "Flatten and Linear") : inserted(given, {kScores}, "Linear");
}

RepairGroup pooledScoresBefore(const RepairCase &given)
{
    if (given.inputShape().rank() != 4)
        return {};
    return inserted(given, {kGlobalPool, kFlatten, kScores}, "AdaptiveAvgPool2d, Flatten and Linear");
}

/// The nearest node before the issue whose width is out_features, and the graph with another width.
RepairGroup lastWidth(const RepairCase &given, const ParamValue &width)
{
    for (const Node *node : given.upstream()) {
        if (has(given.specOf(node->id), "out_features"))
            return {withParam(given, *node, "out_features", width)};
    }
    return {};
}

RepairGroup classesOut(const RepairCase &given) { return lastWidth(given, std::string("classes")); }
RepairGroup oneOut(const RepairCase &given) { return lastWidth(given, std::int64_t(1)); }

/// The loss @p type in the place of one that does not fit, with as many scores as there are classes, or the one number.
RepairGroup lossInstead(const RepairCase &given, const char *type)
{
    const NodeSpec *spec = given.registry.find(type);
    if (!spec || !given.node() || given.node()->type == spec->type)
        return {};
    RepairGroup group;
    std::vector<Graph> bases{given.graph};
    for (const Repair &repair : classesOut(given))
        bases.push_back(repair.graph);
    for (Graph &graph : bases) {
        Node loss = *given.node();
        const auto wires = graph.linksInto(loss.id);
        graph.removeNode(loss.id);
        loss.id = {};
        loss.type = spec->type;
        loss.params = Params::defaults(spec->params);
        const NodeId id = graph.addNode(std::move(loss));
        for (Link wire : wires) {
            wire.to.node = id;
            graph.addLink(wire);
        }
        group.push_back({"Use " + spec->type + " in the place of " + given.quotedName(), std::move(graph)});
    }
    return group;
}

RepairGroup crossEntropyInstead(const RepairCase &given) { return lossInstead(given, "CrossEntropyLoss"); }
RepairGroup squaredErrorInstead(const RepairCase &given) { return lossInstead(given, "MSELoss"); }
RepairGroup eachByItselfInstead(const RepairCase &given) { return lossInstead(given, "BCEWithLogitsLoss"); }

/// A loss after the last layer that leads nowhere.
RepairGroup addLoss(const RepairCase &given)
{
    const NodeSpec *spec = given.registry.find(usualLoss(given.facts));
    const auto order = given.graph.topologicalOrder();
    if (!spec || !order)
        return {};
    const NodeId source = findPipeline(given.graph, given.registry).source;
    RepairGroup group;
    for (auto id = order->rbegin(); id != order->rend(); ++id) {
        const Node &node = *given.graph.find(*id);
        const NodeSpec *last = given.specOf(*id);
        const NodePorts ports = portsOf(given.graph, given.registry, node);
        const bool computes = last && (last->isLayer() || node.type == kBlockType);
        if (!computes || node.parent.valid() || ports.outputs().empty() || !given.graph.linksFrom(*id).empty())
            continue;
        for (const auto &[between, what] : {std::pair<std::vector<NewNode>, std::string>{{}, ""}, {{kScores}, "Linear and "}, {{kFlatten, kScores}, "Flatten, Linear and "}}) {
            Graph graph = given.graph;
            const NodeId loss = graph.addNode(*spec, {node.position.x + 260, node.position.y});
            const Link wire{{*id, ports.outputs().front().name}, {loss, "input"}};
            if (!connectPorts(graph, given.registry, wire) || (!between.empty() && !insertInLink(graph, given.registry, wire, between)))
                continue;
            const NodeSpec *data = given.specOf(source);
            for (const PortDecl &output : data ? data->outputs : std::vector<PortDecl>()) {
                if (output.kind == PortKind::Target)
                    (void)connectPorts(graph, given.registry, {{source, output.name}, {loss, "target"}});
            }
            group.push_back({"Add " + what + spec->type + " after " + quoted(node), std::move(graph)});
        }
    }
    return group;
}

RepairGroup removeOneBefore(const RepairCase &given)
{
    const auto before = given.upstream();
    return before.empty() ? RepairGroup() : removed(given, *before.front());
}

RepairGroup noBias(const RepairCase &given)
{
    return hasAll(given, {"bias"}) ? RepairGroup{withParam(given, *given.node(), "bias", false)} : RepairGroup();
}

RepairGroup noMainHead(const RepairCase &given)
{
    return hasAll(given, {"main_head"}) ? RepairGroup{withParam(given, *given.node(), "main_head", false)} : RepairGroup();
}

RepairGroup beforeLastLayer(const RepairCase &given)
{
    for (const Node *node : given.upstream()) {
        Graph graph = given.graph;
        if (has(given.specOf(node->id), "out_features") && moveBefore(graph, given.registry, given.issue.node, node->id))
            return {{"Move " + given.quotedName() + " before " + quoted(*node), std::move(graph)}};
    }
    return {};
}

RepairGroup normalizeAfter(const RepairCase &given)
{
    for (const Link &link : given.graph.linksFrom(given.issue.node)) {
        Graph graph = given.graph;
        if (insertInLink(graph, given.registry, link, {{"Normalize", {}}}))
            return {{"Add Normalize after " + given.quotedName(), std::move(graph)}};
    }
    return {};
}

RepairGroup someJitter(const RepairCase &given)
{
    return {withParams(given, *given.node(), {{"brightness", std::vector<double>{0.2}}, {"contrast", std::vector<double>{0.2}}},
        "Set brightness and contrast of " + given.quotedName() + " to 0.2")};
}

/// Half and a quarter of the pictures' size, against a memory that is too small.
RepairGroup smallerPictures(const RepairCase &given)
{
    RepairGroup group;
    for (const auto &[id, node] : given.graph.nodes()) {
        const auto shapes = given.inference.nodes.find(id);
        if (node.type != "Resize" || shapes == given.inference.nodes.end() || !shapes->second.known || !shapes->second.outputs.front().known())
            continue;
        const Shape out = shapes->second.outputs.front();
        for (std::int64_t part : {2, 4, 8}) {
            if (out[1] >= 8 * part && out[2] >= 8 * part)
                group.push_back(withParam(given, node, "size", Whole{out[1] / part, out[2] / part}));
        }
    }
    return group;
}

} // namespace

RepairTable headRepairs()
{
    return {
        {"not-scores", {flattenScores, scoresBefore, pooledScoresBefore}},
        {"class-count", {classesOut, scoresBefore}},
        {"learns-number", {squaredErrorInstead}},
        {"not-binary", {crossEntropyInstead}},
        {"several-labels", {eachByItselfInstead}},
        {"one-class-each", {crossEntropyInstead}},
        {"not-one-score", {oneOut, crossEntropyInstead}},
        {"no-loss", {addLoss}},
        {"second-main-head", {noMainHead}},
        {"applied-twice", {removeItself}},
        {"activation-twice", {removeItself, removeOneBefore}},
        {"dropout-after-head", {beforeLastLayer, removeItself}},
        {"bias-before-norm", {noBias}},
        {"not-normalised", {normalizeAfter}},
        {"no-jitter", {someJitter, removeItself}},
        {"memory", {smallerPictures}},
    };
}

} // namespace netloom
