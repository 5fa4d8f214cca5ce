// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/frame_layout.h"
#include "graph/frame.h"
#include "graph/structure.h"
#include "support/canvas_fixture.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>

using namespace netloom;
using Hand = test::CanvasFixture;

namespace {

const Node &node(const Hand &hand, NodeId id)
{
    return *hand.document.graph().find(id);
}

/// The frame drawn with Ctrl+G around @p nodes and named.
NodeId frameAroundNodes(Hand &hand, std::set<NodeId> nodes, const QString &title = QStringLiteral("Features"))
{
    hand.document.setSelection(std::move(nodes));
    hand.key(Qt::Key_G, Qt::ControlModifier);
    const NodeId frame = *hand.document.selectedNodes().begin();
    QTest::keyClicks(QApplication::focusWidget(), title);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    return frame;
}

QRectF areaOf(const Hand &hand, NodeId frame)
{
    const FrameArea area = frameArea(node(hand, frame));
    return {area.corner.x, area.corner.y, area.width, area.height};
}

QPoint titleOf(const Hand &hand, NodeId frame)
{
    const QRectF area = areaOf(hand, frame);
    return hand.at(area.x() + 40, area.y() + 14);
}

} // namespace

class TestFrames : public QObject {
    Q_OBJECT

private slots:
    void ctrlGFramesTheSelectionAndAsksForATitle()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
        const Graph before = hand.document.graph();
        const NodeId frame = frameAroundNodes(hand, {chain[0], chain[1]});
        QCOMPARE(node(hand, frame).type, std::string(kFrameType));
        QCOMPARE(frameTitle(node(hand, frame)), std::string("Features"));
        const QRectF area = hand.view.mapFromScene(areaOf(hand, frame)).boundingRect();
        QVERIFY(area.contains(hand.view.nodeRect(chain[0])) && area.contains(hand.view.nodeRect(chain[1])));
        QVERIFY(!area.intersects(hand.view.nodeRect(chain[2])));
        QVERIFY(hand.document.inference().nodes.contains(chain[0]) && !hand.document.inference().nodes.contains(frame));
        hand.undo();
        hand.undo();
        QVERIFY(hand.document.graph() == before);
    }

    void itsTitleMovesItWithWhatLiesInIt()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
        const NodeId frame = frameAroundNodes(hand, {chain[0], chain[1]});
        const QRectF area = areaOf(hand, frame);
        const Point inside = hand.position(chain[1]);
        const Point outside = hand.position(chain[2]);
        const int steps = hand.steps();
        hand.drag(titleOf(hand, frame), titleOf(hand, frame) + QPoint(0, 120));
        QCOMPARE(areaOf(hand, frame), area.translated(0, 120));
        QCOMPARE(hand.position(chain[1]), (Point{inside.x, inside.y + 120}));
        QCOMPARE(hand.position(chain[2]), outside);
        QCOMPARE(hand.steps(), steps + 1);
        hand.undo();
        QCOMPARE(hand.position(chain[1]), inside);
        QCOMPARE(areaOf(hand, frame), area);
    }

    void itsEdgesResizeItAndLeaveWhatLiesInIt()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU"});
        const NodeId frame = frameAroundNodes(hand, {chain[0]});
        const QRectF area = areaOf(hand, frame);
        const Point inside = hand.position(chain[0]);
        hand.drag(hand.at(area.right(), area.bottom()), hand.at(area.right() + 60, area.bottom() + 40));
        QCOMPARE(areaOf(hand, frame), area.adjusted(0, 0, 60, 40));
        hand.drag(hand.at(area.left(), area.bottom() - 20), hand.at(area.left() - 40, area.bottom() + 80));
        QCOMPARE(areaOf(hand, frame), area.adjusted(-40, 0, 60, 40));
        QCOMPARE(hand.position(chain[0]), inside);
        hand.hold(hand.at(area.right() + 60, area.top() + 60), hand.at(area.right() + 200, area.top() + 60));
        hand.key(Qt::Key_Escape);
        QCOMPARE(areaOf(hand, frame), area.adjusted(-40, 0, 60, 40));
        hand.undo();
        hand.undo();
        QCOMPARE(areaOf(hand, frame), area);
    }

    void insideItTheCanvasIsAsFreeAsElsewhere()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU"});
        const NodeId frame = frameAroundNodes(hand, {chain[0], chain[1]});
        const QRectF area = areaOf(hand, frame);
        hand.drag(hand.at(area.left() + 8, area.top() + 48), hand.at(area.right() - 40, area.bottom() - 12)); // a box around both cards
        QCOMPARE(hand.document.selectedNodes(), (std::set<NodeId>{chain[0], chain[1]}));
        hand.drag(hand.at(area.left() - 30, area.top() - 30), hand.at(area.right() + 30, area.bottom() + 30));
        QCOMPARE(hand.document.selectedNodes(), (std::set<NodeId>{chain[0], chain[1], frame}));
        hand.drag(hand.port(chain[0], "output"), hand.at(area.right() + 80, area.top() + 20)); // a wire out of it
        QVERIFY(hand.searchIsOpen());
    }

    void doubleClickOnTheTitleAndF2GiveItAnother()
    {
        Hand hand;
        const NodeId frame = frameAroundNodes(hand, {hand.add("ReLU", 200, 200)});
        hand.doubleClick(titleOf(hand, frame));
        QTest::keyClicks(QApplication::focusWidget(), "Head & loss");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(frameTitle(node(hand, frame)), std::string("Head & loss"));
        hand.click(titleOf(hand, frame));
        hand.key(Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), "Head");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(frameTitle(node(hand, frame)), std::string("Head"));
    }

    void copiesOfItTakeItsContentsAlong()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
        const NodeId frame = frameAroundNodes(hand, {chain[0], chain[1]});
        hand.click(titleOf(hand, frame));
        hand.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(hand.document.selectedNodes().size(), 3u);
        QCOMPARE(hand.document.graph().nodes().size(), 7u);
        QCOMPARE(hand.links(), 3u);
        hand.undo();
        hand.document.setSelection({frame});
        hand.key(Qt::Key_Delete); // the frame alone
        QCOMPARE(hand.document.graph().nodes().size(), 3u);
    }

    void ctrlShiftVKeepsWhatFedTheOriginals()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
        hand.click(hand.header(chain[1]));
        hand.key(Qt::Key_C, Qt::ControlModifier);
        const int steps = hand.steps();
        hand.key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
        const NodeId copy = *hand.document.selectedNodes().begin();
        QVERIFY(copy != chain[1] && hand.linked(chain[0], "output", copy, "input"));
        QVERIFY(hand.document.graph().linksFrom(copy).empty());
        QCOMPARE(hand.steps(), steps + 1);
        hand.key(Qt::Key_V, Qt::ControlModifier);
        QVERIFY(hand.document.graph().linksAt(*hand.document.selectedNodes().begin()).empty());
    }

    void tidyUpKeepsItAroundItsContents()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU"});
        const NodeId inner = frameAroundNodes(hand, {chain[1], chain[2]}, "Inner");
        const NodeId outer = frameAroundNodes(hand, {chain[0], inner}, "Outer");
        const NodeId empty = hand.add(kFrameType, 100, 500);
        hand.document.setSelection({});
        const int steps = hand.steps();
        hand.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(hand.steps(), steps + 1);
        const auto card = [&](NodeId id) { return hand.view.canvasScene().nodeItem(id)->cardRect(); };
        QVERIFY(areaOf(hand, inner).contains(card(chain[1])) && areaOf(hand, inner).contains(card(chain[2])));
        QVERIFY(areaOf(hand, outer).contains(areaOf(hand, inner)) && areaOf(hand, outer).contains(card(chain[0])));
        QVERIFY(!areaOf(hand, inner).intersects(card(chain[0])));
        for (const int outside : {3, 4, 5}) {
            QVERIFY(!areaOf(hand, outer).intersects(card(chain[std::size_t(outside)])));
            QVERIFY(!areaOf(hand, empty).intersects(card(chain[std::size_t(outside)])));
        }
        QVERIFY(!areaOf(hand, empty).intersects(areaOf(hand, outer)));
    }

    void blocksAndSearchKnowIt()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
        const NodeId frame = frameAroundNodes(hand, {chain[0], chain[1]});
        hand.click(titleOf(hand, frame));
        hand.key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier); // the frame with what lies in it
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        const NodeId block = node(hand, chain[0]).parent;
        QVERIFY(block.valid());
        QCOMPARE(node(hand, frame).parent, block);
        QVERIFY(hand.linked(block, "output", chain[2], "input"));
        hand.view.centerOnNode(frame); // inside the block
        QCOMPARE(hand.document.scope(), block);
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{frame});
    }
};

QTEST_MAIN(TestFrames)
#include "tst_frames.moc"
