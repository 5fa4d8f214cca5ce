// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/evaluation_report.h"

#include "inspect/thumbnail.h"
#include "run/html.h"
#include "run/number_text.h"
#include "run/png.h"
#include "run/report_parts.h"
#include "run/svg_parts.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr std::size_t kCurvePoints = 200;
constexpr std::size_t kMistakes = 24;
constexpr int kPicture = 96;          ///< px
constexpr std::int64_t kMostCurves = 30; ///< of classes in one chart

std::string nameOf(const Evaluation &evaluation, std::int64_t label)
{
    const auto index = std::size_t(label);
    return index < evaluation.classNames.size() ? evaluation.classNames[index] : std::to_string(label);
}

std::string shareText(double share)
{
    return std::isfinite(share) ? fixedText(share, 4) : "–";
}

bool isBinary(const Evaluation &evaluation)
{
    return evaluation.scores.classes() == 2;
}

/// The classes whose curves are drawn: of two the second, for the first's say the same.
std::vector<std::int64_t> drawnClasses(const Evaluation &evaluation)
{
    std::vector<std::int64_t> labels;
    const auto classes = std::int64_t(evaluation.classNames.size());
    for (std::int64_t label = isBinary(evaluation) ? 1 : 0; label < classes; ++label)
        labels.push_back(label);
    return labels;
}

std::string pictureOf(const DataSource &source, std::int64_t sample)
{
    if (!source.facts().columns.empty())
        return {};
    const Result<Picture> picture = makeThumbnail(source, sample, kPicture);
    if (!picture)
        return {};
    std::vector<std::uint8_t> rgba;
    for (std::size_t at = 0; at + 2 < picture->pixels.size(); at += 3)
        rgba.insert(rgba.end(), {picture->pixels[at], picture->pixels[at + 1], picture->pixels[at + 2], 255});
    return pngFromRgba(std::uint32_t(picture->width), std::uint32_t(picture->height), rgba);
}

std::vector<EvaluationFigure> labelFigures(const Evaluation &evaluation)
{
    const LabelScores &scores = evaluation.labelScores;
    const LabelProbabilityScores &probability = evaluation.labelProbability;
    return {{"exact match", percentText(scores.exactMatch, 2)}, {"Hamming loss", shareText(scores.hammingLoss)}, {"F1, macro", shareText(scores.macro.f1)},
        {"F1, micro", shareText(scores.micro.f1)}, {"F1, weighted", shareText(scores.weighted.f1)}, {"precision, macro", shareText(scores.macro.precision)},
        {"recall, macro", shareText(scores.macro.recall)}, {"precision, micro", shareText(scores.micro.precision)}, {"recall, micro", shareText(scores.micro.recall)},
        {"ROC AUC, macro", shareText(probability.macroAuc)}, {"average precision, macro", shareText(probability.macroAveragePrecision)},
        {"loss", shareText(evaluation.result.loss)}, {"ECE", shareText(probability.calibration.error)}};
}

} // namespace

std::vector<EvaluationFigure> evaluationFigures(const Evaluation &evaluation)
{
    if (const auto &numbers = evaluation.result.numbers)
        return {{"R²", r2Text(numbers->r2)}, {"MAE", figureText(numbers->mae)}, {"RMSE", figureText(numbers->rmse)}, {"loss", fixedText(evaluation.result.loss, 4)}};
    if (evaluation.severalLabels())
        return labelFigures(evaluation);
    const ClassificationScores &scores = evaluation.classification;
    const ProbabilityScores &probability = evaluation.probability;
    std::vector<EvaluationFigure> figures{{"accuracy", percentText(scores.accuracy, 2)}};
    if (probability.k > 0)
        figures.push_back({"top-" + std::to_string(probability.k) + " accuracy", percentText(probability.topAccuracy, 2)});
    const auto averaged = [&](const char *how, const AveragedScores &of) {
        figures.push_back({std::string("precision, ") + how, shareText(of.precision)});
        figures.push_back({std::string("recall, ") + how, shareText(of.recall)});
        figures.push_back({std::string("F1, ") + how, shareText(of.f1)});
    };
    averaged("macro", scores.macro);
    averaged("weighted", scores.weighted);
    figures.insert(figures.end(), {{"F1, micro", shareText(scores.micro.f1)}, {"ROC AUC, macro", shareText(probability.macroAuc)},
        {"average precision, macro", shareText(probability.macroAveragePrecision)}, {"Cohen's kappa", shareText(scores.kappa)}, {"MCC", shareText(scores.mcc)},
        {"log loss", shareText(probability.logLoss)}, {"ECE", shareText(probability.calibration.error)}});
    return figures;
}

std::vector<ClassRow> classRows(const Evaluation &evaluation)
{
    std::vector<ClassRow> rows;
    for (ClassScore &score : classScores(evaluation.confusion, evaluation.classNames)) {
        ClassRow row{.score = std::move(score)};
        const auto label = std::int64_t(rows.size());
        if (rows.size() < evaluation.probability.classes.size())
            row.rates = evaluation.probability.classes[rows.size()];
        for (std::int64_t other = 0; other < evaluation.confusion.classes; ++other) {
            if (other != label && evaluation.confusion.at(label, other) > row.takenCount) {
                row.takenFor = other;
                row.takenCount = evaluation.confusion.at(label, other);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string thresholdSentence(const Evaluation &evaluation)
{
    if (evaluation.severalLabels())
        return "A label counts as said from a probability of " + percentText(evaluation.threshold, 0) + " on.";
    if (evaluation.threshold == kUsualThreshold || !isBinary(evaluation))
        return {};
    return "“" + nameOf(evaluation, 1) + "” is the answer from a probability of " + percentText(evaluation.threshold, 0) + " on.";
}

std::vector<LabelRow> labelRows(const Evaluation &evaluation, const LabelTally &tally)
{
    std::vector<LabelRow> rows;
    for (ClassScore &score : scoresByLabel(tally, evaluation.classNames)) {
        const std::size_t label = rows.size();
        rows.push_back({std::move(score), tally.labels[label], label < evaluation.labelProbability.labels.size() ? evaluation.labelProbability.labels[label] : ClassRates()});
    }
    return rows;
}

EvaluationCurves evaluationCurves(const Evaluation &evaluation)
{
    EvaluationCurves curves;
    const auto add = [](auto &to, std::int64_t label, RateCurve curve) {
        if (curve.defined())
            to.emplace_back(label, RateCurve{curve.thinned(kCurvePoints), curve.area});
    };
    for (const std::int64_t label : drawnClasses(evaluation)) {
        const std::vector<ScoredTruth> scored = evaluation.severalLabels() ? evaluation.labels.scoredFor(label) : evaluation.scores.scoredFor(label);
        add(curves.roc, label, rocCurve(scored));
        add(curves.precisionRecall, label, precisionRecallCurve(scored));
    }
    return curves;
}

std::vector<ShownMistake> shownMistakes(const Evaluation &evaluation, std::size_t most)
{
    std::vector<ShownMistake> mistakes;
    const auto add = [&](std::int64_t sample, std::string truth, std::string answer) {
        mistakes.push_back({evaluation.source->name(sample), std::move(truth), std::move(answer), pictureOf(*evaluation.source, sample)});
    };
    if (evaluation.severalLabels()) {
        for (const std::size_t row : confidentMistakes(evaluation, most))
            add(evaluation.labels.samples()[row], labelsText(trueLabels(evaluation.labels, row), evaluation.classNames),
                labelsText(saidLabels(evaluation.labels, row, evaluation.threshold), evaluation.classNames));
        return mistakes;
    }
    if (!evaluation.learnsNumber()) {
        for (const std::size_t row : confidentMistakes(evaluation, most)) {
            const JudgedSample &judged = evaluation.scores.samples()[row];
            add(judged.sample, nameOf(evaluation, judged.truth), nameOf(evaluation, judged.guess) + ", " + percentText(judged.confidence));
        }
        return mistakes;
    }
    std::vector<NumberAnswer> answers = evaluation.answers;
    const auto off = [](const NumberAnswer &answer) { return std::abs(answer.estimate.predicted - answer.estimate.truth); };
    std::ranges::stable_sort(answers, std::ranges::greater(), off);
    answers.resize(std::min(answers.size(), most));
    for (const NumberAnswer &answer : answers)
        add(answer.sample, figureText(answer.estimate.truth), figureText(answer.estimate.predicted));
    return mistakes;
}

namespace {

/// Of answers to be right, or of labels to be there.
std::string reliabilityChart(const Calibration &calibration, bool labels)
{
    const std::string is = labels ? "there" : "right";
    ShareChart chart{.title = "Reliability: ECE " + shareText(calibration.error), .xLabel = "said to be " + is + " with", .yLabel = "is " + is, .diagonal = true};
    for (const CalibrationBin &bin : calibration.bins) {
        if (bin.count > 0)
            chart.bars.push_back({bin.low, bin.high, bin.accuracy, percentText(bin.accuracy) + " of " + std::to_string(bin.count) + " are " + is + ", said were "
                    + percentText(bin.confidence)});
    }
    return shareChartSvg(chart);
}

} // namespace

std::vector<std::string> evaluationCharts(const Evaluation &evaluation)
{
    if (evaluation.learnsNumber()) {
        std::vector<Estimate> residuals;
        for (const Estimate &estimate : evaluation.estimates)
            residuals.push_back({estimate.predicted, estimate.predicted - estimate.truth});
        return {scatterSvg({evaluation.targetName.empty() ? "number" : evaluation.targetName, "true", "predicted", evaluation.estimates}),
            scatterSvg({"Residuals", "predicted", "predicted − true", residuals, true})};
    }
    const EvaluationCurves curves = evaluationCurves(evaluation);
    const auto chart = [&](const std::string &title, const std::string &x, const std::string &y, const auto &of, bool diagonal) {
        ShareChart drawn{.title = title, .xLabel = x, .yLabel = y, .diagonal = diagonal};
        for (const auto &[label, curve] : of) {
            if (std::int64_t(drawn.curves.size()) == kMostCurves)
                break;
            drawn.curves.push_back({of.size() > 1 ? "faint" : "train", {}});
            for (const RatePoint &point : curve.points)
                drawn.curves.back().points.emplace_back(point.x, point.y);
        }
        return drawn.curves.empty() ? std::string() : shareChartSvg(drawn);
    };
    const bool labels = evaluation.severalLabels();
    const std::string each = isBinary(evaluation) ? "of " + nameOf(evaluation, 1) : labels ? "of each label" : "each class against the rest";
    const double auc = labels ? evaluation.labelProbability.macroAuc : evaluation.probability.macroAuc;
    const double precision = labels ? evaluation.labelProbability.macroAveragePrecision : evaluation.probability.macroAveragePrecision;
    std::vector<std::string> charts{chart("ROC, " + each + ": AUC " + shareText(auc), "false positive rate", "true positive rate", curves.roc, true),
        chart("Precision and recall, " + each + ": average " + shareText(precision), "recall", "precision", curves.precisionRecall, false),
        reliabilityChart(labels ? evaluation.labelProbability.calibration : evaluation.probability.calibration, labels)};
    std::erase(charts, std::string());
    return charts;
}

namespace {

std::string cell(const std::string &text)
{
    return "<td class=\"n\">" + htmlText(text) + "</td>";
}

std::string figuresHtml(const Evaluation &evaluation)
{
    std::string html;
    for (const auto &[name, text] : evaluationFigures(evaluation))
        html += "<div class=\"card\">" + element("b", text) + element("span", name) + "</div>";
    return "<div class=\"cards\">" + html + "</div>";
}

std::string classesHtml(const Evaluation &evaluation)
{
    std::string html;
    for (const ClassRow &row : classRows(evaluation)) {
        html += "<tr>" + element("td", row.score.name) + cell(percentText(row.score.precision)) + cell(percentText(row.score.recall)) + cell(percentText(row.score.f1));
        html += cell(shareText(row.rates.auc)) + cell(shareText(row.rates.averagePrecision)) + cell(groupedText(row.score.support));
        html += element("td", row.takenFor < 0 ? "" : "  " + nameOf(evaluation, row.takenFor) + " (" + groupedText(row.takenCount) + ")") + "</tr>";
    }
    if (html.empty())
        return html;
    return "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>class</th><th class=\"n\">precision</th><th class=\"n\">recall</th><th class=\"n\">F1</th>"
           "<th class=\"n\">ROC AUC</th><th class=\"n\">average precision</th><th class=\"n\">support</th><th>most often taken for</th></tr></thead><tbody>"
        + html + "</tbody></table></div>";
}

std::string labelsHtml(const Evaluation &evaluation)
{
    std::string html;
    for (const LabelRow &row : labelRows(evaluation, evaluation.tally)) {
        html += "<tr>" + element("td", row.score.name);
        for (const std::int64_t count : {row.counts.hits, row.counts.falseAlarms, row.counts.misses, row.counts.rest})
            html += cell(groupedText(count));
        html += cell(percentText(row.score.precision)) + cell(percentText(row.score.recall)) + cell(percentText(row.score.f1));
        html += cell(shareText(row.rates.auc)) + cell(shareText(row.rates.averagePrecision)) + "</tr>";
    }
    return "<p class=\"note\">" + thresholdSentence(evaluation) + "</p><div class=\"scroll\"><table class=\"wide\"><thead><tr><th>label</th>"
           "<th class=\"n\">there, said</th><th class=\"n\">not there, said</th><th class=\"n\">there, not said</th><th class=\"n\">neither</th><th class=\"n\">precision</th>"
           "<th class=\"n\">recall</th><th class=\"n\">F1</th><th class=\"n\">ROC AUC</th><th class=\"n\">average precision</th></tr></thead><tbody>"
        + html + "</tbody></table></div>";
}

std::string mistakesHtml(const Evaluation &evaluation)
{
    std::string html;
    for (const ShownMistake &mistake : shownMistakes(evaluation, kMistakes)) {
        html += "<figure class=\"mistake\">";
        if (!mistake.png.empty())
            html += "<img alt=\"\" src=\"data:image/png;base64," + base64(mistake.png) + "\">";
        html += element("b", mistake.answer) + element("span", "truth: " + mistake.truth) + element("small", mistake.name) + "</figure>";
    }
    return html.empty() ? html : "<div class=\"mistakes\">" + html + "</div>";
}

/// All that is known of one head.
std::string headHtml(const Evaluation &evaluation)
{
    std::string html = figuresHtml(evaluation);
    std::string charts;
    for (const std::string &chart : evaluationCharts(evaluation))
        charts += chart;
    if (evaluation.severalLabels()) {
        html += section("Labels", labelsHtml(evaluation));
    } else if (!evaluation.learnsNumber()) {
        html += section("Confusion matrix", "<p class=\"note\">Rows are the true classes, shaded by their share of the row. " + htmlText(thresholdSentence(evaluation)) + "</p><div class=\"beside\">"
                + confusionTable(evaluation.confusion, evaluation.classNames) + "</div>");
        html += section("Scores for each class", classesHtml(evaluation));
    }
    html += section(evaluation.learnsNumber() ? "Predicted and true" : "Curves", "<div class=\"pair\">" + charts + "</div>");
    return html + section(evaluation.learnsNumber() ? "Largest errors" : "Most confident mistakes", mistakesHtml(evaluation));
}

} // namespace

std::string evaluationHtml(const std::vector<Evaluation> &heads, const std::string &run)
{
    const Evaluation &main = heads.front();
    const std::string title = run + " – evaluation";
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
    html += element("title", title) + "<style>" + reportStyle() + "</style></head>\n<body><main><header>" + element("h1", run);
    html += element("p", "Evaluation on " + groupedText(main.result.samples) + " " + std::string(toString(main.split)) + " " + main.samplesWord() + ", " + nowText().substr(0, 10))
        + "</header>\n";
    for (const Evaluation &head : heads) {
        if (heads.size() > 1)
            html += "<h2>" + htmlText("Head '" + head.head + "'" + (&head == &main ? ", which predicts" : "")) + "</h2>\n";
        html += headHtml(head);
    }
    std::string unreadable;
    for (const std::string &sentence : main.unreadable)
        unreadable += element("li", sentence);
    html += section("Could not be read and left out", unreadable.empty() ? unreadable : "<ul class=\"files\">" + unreadable + "</ul>");
    return html + "<footer>Made by Netloom " + NETLOOM_VERSION + ".</footer></main></body></html>\n";
}

} // namespace netloom
