// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <vector>

namespace netloom {

/// How to train, as parameter declarations: the training form, `--epochs` and friends, and the project file derive from it.
/// Names are PyTorch's: optimizer ("SGD", "Adam", "AdamW"), lr, momentum, weight_decay, epochs, batch_size, seed,
/// device ("auto", "cpu", "cuda"), threads (0 = chosen for the machine), trial, sampler ("shuffle", "balanced"), drop_last,
/// class_weights ("none", "balanced"), checkpoint_minutes, checkpoint_epochs.
const std::vector<ParamDecl> &recipeDecls();

const ParamDecl *findRecipeDecl(std::string_view name);

} // namespace netloom
