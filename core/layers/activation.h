// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

/// What all activations share: ports, and a shape that stays. The type's file adds its words, parameters and the builder.
NodeSpec activation(std::string type, std::vector<std::string> keywords, std::string doc);

/// The same with the parameter dim, the axis whose numbers are compared, which must not be the samples' (Softmax).
NodeSpec activationAlongAxis(std::string type, std::vector<std::string> keywords, std::string doc, std::string dimDoc);

} // namespace netloom
