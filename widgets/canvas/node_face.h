// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "document/document.h"
#include "graph/link_index.h"

namespace netloom {

struct PortFace {
    std::string name;
    PortKind kind = PortKind::Tensor;
    bool variadic = false;
    bool connected = false;
    friend bool operator==(const PortFace &, const PortFace &) = default;
};

/// All that a node shows, as values; equal faces look equal, so nothing is laid out or painted again in vain.
struct NodeFace {
    QString title;
    QString type;    ///< "" where it says no more than the title
    QString params;  ///< "32 · 3×3 · same"
    QString cost;    ///< "320 parameters"
    bool bypassed = false;
    bool frozen = false;
    bool dot = false; ///< nothing but a dot that a wire goes through
    bool computes = false; ///< something comes out of it that a preview can show
    QString macs;    ///< "226 k MACs": multiply-adds for a sample
    std::optional<Category> category; ///< nothing for a type that this version doesn't know
    std::vector<PortFace> inputs;
    std::vector<PortFace> outputs;
    std::optional<Severity> severity; ///< of the worst issue, hints aside
    QString issue;                    ///< the issues' sentences, one a line
    friend bool operator==(const NodeFace &, const NodeFace &) = default;
};

/// The face of a node of the document; with @p links, its graph's, at hand where many faces are made.
NodeFace faceOf(const Document &document, NodeId id, const LinkIndex *links = nullptr);
/// The face of a node of any graph, without what only the document's inference tells.
NodeFace faceOf(const Graph &graph, const NodeRegistry &registry, const Node &node, const LinkIndex *links = nullptr);
/// The face of a node that is still to be added.
NodeFace faceOf(const NodeSpec &spec);

/// The settings that tell a node from its like, shortest form first: its main numbers, then what differs from the default.
QString paramSummary(const NodeSpec &spec, const Params &params);

/// The kind of port @p port; where the node's type is unknown, that of the other end of a wire there.
PortKind portKind(const Graph &graph, const NodeRegistry &registry, const PortRef &port, bool output);
PortKind portKind(const Document &document, const PortRef &port, bool output);

} // namespace netloom
