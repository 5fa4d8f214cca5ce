// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/report.h"

#include "run/html.h"
#include "run/number_text.h"
#include "run/report_parts.h"

namespace netloom {

namespace {

std::string card(const std::string &value, const std::string &what)
{
    return "<div class=\"card\">" + element("b", value) + element("span", what) + "</div>";
}

/// Loss and scores of a pass: "test accuracy", or where a number is learned "test R²" and its errors.
std::string testCards(const PassResult &test)
{
    if (const auto &numbers = test.numbers)
        return card(r2Text(numbers->r2), "test R²") + card(figureText(numbers->mae), "test MAE") + card(figureText(numbers->rmse), "test RMSE");
    if (const auto &labels = test.labels)
        return card(percentText(test.accuracy, 2), "test exact match") + card(fixedText(labels->hammingLoss, 4), "test Hamming loss")
            + card(fixedText(labels->macro.f1, 4), "test F1, macro") + card(fixedText(labels->micro.f1, 4), "test F1, micro");
    return card(percentText(test.accuracy, 2), "test accuracy") + card(fixedText(test.loss, 4), "test loss");
}

std::string bestCards(const RunRecord &record, const EpochDone &best)
{
    const PassResult &result = best.val ? *best.val : best.train;
    const std::string of = best.val ? "validation " : "training ";
    return (result.numbers ? card(r2Text(result.numbers->r2), of + "R²") : card(percentText(result.accuracy, 2), of + (result.labels ? "exact match" : "accuracy")))
        + card(std::to_string(best.epoch) + " of " + std::to_string(record.epochs.size()), "best epoch");
}

/// The numbers people look for first.
std::string headline(const RunRecord &record)
{
    std::string cards;
    if (record.finished && record.finished->test)
        cards += testCards(*record.finished->test);
    if (const EpochDone *best = record.best())
        cards += bestCards(record, *best);
    const PassResult total = record.trainingTotal();
    if (total.seconds > 0) {
        cards += card(durationText(total.seconds), "spent training");
        cards += card(groupedText(std::int64_t(total.imagesPerSecond())), record.samplesWord() + " / s");
    }
    cards += card(groupedText(record.inference.parameters()), "parameters");
    return "<div class=\"cards\">" + cards + "</div>";
}

std::string statusNotice(const RunRecord &record)
{
    const std::string status = record.status();
    if (record.finished && record.finished->stoppedEarly)
        return "<p class=\"notice\">Early stopping ended the training, since it got no better.</p>";
    if (status == "stopped")
        return "<p class=\"notice\">Training was stopped by hand; this is what was learned until then.</p>";
    if (status == "failed")
        return "<p class=\"notice\">" + htmlText("Training ended early. " + record.failure) + "</p>";
    return {};
}

} // namespace

std::string reportHtml(const RunRecord &record)
{
    const std::string status = record.status();
    std::string when = record.startedAt.substr(0, 16);
    if (when.size() > 10)
        when[10] = ' ';
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
    html += element("title", record.title() + " – training report") + "<style>" + reportStyle() + "</style></head>\n<body><main><header><h1>"
        + htmlText(record.title()) + "<span class=\"chip " + status + "\">" + status + "</span></h1>";
    html += element("p", "Training report, " + when) + "</header>\n" + statusNotice(record) + headline(record) + "\n";
    html += curvesSection(record) + confusionSection(record) + numbersSection(record) + scoresSection(record) + headsSection(record) + filtersSection(record) + networkSection(record)
        + settingsSection(record) + unreadableSection(record);
    return html + "<footer>Made by Netloom " + NETLOOM_VERSION + ".</footer></main></body></html>\n";
}

} // namespace netloom
