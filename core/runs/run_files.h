// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace netloom {

// File names in a run's folder.
inline constexpr char kProjectFile[] = "project.netloom";
inline constexpr char kWeightsFile[] = "weights.safetensors";
inline constexpr char kFactsFile[] = "run.json";
inline constexpr char kMetricsFile[] = "metrics.csv";
inline constexpr char kConfusionFile[] = "confusion.csv"; ///< where classes are learned
inline constexpr char kLabelsFile[] = "labels.csv";       ///< where samples have several labels
inline constexpr char kEstimatesFile[] = "estimates.csv"; ///< where a number is
inline constexpr char kReportFile[] = "report.html";
inline constexpr char kCheckpointFile[] = "checkpoint.safetensors"; ///< until the run is finished

/// In the folder of a project's runs: what they have in common, and tags and notes.
inline constexpr char kStoreFile[] = "runs.sqlite";
inline constexpr char kRunsFolder[] = "runs";
/// Ends the name of a folder that holds a run for each of several seeds.
inline constexpr char kSeedsSuffix[] = "_seeds";
inline constexpr char kSeedPrefix[] = "seed-"; ///< starts the names of those runs' folders

} // namespace netloom
