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

/// The numbers people look for first.
std::string headline(const RunRecord &record)
{
    std::string cards;
    const EpochDone *best = nullptr;
    for (const EpochDone &epoch : record.epochs) {
        if (epoch.epoch == record.bestEpoch())
            best = &epoch;
    }
    if (record.finished && record.finished->test) {
        cards += card(percentText(record.finished->test->accuracy, 2), "test accuracy");
        cards += card(fixedText(record.finished->test->loss, 4), "test loss");
    }
    if (best && best->val)
        cards += card(percentText(best->val->accuracy, 2), "validation accuracy");
    else if (best)
        cards += card(percentText(best->train.accuracy, 2), "training accuracy");
    if (best)
        cards += card(std::to_string(best->epoch) + " of " + std::to_string(record.epochs.size()), "best epoch");
    const PassResult total = record.trainingTotal();
    if (total.seconds > 0) {
        cards += card(durationText(total.seconds), "spent training");
        cards += card(groupedText(std::int64_t(total.imagesPerSecond())), "pictures / s");
    }
    cards += card(groupedText(record.inference.parameters()), "parameters");
    return "<div class=\"cards\">" + cards + "</div>";
}

std::string statusNotice(const RunRecord &record)
{
    const std::string status = record.status();
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
    html += curvesSection(record) + confusionSection(record) + scoresSection(record) + filtersSection(record) + networkSection(record)
        + settingsSection(record) + unreadableSection(record);
    return html + "<footer>Made by Netloom " + NETLOOM_VERSION + ".</footer></main></body></html>\n";
}

} // namespace netloom
