// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/loader.h"
#include "metrics/label_scores.h"
#include "run/finished_run.h"
#include "train/trainer.h"

#include <functional>

namespace netloom {

struct Prediction {
    std::string file;                       ///< with ":LINE" for a table's row
    std::string error = {};                 ///< not empty: the file couldn't be read
    std::vector<double> probabilities = {}; ///< one per class
    std::optional<double> number = {};      ///< in its own unit, where a number is learned

    /// Class labels from the most probable one down, at most @p top. Of two classes the second comes first from @p threshold on.
    std::vector<std::size_t> bestLabels(std::size_t top, double threshold = kUsualThreshold) const;
    /// Where samples have several labels: those at least as probable as @p threshold, the most probable first.
    std::vector<std::size_t> labelsFrom(double threshold) const;
};

/// A finished run that answers, with its own preprocessing. Not safe from several threads at once.
class RunPredictor {
public:
    static Result<std::unique_ptr<RunPredictor>> load(const NodeRegistry &registry, const FinishedRun &run);

    /// One answer for a picture's file; one for every row of a table, and sentences about rows left out.
    std::vector<Prediction> answer(const std::string &file);
    /// For a picture in memory, RGB, such as a camera's.
    Prediction answer(const Picture &picture);

    bool takesRows() const { return !m_facts.columns.empty(); }
    const SourceFacts &facts() const { return m_facts; }
    /// The run's own, see FinishedRun.
    double threshold() const { return m_threshold; }

private:
    RunPredictor(SourceFacts facts, double threshold, std::unique_ptr<PicturePreparer> preparer, std::unique_ptr<Predictor> predictor)
        : m_facts(std::move(facts)), m_threshold(threshold), m_preparer(std::move(preparer)), m_predictor(std::move(predictor))
    {
    }
    std::optional<Error> answerBatch(const Batch &batch, const std::string &file, std::vector<Prediction> &predictions);

    SourceFacts m_facts;
    double m_threshold;
    std::unique_ptr<PicturePreparer> m_preparer;
    std::unique_ptr<Predictor> m_predictor;
};

/// Files as they are; folders become every picture below them in name order, or an entry that says why there is none.
std::vector<Prediction> listFiles(const std::vector<std::string> &filesAndFolders);

/// Answers for files, every picture below folders in name order, and every row of tables, named "FILE:LINE", with the run's own preprocessing.
Result<std::vector<Prediction>> predictFiles(const NodeRegistry &registry, const FinishedRun &run,
    const std::vector<std::string> &filesAndFolders, const std::function<void(const Prediction &)> &each = {});

/// The answers as text with a line of column names: file, answer, a column of probabilities for every class (or the number), error. With
/// several labels the answer is those at least as probable as @p threshold, separated by semicolons; of two classes it is the second from there on.
std::string predictionsCsv(const std::vector<Prediction> &predictions, const SourceFacts &facts, double threshold = kUsualThreshold);
/// The same as one JSON array of objects.
std::string predictionsJson(const std::vector<Prediction> &predictions, const SourceFacts &facts, double threshold = kUsualThreshold);

} // namespace netloom
