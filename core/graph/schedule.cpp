// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/schedule.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>
#include <sstream>

namespace netloom {

namespace {

constexpr double kLeastChange = 1e-8; ///< of lr, by ReduceLROnPlateau; as in PyTorch

/// From @p start to @p end along half a cosine.
double alongCosine(double start, double end, double share)
{
    return end + (start - end) / 2 * (1 + std::cos(std::numbers::pi * share));
}

std::optional<double> numberOf(const std::string &text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

} // namespace

Schedule::Schedule(const Params &recipe, std::int64_t stepsPerEpoch)
    : m_recipe(recipe), m_rule(recipe.text("schedule")), m_epochs(recipe.integer("epochs")), m_stepsPerEpoch(std::max<std::int64_t>(1, stepsPerEpoch)),
      m_base(recipe.real("lr"))
{
    if (m_rule != "OneCycleLR")
        m_warmup = std::llround(recipe.real("warmup_epochs") * static_cast<double>(m_stepsPerEpoch));
}

double Schedule::learningRate(std::int64_t step) const
{
    if (step < m_warmup)
        return m_base * static_cast<double>(step + 1) / static_cast<double>(m_warmup);
    return afterWarmup(static_cast<double>(step - m_warmup));
}

double Schedule::afterWarmup(double step) const
{
    const double epoch = std::floor(step / static_cast<double>(m_stepsPerEpoch));
    if (m_rule == "StepLR")
        return m_base * std::pow(m_recipe.real("gamma"), std::floor(epoch / static_cast<double>(m_recipe.integer("step_size"))));
    if (m_rule == "MultiStepLR")
        return m_base * std::pow(m_recipe.real("gamma"), static_cast<double>(passedMilestones(epoch)));
    if (m_rule == "ExponentialLR")
        return m_base * std::pow(m_recipe.real("epoch_gamma"), epoch);
    if (m_rule == "CosineAnnealingLR")
        return cosine(step);
    if (m_rule == "OneCycleLR")
        return oneCycle(step);
    return m_base * m_factor;
}

std::int64_t Schedule::passedMilestones(double epoch) const
{
    return std::ranges::count_if(m_recipe.reals("milestones"), [&](double milestone) { return epoch >= milestone; });
}

/// CosineAnnealingLR with T_max = all steps after the warm-up, or CosineAnnealingWarmRestarts (Loshchilov and Hutter 2017).
double Schedule::cosine(double step) const
{
    const double least = m_recipe.real("eta_min");
    if (m_recipe.integer("T_0") == 0) {
        const auto all = static_cast<double>(std::max<std::int64_t>(1, steps() - m_warmup));
        return alongCosine(m_base, least, std::min(1.0, step / all));
    }
    double left = step / static_cast<double>(m_stepsPerEpoch);
    auto cycle = static_cast<double>(m_recipe.integer("T_0"));
    const auto growth = static_cast<double>(m_recipe.integer("T_mult"));
    if (growth == 1)
        left = std::fmod(left, cycle);
    for (; left >= cycle; cycle *= growth)
        left -= cycle;
    return alongCosine(m_base, least, left / cycle);
}

/// OneCycleLR with its cosines and without a cycle of the momentum (Smith and Topin 2018).
double Schedule::oneCycle(double step) const
{
    const double last = static_cast<double>(steps()) - 1;
    const double top = m_recipe.real("pct_start") * static_cast<double>(steps()) - 1;
    const double start = m_base / m_recipe.real("div_factor");
    if (step <= top && top > 0)
        return alongCosine(start, m_base, step / top);
    const double share = last > top ? (step - top) / (last - top) : 1;
    return alongCosine(m_base, start / m_recipe.real("final_div_factor"), std::clamp(share, 0.0, 1.0));
}

void Schedule::epochEnded(double loss)
{
    if (m_rule != "ReduceLROnPlateau")
        return;
    if (loss < m_best * (1 - m_recipe.real("threshold"))) {
        m_best = loss;
        m_badEpochs = 0;
        return;
    }
    if (++m_badEpochs <= m_recipe.integer("lr_patience"))
        return;
    m_badEpochs = 0;
    const double now = m_base * m_factor;
    const double next = std::max(now * m_recipe.real("factor"), m_recipe.real("min_lr"));
    if (now - next > kLeastChange)
        m_factor = next / m_base;
}

std::string Schedule::save() const
{
    const std::string best = std::isfinite(m_best) ? formatParam(m_best) : "none";
    return formatParam(m_base) + ' ' + formatParam(m_factor) + ' ' + best + ' ' + std::to_string(m_badEpochs);
}

bool Schedule::load(const std::string &text)
{
    std::istringstream words(text);
    std::string base, factor, best;
    std::int64_t badEpochs = 0;
    if (!(words >> base >> factor >> best >> badEpochs))
        return false;
    const auto newBase = numberOf(base), newFactor = numberOf(factor), newBest = numberOf(best);
    if (!newBase || !newFactor || (!newBest && best != "none"))
        return false;
    m_base = *newBase;
    m_factor = *newFactor;
    m_best = newBest.value_or(std::numeric_limits<double>::infinity());
    m_badEpochs = badEpochs;
    return true;
}

} // namespace netloom
