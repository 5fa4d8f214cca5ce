// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/canvas_fixture.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace netloom;
using Hand = test::CanvasFixture;

class TestCanvas : public QObject {
    Q_OBJECT

private slots:
    void tidyIsOneStep();
    void minimapMovesTheView();
    void searchOpensAndAdds_data();
    void searchOpensAndAdds();
    void spaceThatPansOpensNoSearch();
    void undoDuringADragEndsIt();
    void dragMovesTheSelectionOnTheGridAsOneStep();
    void escapeCancelsAMove();
    void arrowsNudge();
    void arrowsGoAlongWires();
    void tabAddsBehindTheSelection();

    void clicksSelect();
    void boxSelects();
    void deleteRemovesTheSelection();

    void wheelKeepsThePointUnderTheCursor();
    void zoomStaysWithinItsBounds();
    void handsPan_data();
    void handsPan();
    void homeShowsEverything();

    void paletteDropAddsANode();
    void otherDragsAreLeftToTheWindow();
    void insertNodeGoesBehindTheSelection();

    void doubleClickRenames();
    void takenNameSaysWhy();
    void clipboardActionsAreOneStepEach();
    void emptyCanvasInvites();
    void unknownTypeIsShownWithItsWires();
};

void TestCanvas::dragMovesTheSelectionOnTheGridAsOneStep()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 433, 207);
    hand.document.setSelection({conv, relu});
    const int steps = hand.steps();
    hand.drag(hand.header(conv), hand.header(conv) + QPoint(87, 52));
    QCOMPARE(hand.position(conv), (Point{280, 260}));
    QCOMPARE(hand.position(relu), (Point{513, 267}));
    QCOMPARE(hand.steps(), steps + 1);
    hand.undo();
    QCOMPARE(hand.position(conv), (Point{200, 200}));
    QCOMPARE(hand.position(relu), (Point{433, 207}));
    QCOMPARE(hand.view.canvasScene().nodeItem(relu)->pos(), QPointF(433, 207));
}

void TestCanvas::escapeCancelsAMove()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    hand.hold(hand.header(conv), hand.header(conv) + QPoint(100, 100));
    QCOMPARE(hand.view.canvasScene().nodeItem(conv)->pos(), QPointF(300, 300));
    hand.key(Qt::Key_Escape);
    hand.release(hand.at(500, 500));
    QCOMPARE(hand.position(conv), (Point{200, 200}));
    QCOMPARE(hand.view.canvasScene().nodeItem(conv)->pos(), QPointF(200, 200));
    QCOMPARE(hand.steps(), 1);
}

void TestCanvas::tidyIsOneStep()
{
    Hand hand;
    const NodeId pool = hand.add("MaxPool2d", 100, 100);
    const NodeId conv = hand.add("Conv2d", 120, 110);
    const NodeId relu = hand.add("ReLU", 90, 130);
    const NodeId other = hand.add("Flatten", 900, 900);
    hand.connect(conv, "output", relu, "input");
    hand.connect(relu, "output", pool, "input");
    const Graph before = hand.document.graph();
    const int steps = hand.steps();
    hand.document.setSelection({conv, relu, pool});
    hand.view.tidy();
    QCOMPARE(hand.steps(), steps + 1);
    QCOMPARE(hand.position(other), (Point{900, 900}));
    QVERIFY(hand.position(conv) != hand.position(relu) && hand.position(relu) != hand.position(pool));
    hand.undo();
    QVERIFY(hand.document.graph() == before);
}

void TestCanvas::minimapMovesTheView()
{
    Hand hand;
    hand.add("Conv2d", 100, 100);
    auto *map = hand.view.findChild<QWidget *>("minimap");
    QVERIFY(!map->isVisible()); // everything is in view
    const NodeId far = hand.add("ReLU", 6000, 3000);
    QVERIFY(map->isVisible());
    QVERIFY(!hand.view.visibleScene().contains(QPointF(6000, 3000)));
    QTest::mouseClick(map, Qt::LeftButton, {}, {map->width() - 12, map->height() - 14});
    QVERIFY(hand.view.visibleScene().intersects(QRectF(6000, 3000, 160, 80)));
    hand.document.removeItems({far});
    hand.view.zoomToFit();
    QVERIFY(!map->isVisible());
}

void TestCanvas::searchOpensAndAdds_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::newRow("Tab") << int(Qt::Key_Tab) << Qt::KeyboardModifiers();
    QTest::newRow("Space") << int(Qt::Key_Space) << Qt::KeyboardModifiers();
    QTest::newRow("Shift+A") << int(Qt::Key_A) << Qt::KeyboardModifiers(Qt::ShiftModifier);
    QTest::newRow("double click") << 0 << Qt::KeyboardModifiers();
}

void TestCanvas::searchOpensAndAdds()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    Hand hand;
    const auto open = [&] {
        if (key)
            hand.key(Qt::Key(key), modifiers);
        else
            hand.doubleClick({300, 200});
    };
    open();
    QVERIFY(hand.searchIsOpen());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!hand.searchIsOpen());
    QVERIFY(hand.document.graph().empty());
    QVERIFY(hand.view.hasFocus());
    open();
    hand.pickFromSearch("conv");
    QCOMPARE(hand.document.graph().nodes().size(), std::size_t(1));
    QCOMPARE(hand.document.graph().nodes().begin()->second.type, std::string("Conv2d"));
    QCOMPARE(hand.steps(), 1);
    QVERIFY(!hand.searchIsOpen());
}

void TestCanvas::spaceThatPansOpensNoSearch()
{
    Hand hand;
    QTest::keyPress(&hand.view, Qt::Key_Space);
    hand.drag({300, 300}, {360, 340});
    QTest::keyRelease(&hand.view, Qt::Key_Space);
    QVERIFY(!hand.searchIsOpen());
}

void TestCanvas::undoDuringADragEndsIt()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 100, 100);
    const NodeId relu = hand.add("ReLU", 340, 100);
    const QPoint start = hand.header(relu);
    hand.hold(start, start + QPoint(120, 80));
    hand.undo(); // takes away the node in the hand
    hand.move(start + QPoint(160, 80));
    hand.release(start + QPoint(160, 80));
    QVERIFY(!hand.document.graph().find(relu));
    QCOMPARE(hand.position(conv), (Point{100, 100}));
    QCOMPARE(hand.steps(), 1);
}

void TestCanvas::arrowsNudge()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    hand.document.setSelection({conv});
    hand.key(Qt::Key_Right, Qt::ShiftModifier);
    hand.key(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(hand.position(conv), (Point{220, 180}));
    hand.undo();
    QCOMPARE(hand.position(conv), (Point{220, 200}));
}

void TestCanvas::arrowsGoAlongWires()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 40, 200);
    const NodeId upper = hand.add("ReLU", 340, 100);
    const NodeId lower = hand.add("ReLU", 340, 320);
    for (const NodeId relu : {upper, lower})
        hand.connect(conv, "output", relu, "input");
    const auto goes = [&](Qt::Key key, NodeId to) {
        hand.key(key);
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{to});
    };
    goes(Qt::Key_Right, conv); // nothing was selected
    goes(Qt::Key_Right, upper);
    goes(Qt::Key_Down, lower);
    goes(Qt::Key_Down, lower);
    goes(Qt::Key_Up, upper);
    goes(Qt::Key_Left, conv);
    goes(Qt::Key_Left, conv);
    QCOMPARE(hand.steps(), 5);
}

void TestCanvas::tabAddsBehindTheSelection()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 40, 200);
    hand.document.setSelection({conv});
    hand.key(Qt::Key_Tab);
    hand.pickFromSearch("relu");
    const NodeId relu = *hand.document.selectedNodes().begin();
    QVERIFY(hand.linked(conv, "output", relu, "input"));
    QVERIFY(hand.position(relu).x > hand.position(conv).x);
}

void TestCanvas::clicksSelect()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 200);
    hand.connect(conv, "output", relu, "input");
    const Link link{{conv, "output"}, {relu, "input"}};
    hand.click(hand.header(conv));
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{conv});
    hand.click(hand.header(relu), Qt::ShiftModifier);
    QCOMPARE(hand.document.selectedNodes(), (std::set<NodeId>{conv, relu}));
    hand.click(hand.header(conv), Qt::ControlModifier);
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{relu});
    hand.click(hand.at(430, 260));
    QVERIFY(hand.document.selectedNodes().empty());
    QCOMPARE(hand.document.selectedLinks(), std::vector<Link>{link});
    hand.click(hand.at(430, 460));
    QVERIFY(hand.document.selectedLinks().empty());
    hand.view.selectAll();
    QCOMPARE(hand.document.selectedNodes().size(), 2u);
    hand.key(Qt::Key_Escape);
    QVERIFY(hand.document.selectedNodes().empty());
}

void TestCanvas::boxSelects()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 100);
    const NodeId relu = hand.add("ReLU", 200, 300);
    const NodeId dropout = hand.add("Dropout", 600, 300);
    hand.drag(hand.at(150, 60), hand.at(400, 150));
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{conv});
    hand.drag(hand.at(150, 260), hand.at(400, 450), Qt::LeftButton, Qt::ShiftModifier);
    QCOMPARE(hand.document.selectedNodes(), (std::set<NodeId>{conv, relu}));
    hand.drag(hand.at(560, 260), hand.at(800, 450));
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{dropout});
    hand.hold(hand.at(150, 60), hand.at(400, 450));
    hand.key(Qt::Key_Escape);
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{dropout});
}

void TestCanvas::deleteRemovesTheSelection()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 200);
    hand.connect(conv, "output", relu, "input");
    const Graph before = hand.document.graph();
    hand.click(hand.at(430, 260));
    hand.key(Qt::Key_Delete);
    QCOMPARE(hand.links(), 0u);
    hand.undo();
    hand.click(hand.header(conv));
    hand.key(Qt::Key_Backspace);
    QVERIFY(!hand.document.graph().find(conv));
    QCOMPARE(hand.links(), 0u);
    hand.undo();
    QVERIFY(hand.document.graph() == before);
    QVERIFY(hand.view.canvasScene().linkItem(before.links().front()));
}

void TestCanvas::wheelKeepsThePointUnderTheCursor()
{
    Hand hand;
    hand.add("Conv2d", 200, 200);
    const QPoint cursor(313, 221);
    const QPointF under = hand.view.mapToScene(cursor);
    for (int delta : {120, 120, -120, -240, -120, 60}) {
        const double zoom = hand.view.zoom();
        hand.wheel(cursor, delta);
        QVERIFY(delta > 0 ? hand.view.zoom() > zoom : hand.view.zoom() < zoom);
        const QPointF off = (hand.view.mapToScene(cursor) - under) * hand.view.zoom();
        QVERIFY2(off.manhattanLength() <= 3, qPrintable(QString::number(off.manhattanLength())));
    }
}

void TestCanvas::zoomStaysWithinItsBounds()
{
    Hand hand;
    QSignalSpy zooms(&hand.view, &CanvasView::zoomChanged);
    hand.wheel({100, 100}, 12000);
    QCOMPARE(hand.view.zoom(), CanvasView::kMaxZoom);
    hand.wheel({100, 100}, -24000);
    QCOMPARE(hand.view.zoom(), CanvasView::kMinZoom);
    QCOMPARE(zooms.count(), 2);
    hand.view.resetZoom();
    QCOMPARE(hand.view.zoom(), 1.0);
}

void TestCanvas::handsPan_data()
{
    QTest::addColumn<bool>("space");
    QTest::newRow("middle button") << false;
    QTest::newRow("space and left button") << true;
}

void TestCanvas::handsPan()
{
    QFETCH(bool, space);
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const QPoint before = hand.view.nodeRect(conv).topLeft();
    if (space)
        QTest::keyPress(&hand.view, Qt::Key_Space);
    // On the node: panning doesn't grab it.
    hand.drag(hand.header(conv), hand.header(conv) + QPoint(80, -40), space ? Qt::LeftButton : Qt::MiddleButton);
    if (space)
        QTest::keyRelease(&hand.view, Qt::Key_Space);
    QCOMPARE(hand.view.nodeRect(conv).topLeft() - before, QPoint(80, -40));
    QCOMPARE(hand.position(conv), (Point{200, 200}));
    QVERIFY(hand.document.selectedNodes().empty());
}

void TestCanvas::homeShowsEverything()
{
    Hand hand;
    const NodeId first = hand.add("Conv2d", -2000, -500);
    const NodeId last = hand.add("Conv2d", 2000, 900);
    hand.key(Qt::Key_Home);
    const QRect screen = hand.view.viewport()->rect();
    QVERIFY(screen.contains(hand.view.nodeRect(first)));
    QVERIFY(screen.contains(hand.view.nodeRect(last)));
    hand.document.setSelection({last});
    hand.key(Qt::Key_Period);
    QVERIFY(screen.contains(hand.view.nodeRect(last)));
    QVERIFY(!screen.intersects(hand.view.nodeRect(first)));
    hand.view.centerOnNode(first);
    QVERIFY(screen.contains(hand.view.nodeRect(first)));
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{first});
}

void TestCanvas::paletteDropAddsANode()
{
    Hand hand;
    QVERIFY(hand.dropType("Conv2d", {hand.at(100, 100), hand.at(280, 222)}));
    QCOMPARE(hand.document.graph().nodes().size(), 1u);
    const Node &node = hand.document.graph().nodes().begin()->second;
    QCOMPARE(node.type, std::string("Conv2d"));
    QCOMPARE(node.position, (Point{200, 200}));
    QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{node.id});
    QCOMPARE(hand.steps(), 1);
    hand.undo();
    QVERIFY(hand.document.graph().empty());
}

void TestCanvas::otherDragsAreLeftToTheWindow()
{
    Hand hand;
    QVERIFY(!hand.dropType("NoSuchType", {hand.at(100, 100)}));
    QMimeData mime;
    mime.setText("a folder");
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(hand.view.viewport(), &enter);
    QVERIFY(!enter.isAccepted());
    QVERIFY(hand.document.graph().empty());
}

void TestCanvas::insertNodeGoesBehindTheSelection()
{
    Hand hand;
    const NodeId first = hand.view.insertNode("Conv2d");
    QVERIFY(hand.view.viewport()->rect().contains(hand.view.nodeRect(first)));
    const NodeId second = hand.view.insertNode("ReLU");
    QVERIFY(hand.linked(first, "output", second, "input"));
    QVERIFY(hand.position(second).x > hand.position(first).x + NodeGeometry::kWidth);
    QCOMPARE(hand.steps(), 2);
    const NodeId data = hand.view.insertNode("MNIST");
    QCOMPARE(hand.document.graph().linksAt(data).size(), 0u);
    QVERIFY(!hand.view.insertNode("NoSuchType").valid());
}

void TestCanvas::doubleClickRenames()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    QTest::mouseDClick(hand.view.viewport(), Qt::LeftButton, {}, hand.header(conv));
    auto *editor = hand.view.findChild<QLineEdit *>("nameEditor");
    QVERIFY(editor->isVisible());
    QTest::keyClicks(editor, "stem");
    QTest::keyClick(editor, Qt::Key_Return);
    QVERIFY(!editor->isVisible());
    QCOMPARE(hand.document.graph().find(conv)->name, std::string("stem"));
    hand.undo();
    QCOMPARE(hand.document.graph().find(conv)->name, std::string("conv2d"));

    hand.document.setSelection({conv});
    hand.key(Qt::Key_F2);
    QTest::keyClicks(editor, "other");
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(hand.document.graph().find(conv)->name, std::string("conv2d"));
}

void TestCanvas::takenNameSaysWhy()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    hand.add("ReLU", 500, 200);
    hand.document.setSelection({conv});
    hand.view.renameSelection();
    auto *editor = hand.view.findChild<QLineEdit *>("nameEditor");
    editor->clear();
    QTest::keyClicks(editor, "relu");
    QTest::keyClick(editor, Qt::Key_Return);
    const auto *note = hand.view.findChild<QLabel *>("canvasNote");
    QVERIFY(editor->isVisible());
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains("relu"));
    QCOMPARE(hand.document.graph().find(conv)->name, std::string("conv2d"));
}

void TestCanvas::clipboardActionsAreOneStepEach()
{
    Hand hand;
    const NodeId conv = hand.add("Conv2d", 200, 200);
    const NodeId relu = hand.add("ReLU", 500, 200);
    hand.connect(conv, "output", relu, "input");
    hand.view.selectAll();
    hand.view.copy();
    const int steps = hand.steps();
    hand.view.paste();
    QCOMPARE(hand.document.graph().nodes().size(), 4u);
    QCOMPARE(hand.links(), 2u);
    QCOMPARE(hand.steps(), steps + 1);
    hand.view.duplicate();
    QCOMPARE(hand.document.graph().nodes().size(), 6u);
    hand.view.cut();
    QCOMPARE(hand.document.graph().nodes().size(), 4u);
    QCOMPARE(hand.steps(), steps + 3);
}

void TestCanvas::emptyCanvasInvites()
{
    Hand hand;
    auto *hint = hand.view.findChild<QWidget *>("emptyHint");
    QVERIFY(hint->isVisible());
    QSignalSpy wanted(&hand.view, &CanvasView::newFromTemplateRequested);
    QSignalSpy opened(&hand.view, &CanvasView::openRequested);
    QTest::mouseClick(hand.view.findChild<QAbstractButton *>("hintTemplate"), Qt::LeftButton);
    QTest::mouseClick(hand.view.findChild<QAbstractButton *>("hintOpen"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(opened.count(), 1);
    hand.add("ReLU", 0, 0);
    QVERIFY(!hint->isVisible());
    hand.undo();
    QVERIFY(hint->isVisible());
}

void TestCanvas::unknownTypeIsShownWithItsWires()
{
    Hand hand;
    Project project;
    const NodeId conv = project.graph.addNode(*hand.registry.find("Conv2d"), {0, 0});
    Node strange;
    strange.type = "FromTheFuture";
    strange.position = {300, 0};
    const NodeId future = project.graph.addNode(strange);
    project.graph.addLink({{conv, "output"}, {future, "x"}});
    hand.document.setProject(project);
    QVERIFY(!hand.view.portRect(future, "x").isEmpty());
    QVERIFY(!hand.view.canvasScene().nodeItem(future)->face().category);
    QVERIFY(!hand.view.grab().isNull());
    hand.drag(hand.header(future), hand.header(future) + QPoint(40, 0));
    QCOMPARE(hand.position(future), (Point{340, 0}));
}

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
