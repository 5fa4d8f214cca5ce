// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/early_stopping.h"

#include "train/checkpoint.h"

namespace netloom {

namespace {

constexpr char kBest[] = "early_stopping/best";
constexpr char kWaited[] = "early_stopping/waited";

} // namespace

EarlyStopping::EarlyStopping(const Params &recipe)
    : m_active(recipe.flag("early_stopping")), m_monitor(recipe.text("monitor")), m_patience(recipe.integer("patience")),
      m_minDelta(recipe.real("min_delta")), m_restoreBest(recipe.flag("restore_best"))
{
}

/// What is monitored, the lower the better.
double EarlyStopping::badness(const PassResult &train, const std::optional<PassResult> &val) const
{
    const PassResult &watched = val && m_monitor != "train_loss" ? *val : train;
    if (m_monitor != "val_score")
        return watched.loss;
    return -(watched.numbers ? watched.numbers->r2 : watched.accuracy);
}

bool EarlyStopping::keeps(const PassResult &train, const std::optional<PassResult> &val)
{
    const double now = badness(train, val);
    const bool better = !m_best || now < *m_best - m_minDelta;
    if (better)
        m_best = now;
    m_waited = better ? 0 : m_waited + 1;
    return better || !m_restoreBest;
}

void EarlyStopping::save(TrainState &state) const
{
    putNumbers(state, kBest, m_best ? std::vector<double>{*m_best} : std::vector<double>());
    putWhole(state, kWaited, {m_waited});
}

void EarlyStopping::load(const TrainState &state)
{
    const auto best = numbersIn(state, kBest);
    m_best = best.empty() ? std::nullopt : std::optional(best.front());
    m_waited = wholeIn(state, kWaited, 1).front();
}

} // namespace netloom
