// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

namespace netloom {

inline constexpr char kFrozenSetting[] = "frozen";
inline constexpr char kLrScaleSetting[] = "lr_scale";

/// How the weights of any node, or of all nodes in a block, learn: settings that every node has beside the parameters of its type.
const std::vector<ParamDecl> &learningDecls();
/// One of them; nullptr for another name.
const ParamDecl *findLearningDecl(std::string_view name);

/// The node's settings by those names, and the node with one of them changed to a value that was validated.
Params learningOf(const Node &node);
Node withLearning(Node node, const std::string &name, const ParamValue &value);

} // namespace netloom
