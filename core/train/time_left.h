// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/split.h"

#include <array>
#include <cstdint>

namespace netloom {

/// Estimates how long a training still takes, from the seconds that samples took so far; counts the validation
/// passes and the test pass.
class TimeLeft {
public:
    std::int64_t epochs = 0;
    std::int64_t trainSamples = 0, valSamples = 0, testSamples = 0; ///< in one pass

    void passDone(Split split, std::int64_t samples, double seconds)
    {
        Pace &pace = split == Split::Train ? m_train : m_evaluation;
        pace.samples += samples;
        pace.seconds += seconds;
    }

    /// The paces so far, for resume().
    std::array<double, 4> paces() const
    {
        return {static_cast<double>(m_train.samples), m_train.seconds, static_cast<double>(m_evaluation.samples), m_evaluation.seconds};
    }
    void resume(const std::array<double, 4> &paces)
    {
        m_train = {static_cast<std::int64_t>(paces[0]), paces[1]};
        m_evaluation = {static_cast<std::int64_t>(paces[2]), paces[3]};
    }

    /// In @p epoch (from 1), @p samples and @p seconds into the pass over @p split.
    double seconds(std::int64_t epoch, Split split, std::int64_t samples, double seconds) const
    {
        TimeLeft now = *this;
        now.passDone(split, samples, seconds);
        const double perTraining = now.m_train.perSample(0);
        const double perEvaluation = now.m_evaluation.perSample(perTraining / 3); // no backward pass
        const std::int64_t epochsLeft = split == Split::Test ? 0 : epochs - epoch;
        const std::int64_t training = epochsLeft * trainSamples + (split == Split::Train ? left(trainSamples, samples) : 0);
        const std::int64_t evaluation = epochsLeft * valSamples + (split == Split::Train ? valSamples : 0)
            + (split == Split::Val ? left(valSamples, samples) : 0)
            + (split == Split::Test ? left(testSamples, samples) : testSamples);
        return static_cast<double>(training) * perTraining + static_cast<double>(evaluation) * perEvaluation;
    }

private:
    struct Pace {
        std::int64_t samples = 0;
        double seconds = 0;
        double perSample(double guess) const { return samples > 0 ? seconds / static_cast<double>(samples) : guess; }
    };
    static std::int64_t left(std::int64_t all, std::int64_t done) { return all > done ? all - done : 0; }

    Pace m_train, m_evaluation;
};

} // namespace netloom
