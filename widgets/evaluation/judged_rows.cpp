// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/judged_rows.h"

#include "plots/estimate_plot.h"
#include "theme/theme.h"

namespace netloom {

namespace {

constexpr int kFixed = 4; ///< columns before the values

} // namespace

QString unitText(double number)
{
    return shortNumberText(number);
}

void JudgedRows::setRows(const ShownEvaluation *shown, const std::vector<int> *items)
{
    beginResetModel();
    m_shown = shown;
    m_items = items;
    endResetModel();
}

int JudgedRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_items ? 0 : int(m_items->size());
}

int JudgedRows::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_shown ? 0 : kFixed + int(m_shown->columns.size());
}

bool JudgedRows::isNumber(int column) const
{
    return column >= 3 || (m_shown->learnsNumber && column > 0);
}

QString JudgedRows::text(const ShownSample &sample, int column) const
{
    switch (column) {
    case 0: return m_shown->nameOf(sample.sample);
    case 1: return m_shown->learnsNumber ? unitText(sample.number) : m_shown->className(sample.truth);
    case 2: return m_shown->learnsNumber ? unitText(sample.predicted) : m_shown->className(sample.guess);
    case 3: return m_shown->learnsNumber ? unitText(sample.error()) : QString::number(100 * sample.confidence, 'f', 1) + QString::fromUtf8(" %");
    default: return m_shown->valuesOf(sample.sample).value(column - kFixed);
    }
}

QVariant JudgedRows::data(const QModelIndex &index, int role) const
{
    if (!m_shown || !m_items || !index.isValid())
        return {};
    const ShownSample &sample = m_shown->scores.samples[std::size_t((*m_items)[std::size_t(index.row())])];
    if (role == Qt::DisplayRole)
        return text(sample, index.column());
    if (role == Qt::TextAlignmentRole && isNumber(index.column()))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && index.column() == 2 && !m_shown->learnsNumber)
        return sample.right() ? Theme::current().success : Theme::current().error;
    return {};
}

QVariant JudgedRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || !m_shown)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString fixed[] = {tr("row"), tr("truth"), tr("answer"), m_shown->learnsNumber ? tr("off by") : tr("probability")};
    return section < kFixed ? fixed[section] : m_shown->columns.value(section - kFixed);
}

} // namespace netloom
