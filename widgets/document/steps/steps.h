// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/graph_changes.h"

#include <QUndoCommand>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace netloom::steps {

/// Ids of the steps that merge with their like.
enum MergeId { kMoveNodes = 1, kSetParam, kSetRecipe };

using Step = std::unique_ptr<QUndoCommand>;

/// Adds nodes with ids and names as given, and links at the end of the list.
Step addNodes(GraphChanges &changes, std::vector<Node> nodes, std::vector<Link> links);
/// Removes nodes with all links at them, and links; undo puts every link back at its place in the order.
Step removeItems(GraphChanges &changes, const std::set<NodeId> &nodes, const std::vector<Link> &links);
/// Adds @p link in the place of the first of @p givenUp, which go.
Step connectPorts(GraphChanges &changes, Link link, std::vector<Link> givenUp);
Step moveNodes(GraphChanges &changes, std::map<NodeId, Point> after, int gesture);
Step setParam(GraphChanges &changes, NodeId id, std::string name, ParamValue value, int gesture);
/// Makes the graph @p after of the present one, by the least of changes.
Step changeGraph(GraphChanges &changes, Graph after);
Step renameNode(GraphChanges &changes, NodeId id, std::string name);
Step setRecipe(GraphChanges &changes, const Params &recipe, std::string name, ParamValue value, int gesture);

} // namespace netloom::steps
