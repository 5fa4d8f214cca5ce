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
        std::string title;                 ///< of a project without a file, for people
        LoaderOptions loader;
        std::int64_t stopAfterEpoch = 0;      ///< stops after that epoch, as by hand; 0 goes to the end
        Stretch stretch = Stretch::ToTheEnd;  ///< pauses after it
        bool pausesOnTrouble = false;         ///< where a file can't be written, for somebody who is there to mend it; else training fails
        std::optional<double> lr = {};        ///< only for resumed(): in the place of the one that the run had come to
        bool evenIfDataChanged = false;       ///< only for resumed(): goes on where the data's files aren't those any more that the run began with
        /// Gets the warnings and hints of the check before training, on a worker thread, before the first event.
        std::function<void(const Issues &)> onIssues;
    };
    using EventSink = std::function<void(const TrainEvent &)>;

    /// @p registry must outlive the run. Events come on worker threads, in order; the last one is TrainFinished (after
    /// the folder is complete) or TrainFailed.
    TrainingRun(const NodeRegistry &registry, Project project, Options options, EventSink sink);
    /// The run in options.folder, which was cut off, stopped or failed, taken up again where its last checkpoint is: it ends as if nothing had
    /// happened. options.projectFile and stretch count for nothing. The error says why it can't be. Where the data have changed the run fails
    /// and leaves its folder as it is, unless options.evenIfDataChanged.
    static Result<std::unique_ptr<TrainingRun>> resumed(const NodeRegistry &registry, Options options, EventSink sink);
    ~TrainingRun(); ///< stops and waits

    void start();
    void pause();
    void resume(Stretch stretch = Stretch::ToTheEnd);
    void setLr(double lr); ///< learning rate of the steps to come
    const Project &project() const; ///< that is trained
    void stop(); ///< within one batch; what was learned so far is kept as a run
    void wait();
    bool running() const;
    const std::filesystem::path &folder() const;

private:
    class Impl;
    explicit TrainingRun(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Makes a new folder below @p base, "runs/2026-11-25_143005_cnn", that no other run has; where it can't be made, TrainingRun says why.
std::filesystem::path makeRunFolder(const std::filesystem::path &base, const std::string &name);

} // namespace netloom
