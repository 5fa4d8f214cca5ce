// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <cstdint>
#include <limits>
#include <string>

namespace netloom {

/// The learning rate of every step as the recipe's schedule has it, by the rules of torch.optim.lr_scheduler. Cosine, one-cycle and warm-up
/// change with every step, the others with every epoch. ReduceLROnPlateau depends on what epochEnded() is told.
class Schedule {
public:
    /// @p stepsPerEpoch: steps of the optimizer, at least 1.
    Schedule(const Params &recipe, std::int64_t stepsPerEpoch);

    /// Of a step, from 0 over all epochs.
    double learningRate(std::int64_t step) const;
    std::int64_t steps() const { return m_epochs * m_stepsPerEpoch; }

    /// After every epoch, with the validation loss, or the training loss where there is none.
    void epochEnded(double loss);
    /// Another lr from now on, in the recipe's place.
    void setBase(double lr) { m_base = lr; }
    double base() const { return m_base; }

    /// What load() of a schedule of the same recipe goes on from.
    std::string save() const;
    /// False where @p text isn't from save().
    bool load(const std::string &text);

private:
    double afterWarmup(double step) const;
    double cosine(double step) const;
    double oneCycle(double step) const;
    std::int64_t passedMilestones(double epoch) const;

    Params m_recipe;
    std::string m_rule;
    std::int64_t m_epochs = 1;
    std::int64_t m_stepsPerEpoch = 1;
    std::int64_t m_warmup = 0; ///< steps
    double m_base = 0;
    double m_factor = 1; ///< ReduceLROnPlateau: so far
    double m_best = std::numeric_limits<double>::infinity();
    std::int64_t m_badEpochs = 0;
};

} // namespace netloom
