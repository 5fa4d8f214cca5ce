// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/attention.h"

#include "layers/matrix_product.h"

#include <cmath>

namespace netloom {

namespace {

/// N×L×E → N×heads×L×(E/heads)
torch::Tensor byHead(const torch::Tensor &tensor, std::int64_t heads)
{
    return tensor.reshape({tensor.size(0), tensor.size(1), heads, tensor.size(2) / heads}).transpose(1, 2);
}

/// Queries, keys and values; in one product where they come from the same tensor.
std::array<torch::Tensor, 3> projected(torch::nn::MultiheadAttentionImpl &module, const torch::Tensor &query, const torch::Tensor &key, const torch::Tensor &value)
{
    const std::int64_t features = query.size(2);
    if (query.is_same(key) && key.is_same(value)) {
        const torch::Tensor all = linearProduct(query, module.in_proj_weight, module.in_proj_bias);
        return {all.narrow(2, 0, features), all.narrow(2, features, features), all.narrow(2, 2 * features, features)};
    }
    const auto part = [&](const torch::Tensor &input, std::int64_t index) {
        return linearProduct(input, module.in_proj_weight.narrow(0, index * features, features), module.in_proj_bias.narrow(0, index * features, features));
    };
    return {part(query, 0), part(key, 1), part(value, 2)};
}

} // namespace

Attended attend(torch::nn::MultiheadAttentionImpl &module, const AttentionPlan &plan, const torch::Tensor &query, const torch::Tensor &key,
    const torch::Tensor &value, DropoutRandom &random)
{
    const auto [q, k, v] = projected(module, query, key, value);
    const double scale = 1 / std::sqrt(static_cast<double>(query.size(2) / plan.heads));
    torch::Tensor scores = torch::matmul(byHead(q, plan.heads) * scale, byHead(k, plan.heads).transpose(2, 3));
    if (plan.causal)
        scores = scores.masked_fill(torch::ones({scores.size(2), scores.size(3)}, scores.options().dtype(torch::kBool)).triu(1), -INFINITY);
    const torch::Tensor weights = scores.softmax(-1);
    const torch::Tensor used = plan.dropout > 0 ? random.dropped(weights, plan.dropout) : weights;
    const torch::Tensor mixed = torch::matmul(used, byHead(v, plan.heads)).transpose(1, 2).reshape(query.sizes());
    return {linearProduct(mixed, module.out_proj->weight, module.out_proj->bias), used};
}

ParamDecl causalParam()
{
    return ParamDecl::flag("is_causal", false).doc("A step sees only itself and what came before it.");
}

std::optional<Misfit> headsFit(const std::string &param, std::int64_t heads, std::int64_t features)
{
    if (features % heads == 0)
        return std::nullopt;
    return Misfit{"heads", "has " + std::to_string(heads) + " heads, which do not divide its " + std::to_string(features) + " features",
        "set " + param + " to a divisor of " + std::to_string(features)};
}

std::optional<std::int64_t> attentionParameters(std::int64_t features)
{
    return product({4, features, features + 1});
}

} // namespace netloom
