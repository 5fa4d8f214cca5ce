// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/html.h"
#include "run/number_text.h"
#include "run/report_parts.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr std::int64_t kMaxTableClasses = 200;
constexpr std::int64_t kDenseFrom = 21;
constexpr std::size_t kMaxMixUps = 10;

std::string className(const std::vector<std::string> &names, std::int64_t label)
{
    const auto index = static_cast<std::size_t>(label);
    return index < names.size() ? names[index] : std::to_string(label);
}

std::string cell(const std::string &truth, const std::string &predicted, std::int64_t count, std::int64_t rowTotal, bool hit)
{
    if (count == 0)
        return "<td></td>";
    const double share = double(count) / double(rowTotal);
    std::string html = std::string("<td class=\"") + (hit ? "y" : "x") + (share > 0.55 ? " d" : "") + "\" style=\"--s:"
        + fixedText(0.10 + 0.85 * share, 2) + "\" title=\"";
    html += htmlText(truth + " taken for " + predicted + ": " + std::to_string(count) + " (" + percentText(share) + ")");
    return html + "\">" + std::to_string(count) + "</td>";
}

} // namespace

std::string confusionTable(const ConfusionMatrix &confusion, const std::vector<std::string> &classNames)
{
    if (confusion.classes > kMaxTableClasses)
        return "<p class=\"note\">The whole matrix of " + std::to_string(confusion.classes) + " classes is too large for a page.</p>";
    std::vector<std::string> names;
    for (std::int64_t label = 0; label < confusion.classes; ++label)
        names.push_back(className(classNames, label));
    std::string html = std::string("<div class=\"scroll\"><table class=\"confusion") + (confusion.classes >= kDenseFrom ? " dense" : "")
        + "\"><thead><tr><th>truth ↓ &nbsp;predicted →</th>";
    for (const std::string &name : names)
        html += "<th title=\"" + htmlText(name) + "\"><span>" + htmlText(name) + "</span></th>";
    html += "</tr></thead><tbody>";
    for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
        std::int64_t total = 0;
        for (std::int64_t predicted = 0; predicted < confusion.classes; ++predicted)
            total += confusion.at(truth, predicted);
        const std::string &name = names[static_cast<std::size_t>(truth)];
        html += "<tr><th title=\"" + htmlText(name) + "\">" + htmlText(name) + "</th>";
        for (std::int64_t predicted = 0; predicted < confusion.classes; ++predicted)
            html += cell(name, names[static_cast<std::size_t>(predicted)], confusion.at(truth, predicted), total, truth == predicted);
        html += "</tr>";
    }
    return html + "</tbody></table></div>";
}

namespace {

/// The pairs of classes that are confused most often.
std::string mixUps(const RunRecord &record, const ConfusionMatrix &confusion)
{
    struct MixUp {
        std::int64_t truth, predicted, count;
    };
    std::vector<MixUp> found;
    for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
        for (std::int64_t predicted = 0; predicted < confusion.classes; ++predicted) {
            if (truth != predicted && confusion.at(truth, predicted) > 0)
                found.push_back({truth, predicted, confusion.at(truth, predicted)});
        }
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &MixUp::count);
    found.resize(std::min(found.size(), kMaxMixUps));
    if (found.empty() || confusion.classes < 3)
        return {};
    std::string html = "<div><h3>Most frequent mix-ups</h3><table><tbody>";
    for (const MixUp &mixUp : found)
        html += "<tr>" + element("td", className(record.facts.classNames, mixUp.truth)) + "<td class=\"missing\">taken for</td>"
            + element("td", className(record.facts.classNames, mixUp.predicted)) + "<td class=\"n\">" + groupedText(mixUp.count) + "</td></tr>";
    return html + "</tbody></table></div>";
}

} // namespace

std::string confusionSection(const RunRecord &record)
{
    const ConfusionMatrix *confusion = record.confusion();
    if (!confusion || confusion->classes == 0)
        return {};
    std::string html = "<p class=\"note\">Counts on " + record.judgedSamples()
        + ": rows are the true classes, shaded by their share of the row.</p><div class=\"beside\">";
    if (confusion->classes <= kMaxTableClasses)
        html += confusionTable(*confusion, record.facts.classNames);
    else
        html += "<p class=\"note\">The whole matrix of " + std::to_string(confusion->classes) + " classes is in confusion.csv.</p>";
    return section("Confusion matrix", html + mixUps(record, *confusion) + "</div>");
}

} // namespace netloom
