// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

namespace netloom {

/// The one picture output of a transform.
inline Inferred inferredImage(std::int64_t channels, std::int64_t height, std::int64_t width)
{
    return {{Shape{channels, height, width}}};
}

/// What a picture transform's spec starts with: an image in, an image of the same shape out.
NodeSpec imageTransform(std::string type, std::vector<std::string> keywords, std::string doc);

/// How a picture gets the size that its parameter `size` gives.
std::vector<std::string> explainSetSize(const InferInput &input, const Inferred &inferred);

/// A grey picture of the input's height and width.
std::vector<std::string> explainGrey(const InferInput &input, const Inferred &inferred);

/// The parameter `size` as [height, width]; px.
ParamDecl sizeParam(std::vector<std::int64_t> fallback, std::string doc);

} // namespace netloom
