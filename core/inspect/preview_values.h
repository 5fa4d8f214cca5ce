// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"
#include "graph/node_preview.h"
#include "graph/source_facts.h"

#include <span>

namespace netloom {

/// A decoded picture as a preview: one tile.
NodePreview previewOfPicture(const Picture &picture);

/// The numbers of one sample: C×H×W gives feature maps, or with @p asPicture one picture where C is 1 or 3; anything else,
/// and maps of a single number each, gives bars. @p shape without the batch axis.
NodePreview previewOfNumbers(const Shape &shape, std::span<const float> numbers, bool asPicture);

/// A table's row: bars, and fields for it where there is a number for each of the columns of @p facts. A category shows its word.
NodePreview previewOfRow(std::span<const float> numbers, const SourceFacts &facts);

/// A node without a preview, and why.
NodePreview noPreview(std::string reason);

} // namespace netloom
