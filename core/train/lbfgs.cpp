// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/lbfgs.h"

#include "train/checkpoint.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

// As in torch.optim.
constexpr double kLeastGradient = 1e-7;
constexpr double kLeastChange = 1e-9;
constexpr double kLeastCurvature = 1e-10;
constexpr std::size_t kMostPairs = 100;

double dotProduct(const torch::Tensor &one, const torch::Tensor &other)
{
    return one.dot(other).item<double>();
}

double largest(const torch::Tensor &numbers)
{
    return numbers.abs().max().item<double>();
}

} // namespace

Lbfgs::Lbfgs(const Params &recipe, ParameterGroup group)
    : m_lrScale(group.lrScale), m_lr(recipe.real("lr") * group.lrScale), m_maxSteps(recipe.integer("max_iter")), m_searches(recipe.text("line_search") == "strong_wolfe"),
      m_parameters(std::move(group.parameters))
{
}

void Lbfgs::forgetGradients()
{
    for (torch::Tensor &parameter : m_parameters)
        parameter.mutable_grad().reset();
}

/// Of all weights in one row.
torch::Tensor Lbfgs::gradient() const
{
    std::vector<torch::Tensor> parts;
    for (const torch::Tensor &parameter : m_parameters)
        parts.push_back(parameter.grad().defined() ? parameter.grad().reshape({-1}) : torch::zeros_like(parameter.detach()).reshape({-1}));
    return torch::cat(parts);
}

void Lbfgs::move(double length, const torch::Tensor &direction)
{
    std::int64_t at = 0;
    for (torch::Tensor &parameter : m_parameters) {
        parameter.add_(direction.narrow(0, at, parameter.numel()).view(parameter.sizes()), length);
        at += parameter.numel();
    }
}

double Lbfgs::lossAgain(const Again &again)
{
    const torch::AutoGradMode on(true);
    return again().item<double>();
}

/// Takes what the last step found out about the curvature into memory.
void Lbfgs::remember(const torch::Tensor &gradient)
{
    const torch::Tensor change = gradient.sub(m_lastGradient), way = m_direction.mul(m_length);
    const double curvature = dotProduct(change, way);
    if (!(curvature > kLeastCurvature))
        return;
    if (m_pairs.size() == kMostPairs)
        m_pairs.pop_front();
    m_pairs.push_back({change, way, 1 / curvature});
    m_scale = curvature / dotProduct(change, change);
}

torch::Tensor Lbfgs::directionFor(const torch::Tensor &gradient)
{
    torch::Tensor direction = gradient.neg();
    if (++m_steps == 1)
        return direction;
    remember(gradient);
    std::vector<double> shares(m_pairs.size());
    for (std::size_t index = m_pairs.size(); index-- > 0;) {
        const Pair &pair = m_pairs[index];
        shares[index] = dotProduct(pair.way, direction) * pair.ro;
        direction.add_(pair.change, -shares[index]);
    }
    direction.mul_(m_scale);
    for (std::size_t index = 0; index < m_pairs.size(); ++index) {
        const Pair &pair = m_pairs[index];
        direction.add_(pair.way, shares[index] - dotProduct(pair.change, direction) * pair.ro);
    }
    return direction;
}

/// The best place along the direction. Counts @p looks; the weights are as before.
LinePoint Lbfgs::search(const Again &again, const LinePoint &start, std::int64_t &looks)
{
    std::vector<torch::Tensor> weights;
    for (const torch::Tensor &parameter : m_parameters)
        weights.push_back(parameter.clone());
    const auto look = [&](double length) {
        move(length, m_direction);
        LinePoint point{.length = length, .loss = lossAgain(again)};
        point.gradient = gradient();
        point.slope = dotProduct(point.gradient, m_direction);
        for (std::size_t index = 0; index < weights.size(); ++index)
            m_parameters[index].copy_(weights[index]);
        ++looks;
        return point;
    };
    return searchLine(look, start, m_length, largest(m_direction));
}

void Lbfgs::step(const Again &again)
{
    const torch::NoGradGuard noGrad;
    double loss = lossAgain(again);
    torch::Tensor slopes = gradient();
    std::int64_t looks = 1;
    for (std::int64_t step = 1; step <= m_maxSteps && largest(slopes) > kLeastGradient; ++step) {
        m_direction = directionFor(slopes);
        m_lastGradient = slopes;
        const double lastLoss = loss;
        m_length = m_steps == 1 ? std::min(1.0, 1 / slopes.abs().sum().item<double>()) * m_lr : m_lr;
        const double slope = dotProduct(slopes, m_direction);
        if (slope > -kLeastChange)
            break;
        if (m_searches) {
            const LinePoint found = search(again, {0, loss, slopes, slope}, looks);
            loss = found.loss;
            slopes = found.gradient;
            m_length = found.length;
            move(m_length, m_direction);
        } else {
            move(m_length, m_direction);
            if (step < m_maxSteps) { // after the last nobody asks for it
                loss = lossAgain(again);
                slopes = gradient();
                ++looks;
            }
        }
        if (looks >= m_maxSteps * 5 / 4 || largest(m_direction) * m_length <= kLeastChange || std::abs(loss - lastLoss) < kLeastChange)
            break;
    }
}

void Lbfgs::save(TrainState &state) const
{
    putWhole(state, "optimizer/steps", {m_steps});
    std::vector<double> numbers{m_length, m_scale};
    NamedTensors tensors;
    if (m_direction.defined())
        tensors = {{"direction", m_direction}, {"gradient", m_lastGradient}};
    for (std::size_t index = 0; index < m_pairs.size(); ++index) {
        const std::string place = std::to_string(index);
        tensors.emplace_back("change" + place, m_pairs[index].change);
        tensors.emplace_back("way" + place, m_pairs[index].way);
        numbers.push_back(m_pairs[index].ro);
    }
    putTensors(state, "optimizer", tensors);
    putNumbers(state, "optimizer/numbers", numbers);
}

void Lbfgs::load(const TrainState &state)
{
    m_steps = wholeIn(state, "optimizer/steps", 1).front();
    const auto numbers = numbersIn(state, "optimizer/numbers");
    m_pairs.clear();
    if (m_steps == 0 || numbers.size() < 2)
        return;
    const torch::Device device = m_parameters.front().device();
    const auto kept = [&](const std::string &name) { return tensorIn(state, "optimizer/" + name).to(device); };
    m_length = numbers[0];
    m_scale = numbers[1];
    m_direction = kept("direction");
    m_lastGradient = kept("gradient");
    for (std::size_t index = 2; index < numbers.size(); ++index) {
        const std::string place = std::to_string(index - 2);
        m_pairs.push_back({kept("change" + place), kept("way" + place), numbers[index]});
    }
}

} // namespace netloom
