// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/dropout_mask.h"

#include "layers/random_mask.h"

namespace netloom {

namespace {

bool isPlain(const torch::Tensor &tensor)
{
    return tensor.is_cpu() && tensor.scalar_type() == torch::kFloat32;
}

} // namespace

DropoutRandom::DropoutRandom()
    : m_seed(static_cast<std::uint64_t>(torch::randint(std::int64_t{1} << 62, {1}, torch::kInt64).item<std::int64_t>()))
{
}

torch::Tensor DropoutRandom::dropped(const torch::Tensor &input, double p)
{
    if (!isPlain(input) || p >= 1)
        return torch::dropout(input, p, true);
    const torch::Tensor mask = torch::empty_like(input.detach()); // laid out as the input, whose numbers may lie in another order
    fillMask(mask.data_ptr<float>(), static_cast<std::size_t>(mask.numel()), p, static_cast<float>(1 / (1 - p)), m_seed++);
    return input * mask;
}

torch::Tensor DropoutRandom::mask(at::IntArrayRef sizes, const torch::Tensor &like, double p, double kept)
{
    torch::Tensor mask = torch::empty(sizes, like.options().requires_grad(false));
    if (!isPlain(mask))
        return mask.bernoulli_(1 - p).mul_(kept);
    fillMask(mask.data_ptr<float>(), static_cast<std::size_t>(mask.numel()), p, static_cast<float>(kept), m_seed++);
    return mask;
}

} // namespace netloom
