// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"

namespace netloom {

/// epoch,split,loss,accuracy,seconds,images_per_second,lr: a row for each epoch and split, the test pass last; lr is that of a training
/// pass's last step. Where a number is learned,
/// r2,mae,rmse take the place of accuracy.
std::string metricsCsv(const RunRecord &record);

/// The class names, then a row of counts for each true class.
std::string confusionCsv(const ConfusionMatrix &confusion, const std::vector<std::string> &classNames);

/// truth,predicted: a row for each sample.
std::string estimatesCsv(const std::vector<Estimate> &estimates);

} // namespace netloom
