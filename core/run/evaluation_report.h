// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/evaluation.h"

namespace netloom {

/// The figures of an evaluation with their names, in the order of importance: {"accuracy", "91.37 %"}.
struct EvaluationFigure {
    std::string name;
    std::string text;
};
std::vector<EvaluationFigure> evaluationFigures(const Evaluation &evaluation);

/// One class in the table: counts and shares of the confusion matrix, and how well the probabilities tell it apart.
struct ClassRow {
    ClassScore score;
    ClassRates rates;
    std::int64_t takenFor = -1; ///< the class that it is most often taken for; -1 for none
    std::int64_t takenCount = 0;
};
std::vector<ClassRow> classRows(const Evaluation &evaluation);

/// One of several labels in the table: its 2×2 counts, and what they and the probabilities say.
struct LabelRow {
    ClassScore score;
    LabelCounts counts;
    ClassRates rates;
};
/// By what @p tally counted as said.
std::vector<LabelRow> labelRows(const Evaluation &evaluation, const LabelTally &tally);

/// "“lying” is the answer from a probability of 30 % on."; "" where that goes without saying.
std::string thresholdSentence(const Evaluation &evaluation);

/// Curves for drawing, of at most 200 points: of every class against the rest, or of the second of two classes; none where undefined.
struct EvaluationCurves {
    std::vector<std::pair<std::int64_t, RateCurve>> roc, precisionRecall; ///< by class
};
EvaluationCurves evaluationCurves(const Evaluation &evaluation);

/// A mistake with its picture.
struct ShownMistake {
    std::string name;   ///< of the sample
    std::string truth;  ///< class, labels, or number
    std::string answer; ///< with its probability, where it is a class: "Shirt, 99.8 %"
    std::string png;    ///< "" where there is no picture, as of a table's row
};
/// The most confident ones; where a number is learned, those that are off the most.
std::vector<ShownMistake> shownMistakes(const Evaluation &evaluation, std::size_t most);

/// The charts as SVG figures: ROC, precision against recall and reliability, or predicted against true and the errors.
std::vector<std::string> evaluationCharts(const Evaluation &evaluation);

/// The evaluation of every head of a run, the main one first, as one self-contained HTML page. @p run: the run's name.
std::string evaluationHtml(const std::vector<Evaluation> &heads, const std::string &run);

} // namespace netloom
