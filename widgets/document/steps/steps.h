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
enum MergeId { kMoveNodes = 1, kSetParam, kSetRecipe, kSetLearning };

using Step = std::unique_ptr<QUndoCommand>;

/// Adds nodes with ids and names as given, and links at the end of the list.
Step addNodes(GraphChanges &changes, std::vector<Node> nodes, std::vector<Link> links);
/// Removes nodes with all links at them, and links; undo puts every link back at its place in the order.
Step removeItems(GraphChanges &changes, const std::set<NodeId> &nodes, const std::vector<Link> &links);
/// Adds @p link in the place of the first of @p givenUp, which go.
Step connectPorts(GraphChanges &changes, Link link, std::vector<Link> givenUp);
/// Whatever differs between the graph as it is and @p after.
Step changeGraph(GraphChanges &changes, const Graph &after);
Step moveNodes(GraphChanges &changes, std::map<NodeId, Point> after, int gesture);
/// Gives all of @p targets, nodes and their parameters, one value.
Step setParam(GraphChanges &changes, const std::vector<std::pair<NodeId, std::string>> &targets, ParamValue value, int gesture);
Step setLearning(GraphChanges &changes, NodeId node, bool frozen, double lrScale, int gesture);
Step setRecipe(GraphChanges &changes, const Params &recipe, std::string name, ParamValue value, int gesture);

} // namespace netloom::steps
