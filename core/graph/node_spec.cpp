// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/node_spec.h"

#include <algorithm>
#include <numeric>

namespace netloom {

namespace {

template <class List>
auto findNamed(const List &list, std::string_view name) -> decltype(list.data())
{
    const auto found = std::ranges::find_if(list, [&](const auto &entry) { return entry.name == name; });
    return found == list.end() ? nullptr : &*found;
}

} // namespace

std::string toString(PortKind kind)
{
    switch (kind) {
    case PortKind::Image: return "image";
    case PortKind::Row: return "row";
    case PortKind::Tensor: return "tensor";
    case PortKind::Target: return "target";
    case PortKind::Any: return "anything";
    }
    return {};
}

std::string toString(Category category)
{
    switch (category) {
    case Category::Source: return "Data";
    case Category::Transform: return "Transforms";
    case Category::Layer: return "Layers";
    case Category::Activation: return "Activations";
    case Category::Pooling: return "Pooling";
    case Category::Regularization: return "Regularization";
    case Category::Shaping: return "Shape and merge";
    case Category::Loss: return "Losses";
    case Category::Structure: return "Structure";
    }
    return {};
}

const std::vector<Category> &allCategories()
{
    static const std::vector<Category> all{Category::Source, Category::Transform, Category::Layer,
        Category::Activation, Category::Pooling, Category::Regularization, Category::Shaping, Category::Loss, Category::Structure};
    return all;
}

const PortDecl *NodeSpec::findInput(std::string_view name) const { return findNamed(inputs, name); }
const PortDecl *NodeSpec::findOutput(std::string_view name) const { return findNamed(outputs, name); }
const ParamDecl *NodeSpec::findParam(std::string_view name) const { return findNamed(params, name); }

std::int64_t SourceFacts::total(const std::string &split) const
{
    if (severalLabels) {
        const auto known = samples.find(split);
        return known == samples.end() ? 0 : known->second;
    }
    const auto found = counts.find(split);
    if (found == counts.end())
        return 0;
    return std::accumulate(found->second.begin(), found->second.end(), std::int64_t{0});
}

} // namespace netloom
