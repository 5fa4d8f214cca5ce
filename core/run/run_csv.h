// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"

namespace netloom {

/// epoch,split,loss,accuracy,seconds,images_per_second,lr: a row for each epoch and split, the test pass last; lr is that of a training
/// pass's last step. Where a number is learned,
/// r2,mae,rmse take the place of accuracy; with several labels hamming_loss,macro_f1,micro_f1 follow it, which is that of whole samples.
std::string metricsCsv(const RunRecord &record);

/// The class names, then a row of counts for each true class.
std::string confusionCsv(const ConfusionMatrix &confusion, const std::vector<std::string> &classNames);

/// label,hits,false_alarms,misses,rest: a row for each label.
std::string labelsCsv(const LabelTally &tally, const std::vector<std::string> &names);

/// truth,predicted: a row for each sample.
std::string estimatesCsv(const std::vector<Estimate> &estimates);

} // namespace netloom
