// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/data_choice.h"

namespace netloom {

namespace {

/// What doesn't depend on the data itself.
constexpr const char *kKept[] = {"split", "val_fraction", "test_fraction", "folds", "fold", "seed", "background"};

void setChosen(Params &params, const DataChoice &choice)
{
    for (const auto &[name, value] : choice.params.values())
        params.set(name, value);
}

} // namespace

Recognisers recognisers(const NodeRegistry &registry)
{
    Recognisers sources;
    for (const auto &spec : registry.all()) {
        if (spec->recognise)
            sources.emplace_back(spec->type, spec->recognise);
    }
    return sources;
}

std::optional<DataChoice> recogniseData(const Recognisers &sources, const std::string &path)
{
    for (const auto &[type, recognise] : sources) {
        if (auto params = recognise(path))
            return DataChoice{type, std::move(*params)};
    }
    return std::nullopt;
}

NodeId chooseData(Graph &graph, const NodeRegistry &registry, NodeId id, const DataChoice &choice)
{
    const Node old = *graph.find(id);
    const NodeSpec &spec = *registry.find(choice.type);
    if (old.type == choice.type) {
        Params params = old.params;
        setChosen(params, choice);
        if (spec.findParam("exclude") && !(params == old.params)) // names of the other data's samples
            params.set("exclude", spec.findParam("exclude")->fallback);
        graph.setParams(id, std::move(params));
        return id;
    }
    Node node;
    node.type = choice.type;
    node.name = old.name;
    node.position = old.position;
    node.parent = old.parent;
    node.params = Params::defaults(spec.params);
    for (const char *name : kKept) {
        if (old.params.has(name) && spec.findParam(name))
            node.params.set(name, old.params.at(name));
    }
    setChosen(node.params, choice);
    const std::vector<Link> links = graph.linksFrom(id);
    graph.removeNode(id);
    const NodeId now = graph.addNode(std::move(node));
    for (const Link &link : links) {
        if (spec.findOutput(link.from.port))
            graph.addLink({{now, link.from.port}, link.to});
    }
    return now;
}

} // namespace netloom
