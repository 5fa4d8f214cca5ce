// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_entry.h"

namespace netloom {

/// What a column of a table of runs holds, and so how it is shown and sorted.
enum class CellKind {
    Text,
    Time,
    Whole,
    Number,
    Share,
    Seconds,
    Amount, ///< a number as people wrote it
};

struct RunColumn {
    std::string id;    ///< "started", "val_loss", "recipe.lr"; what filters and --sort call it
    std::string title; ///< "Validation loss"
    CellKind kind = CellKind::Text;
    bool usual = false; ///< shown where people have chosen nothing
    friend bool operator==(const RunColumn &, const RunColumn &) = default;
};

struct RunCell {
    std::string text;             ///< as files have it: unrounded, the same in every locale; "" where there is nothing
    std::optional<double> number; ///< where the column holds numbers, or the text is one
};

/// The columns of @p runs: what every run has, and the figures and settings of the recipe that there are.
std::vector<RunColumn> runColumns(const std::vector<RunEntry> &runs);
/// By its id, or for people by a setting's or figure's short name ("lr", "accuracy"); null where there is none.
const RunColumn *findColumn(const std::vector<RunColumn> &columns, const std::string &name);

RunCell cellOf(const RunEntry &run, const RunColumn &column);
/// Smaller first, what is missing last.
bool cellLess(const RunCell &a, const RunCell &b);

/// @p name within a table of runs: the folder's own, with that of its group.
std::string runName(const RunEntry &run);

/// A name for each of @p runs that tells it apart: the settings that tell most of them apart ("lr 0.01, SGD"), or where they are the same
/// when it was started.
std::vector<std::string> shortNames(const std::vector<RunEntry> &runs);

/// A header of ids and a row for each run.
std::string runsCsv(const std::vector<RunEntry> &runs, const std::vector<RunColumn> &columns);
/// "run,curve,epoch,value", a row for each value.
std::string curvesCsv(const std::vector<std::pair<std::string, RunCurves>> &runs);

/// Which runs people want to see: words that occur anywhere, and conditions on a column: "lr>0.01 status=finished rose".
class RunFilter {
public:
    RunFilter() = default;
    RunFilter(const std::string &text, const std::vector<RunColumn> &columns);

    bool matches(const RunEntry &run) const;
    bool isEmpty() const { return m_conditions.empty(); }

private:
    enum class Relation { Holds, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct Condition {
        std::optional<RunColumn> column; ///< any, where there is none
        Relation relation = Relation::Holds;
        std::string text; ///< in small letters
        std::optional<double> number;
    };
    static Condition condition(const std::string &word, const std::vector<RunColumn> &columns);
    static bool holds(const Condition &condition, const RunCell &cell);

    std::vector<Condition> m_conditions;
    std::vector<RunColumn> m_columns;
};

} // namespace netloom
