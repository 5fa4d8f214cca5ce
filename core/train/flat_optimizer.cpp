// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/flat_optimizer.h"

#include "train/step_kernels.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

// As in torch::optim.
constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

constexpr std::size_t kPiece = 16 * 1024;  ///< numbers
constexpr std::int64_t kPiecesPerThread = 4; ///< fewer aren't worth waking a thread for

/// Whether the numbers of two tensors of equal sizes lie in the same order.
bool sameOrder(const torch::Tensor &one, const torch::Tensor &other)
{
    for (std::int64_t axis = 0; axis < one.dim(); ++axis) {
        if (one.size(axis) != 1 && one.stride(axis) != other.stride(axis))
            return false;
    }
    return true;
}

} // namespace

FlatOptimizer::FlatOptimizer(const Params &recipe, std::vector<torch::Tensor> parameters)
    : m_rule(recipe.text("optimizer")), m_lr(recipe.real("lr")), m_momentum(recipe.real("momentum")), m_decay(recipe.real("weight_decay")),
      m_parameters(std::move(parameters)), m_gradients(m_parameters.size())
{
    std::size_t numbers = 0;
    for (std::size_t index = 0; index < m_parameters.size(); ++index) {
        const auto size = static_cast<std::size_t>(m_parameters[index].numel());
        for (std::size_t from = 0; from < size; from += kPiece)
            m_pieces.push_back({index, from, std::min(kPiece, size - from), numbers + from});
        numbers += size;
    }
    if (m_rule != "SGD" || m_momentum != 0)
        m_first.assign(numbers, 0.0f);
    if (m_rule != "SGD")
        m_second.assign(numbers, 0.0f);
}

bool FlatOptimizer::takes(const torch::Tensor &parameter)
{
    return parameter.is_cpu() && parameter.scalar_type() == torch::kFloat32 && parameter.is_non_overlapping_and_dense();
}

void FlatOptimizer::forgetGradients()
{
    for (torch::Tensor &parameter : m_parameters)
        parameter.mutable_grad().reset();
}

void FlatOptimizer::step()
{
    const torch::NoGradGuard noGrad;
    ++m_steps;
    for (std::size_t index = 0; index < m_parameters.size(); ++index) {
        torch::Tensor &gradient = m_parameters[index].mutable_grad();
        if (gradient.defined() && !sameOrder(gradient, m_parameters[index]))
            gradient = torch::empty_like(m_parameters[index]).copy_(gradient);
        m_gradients[index] = gradient.defined() ? gradient.data_ptr<float>() : nullptr;
    }
    at::parallel_for(0, static_cast<std::int64_t>(m_pieces.size()), kPiecesPerThread, [this](std::int64_t from, std::int64_t to) {
        for (std::int64_t piece = from; piece < to; ++piece)
            stepPiece(m_pieces[static_cast<std::size_t>(piece)]);
    });
}

void FlatOptimizer::stepPiece(const Piece &piece)
{
    const float *gradient = m_gradients[piece.parameter];
    if (!gradient)
        return;
    gradient += piece.from;
    float *weights = m_parameters[piece.parameter].data_ptr<float>() + piece.from;
    const auto number = [](double value) { return static_cast<float>(value); };
    if (m_rule == "SGD") {
        stepSgd({number(m_lr), number(m_momentum), number(m_decay)}, piece.count, gradient,
            m_first.empty() ? nullptr : m_first.data() + piece.moment, weights);
        return;
    }
    const bool apart = m_rule == "AdamW";
    const auto steps = static_cast<double>(m_steps);
    const AdamStep step{.beta1 = number(kBeta1), .beta2 = number(kBeta2), .epsilon = number(kEpsilon),
        .stepSize = number(m_lr / (1 - std::pow(kBeta1, steps))), .rootBias = number(std::sqrt(1 - std::pow(kBeta2, steps))),
        .decay = apart ? 0.0f : number(m_decay), .shrink = apart ? number(1 - m_lr * m_decay) : 1.0f};
    stepAdam(step, piece.count, gradient, m_first.data() + piece.moment, m_second.data() + piece.moment, weights);
}

} // namespace netloom
