// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/confusion_matrix_view.h"

#include "theme/theme.h"

#include <QButtonGroup>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace netloom {

ConfusionMatrixView::ConfusionMatrixView(QWidget *parent) : QWidget(parent)
{
    setObjectName("confusion");
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Confusion matrix"));
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
    connect(m_percentButton, &QToolButton::toggled, this, [this](bool on) {
        if (on != showsPercentages()) // else it follows what was set
            setShowsPercentages(on);
    });
    setEmptyText(tr("No confusion matrix yet"), tr("After every epoch: which classes are taken for which."));
    clear();
}

void ConfusionMatrixView::setEmptyText(const QString &heading, const QString &sentence)
{
    m_emptyHeading = heading;
    m_emptySentence = sentence;
    update();
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
    m_columnTotals = m_rowTotals;
    for (std::size_t cell = 0; cell < m_counts.size(); ++cell) {
        m_rowTotals[cell / std::size_t(classes)] += m_counts[cell];
        m_columnTotals[cell % std::size_t(classes)] += m_counts[cell];
    }
    for (Cell *cell : {&m_hover, &m_marked, &m_key}) {
        if (cell->truth >= classes || cell->predicted >= classes)
            *cell = {};
    }
    m_countsButton->setVisible(m_hasSwitch);
    m_percentButton->setVisible(m_hasSwitch);
    if (m_order.size() != std::size_t(classes))
        setOrder({});
    layOut();
    update();
}

void ConfusionMatrixView::setHasSwitch(bool has)
{
    m_hasSwitch = has;
    m_countsButton->setVisible(has && m_classes > 0);
    m_percentButton->setVisible(has && m_classes > 0);
}

void ConfusionMatrixView::setOrder(std::vector<int> order)
{
    std::vector<int> usual(std::size_t(m_classes), 0);
    std::iota(usual.begin(), usual.end(), 0);
    m_order = std::ranges::is_permutation(order, usual) ? std::move(order) : usual;
    m_place = usual;
    for (std::size_t place = 0; place < m_order.size(); ++place)
        m_place[std::size_t(m_order[place])] = int(place);
    update();
}

void ConfusionMatrixView::setMarked(int truth, int predicted)
{
    m_marked = {truth, predicted};
    update();
}

void ConfusionMatrixView::clear()
{
    m_classes = 0;
    m_counts.clear();
    m_rowTotals.clear();
    m_columnTotals.clear();
    m_order.clear();
    m_place.clear();
    m_names.clear();
    m_hover = m_marked = m_key = {};
    m_zoom = 1;
    m_offset = {};
    m_countsButton->hide();
    m_percentButton->hide();
    layOut();
    update();
}

void ConfusionMatrixView::setShow(Show show)
{
    m_show = show;
    (showsPercentages() ? m_percentButton : m_countsButton)->setChecked(true);
    update();
}

std::int64_t ConfusionMatrixView::count(int truth, int predicted) const
{
    return m_counts.at(std::size_t(truth) * std::size_t(m_classes) + std::size_t(predicted));
}

double ConfusionMatrixView::share(int truth, int predicted) const
{
    const std::int64_t total = m_show == Show::ColumnShare ? m_columnTotals.at(std::size_t(predicted)) : m_rowTotals.at(std::size_t(truth));
    return total > 0 ? double(count(truth, predicted)) / double(total) : 0;
}

QString ConfusionMatrixView::cellText(int truth, int predicted) const
{
    if (m_show == Show::Counts)
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
    const int column = m_place[std::size_t(predicted)], row = m_place[std::size_t(truth)];
    const auto edge = [this](int start, int length, double offset, int index) { return start + int(std::floor(length * m_zoom * index / m_classes - offset)); };
    const int left = edge(m_grid.left(), m_grid.width(), m_offset.x(), column), right = edge(m_grid.left(), m_grid.width(), m_offset.x(), column + 1);
    const int top = edge(m_grid.top(), m_grid.height(), m_offset.y(), row), bottom = edge(m_grid.top(), m_grid.height(), m_offset.y(), row + 1);
    return {left, top, right - left, bottom - top};
}

ConfusionMatrixView::Cell ConfusionMatrixView::cellAt(const QPoint &position) const
{
    if (m_classes == 0 || !m_grid.contains(position))
        return {};
    const auto place = [this](int px, double offset, int length) { return std::clamp(int((px + offset) * m_classes / (length * m_zoom)), 0, m_classes - 1); };
    const int column = place(position.x() - m_grid.left(), m_offset.x(), m_grid.width());
    const int row = place(position.y() - m_grid.top(), m_offset.y(), m_grid.height());
    return {m_order[std::size_t(row)], m_order[std::size_t(column)]};
}

QString ConfusionMatrixView::cellToolTip(Cell cell) const
{
    const QString &truth = m_names[cell.truth];
    const QString &predicted = m_names[cell.predicted];
    const std::int64_t total = m_rowTotals[std::size_t(cell.truth)];
    const double part = total > 0 ? double(count(cell.truth, cell.predicted)) / double(total) : 0;
    const QString share = QString::number(100 * part, 'f', 1) + QString::fromUtf8(" %");
    const QString head = cell.truth == cell.predicted ? tr("%1, recognized").arg(truth) : QString::fromUtf8("%1 → %2").arg(truth, predicted);
    return head + '\n' + (total == 1 ? tr("%1 of %2 sample of %3 (%4)") : tr("%1 of %2 samples of %3 (%4)")).arg(count(cell.truth, cell.predicted)).arg(total).arg(truth, share);
}

void ConfusionMatrixView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void ConfusionMatrixView::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) && m_zoom > 1) {
        m_dragged = m_dragged || (event->pos() - m_pressed).manhattanLength() > 4;
        if (m_dragged)
            setOffset(m_pressedOffset - QPointF(event->pos() - m_pressed));
    }
    const Cell cell = cellAt(event->pos());
    if (cell == m_hover)
        return;
    if (cell.valid() && m_hasSwitch)
        QToolTip::showText(event->globalPosition().toPoint(), cellToolTip(cell), this, cellRect(cell.truth, cell.predicted));
    hover(cell);
}

void ConfusionMatrixView::mouseReleaseEvent(QMouseEvent *event)
{
    const Cell cell = cellAt(event->pos());
    if (event->button() != Qt::LeftButton || !cell.valid() || std::exchange(m_dragged, false))
        return;
    m_key = cell;
    emit cellClicked(cell.truth, cell.predicted);
}

void ConfusionMatrixView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    m_pressedOffset = m_offset;
    m_dragged = false;
}

void ConfusionMatrixView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    hover({});
}

void ConfusionMatrixView::hover(Cell cell)
{
    m_hover = cell;
    setCursor(cell.valid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
    emit cellHovered(cell.truth, cell.predicted);
}

void ConfusionMatrixView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

bool ConfusionMatrixView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !m_hasSwitch)
        return true; // the place around it says so
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
