// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/label_scores.h"
#include "project/project.h"

#include <filesystem>

namespace netloom {

/// A finished run read back from its folder: project.netloom, weights.safetensors, run.json, metrics.csv, confusion.csv, labels.csv
/// or estimates.csv, report.html, and
/// threshold.json where another than the usual threshold was chosen.
struct FinishedRun {
    Project project;
    SourceFacts facts;      ///< classes, columns, scaling and input size as they were in training
    std::string weights;    ///< safetensors
    double threshold = kUsualThreshold; ///< from which its answers say a label, or the second of two classes
    static Result<FinishedRun> load(const NodeRegistry &registry, const std::filesystem::path &folder);
};

} // namespace netloom
