// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/class_table.h"

#include "evaluation/number_cell.h"
#include "panels/fact_rows.h"
#include "theme/view_parts.h"

#include <QHeaderView>

namespace netloom {

namespace {

enum Column { Name, Precision, Recall, F1, Auc, AveragePrecision, Support, TakenFor, Columns };

} // namespace

ClassTable::ClassTable(QWidget *parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("classTable"));
    setAccessibleName(tr("Scores of each class"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setColumnCount(Columns);
    styleRows(*this, 28);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(TakenFor, QHeaderView::Stretch);
    connect(this, &QTableWidget::itemSelectionChanged, this, [this] {
        if (const auto rows = selectionModel()->selectedRows(); !rows.isEmpty())
            emit classChosen(labelAt(rows.front().row()));
    });
}

int ClassTable::labelAt(int row) const
{
    return item(row, Name)->data(Qt::UserRole).toInt();
}

void ClassTable::setClasses(const std::vector<ShownClass> &classes, const QString &samplesWord)
{
    const QSignalBlocker blocker(this);
    setSortingEnabled(false);
    const QStringList titles{tr("Class"), tr("Precision"), tr("Recall"), tr("F1"), tr("ROC AUC"), tr("Avg. precision"), samplesWord, tr("Most often taken for")};
    setHorizontalHeaderLabels(titles);
    const QStringList helps{{}, tr("Of those taken for the class, how many are"), tr("Of the class, how many were found"), tr("The harmonic mean of both"),
        tr("How well the probability tells the class from the rest: 1 is perfect, 0.5 is chance"), tr("The area under precision against recall"), {}, {}};
    for (int column = 0; column < Columns; ++column) {
        horizontalHeaderItem(column)->setToolTip(helps[column]);
        horizontalHeaderItem(column)->setTextAlignment((column == Name || column == TakenFor ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    setRowCount(int(classes.size()));
    for (int row = 0; row < int(classes.size()); ++row) {
        const ShownClass &one = classes[std::size_t(row)];
        auto *name = new QTableWidgetItem(one.name);
        name->setData(Qt::UserRole, row);
        setItem(row, Name, name);
        setScoreCells(*this, row, Precision, one);
        setItem(row, Support, new NumberCell(grouped(one.support), double(one.support)));
        const bool mixed = one.takenFor >= 0 && one.takenFor < int(classes.size());
        setItem(row, TakenFor, new QTableWidgetItem(mixed ? QStringLiteral("%1 (%2)").arg(classes[std::size_t(one.takenFor)].name, grouped(one.takenCount)) : QString()));
    }
    setSortingEnabled(true);
}

} // namespace netloom
