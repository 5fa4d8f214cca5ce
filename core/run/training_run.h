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
        std::int64_t stopAfterEpoch = 0;      ///< stops after that epoch, as by hand; 0 goes to the end
        Stretch stretch = Stretch::ToTheEnd;  ///< pauses after it
        bool pausesOnTrouble = false;         ///< where a file can't be written, for somebody who is there to mend it; else training fails
        std::optional<double> lr = {};        ///< only for resumed(): in the place of the one that the run had come to
        /// Gets the warnings and hints of the check before training, on a worker thread, before the first event.
        std::function<void(const Issues &)> onIssues;
    };
    using EventSink = std::function<void(const TrainEvent &)>;

    /// @p registry must outlive the run. Events come on worker threads, in order; the last one is TrainFinished (after
    /// the folder is complete) or TrainFailed.
    TrainingRun(const NodeRegistry &registry, Project project, Options options, EventSink sink);
    /// The run in options.folder, which was cut off, stopped or failed, taken up again where its last checkpoint is: it ends as if nothing had
    /// happened. options.projectFile and stretch count for nothing. The error says why it can't be.
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

/// A finished run read back from its folder: project.netloom, weights.safetensors, run.json, metrics.csv, confusion.csv or
/// estimates.csv, report.html.
struct FinishedRun {
    Project project;
    SourceFacts facts;      ///< classes, columns, scaling and input size as they were in training
    std::string weights;    ///< safetensors
    static Result<FinishedRun> load(const NodeRegistry &registry, const std::filesystem::path &folder);
};

struct ClassScore {
    std::string name;
    double precision = 0, recall = 0, f1 = 0;
    std::int64_t support = 0;
};
/// Precision, recall and F1 of every class; 0 where a class never occurs or is never predicted.
std::vector<ClassScore> classScores(const ConfusionMatrix &confusion, const std::vector<std::string> &names);

struct Evaluation {
    PassResult result;
    ConfusionMatrix confusion;
    std::vector<std::string> classNames;
    std::vector<std::string> unreadable;
    std::vector<Estimate> estimates = {}; ///< where a number is learned; the classes and the matrix are empty then
};
/// Evaluates a run on one split of its own data, or of the same kind of data in @p dataFolder.
Result<Evaluation> evaluateRun(const NodeRegistry &registry, const FinishedRun &run, Split split,
    const std::string &dataFolder = {}, const std::function<void(std::int64_t, std::int64_t)> &progress = {});

struct Prediction {
    std::string file;                       ///< with ":LINE" for a table's row
    std::string error = {};                 ///< not empty: the file couldn't be read
    std::vector<double> probabilities = {}; ///< one per class
    std::optional<double> number = {};      ///< in its own unit, where a number is learned
};
/// Answers for files, every picture below folders in name order, and every row of tables, named "FILE:LINE", with the run's own preprocessing.
Result<std::vector<Prediction>> predictFiles(const NodeRegistry &registry, const FinishedRun &run,
    const std::vector<std::string> &filesAndFolders, const std::function<void(const Prediction &)> &each = {});

} // namespace netloom
