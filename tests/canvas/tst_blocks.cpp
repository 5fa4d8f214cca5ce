// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"
#include "support/canvas_fixture.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

using namespace netloom;
using Hand = test::CanvasFixture;

namespace {

const Node *node(const Hand &hand, NodeId id)
{
    return hand.document.graph().find(id);
}

NodeId onlyBlock(const Hand &hand)
{
    for (const auto &[id, node] : hand.document.graph().nodes()) {
        if (node.type == kBlockType)
            return id;
    }
    return {};
}

} // namespace

class TestBlocks : public QObject {
    Q_OBJECT

private slots:
    void selectionBecomesABlockInOneStep()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d"});
        const Graph before = hand.document.graph();
        hand.document.setSelection({chain[1], chain[2]});
        const int steps = hand.steps();
        hand.key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClicks(QApplication::focusWidget(), "norm");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        const NodeId block = onlyBlock(hand);
        QVERIFY(block.valid());
        QCOMPARE(node(hand, block)->name, std::string("norm"));
        QCOMPARE(node(hand, chain[1])->parent, block);
        QVERIFY(hand.linked(chain[0], "output", block, "input"));
        QVERIFY(hand.linked(block, "output", chain[3], "input"));
        QCOMPARE(hand.steps(), steps + 2); // the block, and its name
        QVERIFY(hand.view.nodeRect(chain[1]).isEmpty());
        hand.undo();
        hand.undo();
        QVERIFY(hand.document.graph() == before);
        QVERIFY(!hand.view.nodeRect(chain[1]).isEmpty());
    }

    void wireThatComesBackForbidsABlock()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU"});
        QSignalSpy messages(&hand.view, &CanvasView::messageRequested);
        hand.document.setSelection({chain[0], chain[2]});
        hand.key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!onlyBlock(hand).valid());
        QCOMPARE(messages.count(), 1);
    }

    void blockIsEnteredAndLeft()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d"});
        const NodeId block = *hand.document.collapse({chain[1], chain[2]});
        QTest::mouseDClick(hand.window(), Qt::LeftButton, {}, hand.inWindow(hand.view.nodeRect(block).center() + QPoint(0, 20)));
        QCOMPARE(hand.document.scope(), block);
        QVERIFY(!hand.view.nodeRect(chain[1]).isEmpty());
        QVERIFY(hand.view.nodeRect(chain[0]).isEmpty());
        auto *breadcrumb = hand.view.findChild<QWidget *>("breadcrumb");
        QVERIFY(breadcrumb->isVisible());

        const NodeId added = hand.view.insertNode("ReLU");
        QCOMPARE(node(hand, added)->parent, block);

        QTest::mouseClick(breadcrumb->findChild<QAbstractButton *>(), Qt::LeftButton);
        QVERIFY(!hand.document.scope().valid());
        QVERIFY(!breadcrumb->isVisible());

        hand.document.setSelection({block});
        hand.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(hand.document.scope(), block);
        hand.key(Qt::Key_Escape);
        hand.key(Qt::Key_Escape);
        QVERIFY(!hand.document.scope().valid());
    }

    void undoOfTheBlockOneIsInLeavesIt()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU"});
        hand.document.setScope(*hand.document.collapse({chain[1], chain[2]}));
        hand.undo();
        QVERIFY(!hand.document.scope().valid());
        QVERIFY(!hand.view.nodeRect(chain[1]).isEmpty());
    }

    void openedUpBlockIsWhatItWas()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d"});
        const NodeId block = *hand.document.collapse({chain[1], chain[2]});
        hand.document.setSelection({block});
        hand.key(Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!onlyBlock(hand).valid());
        QCOMPARE(hand.links(), 3u);
        QVERIFY(hand.linked(chain[0], "output", chain[1], "input"));
        QVERIFY(hand.linked(chain[2], "output", chain[3], "input"));
    }

    void copiedBlockTakesItsInsideAlong()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU"});
        const NodeId block = *hand.document.collapse({chain[1], chain[2]});
        hand.document.setSelection({block});
        const std::size_t inside = hand.document.graph().childrenOf(block).size();
        hand.key(Qt::Key_C, Qt::ControlModifier);
        hand.key(Qt::Key_V, Qt::ControlModifier);
        const NodeId copy = *hand.document.selectedNodes().begin();
        QVERIFY(copy != block);
        QCOMPARE(hand.document.graph().childrenOf(copy).size(), inside);
        hand.key(Qt::Key_Delete);
        QCOMPARE(hand.document.graph().childrenOf(block).size(), inside);
        QVERIFY(!node(hand, copy));
    }

    void bypassIsOneStepThereAndBack()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "BatchNorm2d", "ReLU"});
        hand.document.setSelection({chain[1]});
        hand.key(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(node(hand, chain[1])->bypassed);
        hand.key(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!node(hand, chain[1])->bypassed);
        hand.undo();
        QVERIFY(node(hand, chain[1])->bypassed);
    }

    void whatPassesNothingOnCannotBeBypassed()
    {
        Hand hand;
        const NodeId toTensor = hand.add("ToTensor", 100, 100);
        QSignalSpy messages(&hand.view, &CanvasView::messageRequested);
        hand.document.setSelection({toTensor});
        hand.key(Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!node(hand, toTensor)->bypassed);
        QCOMPARE(messages.count(), 1);
    }

    void undoGoesToTheBlockThatItChanges()
    {
        Hand hand;
        const auto chain = hand.chain({"Conv2d", "ReLU", "MaxPool2d"});
        hand.document.setSelection({chain[0], chain[1]});
        hand.key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        const NodeId block = onlyBlock(hand);
        hand.document.setScope(block);
        const Point before = hand.position(chain[1]);
        hand.document.moveNodes({{chain[1], {500, 500}}});
        hand.document.setScope({});
        hand.document.moveNodes({{chain[2], {900, 100}}});
        hand.undo();
        QCOMPARE(hand.document.scope(), NodeId());
        hand.undo();
        QCOMPARE(hand.document.scope(), block);
        QCOMPARE(hand.position(chain[1]), before);
        hand.document.undoStack()->redo();
        QCOMPARE(hand.document.scope(), block);
        hand.document.undoStack()->redo();
        QCOMPARE(hand.document.scope(), NodeId());
    }

    void doubleClickOnAWireAddsADot()
    {
        Hand hand;
        const NodeId conv = hand.add("Conv2d", 40, 100);
        const NodeId relu = hand.add("ReLU", 520, 100);
        hand.connect(conv, "output", relu, "input");
        const int steps = hand.steps();
        const QPoint middle = (hand.port(conv, "output") + hand.port(relu, "input")) / 2;
        hand.doubleClick(middle);
        QCOMPARE(hand.steps(), steps + 1);
        QCOMPARE(hand.links(), 2u);
        const NodeId dot = *hand.document.selectedNodes().begin();
        QCOMPARE(node(hand, dot)->type, std::string(kRerouteType));
        QVERIFY(hand.view.nodeRect(dot).adjusted(-10, -10, 10, 10).contains(middle));
        hand.key(Qt::Key_X, Qt::ControlModifier); // heals
        QVERIFY(hand.linked(conv, "output", relu, "input"));
    }
};

QTEST_MAIN(TestBlocks)
#include "tst_blocks.moc"
