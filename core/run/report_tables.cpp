// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"
#include "graph/unit_text.h"
#include "metrics/class_scores.h"
#include "run/filter_picture.h"
#include "run/html.h"
#include "run/number_text.h"
#include "run/report_parts.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr int kMaxPictureWidth = 720;
constexpr int kMaxScale = 14;

std::string numberCell(const std::string &text)
{
    return "<td class=\"n\">" + htmlText(text) + "</td>";
}

std::string factRow(const std::string &name, const std::string &value)
{
    return "<tr>" + element("td", name) + element("td", value.empty() ? "–" : value) + "</tr>";
}

std::string factTable(const std::string &title, const std::string &rows)
{
    return rows.empty() ? rows : "<div>" + element("h3", title) + "<table class=\"wide\"><tbody>" + rows + "</tbody></table></div>";
}

/// The node's output shapes, joined; a loss has none.
std::string shapesText(const NodeShapes *shapes)
{
    std::string text;
    for (const Shape &shape : shapes ? shapes->outputs : ShapeList()) {
        if (!shape.empty() && shape != Shape{Shape::kBatch}) // not the labels
            text += (text.empty() ? "" : ", ") + shape.toString();
    }
    return text.empty() ? "–" : text;
}

/// "5 epochs", "1 epoch"
std::string amountText(const std::string &amount, const std::string &unit)
{
    return unit.empty() ? amount : amount + ' ' + unitBehind(amount == "1" ? 1 : 0, unit);
}

std::string recipeRows(const Params &recipe)
{
    std::string rows;
    for (const ParamDecl &decl : recipeDecls()) {
        if (decl.matters(recipe))
            rows += factRow(decl.name, amountText(formatParam(recipe.at(decl.name)), decl.unitText));
    }
    return rows;
}

/// What happened to the run on its way.
std::string eventRows(const RunRecord &record)
{
    std::string rows;
    for (const LearningRateChanged &change : record.lrChanges)
        rows += factRow("epoch " + std::to_string(change.epoch) + ", after batch " + std::to_string(change.batch), "lr set to " + figureText(change.lr) + " by hand");
    for (const Resumption &resumption : record.resumptions)
        rows += factRow("epoch " + std::to_string(resumption.epoch) + ", after batch " + std::to_string(resumption.batch), "resumed at " + resumption.at + (resumption.dataChanged ? ", with data that had changed" : ""));
    return rows;
}

std::string dataRows(const RunRecord &record)
{
    std::string rows;
    for (const auto &[id, node] : record.project.graph.nodes()) {
        for (const auto &[name, value] : node.params.values()) {
            if (name == "root")
                rows += "<tr><td>folder</td><td class=\"path\">" + htmlText(formatParam(value)) + "</td></tr>";
        }
    }
    const SourceFacts &facts = record.facts;
    if (facts.columns.empty())
        rows += factRow("picture size", Shape{facts.channels, facts.height, facts.width}.toString());
    else
        rows += factRow("columns", std::to_string(facts.columns.size()));
    if (!facts.targetName.empty())
        rows += factRow("learns", facts.targetName);
    if (!facts.learnsNumber)
        rows += factRow(facts.severalLabels ? "labels, several per sample" : "classes", std::to_string(facts.classCount()));
    for (Split split : kAllSplits)
        rows += factRow(std::string(toString(split)) + " " + record.samplesWord(), groupedText(facts.total(std::string(toString(split)))));
    rows += factRow("left out, unreadable", groupedText(std::int64_t(record.unreadable.size())));
    return rows;
}

std::string machineRows(const RunRecord &record)
{
    std::string rows;
    if (record.started) {
        rows += factRow("device", record.started->device);
        rows += factRow("threads", std::to_string(record.started->threads));
        rows += factRow("layout in memory", record.started->memoryFormat);
    }
    rows += factRow("seed", formatParam(record.project.recipe.at("seed")));
    rows += factRow("Netloom", NETLOOM_VERSION);
    rows += factRow("LibTorch", record.torch);
    rows += factRow("started", record.startedAt);
    rows += factRow("ended", record.endedAt);
    if (!record.projectFile.empty())
        rows += "<tr><td>project</td><td class=\"path\">" + htmlText(record.projectFile.string()) + "</td></tr>";
    return rows;
}

std::string listOf(const std::vector<std::string> &sentences)
{
    std::string html = "<ul class=\"files\">";
    for (const std::string &sentence : sentences)
        html += element("li", sentence);
    return html + "</ul>";
}

} // namespace

std::string section(const std::string &title, const std::string &body)
{
    return body.empty() ? body : "<section>" + element("h2", title) + body + "</section>\n";
}

std::string headsSection(const RunRecord &record)
{
    if (!record.finished || record.finished->heads.empty())
        return {};
    const bool numbers = record.facts.learnsNumber;
    std::string html = "<table class=\"wide\"><thead><tr><th>head</th><th class=\"n\">" + std::string(numbers ? "R²" : record.facts.severalLabels ? "exact match" : "accuracy")
        + "</th><th class=\"n\">loss</th></tr></thead><tbody>";
    for (const HeadResult &head : record.finished->heads) {
        html += "<tr>" + element("td", head.name + (&head == &record.finished->heads.front() ? ", which predicts" : ""));
        html += numberCell(head.result.numbers ? r2Text(head.result.numbers->r2) : percentText(head.result.accuracy, 2)) + numberCell(fixedText(head.result.loss, 4)) + "</tr>";
    }
    return section("Heads", "<p class=\"note\">Each loss with its own answers, on the test " + record.samplesWord() + ".</p>" + html + "</tbody></table>");
}

namespace {

/// The 2×2 counts of each of several labels, and what they say.
std::string labelScoresTable(const RunRecord &record, const LabelTally &tally)
{
    std::string html = "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>label</th><th class=\"n\">there, said</th><th class=\"n\">not there, said</th>"
                       "<th class=\"n\">there, not said</th><th class=\"n\">neither</th><th class=\"n\">precision</th><th class=\"n\">recall</th><th class=\"n\">F1</th></tr></thead><tbody>";
    const auto scores = scoresByLabel(tally, record.facts.classNames);
    for (std::size_t label = 0; label < scores.size(); ++label) {
        const LabelCounts &counts = tally.labels[label];
        html += "<tr>" + element("td", scores[label].name);
        for (const std::int64_t count : {counts.hits, counts.falseAlarms, counts.misses, counts.rest})
            html += numberCell(groupedText(count));
        html += numberCell(percentText(scores[label].precision)) + numberCell(percentText(scores[label].recall)) + numberCell(percentText(scores[label].f1)) + "</tr>";
    }
    return html + "</tbody></table></div>";
}

} // namespace

std::string scoresSection(const RunRecord &record)
{
    if (const LabelTally *labels = record.labels())
        return section("Scores for each label", "<p class=\"note\">Counts on " + record.judgedSamples() + "; a label counts as said from a probability of 50 % on.</p>"
                + labelScoresTable(record, *labels));
    const ConfusionMatrix *confusion = record.confusion();
    if (!confusion || confusion->classes == 0)
        return {};
    std::string html = "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>class</th><th class=\"n\">precision</th><th class=\"n\">recall</th>"
                       "<th class=\"n\">F1</th><th class=\"n\">support</th></tr></thead><tbody>";
    for (const ClassScore &score : classScores(*confusion, record.facts.classNames)) {
        html += "<tr>" + element("td", score.name) + numberCell(percentText(score.precision)) + numberCell(percentText(score.recall));
        html += "<td class=\"n\">" + percentText(score.f1) + "<span class=\"bar\"><i style=\"width:" + fixedText(score.f1 * 100, 1)
            + "%\"></i></span></td>";
        html += numberCell(groupedText(score.support)) + "</tr>";
    }
    html += "</tbody></table></div>";
    return section("Scores for each class",
        "<p class=\"note\">Precision: of those taken for the class, how many are. Recall: of the class, how many were found. "
        "F1: their harmonic mean. Support: " + record.samplesWord() + " of the class.</p>" + html);
}

std::string filtersSection(const RunRecord &record)
{
    const FilterPicture picture = drawFilters(record.filters);
    if (picture.png.empty())
        return {};
    const int scale = std::clamp(kMaxPictureWidth / picture.width, 1, kMaxScale);
    const std::string size = std::to_string(record.filters.count) + " filters of " + std::to_string(record.filters.channels) + "×"
        + std::to_string(record.filters.height) + "×" + std::to_string(record.filters.width);
    std::string html = "<p class=\"note\">" + htmlText("'" + record.filters.layer + "': " + size) + ". "
        + (record.filters.channels == 3 ? "Colours are the weights for red, green and blue"
                                        : "Brightness is the weight, the mean over the input channels where there are several")
        + "; each filter is stretched from its smallest to its largest weight.</p>";
    html += "<img class=\"filters\" alt=\"" + htmlText(size) + "\" width=\"" + std::to_string(picture.width * scale) + "\" height=\""
        + std::to_string(picture.height * scale) + "\" src=\"data:image/png;base64," + base64(picture.png) + "\">";
    return section("What the first convolution looks for", html);
}

std::string networkSection(const RunRecord &record)
{
    const Graph &graph = record.project.graph;
    std::string html = "<div class=\"sideways\"><table class=\"wide\"><thead><tr><th>node</th><th>type</th><th>output</th>"
                       "<th class=\"n\">parameters</th><th class=\"n\">multiply-adds</th></tr></thead><tbody>";
    for (const Node *node : listedNodes(graph)) {
        const auto found = record.inference.nodes.find(node->id);
        const NodeShapes *shapes = found == record.inference.nodes.end() ? nullptr : &found->second;
        const auto cost = [](std::int64_t number) { return number > 0 ? groupedText(number) : std::string("–"); };
        html += "<tr>" + element("td", pathOf(graph, *node)) + element("td", listedType(*node)) + element("td", shapesText(shapes))
            + numberCell(cost(shapes ? shapes->parameters : 0)) + numberCell(cost(shapes ? shapes->multiplyAdds : 0)) + "</tr>";
    }
    html += "</tbody><tfoot><tr><td>total</td><td></td><td></td>" + numberCell(groupedText(record.inference.parameters()))
        + numberCell(groupedText(record.inference.multiplyAdds())) + "</tr></tfoot></table></div>";
    return section("Network", html);
}

std::string settingsSection(const RunRecord &record)
{
    return section("Settings and data", "<div class=\"pair\">" + factTable("Training", recipeRows(record.project.recipe)) + "<div>"
            + factTable("Data", dataRows(record)) + factTable("Machine", machineRows(record)) + factTable("On the way", eventRows(record)) + "</div></div>");
}

std::string unreadableSection(const RunRecord &record)
{
    std::string html;
    if (!record.facts.warnings.empty())
        html += "<h3>Found while looking at the data</h3>" + listOf(record.facts.warnings);
    if (!record.unreadable.empty())
        html += "<h3>Could not be read and left out</h3>" + listOf(record.unreadable);
    return section("Notes on the data", html);
}

} // namespace netloom
