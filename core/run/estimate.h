// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/infer_shapes.h"
#include "train/trainer.h"

#include <filesystem>
#include <string>

namespace netloom {

/// What a training will take, about: right within a factor.
struct TrainingEstimate {
    double seconds = 0;     ///< 0 where the data isn't known
    bool measured = false;  ///< the seconds follow from the last training of this network on this machine, else from its multiply-adds
    double memoryBytes = 0;
    double diskBytes = 0;
    double freeDiskBytes = 0; ///< 0 where the system doesn't tell
};

/// @p folder is where runs will lie.
TrainingEstimate estimateTraining(const NodeRegistry &registry, const TrainPlan &plan, const Inference &inference, const std::filesystem::path &folder);

/// Why the disk of @p folder can't take a run, as a sentence with its mend; "" where it can.
std::string lackOfDisk(const Inference &inference, const std::filesystem::path &folder);

/// "1.2 GB", "310 MB", "12 kB"
std::string bytesText(double bytes);

} // namespace netloom
