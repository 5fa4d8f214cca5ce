// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_plan.h"

#include "data/folder_scan.h"
#include "data/split_rule.h"
#include "data/warning_text.h"
#include "graph/shortest.h"

#include <algorithm>
#include <array>
#include <set>

namespace netloom {

namespace {

constexpr std::size_t kFewWords = 10;         ///< always make a column of categories
constexpr std::size_t kManyWords = 100;       ///< never do
constexpr std::int64_t kRowsPerWord = 5;      ///< of a column of categories, between the two
constexpr std::size_t kMostNumberClasses = 10;///< whole numbers, up to which they are taken for classes
constexpr std::int64_t kStrayShare = 10;      ///< a column of numbers holds at most one word in so many cells
constexpr std::size_t kNamesInWarning = 5;

const std::array<std::string_view, 9> kTargetNames{"target", "label", "labels", "class", "classes", "species", "y", "outcome", "diagnosis"};

bool holds(const std::vector<std::string> &names, const TableScan &scan, std::size_t column)
{
    return std::ranges::any_of(names, [&](const std::string &name) { return scan.find(name) == column; });
}

/// The different cells, sorted: by number where all of them are, when equal ones ("1" and "1.0") count once.
std::vector<std::string> categoriesOf(const ColumnProfile &column, bool decimalComma)
{
    std::vector<std::string> words;
    std::set<double> numbers;
    for (const auto &[cell, count] : column.cells) {
        double number = 0;
        if (column.words == 0 && numberOfCell(cell, decimalComma, number))
            numbers.insert(number);
        else
            words.push_back(cell);
    }
    if (column.words == 0) {
        for (const double number : numbers)
            words.push_back(shortest(number));
        return words;
    }
    std::ranges::sort(words);
    return words;
}

/// How many different cells there are, for people.
std::string differentText(const ColumnProfile &column, const std::string &noun)
{
    return (column.many ? "more than " + std::to_string(kMostDifferent) : std::to_string(column.cells.size())) + " different " + noun;
}

/// A column of numbers with a few words that don't belong there.
bool isStrayed(const ColumnProfile &column)
{
    return column.words > 0 && column.numbers >= kStrayShare * column.words && (column.many || column.cells.size() > 2 * kFewWords);
}

bool holdsNumbers(const ColumnProfile &column)
{
    return column.numbers > 0 && (column.words == 0 || isStrayed(column));
}

bool hasTooManyWords(const ColumnProfile &column)
{
    const std::size_t different = column.cells.size();
    return column.many || different > kManyWords
        || (different > kFewWords && column.filled() < kRowsPerWord * static_cast<std::int64_t>(different));
}

Error noColumn(const TableScan &scan, const std::string &param, const std::string &name)
{
    std::string names;
    for (std::size_t index = 0; index < std::min<std::size_t>(scan.columns.size(), 30); ++index)
        names += (names.empty() ? "" : ", ") + scan.columns[index].name;
    return {"'" + scan.file + "' has no column '" + name + "', which " + param + " names: there are " + names + "."};
}

/// Puts a plan together, column by column.
class Planning {
public:
    Planning(const TableScan &scan, const Params &params) : m_scan(scan), m_params(params) { m_plan.columns.resize(scan.columns.size()); }

    Result<TablePlan> result()
    {
        for (const char *list : {"categories", "numbers", "leave_out"}) {
            for (const std::string &name : m_params.texts(list)) {
                if (m_scan.find(name) == m_scan.columns.size())
                    return noColumn(m_scan, list, name);
            }
        }
        if (const auto error = chooseTarget())
            return *error;
        if (const auto error = chooseSplitColumn(m_scan, m_params, m_plan))
            return *error;
        if (const auto error = chooseTask())
            return *error;
        std::size_t inputs = 0;
        for (std::size_t index = 0; index < m_scan.columns.size(); ++index) {
            if (index != m_plan.target && index != m_plan.splitColumn)
                planInput(index);
            inputs += isInput(m_plan.columns[index].role);
        }
        if (inputs == 0)
            return Error{"'" + m_scan.file + "': no column is left to learn from beside the target '" + m_scan.columns[m_plan.target].name
                + "': take some in with numbers or categories, or empty leave_out."};
        warnOfLeftOut();
        return std::move(m_plan);
    }

private:
    static bool isInput(ColumnRole role) { return role == ColumnRole::Number || role == ColumnRole::Category; }

    std::optional<Error> chooseTarget()
    {
        const std::string &asked = m_params.text("target");
        m_plan.target = m_scan.find(asked);
        if (m_plan.target < m_scan.columns.size())
            return markTarget();
        if (!asked.empty() && asked != "auto" && asked != "last" && asked != "first")
            return noColumn(m_scan, "target", asked);
        m_plan.target = asked == "first" ? 0 : m_scan.columns.size() - 1;
        if (asked == "first" || asked == "last")
            return markTarget();
        const bool number = m_params.text("task") == "regression"; // words, where there are numbers, can't be meant
        if (number)
            m_plan.target = lastOfNumbers();
        std::vector<std::size_t> named;
        for (std::size_t index = 0; index < m_scan.columns.size(); ++index) {
            if (std::ranges::find(kTargetNames, lowerCase(m_scan.columns[index].name)) != kTargetNames.end()
                && (!number || holdsNumbers(m_scan.columns[index])))
                named.push_back(index);
        }
        if (named.size() == 1 && named.front() != m_plan.target) {
            m_plan.target = named.front();
            m_plan.warnings.push_back("The column '" + m_scan.columns[m_plan.target].name
                + "' is learned, for its name: set target if that is wrong.");
        }
        return markTarget();
    }

    /// The last column of numbers; the last of all where there is none.
    std::size_t lastOfNumbers() const
    {
        for (std::size_t index = m_scan.columns.size(); index-- > 0;) {
            if (holdsNumbers(m_scan.columns[index]))
                return index;
        }
        return m_scan.columns.size() - 1;
    }

    std::optional<Error> markTarget()
    {
        const ColumnProfile &target = m_scan.columns[m_plan.target];
        m_plan.columns[m_plan.target].role = ColumnRole::Target;
        if (target.filled() == 0)
            return Error{"'" + m_scan.file + "': the target '" + target.name + "' is empty in every row: choose another target."};
        if (holds(m_params.texts("leave_out"), m_scan, m_plan.target))
            return Error{"'" + m_scan.file + "': the column '" + target.name + "' is the target and can't be left out: choose another target."};
        return {};
    }

    std::optional<Error> chooseTask()
    {
        const ColumnProfile &target = m_scan.columns[m_plan.target];
        PlannedColumn &planned = m_plan.columns[m_plan.target];
        const std::string where = "'" + m_scan.file + "': the target '" + target.name + "' ";
        const std::string &task = m_params.text("task");
        const bool asWords = holds(m_params.texts("categories"), m_scan, m_plan.target);
        const bool fewWhole = target.whole && !target.many && categoriesOf(target, m_scan.format.decimalComma).size() <= kMostNumberClasses;
        const bool words = target.words > 0 && !isStrayed(target);
        m_plan.learnsNumber = task == "regression" || (task == "auto" && !asWords && !words && !fewWhole);
        if (m_plan.learnsNumber) {
            if (!holdsNumbers(target))
                return Error{where + "holds words, such as '" + target.firstWord + "', which can't be learned as a number: set task to classification, or choose another target."};
            warnOfStrays(target);
            return {};
        }
        if (target.many)
            return Error{where + "holds " + differentText(target, "values") + ", too many for classes: "
                + (words ? "choose another target." : "set task to regression, or choose another target.")};
        planned.categories = categoriesOf(target, m_scan.format.decimalComma);
        if (target.words > 0 && hasTooManyWords(target))
            m_plan.warnings.push_back("The target '" + target.name + "' holds " + differentText(target, "words") + ", which hardly make classes: choose another target.");
        if (planned.categories.size() == 1)
            return Error{where + "holds '" + planned.categories.front() + "' alone, so there is nothing to tell apart: choose another target."};
        return {};
    }

    void planInput(std::size_t index)
    {
        const ColumnProfile &column = m_scan.columns[index];
        PlannedColumn &planned = m_plan.columns[index];
        const bool asNumber = holds(m_params.texts("numbers"), m_scan, index);
        const bool asWords = holds(m_params.texts("categories"), m_scan, index);
        if (holds(m_params.texts("leave_out"), m_scan, index)) {
            planned.role = ColumnRole::LeftOut;
        } else if (column.filled() == 0) {
            leaveOut(index, "is empty");
        } else if (asWords && column.many) {
            leaveOut(index, "holds " + differentText(column, "values") + ", too many for categories");
        } else if (asWords || (!asNumber && column.words > 0 && !isStrayed(column))) {
            if (!asWords && hasTooManyWords(column))
                return leaveOut(index, "holds " + differentText(column, "words"));
            planned.role = ColumnRole::Category;
            planned.categories = categoriesOf(column, m_scan.format.decimalComma);
        } else if (asNumber && column.numbers == 0) {
            leaveOut(index, "holds no numbers");
        } else if (!asNumber && isRowCounter(column)) {
            leaveOut(index, "counts the rows");
        } else {
            planned.role = ColumnRole::Number;
            warnOfStrays(column);
        }
    }

    bool isRowCounter(const ColumnProfile &column) const
    {
        return column.countsUp && column.missing == 0 && column.numbers >= static_cast<std::int64_t>(kFewWords);
    }

    void leaveOut(std::size_t index, std::string reason)
    {
        m_plan.columns[index].role = ColumnRole::LeftOut;
        m_plan.columns[index].reason = std::move(reason);
    }

    void warnOfStrays(const ColumnProfile &column)
    {
        if (column.words > 0)
            m_plan.warnings.push_back(counted(column.words, "cell") + " of '" + column.name
                + (column.words == 1 ? "' is no number and counts" : "' are no numbers and count") + " as missing, for example '"
                + column.firstWord + "' in line " + std::to_string(column.firstWordLine) + ".");
    }

    void warnOfLeftOut()
    {
        std::size_t told = 0;
        std::size_t all = 0;
        for (std::size_t index = 0; index < m_scan.columns.size(); ++index) {
            const PlannedColumn &planned = m_plan.columns[index];
            if (planned.role != ColumnRole::LeftOut || planned.reason.empty() || ++all > kNamesInWarning)
                continue;
            ++told;
            const bool words = planned.reason.ends_with("words");
            const bool counter = planned.reason.starts_with("counts");
            m_plan.warnings.push_back("The column '" + m_scan.columns[index].name + "' " + planned.reason + " and is left out"
                + (words ? ": name it in categories to take it in." : counter ? ": name it in numbers to take it in." : "."));
        }
        if (all > told)
            m_plan.warnings.push_back(counted(static_cast<std::int64_t>(all - told), "more column") + " can't be used and are left out.");
    }

    const TableScan &m_scan;
    const Params &m_params;
    TablePlan m_plan;
};

} // namespace

Result<TablePlan> planTable(const TableScan &scan, const Params &params)
{
    return Planning(scan, params).result();
}

std::optional<Error> chooseSplitColumn(const TableScan &scan, const Params &params, TablePlan &plan)
{
    const std::string &asked = params.text("split_column");
    const bool automatic = asked.empty() && params.text("split") == "auto";
    plan.splitColumn = automatic || !asked.empty() ? scan.find(asked.empty() ? "split" : asked) : scan.columns.size();
    if (plan.splitColumn == scan.columns.size())
        return asked.empty() ? std::nullopt : std::optional(noColumn(scan, "split_column", asked));
    const ColumnProfile &column = scan.columns[plan.splitColumn];
    std::string stranger;
    for (const auto &[cell, count] : column.cells) {
        if (!splitNamed(cell))
            stranger = cell;
    }
    if (stranger.empty() && !column.many && column.filled() > 0 && plan.splitColumn != plan.target) {
        plan.columns[plan.splitColumn].role = ColumnRole::SplitColumn;
        return {};
    }
    if (asked.empty()) {
        plan.splitColumn = scan.columns.size();
        return {};
    }
    return Error{"'" + scan.file + "': the column '" + column.name + "' can't tell the split, for it "
        + (stranger.empty() ? "is the target or empty" : "holds '" + stranger + "'") + ": it may say train, val and test."};
}

CategoryFinder::CategoryFinder(const std::vector<std::string> &categories)
{
    for (std::size_t index = 0; index < categories.size(); ++index) {
        double number = 0;
        m_numbers = m_numbers && numberOfCell(categories[index], false, number);
        m_byNumber.emplace(number, static_cast<int>(index));
        m_byWord.emplace(categories[index], static_cast<int>(index));
    }
}

int CategoryFinder::indexOf(std::string_view cell, bool decimalComma) const
{
    double number = 0;
    if (m_numbers) {
        if (!numberOfCell(cell, decimalComma, number))
            return -1;
        const auto found = m_byNumber.find(number);
        return found == m_byNumber.end() ? -1 : found->second;
    }
    const auto found = m_byWord.find(cell);
    return found == m_byWord.end() ? -1 : found->second;
}

} // namespace netloom
