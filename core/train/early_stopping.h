// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "train/train_event.h"
#include "train/train_state.h"

#include <optional>

namespace netloom {

/// Ends training when what the recipe monitors stops getting better.
class EarlyStopping {
public:
    explicit EarlyStopping(const Params &recipe);

    bool active() const { return m_active; }
    /// After every epoch. True where this epoch's weights are the ones to keep: the best by min_delta, or without restore_best always the last.
    bool keeps(const PassResult &train, const std::optional<PassResult> &val);
    /// Patience is at its end.
    bool ended() const { return m_active && m_waited > m_patience; }
    /// Epochs since the last improvement.
    std::int64_t waited() const { return m_waited; }

    void save(TrainState &state) const;
    void load(const TrainState &state);

private:
    double badness(const PassResult &train, const std::optional<PassResult> &val) const;

    bool m_active = false;
    std::string m_monitor;
    std::int64_t m_patience = 0;
    double m_minDelta = 0;
    bool m_restoreBest = true;
    std::optional<double> m_best; ///< the lowest badness
    std::int64_t m_waited = 0;
};

} // namespace netloom
