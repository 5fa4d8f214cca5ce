// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <filesystem>

namespace netloom {

/// A finished run read back from its folder: project.netloom, weights.safetensors, run.json, metrics.csv, confusion.csv, labels.csv
/// or estimates.csv, report.html.
struct FinishedRun {
    Project project;
    SourceFacts facts;      ///< classes, columns, scaling and input size as they were in training
    std::string weights;    ///< safetensors
    static Result<FinishedRun> load(const NodeRegistry &registry, const std::filesystem::path &folder);
};

} // namespace netloom
