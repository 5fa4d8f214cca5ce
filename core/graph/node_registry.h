// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <memory>
#include <string_view>
#include <vector>

namespace netloom {

/// The catalogue of node types, in palette order. Filled once from the list in CMake, then only read.
class NodeRegistry {
public:
    void add(NodeSpec spec);

    /// The type's record, or nullptr for a type this version doesn't know. Stable for the registry's life.
    const NodeSpec *find(std::string_view type) const;

    const std::vector<std::unique_ptr<const NodeSpec>> &all() const { return m_specs; }

private:
    std::vector<std::unique_ptr<const NodeSpec>> m_specs;
};

} // namespace netloom
