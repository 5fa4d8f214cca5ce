// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_entry.h"

#include <QColor>
#include <QCoreApplication>
#include <QString>

namespace netloom {

/// One run among those that are compared, or several that are shown as one.
struct RunLine {
    QString name;
    QColor colour;
    std::vector<RunCurves> runs;
};

/// What the curves of several runs say, whatever is drawn of them.
class RunLines {
    Q_DECLARE_TR_FUNCTIONS(RunLines)
public:
    struct Best {
        const RunLine *line = nullptr; ///< null where no run was validated
        double epoch = 0, value = 0;
    };

    RunLines() = default;
    explicit RunLines(std::vector<RunLine> lines) : m_lines(std::move(lines)) {}

    const std::vector<RunLine> &all() const { return m_lines; }
    bool isEmpty() const { return m_lines.empty(); }

    /// What is measured beside the loss: "accuracy", or "r2" where a number is learned.
    std::string scoreMeasure() const;
    /// The mean of the line's runs; @p curve is "val_loss", "train_accuracy", ...
    static CurvePoints mean(const RunLine &line, const std::string &curve);
    /// The lowest loss, or the highest score, on the validation samples.
    static Best bestOf(const RunLine &line, const std::string &measure);
    Best bestOfAll(const std::string &measure) const;
    /// "Best: lr 0.01, 91.4 % in epoch 7"; "" where there are no validation scores.
    QString bestText() const;
    /// What the runs have at the epoch nearest to @p epoch, a line for each.
    QString textAt(double epoch, bool training, bool validation) const;

private:
    std::vector<RunLine> m_lines;
};

} // namespace netloom
