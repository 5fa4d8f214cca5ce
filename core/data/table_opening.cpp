// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split_rule.h"
#include "data/table_rows.h"
#include "data/table_source.h"
#include "data/warning_text.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr std::int64_t kFewRows = 5;
constexpr std::size_t kNumberStrata = 10; ///< of a number to be learned: each split gets its share of small and large ones

/// Fills the memory from the text and finds the facts.
class TableOpening {
public:
    TableOpening(const TableScan &scan, const TablePlan &plan, const Params &params) : m_scan(scan), m_plan(plan), m_params(params) {}

    Result<std::shared_ptr<DataSource>> open()
    {
        m_facts.warnings = m_plan.warnings;
        m_facts.known = true;
        m_facts.targetName = m_scan.columns[m_plan.target].name;
        m_facts.learnsNumber = m_plan.learnsNumber;
        m_facts.classNames = m_plan.learnsNumber ? std::vector<std::string>() : targetColumn().categories;
        makeColumns();
        readRows();
        warnOfRows();
        if (m_rows.cells.rows() == 0)
            return Error{"'" + m_scan.file + "': no row is left, for every one lacks a number or a word: set missing to mean, median or most frequent."};
        if (!hasSplitColumn())
            dealOut();
        m_rows.cells.fill(m_params.text("missing"), m_rows.splits);
        m_rows.addFacts(m_facts);
        warnOfFewRows();
        for (std::string &warning : m_rows.leakWarnings(m_facts))
            m_facts.warnings.push_back(std::move(warning));
        return std::shared_ptr<DataSource>(std::make_shared<TableSource>(std::move(m_rows), std::move(m_facts)));
    }

    /// A sentence about rows of classes that weren't learned; "" where there are none.
    std::string strangers() const
    {
        return m_strangers == 0 ? std::string()
                                : counted(m_strangers, "row") + (m_strangers == 1 ? " is" : " are") + " left out, for the network did not learn such a class: " + m_firstStranger + ".";
    }

private:
    const PlannedColumn &targetColumn() const { return m_plan.columns[m_plan.target]; }

    void makeColumns()
    {
        const bool oneHot = m_params.text("encode") == "one-hot";
        std::vector<std::size_t> order = m_plan.inputs;
        for (std::size_t index = 0; m_plan.inputs.empty() && index < m_plan.columns.size(); ++index)
            order.push_back(index);
        for (const std::size_t index : order) {
            const PlannedColumn &planned = m_plan.columns[index];
            if (planned.role != ColumnRole::Number && planned.role != ColumnRole::Category)
                continue;
            const bool words = planned.role == ColumnRole::Category;
            m_rows.cells.columns.push_back({m_scan.columns[index].name, planned.categories, words && oneHot, 0});
            m_inputs.emplace_back(index, CategoryFinder(planned.categories));
        }
        m_rows.cells.values.reserve(m_rows.cells.columns.size() * static_cast<std::size_t>(m_scan.rows));
    }

    void readRows()
    {
        const CategoryFinder classes(targetColumn().categories);
        const bool comma = m_scan.format.decimalComma;
        const bool drop = m_params.text("missing") == "drop";
        m_scan.eachRow([&](const std::vector<std::string_view> &cells, std::int64_t line) {
            double number = 0;
            int label = 0;
            const std::string_view answer = cells[m_plan.target];
            const bool known = !isMissingCell(answer)
                && (m_plan.learnsNumber ? numberOfCell(answer, comma, number) : (label = classes.indexOf(answer, comma)) >= 0);
            if (!known) {
                noteUnanswered(answer, line);
                return;
            }
            const std::size_t before = m_rows.cells.values.size();
            const bool whole = appendInputs(cells);
            std::optional<Split> split;
            if (hasSplitColumn())
                split = splitNamed(cells[m_plan.splitColumn]);
            if ((drop && !whole) || (hasSplitColumn() && !split)) {
                m_rows.cells.values.resize(before);
                ++(drop && !whole ? m_dropped : m_unsplit);
                return;
            }
            m_plan.learnsNumber ? m_rows.numbers.push_back(number) : m_rows.labels.push_back(label);
            if (split)
                m_rows.splits.push_back(*split);
            m_rows.lines.push_back(line);
        });
    }

    void noteUnanswered(std::string_view answer, std::int64_t line)
    {
        const bool stranger = !m_plan.inputs.empty() && !m_plan.learnsNumber && !isMissingCell(answer);
        if (!stranger)
            ++m_unanswered;
        else if (++m_strangers == 1)
            m_firstStranger = "'" + std::string(answer) + "' in line " + std::to_string(line);
    }

    /// False where a cell is missing.
    bool appendInputs(const std::vector<std::string_view> &cells)
    {
        bool whole = true;
        for (std::size_t input = 0; input < m_inputs.size(); ++input) {
            const auto &[column, finder] = m_inputs[input];
            const float value = cellValue(cells[column], m_rows.cells.columns[input], finder, m_scan.format.decimalComma);
            whole = whole && !std::isnan(value);
            m_rows.cells.values.push_back(value);
        }
        return whole;
    }

    bool hasSplitColumn() const { return m_plan.splitColumn < m_plan.columns.size(); }

    void dealOut()
    {
        m_rows.splits = m_plan.learnsNumber ? dealSplits(numberStrata(), kNumberStrata, m_params)
                                            : dealSplits(m_rows.labels, m_facts.classCount(), m_params);
    }

    /// Which tenth of the numbers each row's belongs to.
    std::vector<std::int64_t> numberStrata() const
    {
        std::vector<std::size_t> order(m_rows.numbers.size());
        for (std::size_t row = 0; row < order.size(); ++row)
            order[row] = row;
        std::ranges::stable_sort(order, {}, [&](std::size_t row) { return m_rows.numbers[row]; });
        std::vector<std::int64_t> strata(order.size());
        for (std::size_t place = 0; place < order.size(); ++place)
            strata[order[place]] = static_cast<std::int64_t>(place * kNumberStrata / order.size());
        return strata;
    }

    void warnOfFewRows()
    {
        std::vector<std::string> few;
        for (std::size_t label = 0; label < m_facts.classNames.size(); ++label) {
            if (m_facts.counts["train"][label] < kFewRows)
                few.push_back(m_facts.classNames[label]);
        }
        if (!few.empty())
            m_facts.warnings.push_back("Fewer than " + std::to_string(kFewRows) + " rows to learn from for " + listed(few)
                + ": with so few a network hardly learns a class.");
    }

    void warnOfRows()
    {
        const auto warn = [&](std::int64_t count, const std::string &text) {
            if (count > 0)
                m_facts.warnings.push_back(counted(count, "row") + (count == 1 ? " is" : " are") + " left out, " + text);
        };
        warn(m_scan.ragged, "for other rows have " + counted(static_cast<std::int64_t>(m_scan.columns.size()), "cell") + ": line "
                + std::to_string(m_scan.raggedLine) + " has " + std::to_string(m_scan.raggedCells) + ".");
        warn(m_unanswered, "since the target '" + m_facts.targetName + "' is missing there.");
        warn(m_unsplit, "since the split column is empty there.");
        warn(m_dropped, "since a cell is missing there: set missing to mean, median or most frequent to keep them.");
        for (const auto &[index, finder] : m_inputs) {
            const ColumnProfile &column = m_scan.columns[index];
            if (column.missing * 2 > m_scan.rows)
                m_facts.warnings.push_back("'" + column.name + "' is missing in " + std::to_string(column.missing) + " of "
                    + std::to_string(m_scan.rows) + " rows: leave it out (leave_out) if it teaches little.");
        }
    }

    const TableScan &m_scan;
    const TablePlan &m_plan;
    const Params &m_params;
    SourceFacts m_facts;
    TableData m_rows;
    std::vector<std::pair<std::size_t, CategoryFinder>> m_inputs; ///< the file's column of each input
    std::int64_t m_unanswered = 0;
    std::int64_t m_strangers = 0; ///< rows of classes that weren't learned
    std::string m_firstStranger;
    std::int64_t m_dropped = 0;
    std::int64_t m_unsplit = 0;
};

} // namespace

Result<TableLook> lookAtTable(const Params &params, const SourceFacts *trained)
{
    Result<TableScan> scan = scanTable(params);
    if (!scan)
        return scan.error();
    Result<TablePlan> plan = trained ? planTableAs(*scan, params, *trained) : planTable(*scan, params);
    if (!plan)
        return plan.error();
    TableOpening opening(*scan, *plan, params);
    Result<std::shared_ptr<DataSource>> source = opening.open();
    if (!source)
        return source.error();
    scan->text = {};
    return TableLook{std::move(*scan), std::move(*plan), std::move(*source), opening.strangers()};
}

} // namespace netloom
