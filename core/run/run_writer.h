// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"

namespace netloom {

// File names in a run's folder.
inline constexpr char kProjectFile[] = "project.netloom";
inline constexpr char kWeightsFile[] = "weights.safetensors";
inline constexpr char kFactsFile[] = "run.json";
inline constexpr char kMetricsFile[] = "metrics.csv";
inline constexpr char kConfusionFile[] = "confusion.csv"; ///< where classes are learned
inline constexpr char kEstimatesFile[] = "estimates.csv"; ///< where a number is
inline constexpr char kReportFile[] = "report.html";
inline constexpr char kCheckpointFile[] = "checkpoint.safetensors"; ///< until the run is finished

/// Writes the files of one run; each write is atomic, so that the folder can be read at any moment.
class RunWriter {
public:
    RunWriter(const NodeRegistry &registry, std::filesystem::path folder) : m_registry(registry), m_folder(std::move(folder)) {}

    /// Nothing when the folder can become a run's: missing, or empty.
    Result<Done> checkFolder() const;
    /// Makes the folder and writes the project's copy and the first facts.
    Result<Done> begin(const RunRecord &record) const;
    /// Readies the folder of a run that was cut off: what a write left behind goes.
    void removeLeftovers() const;
    /// The one before is kept until this one is whole.
    Result<Done> writeCheckpoint(const std::string &bytes) const { return write(kCheckpointFile, bytes); }
    void removeCheckpoint() const;
    /// Metrics, confusion matrix or estimates, and facts so far.
    Result<Done> writeProgress(const RunRecord &record) const;
    /// Everything; no weights file where @p weights is empty. A folder that has vanished is made again.
    Result<Done> finish(const RunRecord &record, const std::string &weights) const;

private:
    Result<Done> write(const char *name, const std::string &bytes) const;

    const NodeRegistry &m_registry;
    std::filesystem::path m_folder;
};

} // namespace netloom
