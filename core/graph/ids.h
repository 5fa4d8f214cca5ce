// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace netloom {

/// Names a node for as long as its graph lives; never reused, 0 is "none".
struct NodeId {
    std::int64_t value = 0;

    bool valid() const { return value > 0; }
    friend auto operator<=>(const NodeId &, const NodeId &) = default;
};

/// One port of one node. Ports go by name, so that links of unknown node types survive.
struct PortRef {
    NodeId node;
    std::string port;
    friend auto operator<=>(const PortRef &, const PortRef &) = default;
};

/// A wire from an output port to an input port; a plain value.
struct Link {
    PortRef from;
    PortRef to;
    friend auto operator<=>(const Link &, const Link &) = default;
};

} // namespace netloom

template <>
struct std::hash<netloom::NodeId> {
    std::size_t operator()(const netloom::NodeId &id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};
