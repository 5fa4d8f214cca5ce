// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"
#include "layers/layer.h"

#include <torch/torch.h>

#include <map>
#include <string>

namespace netloom {

/// The weights of a finished run, for those nodes of a preview that they fit.
class PreviewWeights {
public:
    /// A safetensors file image; "" for none. The error says what is wrong with it.
    Result<Done> read(const std::string &safetensors);

    /// Other weights of the node at the path @p node have another key; "" where there are none.
    std::string keyOf(const std::string &node) const;
    /// False, and nothing changed, where a tensor is missing or has another shape.
    bool giveTo(Layer &layer, const std::string &node) const;

private:
    std::map<std::string, torch::Tensor> m_tensors;
    std::uint64_t m_version = 0;
};

} // namespace netloom
