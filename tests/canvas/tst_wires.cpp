// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/canvas_fixture.h"

#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>

using namespace netloom;
using Hand = test::CanvasFixture;

/// Wires by mouse and keys: drawn, picked up, cut, and nodes that go into them.
class TestWires : public QObject {
    Q_OBJECT

private slots:
    void wireIsDrawnBetweenPorts_data();
    void wireIsDrawnBetweenPorts();
    void wireOnWrongPortIsRefusedWithItsReason();
    void wireReplacesTheOneAtATakenInput();
    void pickedUpWireIsLedElsewhere();
    void pickedUpWireIsDroppedOnNothing();
    void escapeLeavesAWireAsItWas();
    void portsLightUpWhileAWireIsDrawn();

    void wireDroppedOnNothingAsksWhatFollows();
    void lazyConnectFindsThePorts();
    void wireIsDrawnByKeyboard();

    void cutHealsTheWire();
    void knifeCutsWhatItCrosses();

    void loneNodeDraggedOntoAWireGoesIn();
    void paletteDropOnAWireGoesIn();
    void insertNodeGoesIntoTheOneWire();
    void lossGetsItsLabels();
};

void TestWires::wireIsDrawnBetweenPorts_data()
{
    QTest::addColumn<bool>("fromInput");
    QTest::addColumn<QPoint>("missBy");
    QTest::newRow("output to input") << false << QPoint();
    QTest::newRow("input to output") << true << QPoint();
    QTest::newRow("snaps within reach") << false << QPoint(-15, 15);
    QTest::newRow("dropped on the card") << false << QPoint(60, -40);
}

void TestWires::wireIsDrawnBetweenPorts()
{
    QFETCH(bool, fromInput);
    QFETCH(QPoint, missBy);
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 260);
    const QPoint output = hand.port(conv, "output");
    const QPoint input = hand.port(relu, "input");
    hand.drag(fromInput ? input : output, (fromInput ? output : input) + missBy);
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    QCOMPARE(hand.steps(), 3);
    hand.undo();
    QCOMPARE(hand.links(), 0u);
}

void TestWires::wireOnWrongPortIsRefusedWithItsReason()
{
    Hand hand;
    const NodeId data = hand.add("MNIST", 200, 200);
    const NodeId conv = hand.add("Conv2d", 500, 200);
    QSignalSpy messages(&hand.view, &CanvasView::messageRequested);
    hand.hold(hand.port(data, "image"), hand.port(conv, "input"));
    const auto *note = hand.view.findChild<QLabel *>("canvasNote");
    QVERIFY(note->isVisible());
    QVERIFY2(note->text().contains("ToTensor"), qPrintable(note->text()));
    hand.release(hand.port(conv, "input"));
    QVERIFY(!note->isVisible());
    QCOMPARE(hand.links(), 0u);
    QCOMPARE(messages.count(), 1);
    QVERIFY(messages.front().front().toString().contains("ToTensor"));
}

void TestWires::wireReplacesTheOneAtATakenInput()
{
    Hand hand;
    const NodeId first = hand.add("Conv2d", 200, 100);
    const NodeId second = hand.add("Conv2d", 200, 300);
    const NodeId relu = hand.add("ReLU", 500, 200);
    hand.connect(first, "output", relu, "input");
    hand.drag(hand.port(second, "output"), hand.port(relu, "input"));
    QCOMPARE(hand.links(), 1u);
    QVERIFY(hand.linked(second, "output", relu, "input"));
    hand.undo();
    QVERIFY(hand.linked(first, "output", relu, "input"));
}

void TestWires::pickedUpWireIsLedElsewhere()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 100);
    const NodeId dropout = hand.add("Dropout", 500, 320);
    hand.connect(conv, "output", relu, "input");
    const int steps = hand.steps();
    hand.drag(hand.port(relu, "input"), hand.port(dropout, "input"));
    QCOMPARE(hand.links(), 1u);
    QVERIFY(hand.linked(conv, "output", dropout, "input"));
    QCOMPARE(hand.steps(), steps + 1);
    hand.undo();
    QVERIFY(hand.linked(conv, "output", relu, "input"));
}

void TestWires::pickedUpWireIsDroppedOnNothing()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 200);
    hand.connect(conv, "output", relu, "input");
    hand.drag(hand.port(relu, "input"), hand.at(420, 420));
    QCOMPARE(hand.links(), 0u);
    hand.undo();
    QVERIFY(hand.linked(conv, "output", relu, "input"));
}

void TestWires::escapeLeavesAWireAsItWas()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 200);
    hand.connect(conv, "output", relu, "input");
    const int steps = hand.steps();
    hand.hold(hand.port(relu, "input"), hand.at(420, 420));
    hand.key(Qt::Key_Escape);
    hand.release(hand.at(420, 420));
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    QCOMPARE(hand.steps(), steps);
    QVERIFY(hand.view.canvasScene().linkItem({{conv, "output"}, {relu, "input"}})->isVisible());
}

void TestWires::portsLightUpWhileAWireIsDrawn()
{
    Hand hand;
    const NodeId data = hand.add("MNIST", 100, 200);
    const NodeId flip = hand.add("RandomHorizontalFlip", 400, 100);
    const NodeId conv = hand.add("Conv2d", 400, 320);
    const CanvasScene &scene = hand.view.canvasScene();
    hand.hold(hand.port(data, "image"), hand.at(330, 420));
    QCOMPARE(scene.portLook({flip, "input"}, false), PortLook::Lit);
    QCOMPARE(scene.portLook({conv, "input"}, false), PortLook::Dimmed);
    hand.move(hand.port(flip, "input"));
    QCOMPARE(scene.portLook({flip, "input"}, false), PortLook::Snapped);
    hand.key(Qt::Key_Escape);
    QCOMPARE(scene.portLook({conv, "input"}, false), PortLook::Plain);
}

void TestWires::wireDroppedOnNothingAsksWhatFollows()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 100, 100);
    hand.drag(hand.port(conv, "output"), hand.at(420, 160));
    QVERIFY(hand.searchIsOpen());
    const auto *list = hand.view.findChild<QListWidget *>("quickAddList");
    QVERIFY(!list->findItems("ReLU", Qt::MatchExactly).isEmpty());
    QVERIFY(list->findItems("ToTensor", Qt::MatchExactly).isEmpty()); // can't follow a layer
    hand.pickFromSearch("relu");
    const NodeId relu = *hand.document.selectedNodes().begin();
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    QCOMPARE(hand.steps(), 2); // the node and its wire are one step
    hand.drag(hand.port(conv, "input"), hand.at(-80, 300));
    QVERIFY(hand.searchIsOpen());
    hand.pickFromSearch("relu");
    QVERIFY(hand.linked(*hand.document.selectedNodes().begin(), "output", conv, "input"));
}

void TestWires::lazyConnectFindsThePorts()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 100, 100);
    const NodeId relu = hand.add("ReLU", 340, 100);
    const NodeId data = hand.add("MNIST", 100, 300);
    hand.drag(hand.header(conv), hand.header(relu), Qt::RightButton, Qt::AltModifier);
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    QSignalSpy message(&hand.view, &CanvasView::messageRequested);
    hand.drag(hand.header(data), hand.header(relu), Qt::RightButton, Qt::AltModifier);
    QCOMPARE(hand.links(), std::size_t(1));
    QCOMPARE(message.count(), 1);
}

void TestWires::wireIsDrawnByKeyboard()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 40, 200);
    hand.add("ReLU", 340, 320);
    const NodeId far = hand.add("MaxPool2d", 640, 100);
    hand.document.setSelection({conv});
    hand.key(Qt::Key_C);
    hand.pickFromSearch("pool");
    QVERIFY(hand.linked(conv, "output", far, "input"));
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{far});
    QVERIFY(hand.view.hasFocus());
}

void TestWires::cutHealsTheWire()
{
    Hand hand;
    const auto nodes = hand.chain({"Conv2d", "ReLU", "MaxPool2d", "Flatten"});
    const NodeId conv = nodes[0], relu = nodes[1], pool = nodes[2], flatten = nodes[3];
    const Graph before = hand.document.graph();
    hand.document.setSelection({relu, pool});
    hand.view.cut();
    QVERIFY(hand.linked(conv, "output", flatten, "input"));
    QCOMPARE(hand.links(), std::size_t(1));
    hand.undo();
    QVERIFY(hand.document.graph() == before);
}

void TestWires::knifeCutsWhatItCrosses()
{
    Hand hand;
    const auto nodes = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
    const NodeId conv = nodes[0], relu = nodes[1], pool = nodes[2];
    const int steps = hand.steps();
    const QPoint between = (hand.port(conv, "output") + hand.port(relu, "input")) / 2;
    hand.drag(between - QPoint(0, 60), between + QPoint(0, 60), Qt::RightButton, Qt::ControlModifier);
    QVERIFY(!hand.linked(conv, "output", relu, "input"));
    QVERIFY(hand.linked(relu, "output", pool, "input"));
    QCOMPARE(hand.steps(), steps + 1);
    hand.drag(between - QPoint(0, 60), between + QPoint(0, 60), Qt::RightButton, Qt::ControlModifier);
    QCOMPARE(hand.steps(), steps + 1); // nothing there any more
}

void TestWires::loneNodeDraggedOntoAWireGoesIn()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 100, 100);
    const NodeId relu = hand.add("ReLU", 640, 100);
    const NodeId dropout = hand.add("Dropout", 380, 400);
    hand.connect(conv, "output", relu, "input");
    const int steps = hand.steps();
    hand.drag(hand.header(dropout), hand.header(dropout) + QPoint(0, -300));
    QVERIFY(hand.linked(conv, "output", dropout, "input"));
    QVERIFY(hand.linked(dropout, "output", relu, "input"));
    QCOMPARE(hand.links(), 2u);
    QCOMPARE(hand.steps(), steps + 1);
    hand.undo();
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    QCOMPARE(hand.position(dropout), (Point{380, 400}));
}

void TestWires::paletteDropOnAWireGoesIn()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 100, 100);
    const NodeId relu = hand.add("ReLU", 640, 100);
    hand.connect(conv, "output", relu, "input");
    const int steps = hand.steps();
    QVERIFY(hand.dropType("BatchNorm2d", {hand.at(400, 400), hand.at(460, 130)}));
    const NodeId added = *hand.document.selectedNodes().begin();
    QVERIFY(hand.linked(conv, "output", added, "input"));
    QVERIFY(hand.linked(added, "output", relu, "input"));
    QCOMPARE(hand.steps(), steps + 1);
    hand.undo();
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    // Alt prevents it, and what doesn't fit stays beside the wire.
    QVERIFY(hand.dropType("BatchNorm2d", {hand.at(460, 130)}, Qt::AltModifier));
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    hand.undo();
    QVERIFY(hand.dropType("MNIST", {hand.at(460, 130)}));
    QVERIFY(hand.linked(conv, "output", relu, "input"));
}

void TestWires::insertNodeGoesIntoTheOneWire()
{
    Hand hand;
    const auto nodes = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
    const NodeId conv = nodes[0], relu = nodes[1], pool = nodes[2];
    const Graph before = hand.document.graph();
    hand.document.setSelection({conv});
    const NodeId norm = hand.view.insertNode("BatchNorm2d");
    QVERIFY(hand.linked(conv, "output", norm, "input"));
    QVERIFY(hand.linked(norm, "output", relu, "input"));
    QCOMPARE(hand.position(norm), (Point{360, 100}));
    QCOMPARE(hand.position(relu), (Point{620, 100}));
    QCOMPARE(hand.position(pool), (Point{860, 100}));
    hand.undo();
    QVERIFY(hand.document.graph() == before);
}

void TestWires::lossGetsItsLabels()
{
    Hand hand;
    const NodeId data = hand.add("MNIST", 0, 100);
    const NodeId linear = hand.add("Linear", 300, 100);
    hand.document.setSelection({linear});
    const NodeId loss = hand.view.insertNode("CrossEntropyLoss");
    QVERIFY(hand.linked(linear, "output", loss, "input"));
    QVERIFY(hand.linked(data, "target", loss, "target"));
}

QTEST_MAIN(TestWires)
#include "tst_wires.moc"
