// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"
#include "model/graph_module.h"
#include "train/train_state.h"

namespace netloom {

/// An average of a network's weights over the training, which is validated and kept in their place: EMA, a mean that forgets slowly, after every
/// step, or SWA (Izmailov et al. 2018), an even mean over the last epochs. With EMA what batch norms measured is averaged, too; with SWA they have
/// to measure anew what the averaged weights give them.
class AveragedWeights {
public:
    /// @p network must outlive it.
    AveragedWeights(const Params &recipe, GraphModule &network);

    /// Whether there is an average to use by now.
    bool ready() const { return m_count > 0; }
    /// Whether batch norms have to measure the training data anew before the average is used.
    bool needsNormsMeasured() const { return m_rule == Rule::Swa && ready(); }
    /// How many weights went into it.
    std::int64_t count() const { return m_count; }
    void stepDone();
    /// @p epoch counts from 1; one that was done already counts no more.
    void epochDone(std::int64_t epoch);

    /// The network has the averaged weights while it lives, where there are any.
    class Scope {
    public:
        explicit Scope(AveragedWeights &average) : m_average(average) { m_average.exchange(); }
        ~Scope() { m_average.exchange(); }
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        AveragedWeights &m_average;
    };

    /// The network has its own weights while it lives, inside of a Scope, too.
    class Apart {
    public:
        explicit Apart(AveragedWeights &average) : m_average(average), m_inside(average.m_inPlace)
        {
            if (m_inside)
                m_average.exchange();
        }
        ~Apart()
        {
            if (m_inside)
                m_average.exchange();
        }
        Apart(const Apart &) = delete;
        Apart &operator=(const Apart &) = delete;

    private:
        AveragedWeights &m_average;
        bool m_inside = false;
    };

    void save(TrainState &state) const;
    void load(const TrainState &state);

private:
    enum class Rule { None, Ema, Swa };
    /// Moves the average towards the weights by that share.
    void approach(double share);
    void exchange();

    Rule m_rule = Rule::None;
    double m_decay = 0;            ///< EMA
    std::int64_t m_firstEpoch = 1; ///< SWA
    NamedTensors m_weights;        ///< the network's own
    std::vector<torch::Tensor> m_average;
    std::int64_t m_count = 0;
    std::int64_t m_lastEpoch = 0;
    bool m_inPlace = false; ///< the network has the average, and m_average its own weights
};

} // namespace netloom
