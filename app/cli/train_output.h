// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/issue.h"
#include "progress.h"
#include "project/project.h"
#include "train/train_event.h"

#include <filesystem>
#include <mutex>

namespace netloom::cli {

/// Shows a training's events: for people, or with @p json one object a line. Any thread may call.
class TrainOutput {
public:
    TrainOutput(bool json, Project project, std::filesystem::path runFolder);

    void onIssues(const Issues &issues);
    void onEvent(const TrainEvent &event);
    void sayStopping();
    /// True when the last event was TrainFailed.
    bool failed() const { return m_failed; }

private:
    void show(const TrainStarted &started);
    void show(const TrainResumed &resumed);
    void show(const LearningRateChanged &) {}
    void show(const BatchDone &batch);
    void show(const EpochDone &epoch);
    void show(const FiltersChanged &) {}
    void show(const TrainPaused &) {}
    void show(const TrainFinished &finished);
    void show(const TrainFailed &failed);
    std::string speedText(double samplesPerSecond) const;
    /// A line for people: on standard output, or on standard error where that is for programs.
    void say(const std::string &line);

    std::mutex m_mutex; ///< events come on the trainer's thread, the rest on the main one
    bool m_json;
    const Project m_project;
    std::filesystem::path m_runFolder;
    ProgressBar m_bar;
    std::int64_t m_epochs = 0;
    std::optional<std::string> m_number; ///< what is learned, where it isn't classes
    std::string m_samplesWord = "pictures";
    bool m_failed = false;
};

} // namespace netloom::cli
