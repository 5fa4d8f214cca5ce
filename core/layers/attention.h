// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/dropout_mask.h"
#include "layers/rules.h"

namespace netloom {

/// How attention is computed, besides its weights.
struct AttentionPlan {
    std::int64_t heads = 1;
    double dropout = 0; ///< of the attention weights; 0 outside of training
    bool causal = false;
};

struct Attended {
    torch::Tensor output;  ///< N×L×E
    torch::Tensor weights; ///< N×heads×L×S
};

/// Scaled dot-product attention with several heads (Vaswani et al. 2017, section 3.2): queries N×L×E look at keys and values N×S×E.
Attended attend(torch::nn::MultiheadAttentionImpl &module, const AttentionPlan &plan, const torch::Tensor &query, const torch::Tensor &key,
    const torch::Tensor &value, DropoutRandom &random);

/// Whether a step sees what comes after it.
ParamDecl causalParam();

/// The misfit of heads that don't divide the features.
std::optional<Misfit> headsFit(const std::string &param, std::int64_t heads, std::int64_t features);

/// 4·E·(E + 1): the projections of queries, keys, values and of the output.
std::optional<std::int64_t> attentionParameters(std::int64_t features);

} // namespace netloom
