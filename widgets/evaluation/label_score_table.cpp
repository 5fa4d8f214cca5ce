// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/label_score_table.h"

#include "evaluation/number_cell.h"
#include "panels/fact_rows.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QHeaderView>

#include <algorithm>

namespace netloom {

namespace {

enum Column { Name, Hits, FalseAlarms, Misses, Rest, Precision, Recall, F1, Auc, AveragePrecision, Columns };

constexpr int kLeastColumn = 40; ///< px
constexpr int kLeastName = 96;

bool isCount(int column)
{
    return column >= Hits && column <= Rest;
}

} // namespace

LabelScoreTable::LabelScoreTable(QWidget *parent) : QTableWidget(parent)
{
    setObjectName(QStringLiteral("labelTable"));
    setAccessibleName(tr("Counts and scores of each label"));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setColumnCount(Columns);
    styleRows(*this, 28);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(kLeastColumn);
    const QStringList helps{{}, tr("It is there, and said to be"), tr("It is not there, but said to be"), tr("It is there, but not said to be"), tr("It is not there, and not said to be"),
        tr("Where it is said to be there, how often it is"), tr("Where it is there, how often it is said to be"), tr("The harmonic mean of both"),
        tr("How well the probability tells where it is there: 1 is perfect, 0.5 is chance"), tr("The area under precision against recall")};
    const QStringList titles = longTitles();
    setHorizontalHeaderLabels(titles);
    for (int column = 0; column < Columns; ++column) {
        horizontalHeaderItem(column)->setToolTip(column == Name ? QString() : tr("%1: %2").arg(titles[column], helps[column]));
        horizontalHeaderItem(column)->setTextAlignment((column == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    connect(this, &QTableWidget::itemSelectionChanged, this, &LabelScoreTable::choose);
}

QStringList LabelScoreTable::longTitles()
{
    return {tr("Label"), tr("Hits"), tr("False alarms"), tr("Misses"), tr("Rest"), tr("Precision"), tr("Recall"), tr("F1"), tr("ROC AUC"), tr("Avg. precision")};
}

QStringList LabelScoreTable::shortTitles()
{
    return {tr("Label"), tr("Hits"), tr("False"), tr("Misses"), tr("Rest"), tr("Prec."), tr("Recall"), tr("F1"), tr("AUC"), tr("AP")};
}

/// All columns are to be seen at once: the names have what the numbers leave, and headings are short where long ones don't fit.
void LabelScoreTable::fitColumns()
{
    QHeaderView *header = horizontalHeader();
    for (const QStringList &titles : {longTitles(), shortTitles()}) {
        for (int column = 0; column < Columns; ++column)
            horizontalHeaderItem(column)->setText(titles[column]);
        int taken = 0;
        for (int column = Name + 1; column < Columns; ++column) {
            header->resizeSection(column, std::max({kLeastColumn, sizeHintForColumn(column), header->sectionSizeHint(column)}));
            taken += header->sectionSize(column);
        }
        const int left = viewport()->width() - taken;
        header->resizeSection(Name, std::max(kLeastName, left));
        if (left >= std::max(kLeastName, sizeHintForColumn(Name)))
            return;
    }
}

void LabelScoreTable::resizeEvent(QResizeEvent *event)
{
    QTableWidget::resizeEvent(event);
    fitColumns();
}

int LabelScoreTable::labelAt(int row) const
{
    return item(row, Name)->data(Qt::UserRole).toInt();
}

QModelIndex LabelScoreTable::countIndex(int label, LabelCell cell) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (labelAt(row) == label)
            return model()->index(row, Hits + int(cell));
    }
    return {};
}

void LabelScoreTable::choose()
{
    const auto chosen = selectedItems();
    if (chosen.isEmpty())
        return;
    const int label = labelAt(chosen.front()->row()), column = chosen.front()->column();
    if (isCount(column))
        emit countChosen(label, LabelCell(column - Hits));
    else
        emit labelChosen(label);
}

void LabelScoreTable::setLabels(const std::vector<ShownLabel> &labels)
{
    const QSignalBlocker blocker(this);
    const QList<QTableWidgetItem *> before = selectedItems();
    const int label = before.isEmpty() ? -1 : labelAt(before.front()->row()), column = before.isEmpty() ? -1 : before.front()->column();
    setSortingEnabled(false);
    setRowCount(int(labels.size()));
    for (int row = 0; row < int(labels.size()); ++row) {
        const ShownLabel &one = labels[std::size_t(row)];
        auto *name = new QTableWidgetItem(one.name);
        name->setData(Qt::UserRole, row);
        setItem(row, Name, name);
        for (int cell = 0; cell < int(one.counts.size()); ++cell) {
            auto *count = new NumberCell(grouped(one.counts[std::size_t(cell)]), double(one.counts[std::size_t(cell)]));
            count->setToolTip(tr("Shows the pictures"));
            const bool wrong = LabelCell(cell) == LabelCell::FalseAlarms || LabelCell(cell) == LabelCell::Misses;
            if (wrong && one.counts[std::size_t(cell)] > 0)
                count->setForeground(Theme::current().error);
            setItem(row, Hits + cell, count);
        }
        setScoreCells(*this, row, Precision, one);
    }
    setSortingEnabled(true);
    fitColumns();
    for (int row = 0; row < rowCount() && column >= 0; ++row) {
        if (labelAt(row) == label)
            setCurrentCell(row, column);
    }
}

} // namespace netloom
