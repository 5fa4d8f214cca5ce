// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/step_rules.h"

#include "graph/recipe.h"
#include "train/checkpoint.h"

#include <algorithm>
#include <utility>

namespace netloom {

namespace {

constexpr char kSchedule[] = "step_rules/schedule";
constexpr char kPosition[] = "step_rules/position";

std::string gatheredName(std::size_t index)
{
    return std::string("step_rules/gathered").append(std::to_string(index));
}

std::vector<torch::Tensor> allOf(const std::vector<ParameterGroup> &groups)
{
    std::vector<torch::Tensor> all;
    for (const ParameterGroup &group : groups)
        all.insert(all.end(), group.parameters.begin(), group.parameters.end());
    return all;
}

/// LBFGS steps after every batch.
std::int64_t batchesPerStep(const Params &recipe)
{
    return findRecipeDecl("accumulation_steps")->matters(recipe) ? recipe.integer("accumulation_steps") : 1;
}

} // namespace

StepRules::StepRules(const Params &recipe, std::vector<ParameterGroup> groups, const torch::Device &device, std::int64_t batchesPerEpoch)
    : m_parameters(allOf(groups)), m_precision(recipe, device), m_optimizer(makeOptimizer(recipe, std::move(groups))), m_accumulate(batchesPerStep(recipe)),
      m_schedule(recipe, (batchesPerEpoch + m_accumulate - 1) / m_accumulate), m_penalty(recipe, m_parameters), m_clip(recipe, m_parameters),
      m_maxNorm(recipe, m_parameters), m_lr(m_schedule.learningRate(0))
{
}

void StepRules::beginBatch()
{
    if (m_gathered == 0)
        m_optimizer->forgetGradients();
}

bool StepRules::learn(const torch::Tensor &loss, const Optimizer::Again &again)
{
    m_precision.scaled(m_accumulate > 1 ? loss / m_accumulate : loss).backward();
    if (++m_gathered < m_accumulate)
        return false;
    bool first = true;
    step([&] {
        if (std::exchange(first, false))
            return m_penalty.active() ? loss.detach() + m_penalty.value() : loss.detach();
        return tryAgain(again);
    });
    return true;
}

/// Loss and gradients for the weights as they are now, as LBFGS wants them.
torch::Tensor StepRules::tryAgain(const Optimizer::Again &again)
{
    m_optimizer->forgetGradients();
    const torch::Tensor loss = again();
    loss.backward();
    if (m_penalty.active())
        m_penalty.addToGradients();
    if (m_clip.active())
        m_clip.apply();
    return m_penalty.active() ? loss.detach() + m_penalty.value() : loss.detach();
}

bool StepRules::endBatches()
{
    if (m_gathered == 0)
        return false;
    const torch::NoGradGuard noGrad;
    for (const torch::Tensor &parameter : m_parameters) { // the mean of fewer batches
        if (torch::Tensor gradient = parameter.grad(); gradient.defined())
            gradient.mul_(static_cast<double>(m_accumulate) / static_cast<double>(m_gathered));
    }
    step({});
    return true;
}

void StepRules::step(const Optimizer::Again &again)
{
    m_gathered = 0;
    m_lr = m_schedule.learningRate(m_steps++);
    if (!m_precision.unscale(m_parameters))
        return;
    if (m_penalty.active())
        m_penalty.addToGradients();
    if (m_clip.active())
        m_clip.apply();
    m_optimizer->setLearningRate(m_lr);
    m_optimizer->step(again);
    if (m_maxNorm.active())
        m_maxNorm.apply();
}

void StepRules::setBaseLearningRate(double lr)
{
    m_schedule.setBase(lr);
    m_lr = m_schedule.learningRate(m_steps);
}

StepFigures StepRules::figures()
{
    StepFigures figures{.gradientNorm = m_clip.norm(), .clipped = m_clip.takeClippedShare()};
    if (m_penalty.active())
        figures.penalty = m_penalty.value().item<double>();
    if (m_maxNorm.active())
        figures.atMaxNorm = m_maxNorm.shareAtLimit();
    return figures;
}

void StepRules::save(TrainState &state) const
{
    m_optimizer->save(state);
    m_precision.save(state);
    state.texts[kSchedule] = m_schedule.save();
    putWhole(state, kPosition, {m_steps, m_gathered});
    putNumbers(state, "step_rules/lr", {m_lr});
    for (std::size_t index = 0; m_gathered > 0 && index < m_parameters.size(); ++index) {
        if (const torch::Tensor gradient = m_parameters[index].grad(); gradient.defined())
            state.tensors.emplace_back(gatheredName(index), gradient.to(torch::kCPU).clone());
    }
}

void StepRules::load(const TrainState &state)
{
    m_optimizer->load(state);
    m_precision.load(state);
    if (!m_schedule.load(textIn(state, kSchedule)))
        throw std::runtime_error("The checkpoint's schedule can't be read: it belongs to another version of the program. Train anew.");
    const auto position = wholeIn(state, kPosition, 2);
    m_steps = position[0];
    m_gathered = position[1];
    m_lr = numbersIn(state, "step_rules/lr", 1).front();
    const auto isNamed = [](const std::string &name) { return [&name](const auto &entry) { return entry.first == name; }; };
    for (std::size_t index = 0; m_gathered > 0 && index < m_parameters.size(); ++index) {
        const std::string name = gatheredName(index);
        const auto found = std::ranges::find_if(state.tensors, isNamed(name));
        if (found != state.tensors.end())
            m_parameters[index].mutable_grad() = torch::empty_like(m_parameters[index].detach()).copy_(found->second);
    }
}

} // namespace netloom
