// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas_view.h"
#include "commands/commands.h"
#include "document/node_type_mime.h"
#include "support/fake_registry.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QTest>
#include <QUndoStack>
#include <QWheelEvent>
#include <QWindow>

namespace netloom::test {

/// A document and its canvas in a window, and hands: real mouse events through the window system, in viewport coordinates.
struct CanvasFixture {
    FakeRegistry registry;
    Document document{registry};
    Commands commands;
    CanvasView view{document};

    CanvasFixture()
    {
        view.bindCommands(commands);
        for (const CommandSpec &spec : allCommands()) {
            if (spec.scope == KeyScope::Window)
                view.addAction(commands.action(spec.id)); // the view is the window here
        }
        view.setReducedMotion(true);
        view.resize(1000, 700);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
        view.setFocus();
        view.resetZoom();
        view.centerOn(400, 250);
    }

    NodeId add(const char *type, double x, double y) { return document.addNode(QString::fromLatin1(type), {x, y}); }
    void connect(NodeId from, const char *output, NodeId to, const char *input) { document.connectPorts({{from, output}, {to, input}}); }
    /// Nodes in a row from (100, 100) on, each connected to the next.
    std::vector<NodeId> chain(std::initializer_list<const char *> types)
    {
        std::vector<NodeId> ids;
        for (const char *type : types) {
            ids.push_back(add(type, 100 + 240 * double(ids.size()), 100));
            if (ids.size() > 1)
                connect(ids[ids.size() - 2], "output", ids.back(), "input");
        }
        return ids;
    }
    bool linked(NodeId from, const char *output, NodeId to, const char *input) const
    {
        const Link link{{from, output}, {to, input}};
        return std::ranges::find(document.graph().links(), link) != document.graph().links().end();
    }
    Point position(NodeId id) const { return document.graph().find(id)->position; }
    std::size_t links() const { return document.graph().links().size(); }
    int steps() const { return document.undoStack()->index(); }
    void undo() { document.undoStack()->undo(); }

    QPoint port(NodeId id, const char *name) const { return view.portRect(id, QString::fromLatin1(name)).center(); }
    /// On a node's header, where it is grabbed.
    QPoint header(NodeId id) const { return view.nodeRect(id).topLeft() + QPoint(90, 14); }
    QPoint at(double x, double y) const { return view.mapFromScene(x, y); }
    QWindow *window() const { return view.windowHandle(); }
    QPoint inWindow(QPoint point) const { return view.viewport()->mapTo(&view, point); }

    void press(QPoint at, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseMove(window(), inWindow(at));
        QTest::mousePress(window(), button, modifiers, inWindow(at));
    }
    void move(QPoint to) { QTest::mouseMove(window(), inWindow(to)); }
    void release(QPoint at, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(window(), button, modifiers, inWindow(at));
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        press(at, Qt::LeftButton, modifiers);
        release(at, Qt::LeftButton, modifiers);
    }
    /// Presses and moves, and leaves the button down.
    void hold(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {})
    {
        press(from, button, modifiers);
        for (int step = 1; step <= 4; ++step)
            move(from + (to - from) * step / 4);
    }
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = {})
    {
        hold(from, to, button, modifiers);
        release(to, button, modifiers);
    }
    void doubleClick(QPoint at) { QTest::mouseDClick(window(), Qt::LeftButton, {}, inWindow(at)); }
    /// Types into whatever has the focus, and picks with Return.
    void pickFromSearch(const QString &text)
    {
        QTest::keyClicks(QApplication::focusWidget(), text);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    bool searchIsOpen() const { return view.findChild<QWidget *>("quickAdd")->isVisible(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, key, modifiers); }

    void wheel(QPoint at, int delta)
    {
        QWheelEvent event(at, view.viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &event);
    }

    /// Drags a node type in from outside, over @p way, and drops it at its end.
    bool dropType(const QByteArray &type, const QList<QPoint> &way, Qt::KeyboardModifiers modifiers = {})
    {
        QMimeData mime;
        mime.setData(QString::fromLatin1(kNodeTypeMime), type);
        QDragEnterEvent enter(way.front(), Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
        QApplication::sendEvent(view.viewport(), &enter);
        if (!enter.isAccepted())
            return false;
        for (QPoint point : way) {
            QDragMoveEvent over(point, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
            QApplication::sendEvent(view.viewport(), &over);
        }
        QDropEvent drop(way.back(), Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
        QApplication::sendEvent(view.viewport(), &drop);
        return drop.isAccepted();
    }
};

} // namespace netloom::test
