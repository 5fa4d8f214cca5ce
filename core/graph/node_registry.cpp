// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/node_registry.h"

#include <algorithm>
#include <cassert>

namespace netloom {

void NodeRegistry::add(NodeSpec spec)
{
    assert(!find(spec.type));
    m_specs.push_back(std::make_unique<const NodeSpec>(std::move(spec)));
}

const NodeSpec *NodeRegistry::find(std::string_view type) const
{
    const auto found = std::ranges::find_if(m_specs, [&](const auto &spec) { return spec->type == type; });
    return found == m_specs.end() ? nullptr : found->get();
}

} // namespace netloom
