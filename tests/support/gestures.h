// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QDialog>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <QWidget>
#include <QWindow>

#include <functional>

namespace netloom::test {

/// Drags with the left button from one widget to another in the same window, through real window-system events, in steps.
/// Works for gestures inside a widget and for drag and drop, which runs an event loop of its own.
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
