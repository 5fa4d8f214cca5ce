// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "search/search_trial.h"

#include <atomic>
#include <filesystem>
#include <functional>

namespace netloom {

/// One training that a search asks for.
struct TrialJob {
    Project project;              ///< with the trial's values, its fold and the full number of epochs
    std::filesystem::path folder; ///< the run's
    std::int64_t fromEpoch = 0;   ///< 0: a new run; else the run in the folder goes on
    std::int64_t toEpoch = 0;
    std::string metric;           ///< of the scores: "val_accuracy"
    int threads = 0;              ///< 0: as the recipe has it
};

/// How it ended.
struct TrialEnd {
    bool stopped = false;        ///< because it was told to
    std::string problem;         ///< "" where all went well
    std::int64_t peakMemory = 0; ///< bytes
    double earlierSeconds = 0;   ///< of training that was there already
};

/// Trains for a search. Called from several threads at a time.
class TrialWorker {
public:
    virtual ~TrialWorker() = default;
    /// What happens while it trains, on the calling thread.
    struct Watcher {
        std::function<void(std::int64_t process)> started; ///< may be called never
        std::function<void(const TrialEpoch &)> scored;    ///< after each epoch
    };
    virtual TrialEnd train(const TrialJob &job, const Watcher &watcher) = 0;
};

/// Trains in a process of its own: `netloom-cli train` for a new run, `netloom-cli resume` for one that goes on, each
/// with --stop-after-epoch. Epochs that the job's folder has already are taken from there. A process that ends without a word fails the trial alone.
class ProcessWorker final : public TrialWorker {
public:
    /// @p program is netloom-cli.
    ProcessWorker(const NodeRegistry &registry, std::string program) : m_registry(registry), m_program(std::move(program)) {}

    TrialEnd train(const TrialJob &job, const Watcher &watcher) override;

private:
    /// @p file is the project of a new run; "" goes on with the one in the job's folder.
    std::vector<std::string> wordsFor(const TrialJob &job, const std::filesystem::path &file) const;

    const NodeRegistry &m_registry;
    std::string m_program;
};

} // namespace netloom
