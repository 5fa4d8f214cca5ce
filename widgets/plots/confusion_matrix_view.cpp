// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/confusion_matrix_view.h"

#include "theme/theme.h"

#include <QButtonGroup>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace netloom {

ConfusionMatrixView::ConfusionMatrixView(QWidget *parent) : QWidget(parent)
{
    setObjectName("confusion");
    setMouseTracking(true);
    auto *group = new QButtonGroup(this);
    const auto makeButton = [&](const QString &text, const QString &name, const QString &tip) {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setObjectName(name);
        button->setToolTip(tip);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFont(themeFont(TextRole::Small));
        button->setFixedSize(34, 22);
        group->addButton(button);
        return button;
    };
    m_countsButton = makeButton("123", "confusionCounts", tr("Counts: how many samples"));
    m_percentButton = makeButton("%", "confusionPercent", tr("Percentages: the share of the true class"));
    m_countsButton->setChecked(true);
    connect(m_percentButton, &QToolButton::toggled, this, &ConfusionMatrixView::setShowsPercentages);
    clear();
}

void ConfusionMatrixView::setMatrix(int classes, std::vector<std::int64_t> counts, QStringList names)
{
    if (classes < 1 || counts.size() != std::size_t(classes) * std::size_t(classes)) {
        clear();
        return;
    }
    m_classes = classes;
    m_counts = std::move(counts);
    m_names = std::move(names);
    while (m_names.size() < classes)
        m_names << QString::number(m_names.size());
    m_rowTotals.assign(std::size_t(classes), 0);
    for (std::size_t cell = 0; cell < m_counts.size(); ++cell)
        m_rowTotals[cell / std::size_t(classes)] += m_counts[cell];
    if (m_hover.truth >= classes || m_hover.predicted >= classes)
        m_hover = {};
    m_countsButton->show();
    m_percentButton->show();
    layOut();
    update();
}

void ConfusionMatrixView::clear()
{
    m_classes = 0;
    m_counts.clear();
    m_rowTotals.clear();
    m_names.clear();
    m_hover = {};
    m_countsButton->hide();
    m_percentButton->hide();
    layOut();
    update();
}

void ConfusionMatrixView::setShowsPercentages(bool percent)
{
    m_percent = percent;
    (percent ? m_percentButton : m_countsButton)->setChecked(true);
    update();
}

std::int64_t ConfusionMatrixView::count(int truth, int predicted) const
{
    return m_counts.at(std::size_t(truth) * std::size_t(m_classes) + std::size_t(predicted));
}

double ConfusionMatrixView::share(int truth, int predicted) const
{
    const std::int64_t total = m_rowTotals.at(std::size_t(truth));
    return total > 0 ? double(count(truth, predicted)) / double(total) : 0;
}

QString ConfusionMatrixView::cellText(int truth, int predicted) const
{
    if (!m_percent)
        return QString::number(count(truth, predicted));
    const double percent = 100 * share(truth, predicted);
    if (percent > 0 && percent < 0.5)
        return QString::fromUtf8("<1 %");
    if (percent >= 99.5 && percent < 100)
        return QString::fromUtf8(">99 %");
    return QString::number(int(std::lround(percent))) + QString::fromUtf8(" %");
}

QRect ConfusionMatrixView::cellRect(int truth, int predicted) const
{
    if (m_classes == 0)
        return {};
    const auto edge = [this](int start, int length, int index) { return start + int(qint64(length) * index / m_classes); };
    const int left = edge(m_grid.left(), m_grid.width(), predicted), right = edge(m_grid.left(), m_grid.width(), predicted + 1);
    const int top = edge(m_grid.top(), m_grid.height(), truth), bottom = edge(m_grid.top(), m_grid.height(), truth + 1);
    return {left, top, right - left, bottom - top};
}

ConfusionMatrixView::Cell ConfusionMatrixView::cellAt(const QPoint &position) const
{
    if (m_classes == 0 || !m_grid.contains(position))
        return {};
    const int predicted = std::min(int(qint64(position.x() - m_grid.left()) * m_classes / m_grid.width()), m_classes - 1);
    const int truth = std::min(int(qint64(position.y() - m_grid.top()) * m_classes / m_grid.height()), m_classes - 1);
    return {truth, predicted};
}

QString ConfusionMatrixView::cellToolTip(Cell cell) const
{
    const QString &truth = m_names[cell.truth];
    const QString &predicted = m_names[cell.predicted];
    const QString share = QString::number(100 * this->share(cell.truth, cell.predicted), 'f', 1) + QString::fromUtf8(" %");
    const QString head = cell.truth == cell.predicted ? tr("%1, recognized").arg(truth) : QString::fromUtf8("%1 → %2").arg(truth, predicted);
    return head + '\n' + tr("%1 of %2 samples of %3 (%4)").arg(count(cell.truth, cell.predicted)).arg(m_rowTotals[std::size_t(cell.truth)]).arg(truth, share);
}

void ConfusionMatrixView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void ConfusionMatrixView::mouseMoveEvent(QMouseEvent *event)
{
    const Cell cell = cellAt(event->pos());
    if (cell == m_hover)
        return;
    m_hover = cell;
    if (cell.valid())
        QToolTip::showText(event->globalPosition().toPoint(), cellToolTip(cell), this, cellRect(cell.truth, cell.predicted));
    update();
}

void ConfusionMatrixView::mouseReleaseEvent(QMouseEvent *event)
{
    const Cell cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell.valid())
        emit cellClicked(cell.truth, cell.predicted);
}

void ConfusionMatrixView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_hover = {};
    update();
}

void ConfusionMatrixView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

bool ConfusionMatrixView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (const Cell cell = cellAt(help->pos()); cell.valid())
            QToolTip::showText(help->globalPos(), cellToolTip(cell), this, cellRect(cell.truth, cell.predicted));
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace netloom
