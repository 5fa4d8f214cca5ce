// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/layer.h"
#include "layers/rules.h"

namespace netloom {

/// What all normalisations share: ports, eps and, with @p affine, whether scales and shifts are learned. The type's file adds its words,
/// further parameters, shape rule, explanation and builder.
NodeSpec normalization(std::string type, std::vector<std::string> keywords, std::string doc, bool affine);

/// Same shape, @p scales scales and as many shifts where they are learned, a multiply-add for every number.
InferResult inferNorm(const InferInput &input, std::int64_t scales);

} // namespace netloom
