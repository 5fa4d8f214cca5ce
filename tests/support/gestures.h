// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QDialog>
#include <QDrag>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <QWidget>
#include <QWindow>

#include <functional>

namespace netloom::test {

/// Drags with the left button from one widget to another in the same window, through real window-system events, in steps.
inline void drag(QWidget *from, QPoint start, QWidget *to, QPoint end)
{
    QWidget *top = from->window();
    QWindow *window = top->windowHandle();
    const QPoint first = from->mapTo(top, start);
    const QPoint last = to->mapTo(top, end);
    constexpr int kSteps = 8;
    auto *timer = new QTimer(top);
    int step = 0;
    QObject::connect(timer, &QTimer::timeout, timer, [=]() mutable {
        ++step;
        if (step <= kSteps) {
            QTest::mouseMove(window, first + (last - first) * step / kSteps);
        } else if (step == kSteps + 1) {
            QTest::mouseMove(window, last);
        } else {
            timer->stop();
            timer->deleteLater();
            QTest::mouseRelease(window, Qt::LeftButton, Qt::NoModifier, last);
        }
    });
    QPointer<QTimer> running(timer);
    QTest::mousePress(window, Qt::LeftButton, Qt::NoModifier, first);
    timer->start(5);
    QTRY_VERIFY(running.isNull());
    QApplication::processEvents();
}

/// Drag and drop from a view onto another widget. The offscreen platform has no drags and ends each at once, so what the press and
/// the moves put into the view's QDrag is carried on to @p to by the events that a platform would send.
inline void dragAndDrop(QWidget *from, QPoint start, QWidget *to, QPoint end)
{
    const QPoint away(QApplication::startDragDistance() + 2, 0);
    QTest::mousePress(from, Qt::LeftButton, {}, start);
    QTest::mouseMove(from, start + away);
    QTest::mouseMove(from, start + 2 * away);
    auto *carried = from->window()->findChild<QDrag *>();
    QVERIFY2(carried, "the press and the move started no drag");
    QDragEnterEvent enter(end, Qt::CopyAction, carried->mimeData(), Qt::LeftButton, {});
    QApplication::sendEvent(to, &enter);
    if (enter.isAccepted()) {
        QDragMoveEvent move(end, Qt::CopyAction, carried->mimeData(), Qt::LeftButton, {});
        QApplication::sendEvent(to, &move);
        QDropEvent drop(end, Qt::CopyAction, carried->mimeData(), Qt::LeftButton, {});
        QApplication::sendEvent(to, &drop);
    }
    delete carried;
    QTest::mouseRelease(from, Qt::LeftButton, {}, start + 2 * away);
}

/// Calls @p answer with the next modal dialog of type @p Dialog as soon as it shows.
template <class Dialog>
void answerNext(std::function<void(Dialog *)> answer)
{
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, answer] {
        auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        timer->stop();
        timer->deleteLater();
        answer(dialog);
    });
    timer->start(10);
}

} // namespace netloom::test
