// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/shown_evaluation.h"

#include <QTableWidget>

namespace netloom {

/// Several labels with their 2×2 counts and scores, sorted by whichever column is clicked. A click on a count asks for its samples.
class LabelScoreTable : public QTableWidget {
    Q_OBJECT
public:
    explicit LabelScoreTable(QWidget *parent = nullptr);

    void setLabels(const std::vector<ShownLabel> &labels);
    /// The label of a row as it stands now.
    int labelAt(int row) const;
    /// The place of a label's count.
    QModelIndex countIndex(int label, LabelCell cell) const;

protected:
    void resizeEvent(QResizeEvent *event) override;

signals:
    void countChosen(int label, netloom::LabelCell cell);
    void labelChosen(int label); ///< by another of its cells

private:
    static QStringList longTitles();
    static QStringList shortTitles();
    void fitColumns();
    void choose();
};

} // namespace netloom
