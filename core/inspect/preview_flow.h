// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_preview.h"
#include "graph/source_facts.h"
#include "transforms/transform.h"

#include <torch/torch.h>

#include <variant>

namespace netloom {

/// What travels through a preview: a picture or its values up to the end of the pipeline, a batch of one behind it; nothing where a node
/// has none.
using Flow = std::variant<std::monostate, Sample, torch::Tensor>;

inline bool isNothing(const Flow &flow)
{
    return std::holds_alternative<std::monostate>(flow);
}

/// A batch of the one sample. Throws where it is a picture still.
torch::Tensor tensorOf(const Flow &flow);
Sample sampleOf(const Flow &flow);
/// Every number, without the batch axis.
NodeValues valuesOf(const Flow &flow);

NodePreview previewOfTensor(const torch::Tensor &tensor);
/// Drops the picture of a sample that is numbers by now.
NodePreview previewOfSample(Sample &sample, const SourceFacts &facts);

} // namespace netloom
