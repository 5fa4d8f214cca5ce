// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "run/finished_run.h"

namespace netloom {

/// How well a trained network knows one sample.
struct SampleLoss {
    std::int64_t sample = 0;   ///< index into the source
    double loss = 0;           ///< cross-entropy: -ln of the probability of what is true; with several labels the mean over them
    std::int32_t guess = 0;    ///< the class that it takes it for, as the source counts; -1 where the source has no such class, or there are labels
    double probability = 0;    ///< of that class
};

/// Sends every sample of every split of @p source through the network of @p run, as in evaluation. Those with the highest loss are
/// probably labelled wrong, or hard. @p progress gets how far it is; false ends it, and gives what there is until then.
/// Only where classes are learned; the error says why it can't be.
Result<std::vector<SampleLoss>> sampleLosses(const NodeRegistry &registry, const FinishedRun &run, std::shared_ptr<const DataSource> source,
    const std::function<bool(std::int64_t done, std::int64_t total)> &progress);

} // namespace netloom
