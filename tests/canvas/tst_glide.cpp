// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/glide.h"
#include "support/canvas_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace netloom;
using Hand = test::CanvasFixture;

/// Ctrl+L with motion: the document is there at once, the picture follows.
class TestGlide : public QObject {
    Q_OBJECT

private:
    struct Untidy : Hand {
        NodeId conv = add("Conv2d", 120, 500);
        NodeId relu = add("ReLU", 90, 60);
        Untidy()
        {
            connect(conv, "output", relu, "input");
            view.setReducedMotion(false);
        }
        QPointF shown(NodeId id) const { return view.canvasScene().nodeItem(id)->pos(); }
        bool isThere(NodeId id) const { return shown(id) == QPointF(position(id).x, position(id).y); }
        bool allThere() const { return isThere(conv) && isThere(relu); }
    };

private slots:
    void cardsGlideWhereTheDocumentHasThem()
    {
        Untidy hand;
        const int steps = hand.steps();
        const Point before = hand.position(hand.conv);
        QElapsedTimer time;
        time.start();
        hand.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(hand.steps(), steps + 1);
        QVERIFY(hand.position(hand.conv) != before);
        QVERIFY(!hand.allThere());
        QTRY_VERIFY(hand.allThere());
        QVERIFY(time.elapsed() >= Glide::kDuration - 20);
        QVERIFY(hand.view.viewport()->rect().contains(hand.view.nodeRect(hand.relu)));
    }

    void pressEndsTheMotion()
    {
        Untidy hand;
        hand.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!hand.allThere());
        hand.press({500, 5});
        QVERIFY(hand.allThere());
        hand.release({500, 5});
        QVERIFY(hand.allThere());
    }

    void undoEndsTheMotion()
    {
        Untidy hand;
        const Point before = hand.position(hand.conv);
        hand.key(Qt::Key_L, Qt::ControlModifier);
        hand.undo();
        QCOMPARE(hand.position(hand.conv), before);
        QVERIFY(hand.allThere());
    }

    void anotherEditEndsTheMotion()
    {
        Untidy hand;
        hand.key(Qt::Key_L, Qt::ControlModifier);
        hand.document.removeItems({hand.relu});
        QVERIFY(hand.isThere(hand.conv));
    }

    void wheelEndsTheMotion()
    {
        Untidy hand;
        hand.key(Qt::Key_L, Qt::ControlModifier);
        hand.wheel({300, 300}, -120);
        QVERIFY(hand.allThere());
        const double zoom = hand.view.zoom();
        QTest::qWait(1); // nothing goes on turning the view
        QCOMPARE(hand.view.zoom(), zoom);
    }

    void cardsAreThereAtOnceWithReducedMotion()
    {
        Untidy hand;
        hand.view.setReducedMotion(true);
        hand.key(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(hand.allThere());
    }
};

QTEST_MAIN(TestGlide)
#include "tst_glide.moc"
