// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/evaluation_shown.h"

#include "run/evaluation_report.h"
#include "run/number_text.h"

#include <QCoreApplication>

#include <unordered_map>

namespace netloom {

namespace {

QString text(const std::string &words)
{
    return QString::fromStdString(words);
}

QString tr(const char *words)
{
    return QCoreApplication::translate("Evaluation", words);
}

QString shareText(double share)
{
    return std::isfinite(share) ? text(fixedText(share, 3)) : QString::fromUtf8("–");
}

std::vector<ShownFigure> classFigures(const ClassificationScores &scores, const ProbabilityScores &probability)
{
    std::vector<ShownFigure> figures{{tr("accuracy"), text(percentText(scores.accuracy, 2)), tr("The share of right answers")}};
    if (probability.k > 0)
        figures.push_back({tr("top-%1").arg(probability.k), text(percentText(probability.topAccuracy, 2)), tr("The true class is among the %1 most probable").arg(probability.k)});
    const std::vector<ShownFigure> others{{tr("F1, macro"), shareText(scores.macro.f1), tr("The mean over the classes of precision and recall in one")},
        {tr("ROC AUC"), shareText(probability.macroAuc), tr("How well probabilities tell a class from the rest, the mean over the classes: 1 is perfect, 0.5 is chance")},
        {tr("kappa"), shareText(scores.kappa), tr("Cohen's kappa, agreement beyond chance: 1 is perfect, 0 is chance")},
        {tr("MCC"), shareText(scores.mcc), tr("Matthews' correlation coefficient: 1 is perfect, 0 is chance")},
        {tr("log loss"), shareText(probability.logLoss), tr("How surprised the probabilities are by the truth: 0 is perfect")},
        {tr("ECE"), shareText(probability.calibration.error), tr("Expected calibration error: how far probabilities are from how often they are right")}};
    figures.insert(figures.end(), others.begin(), others.end());
    return figures;
}

template <class Scores>
QString averagesText(const Scores &scores)
{
    const auto line = [](const QString &how, const AveragedScores &of) {
        return tr("%1: precision %2, recall %3, F1 %4").arg(how, shareText(of.precision), shareText(of.recall), shareText(of.f1));
    };
    return line(tr("Macro average"), scores.macro) + QStringLiteral("     ") + line(tr("weighted by support"), scores.weighted) + QStringLiteral("     ")
        + tr("micro F1 %1").arg(shareText(scores.micro.f1));
}

std::vector<ShownFigure> labelFigures(const LabelScores &scores, const Evaluation &evaluation)
{
    return {{tr("exact match"), text(percentText(scores.exactMatch, 2)), tr("The share of samples of which every label is right")},
        {tr("Hamming loss"), shareText(scores.hammingLoss), tr("The share of wrong answers, one for each label of each sample: 0 is perfect")},
        {tr("F1, macro"), shareText(scores.macro.f1), tr("The mean over the labels of precision and recall in one")},
        {tr("F1, micro"), shareText(scores.micro.f1), tr("Precision and recall in one, over all answers together")},
        {tr("ROC AUC"), shareText(evaluation.labelProbability.macroAuc), tr("How well probabilities tell where a label is there, the mean over the labels: 1 is perfect, 0.5 is chance")},
        {tr("loss"), text(fixedText(evaluation.result.loss, 4)), {}},
        {tr("ECE"), shareText(evaluation.labelProbability.calibration.error), tr("Expected calibration error: how far probabilities are from how often the label is there")}};
}

ShownScores shownLabels(const Evaluation &evaluation, double threshold)
{
    ShownScores shown;
    shown.threshold = threshold;
    const LabelTally tally = threshold == kUsualThreshold ? evaluation.tally : evaluation.labels.tally(threshold);
    const LabelScores scores = labelScores(tally);
    shown.figures = labelFigures(scores, evaluation);
    shown.averages = averagesText(scores);
    for (const LabelRow &row : labelRows(evaluation, tally))
        shown.labels.push_back({text(row.score.name), {row.counts.hits, row.counts.falseAlarms, row.counts.misses, row.counts.rest}, row.score.precision, row.score.recall, row.score.f1,
            row.rates.auc, row.rates.averagePrecision});
    for (std::size_t row = 0; row < evaluation.labels.samples().size(); ++row) {
        const LabelAnswers::Mistake mistake = evaluation.labels.mistake(row, threshold);
        shown.samples.push_back({.sample = int(evaluation.labels.samples()[row]), .confidence = mistake.confidence, .wrong = int(mistake.wrong)});
    }
    return shown;
}

/// Where the present answers are on the curves of the second class.
void markCurves(ShownScores &shown, const ConfusionMatrix &confusion)
{
    const auto ratio = [](std::int64_t part, std::int64_t rest, double none) { return part + rest > 0 ? double(part) / double(part + rest) : none; };
    const double truePositives = ratio(confusion.at(1, 1), confusion.at(1, 0), 0), falsePositives = ratio(confusion.at(0, 1), confusion.at(0, 0), 0);
    shown.rocMark = QPointF(falsePositives, truePositives);
    shown.precisionRecallMark = QPointF(truePositives, ratio(confusion.at(1, 1), confusion.at(0, 1), 1));
}

ShownScores shownNumbers(const Evaluation &evaluation)
{
    const NumberScores &scores = *evaluation.result.numbers;
    ShownScores shown;
    shown.figures = {{tr("R²"), text(r2Text(scores.r2)), tr("1 is perfect, 0 no better than always saying the mean")},
        {tr("MAE"), text(figureText(scores.mae)), tr("By how much the number is off on average, in its own unit")},
        {tr("RMSE"), text(figureText(scores.rmse)), tr("The same, with large errors counting more")},
        {tr("loss"), text(fixedText(evaluation.result.loss, 4)), {}}};
    for (const NumberAnswer &answer : evaluation.answers)
        shown.samples.push_back({.sample = int(answer.sample), .number = answer.estimate.truth, .predicted = answer.estimate.predicted});
    return shown;
}

std::vector<ShownCurve> shownCurves(const std::vector<std::pair<std::int64_t, RateCurve>> &curves)
{
    std::vector<ShownCurve> shown;
    for (const auto &[label, curve] : curves) {
        shown.push_back({int(label), curve.area, {}});
        for (const RatePoint &point : curve.points)
            shown.back().points.emplace_back(point.x, point.y);
    }
    return shown;
}

/// A number of a table's row as short as people write it.
QString valueText(float value, const ColumnFacts &column)
{
    const auto index = std::size_t(std::max(0.0f, value));
    if (!column.categories.empty())
        return index < column.categories.size() ? text(column.categories[index]) : QString();
    return QString::number(double(value), 'g', 6);
}

} // namespace

ShownScores shownScores(const Evaluation &evaluation, std::optional<double> threshold)
{
    if (evaluation.learnsNumber())
        return shownNumbers(evaluation);
    if (evaluation.severalLabels())
        return shownLabels(evaluation, threshold.value_or(kUsualThreshold));
    Evaluation judged{.result = evaluation.result, .classNames = evaluation.classNames};
    const std::optional<SampleScores> anew = threshold ? std::optional(evaluation.scores.guessedAt(*threshold)) : std::nullopt;
    const SampleScores &judgedScores = anew ? *anew : evaluation.scores;
    judged.confusion = anew ? anew->confusion() : evaluation.confusion;
    judged.probability.classes = evaluation.probability.classes;
    ShownScores shown;
    shown.threshold = threshold.value_or(kUsualThreshold);
    const ClassificationScores scores = classificationScores(judged.confusion);
    shown.figures = classFigures(scores, evaluation.probability);
    shown.averages = averagesText(scores);
    shown.counts = judged.confusion.counts;
    for (const ClassRow &row : classRows(judged))
        shown.classes.push_back({text(row.score.name), row.score.precision, row.score.recall, row.score.f1, row.rates.auc, row.rates.averagePrecision,
            row.score.support, int(row.takenFor), row.takenCount});
    for (const JudgedSample &sample : judgedScores.samples())
        shown.samples.push_back({.sample = int(sample.sample), .truth = sample.truth, .guess = sample.guess, .confidence = sample.confidence});
    if (evaluation.scores.classes() == 2)
        markCurves(shown, judged.confusion);
    return shown;
}

ShownEvaluation shownEvaluation(std::shared_ptr<const Evaluation> evaluation, double threshold)
{
    ShownEvaluation shown;
    for (const std::string &name : evaluation->classNames)
        shown.classNames << text(name);
    shown.numberName = text(evaluation->targetName);
    shown.learnsNumber = evaluation->learnsNumber();
    shown.severalLabels = evaluation->severalLabels();
    const SourceFacts &facts = evaluation->source->facts();
    shown.rows = !facts.columns.empty();
    for (const ColumnFacts &column : facts.columns)
        shown.columns << text(column.name);
    for (const std::string &sentence : evaluation->unreadable)
        shown.unreadable << text(sentence);
    const bool another = hasThreshold(*evaluation) && threshold != kUsualThreshold;
    shown.scores = shownScores(*evaluation, another ? std::optional(threshold) : std::nullopt);
    if (!shown.learnsNumber) {
        for (const std::int64_t label : similarityOrder(evaluation->confusion))
            shown.similarOrder.push_back(int(label));
        const Calibration &calibration = shown.severalLabels ? evaluation->labelProbability.calibration : evaluation->probability.calibration;
        const EvaluationCurves curves = evaluationCurves(*evaluation);
        shown.roc = shownCurves(curves.roc);
        shown.precisionRecall = shownCurves(curves.precisionRecall);
        for (const CalibrationBin &bin : calibration.bins)
            shown.calibration.bins.push_back({bin.low, bin.high, bin.count, bin.confidence, bin.accuracy});
        shown.calibration.error = calibration.error;
    }
    const auto rows = std::make_shared<std::unordered_map<int, std::size_t>>();
    for (const JudgedSample &sample : evaluation->scores.samples())
        rows->emplace(int(sample.sample), rows->size());
    for (const std::int64_t sample : evaluation->labels.samples())
        rows->emplace(int(sample), rows->size());
    shown.nameOf = [evaluation](int sample) { return text(evaluation->source->name(sample)); };
    shown.probabilitiesOf = [evaluation, rows](int sample) {
        return evaluation->severalLabels() ? evaluation->labels.probabilities(rows->at(sample)) : evaluation->scores.probabilities(rows->at(sample));
    };
    shown.hasLabel = [evaluation](int place, int label) { return evaluation->labels.truth(std::size_t(place), label); };
    shown.probabilityOf = [evaluation](int place, int label) { return evaluation->labels.probability(std::size_t(place), label); };
    shown.valuesOf = [evaluation](int sample) {
        std::vector<float> values;
        evaluation->source->readRow(sample, values);
        const std::vector<ColumnFacts> &columns = evaluation->source->facts().columns;
        QStringList texts;
        for (std::size_t at = 0; at < std::min(values.size(), columns.size()); ++at)
            texts << valueText(values[at], columns[at]);
        return texts;
    };
    return shown;
}

} // namespace netloom
