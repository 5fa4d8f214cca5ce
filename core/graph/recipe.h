// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <vector>

namespace netloom {

/// How to train, as parameter declarations: the training form, `--epochs` and friends, and the project file derive from it.
/// Names are PyTorch's where it has one. Groups: "Training", "Optimizer", "Schedule", "Regularization", "Precision and machine";
/// ParamDecl::matters() tells which count beside the other choices.
const std::vector<ParamDecl> &recipeDecls();

const ParamDecl *findRecipeDecl(std::string_view name);

} // namespace netloom
