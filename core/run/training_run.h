// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/loader.h"
#include "project/project.h"
#include "train/trainer.h"

#include <filesystem>
#include <functional>
#include <memory>

namespace netloom {

/// One training from start to end: opens the data, trains, and writes the run's folder as it goes.
/// Everything runs on its own threads; start() returns at once. Used by both programs.
class TrainingRun {
public:
    struct Options {
        std::filesystem::path folder;      ///< the run's folder, made if missing; must be new or empty
        bool folderIsOwn = false;          ///< from makeRunFolder(): removed again when nothing comes to be written
        std::filesystem::path projectFile; ///< where the project lies, "" for none: kept in the report
        LoaderOptions loader;
        /// Gets the warnings and hints of the check before training, on a worker thread, before the first event.
        std::function<void(const Issues &)> onIssues;
    };
    using EventSink = std::function<void(const TrainEvent &)>;

    /// @p registry must outlive the run. Events come on worker threads, in order; the last one is TrainFinished (after
    /// the folder is complete) or TrainFailed.
    TrainingRun(const NodeRegistry &registry, Project project, Options options, EventSink sink);
    ~TrainingRun(); ///< stops and waits

    void start();
    void pause();
    void resume();
    void stop(); ///< within one batch; what was learned so far is kept as a run
    void wait();
    bool running() const;
    const std::filesystem::path &folder() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Makes a new folder below @p base, "runs/2026-11-25_143005_cnn", that no other run has; where it can't be made, TrainingRun says why.
std::filesystem::path makeRunFolder(const std::filesystem::path &base, const std::string &name);

} // namespace netloom
