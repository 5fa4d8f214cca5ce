// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph_edits.h"
#include "graph/repair_candidates.h"

#include <map>
#include <string_view>

// What the generators of candidates share.
namespace netloom {

/// Candidates of which the first that works is meant.
using RepairGroup = std::vector<Repair>;
using RepairGenerator = RepairGroup (*)(const RepairCase &given);
/// What to try for the code of an issue, in order of preference.
using RepairTable = std::map<std::string_view, std::vector<RepairGenerator>>;

RepairTable shapeRepairs();   ///< sizes and settings of one node
RepairTable sequenceRepairs(); ///< pictures and features for layers that take steps or volumes
RepairTable wireRepairs();    ///< wires, branches, nodes too many
RepairTable headRepairs();    ///< the last layers, the loss, and what learns badly

using Whole = std::vector<std::int64_t>; ///< the value of an IntPair

inline const NewNode kFlatten{"Flatten", {}};
inline const NewNode kGlobalPool{"AdaptiveAvgPool2d", {{"output_size", Whole{1}}}};
inline const NewNode kScores{"Linear", {{"out_features", std::string("classes")}}};

std::string quoted(const Node &node);
bool has(const NodeSpec *spec, std::string_view param);
/// Whether the node has all of @p params.
bool hasAll(const RepairCase &given, std::initializer_list<std::string_view> params);

/// @p node with other values.
Repair withParams(const RepairCase &given, const Node &node, std::vector<std::pair<std::string, ParamValue>> values, std::string text);
Repair withParam(const RepairCase &given, const Node &node, const std::string &name, const ParamValue &value);
/// The first wire at the issue goes through @p nodes: "Add WHAT before 'fc'".
RepairGroup inserted(const RepairCase &given, const std::vector<NewNode> &nodes, const std::string &what);
/// Without @p node, its gap closed.
RepairGroup removed(const RepairCase &given, const Node &node);
/// Without the issue's own node, its gap closed.
RepairGroup removeItself(const RepairCase &given);
void append(RepairGroup &group, RepairGroup more);

} // namespace netloom
