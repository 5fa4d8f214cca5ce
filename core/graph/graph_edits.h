// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/check_link.h"

namespace netloom {

/// A node that is to be added: its type, and what differs from the type's defaults.
struct NewNode {
    std::string type;
    std::vector<std::pair<std::string, ParamValue>> params;
};

/// Adds @p node to the block @p parent, or to the top level. Invalid where its type is not known.
NodeId addNewNode(Graph &graph, const NodeRegistry &registry, const NewNode &node, NodeId parent, Point position);

// Edits of a graph as a value. Each leaves the graph as it was and gives false where checkLink() refuses a wire or a type is not known.

/// Leads the wire @p link through new nodes in its block, in order, and makes room for them in its row. The new ids are appended to @p added if given.
bool insertInLink(Graph &graph, const NodeRegistry &registry, const Link &link, const std::vector<NewNode> &nodes, std::vector<NodeId> *added = nullptr);

/// Removes the node and lets what came into its first input feed what it fed.
bool removeAndClose(Graph &graph, const NodeRegistry &registry, NodeId node);

/// Takes the node out of its wire as removeAndClose() does and puts it into the first input wire of @p behind.
bool moveBefore(Graph &graph, const NodeRegistry &registry, NodeId node, NodeId behind);

/// Adds a wire, in the place of the one at a taken input.
bool connectPorts(Graph &graph, const NodeRegistry &registry, const Link &link);

} // namespace netloom
