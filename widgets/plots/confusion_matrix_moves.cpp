// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/confusion_matrix_view.h"

#include <QKeyEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr double kMostCell = 48; ///< px: cells get no larger by zooming

} // namespace

QString ConfusionMatrixView::cellSentence(int truth, int predicted) const
{
    const qint64 total = m_rowTotals.at(std::size_t(truth)), answers = m_columnTotals.at(std::size_t(predicted));
    const auto percent = [](qint64 part, qint64 whole) {
        return whole > 0 ? QString::number(100.0 * double(part) / double(whole), 'f', 1) + QString::fromUtf8(" %") : QString::fromUtf8("–");
    };
    const qint64 cell = count(truth, predicted);
    const QString head = truth == predicted ? tr("%1 recognized").arg(m_names[truth]) : tr("%1 taken for %2").arg(m_names[truth], m_names[predicted]);
    return head + tr(": %1, %2 of its row and %3 of its column").arg(cell).arg(percent(cell, total), percent(cell, answers));
}

void ConfusionMatrixView::setOffset(QPointF offset)
{
    m_offset.setX(std::clamp(offset.x(), 0.0, m_grid.width() * (m_zoom - 1)));
    m_offset.setY(std::clamp(offset.y(), 0.0, m_grid.height() * (m_zoom - 1)));
    update();
}

void ConfusionMatrixView::zoomAt(const QPoint &position, double factor)
{
    if (m_classes == 0 || m_grid.isEmpty())
        return;
    const double most = std::max(1.0, kMostCell * m_classes / std::max(1, m_grid.width()));
    const double zoom = std::clamp(m_zoom * factor, 1.0, most);
    const QPointF at = position - m_grid.topLeft();
    const QPointF kept = (at + m_offset) / m_zoom; // stays below the mouse
    m_zoom = zoom;
    layOut();
    setOffset(kept * zoom - at);
}

void ConfusionMatrixView::wheelEvent(QWheelEvent *event)
{
    const int turn = event->angleDelta().y();
    if (!m_grid.contains(event->position().toPoint()) || turn == 0) {
        event->ignore();
        return;
    }
    zoomAt(event->position().toPoint(), std::pow(1.2, turn / 120.0));
    event->accept();
}

/// Puts the keys at @p cell, and moves it into sight.
void ConfusionMatrixView::moveTo(Cell cell)
{
    m_key = cell;
    const QRect at = cellRect(cell.truth, cell.predicted);
    QPointF offset = m_offset;
    offset.rx() += std::max(0, at.right() - m_grid.right()) - std::max(0, m_grid.left() - at.left());
    offset.ry() += std::max(0, at.bottom() - m_grid.bottom()) - std::max(0, m_grid.top() - at.top());
    setOffset(offset);
    hover(cell);
}

void ConfusionMatrixView::keyPressEvent(QKeyEvent *event)
{
    if (m_classes == 0)
        return QWidget::keyPressEvent(event);
    const Cell now = m_key.valid() ? m_key : Cell{m_order.front(), m_order.front()};
    const auto stepped = [&](int row, int column) {
        const auto moved = [&](int label, int step) { return m_order[std::size_t(std::clamp(m_place[std::size_t(label)] + step, 0, m_classes - 1))]; };
        moveTo(m_key.valid() ? Cell{moved(now.truth, row), moved(now.predicted, column)} : now);
    };
    switch (event->key()) {
    case Qt::Key_Left: return stepped(0, -1);
    case Qt::Key_Right: return stepped(0, 1);
    case Qt::Key_Up: return stepped(-1, 0);
    case Qt::Key_Down: return stepped(1, 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        m_key = now;
        emit cellClicked(now.truth, now.predicted);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomAt(cellRect(now.truth, now.predicted).center(), 1.5);
    case Qt::Key_Minus: return zoomAt(m_grid.center(), 1 / 1.5);
    default: QWidget::keyPressEvent(event);
    }
}

void ConfusionMatrixView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ConfusionMatrixView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace netloom
