// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/html.h"
#include "run/number_text.h"
#include "run/report_parts.h"

namespace netloom {

namespace {

std::string scoreRow(const std::string &split, const PassResult &result)
{
    if (!result.numbers)
        return {};
    std::string row = "<tr>" + element("td", split);
    for (const std::string &text : {r2Text(result.numbers->r2), figureText(result.numbers->mae), figureText(result.numbers->rmse),
             fixedText(result.loss, 4), groupedText(result.samples)})
        row += "<td class=\"n\">" + htmlText(text) + "</td>";
    return row + "</tr>";
}

/// A row for every split, with the weights that are kept.
std::string scoreTable(const RunRecord &record)
{
    std::string rows;
    if (const EpochDone *best = record.best()) {
        rows += scoreRow("training", best->train);
        rows += best->val ? scoreRow("validation", *best->val) : std::string();
    }
    if (record.finished && record.finished->test)
        rows += scoreRow("test", *record.finished->test);
    if (rows.empty())
        return rows;
    return "<div><h3>Scores of the best epoch</h3><div class=\"sideways\"><table class=\"wide\"><thead><tr><th></th><th class=\"n\">R²</th>"
           "<th class=\"n\">MAE</th><th class=\"n\">RMSE</th><th class=\"n\">loss</th><th class=\"n\">" + record.samplesWord()
        + "</th></tr></thead><tbody>" + rows + "</tbody></table></div><p class=\"note\">R²: 1 is perfect, 0 no better than always saying the mean. "
          "MAE: by how much the number is off on average, in its own unit. RMSE: the same with large errors counting more.</p></div>";
}

} // namespace

std::string numbersSection(const RunRecord &record)
{
    const std::vector<Estimate> *estimates = record.estimates();
    if (!estimates)
        return {};
    const std::string what = record.facts.targetName.empty() ? "number" : record.facts.targetName;
    const std::string chart = scatterSvg({what + ", on " + record.judgedSamples(), "true", "predicted", *estimates});
    const std::string note = estimates->size() < kMostEstimates ? "" : " At most " + std::to_string(kMostEstimates) + " are drawn.";
    return section("Predicted against true", "<p class=\"note\">A dot for each of " + record.judgedSamples()
            + "; on the dashed line the prediction is right." + note + "</p><div class=\"pair\">" + chart + scoreTable(record) + "</div>");
}

} // namespace netloom
