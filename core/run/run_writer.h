// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"
#include "run/run_registration.h"
#include "runs/run_files.h"

namespace netloom {

/// Writes the files of one run; each write is atomic, so that the folder can be read at any moment.
class RunWriter {
public:
    RunWriter(const NodeRegistry &registry, std::filesystem::path folder)
        : m_registry(registry), m_folder(std::move(folder)), m_registration(m_folder) {}

    /// Nothing when the folder can become a run's: missing, or empty.
    Result<Done> checkFolder() const;
    /// Makes the folder and writes the project's copy and the first facts.
    Result<Done> begin(const RunRecord &record);
    /// Readies the folder of a run that was cut off: what a write left behind goes.
    void removeLeftovers() const;
    /// The one before is kept until this one is whole.
    Result<Done> writeCheckpoint(const std::string &bytes) const { return write(kCheckpointFile, bytes); }
    void removeCheckpoint() const;
    /// Metrics, confusion matrix or estimates, and facts so far.
    Result<Done> writeProgress(const RunRecord &record);
    /// Everything; no weights file where @p weights is empty. A folder that has vanished is made again.
    Result<Done> finish(const RunRecord &record, const std::string &weights);

private:
    Result<Done> write(const char *name, const std::string &bytes) const;

    const NodeRegistry &m_registry;
    std::filesystem::path m_folder;
    RunRegistration m_registration;
};

} // namespace netloom
