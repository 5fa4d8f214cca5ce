// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/shown_evaluation.h"

#include <QTableWidget>

namespace netloom {

/// The scores of every class, sorted by whichever column is clicked.
class ClassTable : public QTableWidget {
    Q_OBJECT
public:
    explicit ClassTable(QWidget *parent = nullptr);

    void setClasses(const std::vector<ShownClass> &classes, const QString &samplesWord);
    /// The class of a row as it stands now.
    int labelAt(int row) const;

signals:
    void classChosen(int label);
};

} // namespace netloom
