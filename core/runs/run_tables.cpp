// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_tables.h"

#include "graph/shortest.h"
#include "graph/word_list.h"
#include "runs/csv_field.h"
#include "runs/seed_verdict.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <set>

namespace netloom {

namespace {

constexpr std::string_view kRecipe = "recipe.";

struct FixedColumn {
    const char *id;
    const char *title;
    CellKind kind;
    bool usual;
    std::function<RunCell(const RunEntry &)> read;
};

RunCell word(std::string text) { return {std::move(text), std::nullopt}; }
RunCell whole(std::int64_t number) { return {std::to_string(number), double(number)}; }
RunCell real(double number) { return {shortest(number), number}; }

const std::vector<FixedColumn> &fixedColumns()
{
    static const std::vector<FixedColumn> columns{
        {"run", "Run", CellKind::Text, true, [](const RunEntry &run) { return word(runName(run)); }},
        {"started", "Started", CellKind::Time, true, [](const RunEntry &run) { return word(run.started); }},
        {"status", "Status", CellKind::Text, true, [](const RunEntry &run) { return word(run.status); }},
        {"title", "Project", CellKind::Text, false, [](const RunEntry &run) { return word(run.title); }},
        {"group", "Group", CellKind::Text, false, [](const RunEntry &run) { return word(run.group); }},
        {"tags", "Tags", CellKind::Text, true, [](const RunEntry &run) { return word(joined(run.tags)); }},
        {"note", "Note", CellKind::Text, false, [](const RunEntry &run) { return word(run.note); }},
        {"epochs", "Epochs", CellKind::Whole, true, [](const RunEntry &run) { return whole(run.epochs); }},
        {"best_epoch", "Best epoch", CellKind::Whole, false, [](const RunEntry &run) { return whole(run.bestEpoch); }},
        {"seconds", "Time", CellKind::Seconds, true, [](const RunEntry &run) { return real(run.seconds); }},
        {"parameters", "Parameters", CellKind::Whole, false, [](const RunEntry &run) { return whole(run.parameters); }},
        {"device", "Device", CellKind::Text, false, [](const RunEntry &run) { return word(run.device); }},
        {"threads", "Threads", CellKind::Whole, false, [](const RunEntry &run) { return whole(run.threads); }},
        {"data", "Data", CellKind::Text, false, [](const RunEntry &run) { return word(run.dataPrint); }},
        {"network", "Network", CellKind::Text, false, [](const RunEntry &run) { return word(run.networkPrint); }},
        {"netloom", "Netloom", CellKind::Text, false, [](const RunEntry &run) { return word(run.netloom); }},
        {"libtorch", "LibTorch", CellKind::Text, false, [](const RunEntry &run) { return word(run.torch); }},
        {"folder", "Folder", CellKind::Text, false, [](const RunEntry &run) { return word(run.folder.string()); }},
    };
    return columns;
}

std::optional<double> numberOf(const std::string &text)
{
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool holdsNumbers(const std::vector<RunEntry> &runs, const std::string &setting)
{
    return std::ranges::all_of(runs, [&](const RunEntry &run) {
        const auto found = run.recipe.find(setting);
        return found == run.recipe.end() || numberOf(found->second).has_value();
    });
}

std::string small(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char letter) { return char(std::tolower(letter)); });
    return text;
}

} // namespace

std::string runName(const RunEntry &run)
{
    const std::string own = run.folder.filename().string();
    return run.group.empty() ? own : run.group + '/' + own;
}

namespace {

/// "lr 0.01" of a number, "SGD" of a word.
std::string settingText(const std::string &name, const std::string &value)
{
    const bool plain = !numberOf(value) && value != "true" && value != "false" && value != "none" && value != "auto";
    return plain ? value : name + ' ' + value;
}

/// The few settings that tell @p runs apart best, the one that tells most first.
std::vector<std::string> tellingSettings(const std::vector<RunEntry> &runs)
{
    constexpr std::size_t kMost = 3;
    std::set<std::string> names;
    for (const RunEntry &run : runs) {
        for (const auto &[name, value] : run.recipe)
            names.insert(name);
    }
    const auto distinct = [&](const std::vector<std::string> &settings) {
        std::set<std::string> different;
        for (const RunEntry &run : runs) {
            std::string all;
            for (const std::string &name : settings)
                all += run.recipe.contains(name) ? run.recipe.at(name) + '\n' : "\n";
            different.insert(all);
        }
        return different.size();
    };
    std::vector<std::string> chosen;
    for (std::size_t told = 1; chosen.size() < kMost && told < runs.size();) {
        std::string best;
        for (const std::string &name : names) {
            std::vector<std::string> more = chosen;
            more.push_back(name);
            if (const std::size_t tells = distinct(more); tells > told) {
                told = tells;
                best = name;
            }
        }
        if (best.empty())
            break;
        chosen.push_back(best);
    }
    return chosen;
}

} // namespace

std::vector<std::string> shortNames(const std::vector<RunEntry> &runs)
{
    const std::vector<std::string> settings = tellingSettings(runs);
    std::set<std::string> titles;
    for (const RunEntry &run : runs)
        titles.insert(run.title);
    std::vector<std::string> names;
    std::map<std::string, int> taken;
    for (const RunEntry &run : runs) {
        std::string name;
        for (const std::string &setting : settings) {
            if (const auto own = run.recipe.find(setting); own != run.recipe.end())
                name.append(name.empty() ? "" : ", ").append(settingText(setting, own->second));
        }
        if (name.empty()) {
            const std::string &time = run.started; // "2026-11-25T14:30:05"
            name = (titles.size() > 1 || runs.size() == 1 ? run.title + ' ' : "") + (time.size() > 16 ? time.substr(5, 5) + ' ' + time.substr(11, 5) : runName(run));
        }
        if (const int times = ++taken[name]; times > 1)
            name += " (" + std::to_string(times) + ')';
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<RunColumn> runColumns(const std::vector<RunEntry> &runs)
{
    std::vector<RunColumn> columns;
    std::set<std::string> figures, recipe;
    for (const RunEntry &run : runs) {
        for (const auto &[name, value] : run.figures)
            figures.insert(name);
        for (const auto &[name, value] : run.recipe)
            recipe.insert(name);
    }
    for (const FixedColumn &fixed : fixedColumns())
        columns.push_back({fixed.id, fixed.title, fixed.kind, fixed.usual});
    const std::set<std::string> usualFigures{"test_accuracy", "test_r2", "val_accuracy", "val_r2", "val_loss"};
    const std::set<std::string> usualSettings{"lr", "optimizer", "batch_size", "seed"};
    const auto place = std::ranges::find(columns, "epochs", &RunColumn::id) - columns.begin();
    std::vector<RunColumn> scores;
    for (const std::string &name : figures)
        scores.push_back({name, figureTitle(name), isShare(name) ? CellKind::Share : CellKind::Number, usualFigures.contains(name)});
    std::ranges::stable_sort(scores, {}, [](const RunColumn &column) { return column.id.starts_with("test_") ? 0 : column.id.starts_with("val_") ? 1 : 2; });
    columns.insert(columns.begin() + place, scores.begin(), scores.end());
    for (const std::string &name : recipe)
        columns.push_back({std::string(kRecipe) + name, name, holdsNumbers(runs, name) ? CellKind::Amount : CellKind::Text, usualSettings.contains(name)});
    return columns;
}

const RunColumn *findColumn(const std::vector<RunColumn> &columns, const std::string &name)
{
    for (const std::string &id : {name, std::string(kRecipe) + name, "test_" + name, "val_" + name, "train_" + name}) {
        const auto found = std::ranges::find(columns, id, &RunColumn::id);
        if (found != columns.end())
            return &*found;
    }
    return nullptr;
}

RunCell cellOf(const RunEntry &run, const RunColumn &column)
{
    if (column.id.starts_with(kRecipe)) {
        const auto found = run.recipe.find(column.id.substr(kRecipe.size()));
        return found == run.recipe.end() ? RunCell{} : RunCell{found->second, numberOf(found->second)};
    }
    const auto fixed = std::ranges::find(fixedColumns(), column.id, &FixedColumn::id);
    if (fixed != fixedColumns().end())
        return fixed->read(run);
    const auto figure = run.figure(column.id);
    return figure ? real(*figure) : RunCell{};
}

bool cellLess(const RunCell &a, const RunCell &b)
{
    if (a.text.empty() != b.text.empty())
        return b.text.empty();
    if (a.number && b.number)
        return *a.number < *b.number;
    if (a.number.has_value() != b.number.has_value())
        return a.number.has_value();
    return a.text < b.text;
}

std::string runsCsv(const std::vector<RunEntry> &runs, const std::vector<RunColumn> &columns)
{
    std::string text;
    for (const RunColumn &column : columns)
        text.append(text.empty() ? "" : ",").append(csvField(column.id));
    text += '\n';
    for (const RunEntry &run : runs) {
        for (std::size_t index = 0; index < columns.size(); ++index)
            text.append(index > 0 ? "," : "").append(csvField(cellOf(run, columns[index]).text));
        text += '\n';
    }
    return text;
}

std::string curvesCsv(const std::vector<std::pair<std::string, RunCurves>> &runs)
{
    std::string text = "run,curve,epoch,value\n";
    for (const auto &[name, curves] : runs) {
        for (const auto &[curve, points] : curves) {
            for (const auto &[epoch, value] : points)
                text.append(csvField(name)).append(",").append(curve).append(",").append(shortest(epoch)).append(",").append(shortest(value)).append("\n");
        }
    }
    return text;
}

RunFilter::RunFilter(const std::string &text, const std::vector<RunColumn> &columns) : m_columns(columns)
{
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        if (end > start)
            m_conditions.push_back(condition(text.substr(start, end - start), columns));
        start = end + 1;
    }
}

RunFilter::Condition RunFilter::condition(const std::string &word, const std::vector<RunColumn> &columns)
{
    const std::pair<const char *, Relation> relations[] = {{"!=", Relation::NotEqual}, {"<=", Relation::LessOrEqual}, {">=", Relation::GreaterOrEqual},
        {"=", Relation::Equal}, {"<", Relation::Less}, {">", Relation::Greater}, {":", Relation::Holds}};
    for (const auto &[sign, relation] : relations) {
        const std::size_t place = word.find(sign);
        const RunColumn *column = place == std::string::npos || place == 0 ? nullptr : findColumn(columns, word.substr(0, place));
        if (!column)
            continue;
        std::string value = small(word.substr(place + std::string_view(sign).size()));
        const bool percent = value.ends_with('%');
        auto number = numberOf(percent ? value.substr(0, value.size() - 1) : value);
        if (number && percent)
            *number /= 100;
        return {*column, relation, std::move(value), number};
    }
    return {std::nullopt, Relation::Holds, small(word), std::nullopt};
}

bool RunFilter::holds(const Condition &condition, const RunCell &cell)
{
    if (condition.text.empty())
        return true; // is being typed
    const bool numbers = condition.number && cell.number;
    switch (condition.relation) {
    case Relation::Holds: return small(cell.text).find(condition.text) != std::string::npos;
    case Relation::Equal: return numbers ? *cell.number == *condition.number : small(cell.text) == condition.text;
    case Relation::NotEqual: return numbers ? *cell.number != *condition.number : small(cell.text) != condition.text;
    case Relation::Less: return numbers && *cell.number < *condition.number;
    case Relation::LessOrEqual: return numbers && *cell.number <= *condition.number;
    case Relation::Greater: return numbers && *cell.number > *condition.number;
    case Relation::GreaterOrEqual: return numbers && *cell.number >= *condition.number;
    }
    return true;
}

bool RunFilter::matches(const RunEntry &run) const
{
    return std::ranges::all_of(m_conditions, [&](const Condition &condition) {
        if (condition.column)
            return holds(condition, cellOf(run, *condition.column));
        return std::ranges::any_of(m_columns, [&](const RunColumn &column) { return holds(condition, cellOf(run, column)); });
    });
}

} // namespace netloom
