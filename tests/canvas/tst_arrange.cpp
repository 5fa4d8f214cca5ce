// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/arrange.h"
#include "support/canvas_fixture.h"

#include <QTest>

using namespace netloom;
using Hand = test::CanvasFixture;

namespace {

NodeId id(int value)
{
    return {value};
}

/// Cards of the three usual widths, scattered; sizes are whole steps of the grid.
Cards scattered()
{
    return {{id(1), {0, 0, 160, 100}}, {id(2), {240, 60, 220, 120}}, {id(3), {700, 200, 180, 100}}};
}

QRectF at(const Cards &cards, const Places &places, NodeId node)
{
    return {places.at(node), cards.at(node).size()};
}

bool onGrid(double value)
{
    return std::fmod(value, NodeGeometry::kGrid) == 0;
}

} // namespace

class TestArrange : public QObject {
    Q_OBJECT

private slots:
    void alignedCardsHaveTheLineInCommon_data();
    void alignedCardsHaveTheLineInCommon();
    void distributedCardsHaveEqualGaps();
    void crowdedCardsAreDistributedApart();
    void distributingAgainChangesNothing();
    void straightenedChainIsLevel();
    void straightenedBranchKeepsOffTheMainWay();
    void wireThatLeadsBackMovesNothing();
    void straighteningKeepsOffCardsThatStay();

    void commandsAreOneStepEach_data();
    void commandsAreOneStepEach();
    void arrangedCardsThatFitMakeNoStep();
};

void TestArrange::alignedCardsHaveTheLineInCommon_data()
{
    QTest::addColumn<Alignment>("alignment");
    QTest::addColumn<double>("line");
    QTest::newRow("left") << Alignment::Left << 0.0;
    QTest::newRow("centre") << Alignment::Centre << 450.0; // the widest card lies on the grid
    QTest::newRow("right") << Alignment::Right << 880.0;
    QTest::newRow("top") << Alignment::Top << 0.0;
    QTest::newRow("middle") << Alignment::Middle << 160.0;
    QTest::newRow("bottom") << Alignment::Bottom << 300.0;
}

void TestArrange::alignedCardsHaveTheLineInCommon()
{
    QFETCH(Alignment, alignment);
    QFETCH(double, line);
    const Cards cards = scattered();
    const Places places = aligned(cards, alignment);
    for (const auto &[node, before] : cards) {
        const QRectF card = at(cards, places, node);
        switch (alignment) {
        case Alignment::Left: QCOMPARE(card.left(), line); break;
        case Alignment::Centre: QCOMPARE(card.center().x(), line); break;
        case Alignment::Right: QCOMPARE(card.right(), line); break;
        case Alignment::Top: QCOMPARE(card.top(), line); break;
        case Alignment::Middle: QCOMPARE(card.center().y(), line); break;
        case Alignment::Bottom: QCOMPARE(card.bottom(), line); break;
        }
        const bool horizontal = alignment == Alignment::Left || alignment == Alignment::Centre || alignment == Alignment::Right;
        QCOMPARE(horizontal ? card.top() : card.left(), horizontal ? before.top() : before.left());
    }
}

void TestArrange::distributedCardsHaveEqualGaps()
{
    const Cards cards{{id(1), {0, 0, 160, 100}}, {id(2), {700, 40, 160, 100}}, {id(3), {200, 80, 220, 160}}};
    const Places across = distributed(cards, Qt::Horizontal);
    QCOMPARE(across.at(id(1)), QPointF(0, 0));
    QCOMPARE(across.at(id(3)).x() - 160, across.at(id(2)).x() - (across.at(id(3)).x() + 220));
    QCOMPARE(across.at(id(2)).y(), 40.0);
    const Places down = distributed({{id(1), {0, 0, 160, 100}}, {id(2), {0, 700, 160, 100}}, {id(3), {0, 220, 160, 140}}}, Qt::Vertical);
    QCOMPARE(down.at(id(3)).y() - 100, down.at(id(2)).y() - (down.at(id(3)).y() + 140));
    for (const auto &[node, place] : across)
        QVERIFY(onGrid(place.x()) && onGrid(place.y()));
}

void TestArrange::crowdedCardsAreDistributedApart()
{
    const Cards cards{{id(1), {0, 0, 160, 100}}, {id(2), {20, 0, 160, 100}}, {id(3), {40, 0, 160, 100}}};
    const Places places = distributed(cards, Qt::Horizontal);
    QCOMPARE(places.at(id(2)).x(), 160 + NodeGeometry::kGrid);
    QCOMPARE(places.at(id(3)).x(), 2 * (160 + NodeGeometry::kGrid));
}

void TestArrange::distributingAgainChangesNothing()
{
    const Cards cards = scattered();
    const Places once = distributed(cards, Qt::Horizontal);
    Cards moved;
    for (const auto &[node, place] : once)
        moved[node] = {place, cards.at(node).size()};
    QVERIFY(distributed(moved, Qt::Horizontal) == once);
}

void TestArrange::straightenedChainIsLevel()
{
    const Cards cards{{id(1), {0, 100, 160, 100}}, {id(2), {260, 300, 160, 100}}, {id(3), {520, -40, 160, 120}}};
    const Places places = straightened(cards, {{id(2), 60, id(3), 80}, {id(1), 60, id(2), 60}}, {});
    QCOMPARE(places.at(id(1)), QPointF(0, 100));
    QCOMPARE(places.at(id(2)), QPointF(260, 100));
    QCOMPARE(places.at(id(3)), QPointF(520, 80)); // its port is 20 lower
}

void TestArrange::straightenedBranchKeepsOffTheMainWay()
{
    // 1 → 2 → 4 → 5 and 1 → 3 → 5: the short cut stays beside, level in itself.
    const Cards cards{{id(1), {0, 0, 160, 100}}, {id(2), {260, 200, 160, 100}}, {id(3), {260, 20, 160, 100}}, {id(4), {520, 220, 160, 100}},
        {id(5), {780, 40, 160, 120}}};
    const Places places = straightened(cards,
        {{id(1), 60, id(2), 60}, {id(1), 60, id(3), 60}, {id(2), 60, id(4), 60}, {id(4), 60, id(5), 60}, {id(3), 60, id(5), 80}}, {});
    for (int node : {1, 2, 4, 5})
        QCOMPARE(places.at(id(node)).y(), 0.0);
    QVERIFY(!at(cards, places, id(3)).intersects(at(cards, places, id(2))));
    QVERIFY(onGrid(places.at(id(3)).y()));
}

void TestArrange::wireThatLeadsBackMovesNothing()
{
    const Cards cards{{id(1), {600, 0, 160, 100}}, {id(2), {0, 200, 160, 100}}}; // to the next row, as the tidy layout breaks it
    const Places places = straightened(cards, {{id(1), 60, id(2), 60}}, {});
    QCOMPARE(places.at(id(1)).y(), 0.0);
    QCOMPARE(places.at(id(2)).y(), 200.0);
}

void TestArrange::straighteningKeepsOffCardsThatStay()
{
    const Cards cards{{id(1), {0, 0, 160, 100}}, {id(2), {260, 200, 160, 100}}};
    const QRectF other(260, 40, 160, 100);
    const Places places = straightened(cards, {{id(1), 60, id(2), 60}}, {other});
    QCOMPARE(places.at(id(1)).y(), places.at(id(2)).y());
    QVERIFY(!at(cards, places, id(2)).intersects(other));
}

void TestArrange::commandsAreOneStepEach_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    const int controlShift = int(Qt::ControlModifier) | int(Qt::ShiftModifier);
    const int controlAlt = int(Qt::ControlModifier) | int(Qt::AltModifier);
    QTest::newRow("Align left edges") << int(Qt::Key_Left) << controlShift;
    QTest::newRow("Align centres") << int(Qt::Key_C) << controlShift;
    QTest::newRow("Align right edges") << int(Qt::Key_Right) << controlShift;
    QTest::newRow("Align top edges") << int(Qt::Key_Up) << controlShift;
    QTest::newRow("Align middles") << int(Qt::Key_M) << controlShift;
    QTest::newRow("Align bottom edges") << int(Qt::Key_Down) << controlShift;
    QTest::newRow("Distribute horizontally") << int(Qt::Key_H) << controlAlt;
    QTest::newRow("Distribute vertically") << int(Qt::Key_V) << controlAlt;
    QTest::newRow("Straighten wires") << int(Qt::Key_Q) << 0;
}

void TestArrange::commandsAreOneStepEach()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 60, 40);
    const NodeId relu = hand.add("ReLU", 320, 200);
    const NodeId pool = hand.add("MaxPool2d", 740, 100);
    const NodeId other = hand.add("Flatten", 100, 400);
    hand.connect(conv, "output", relu, "input");
    hand.connect(relu, "output", pool, "input");
    const Graph before = hand.document.graph();
    const int steps = hand.steps();
    hand.document.setSelection({conv, relu, pool});
    hand.key(Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    QCOMPARE(hand.steps(), steps + 1);
    QCOMPARE(hand.document.undoStack()->undoText(), QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!(hand.document.graph() == before));
    QCOMPARE(hand.position(other), (Point{100, 400}));
    hand.undo();
    QVERIFY(hand.document.graph() == before);
}

void TestArrange::arrangedCardsThatFitMakeNoStep()
{
    Hand hand;
    const auto nodes = hand.chain({"Conv2d", "ReLU"});
    hand.document.setSelection({nodes[0], nodes[1]});
    const int steps = hand.steps();
    hand.key(Qt::Key_Q);
    hand.key(Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(hand.steps(), steps);
}

QTEST_MAIN(TestArrange)
#include "tst_arrange.moc"
