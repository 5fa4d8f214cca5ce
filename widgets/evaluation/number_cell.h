// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

#include <cmath>

namespace netloom {

/// Sorts by its number, undefined ones last.
class NumberCell : public QTableWidgetItem {
public:
    NumberCell(const QString &text, double number) : QTableWidgetItem(text), m_number(std::isnan(number) ? -1 : number)
    {
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem &other) const override { return m_number < static_cast<const NumberCell &>(other).m_number; }

private:
    double m_number;
};

inline NumberCell *percentCell(double share)
{
    return new NumberCell(QString::number(100 * share, 'f', 1) + QString::fromUtf8(" %"), share);
}

inline NumberCell *shareCell(double share)
{
    return new NumberCell(std::isnan(share) ? QString::fromUtf8("–") : QString::number(share, 'f', 4), share);
}

/// Precision, recall, F1, ROC AUC and average precision of @p scored in five cells of @p row, from @p column on.
template <class Scored>
void setScoreCells(QTableWidget &table, int row, int column, const Scored &scored)
{
    for (const double share : {scored.precision, scored.recall, scored.f1})
        table.setItem(row, column++, percentCell(share));
    for (const double share : {scored.auc, scored.averagePrecision})
        table.setItem(row, column++, shareCell(share));
}

} // namespace netloom
