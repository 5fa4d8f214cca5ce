// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/mixed_precision.h"

#include "train/checkpoint.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

#include <algorithm>
#include <stdexcept>

namespace netloom {

namespace {

// As in torch.cuda.amp.GradScaler.
constexpr double kGrowth = 2;
constexpr double kBackoff = 0.5;
constexpr std::int64_t kGrowthInterval = 2000;

constexpr char kScale[] = "mixed_precision/scale";
constexpr char kGoodSteps[] = "mixed_precision/good_steps";

} // namespace

bool cpuHasBFloat16()
{
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

MixedPrecision::MixedPrecision(const Params &recipe, const torch::Device &device) : m_device(device), m_kind(kindFor(recipe, device)) {}

MixedPrecision::Kind MixedPrecision::kindFor(const Params &recipe, const torch::Device &device)
{
    if (recipe.text("precision") != "mixed")
        return Kind::None;
    if (device.is_cuda())
        return Kind::Float16; // every GPU that is fast at all with 16 bits has it; bfloat16 only newer ones have
    if (!cpuHasBFloat16())
        throw std::runtime_error("This machine's processor has no bfloat16 numbers, so mixed precision would only be slower: set precision to float32, or train on a GPU.");
    return Kind::BFloat16;
}

const char *MixedPrecision::name() const
{
    return m_kind == Kind::BFloat16 ? "bfloat16" : m_kind == Kind::Float16 ? "float16" : "float32";
}

void MixedPrecision::enable(bool on) const
{
    const torch::ScalarType type = m_kind == Kind::Float16 ? torch::kFloat16 : torch::kBFloat16;
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_dtype(m_device.type(), type);
    at::autocast::set_autocast_enabled(m_device.type(), on);
#else
    if (m_device.is_cuda()) {
        at::autocast::set_autocast_gpu_dtype(type);
        at::autocast::set_enabled(on);
    } else {
        at::autocast::set_autocast_cpu_dtype(type);
        at::autocast::set_cpu_enabled(on);
    }
#endif
}

MixedPrecision::Scope::Scope(const MixedPrecision &precision) : m_precision(precision)
{
    if (!m_precision.active())
        return;
    at::autocast::increment_nesting();
    m_precision.enable(true);
}

MixedPrecision::Scope::~Scope()
{
    if (!m_precision.active())
        return;
    if (at::autocast::decrement_nesting() == 0)
        at::autocast::clear_cache();
    m_precision.enable(false);
}

torch::Tensor MixedPrecision::scaled(const torch::Tensor &loss) const
{
    return m_kind == Kind::Float16 ? loss * m_scale : loss;
}

bool MixedPrecision::unscale(const std::vector<torch::Tensor> &parameters)
{
    if (m_kind != Kind::Float16)
        return true;
    const torch::NoGradGuard noGrad;
    torch::Tensor finite = torch::ones({}, torch::TensorOptions().device(m_device).dtype(torch::kBool));
    for (const torch::Tensor &parameter : parameters) {
        torch::Tensor gradient = parameter.grad();
        if (!gradient.defined())
            continue;
        gradient.mul_(1 / m_scale);
        finite = finite.logical_and(gradient.isfinite().all());
    }
    if (!finite.item<bool>()) {
        m_scale = std::max(1.0, m_scale * kBackoff);
        m_goodSteps = 0;
        return false;
    }
    if (++m_goodSteps == kGrowthInterval) {
        m_scale *= kGrowth;
        m_goodSteps = 0;
    }
    return true;
}

void MixedPrecision::save(TrainState &state) const
{
    if (m_kind != Kind::Float16)
        return;
    putNumbers(state, kScale, {m_scale});
    putWhole(state, kGoodSteps, {m_goodSteps});
}

void MixedPrecision::load(const TrainState &state)
{
    if (m_kind != Kind::Float16)
        return;
    m_scale = numbersIn(state, kScale, 1).front();
    m_goodSteps = wholeIn(state, kGoodSteps, 1).front();
}

} // namespace netloom
