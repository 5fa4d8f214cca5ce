// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/graph_search.h"
#include "support/canvas_fixture.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace netloom;
using Hand = test::CanvasFixture;

class TestNodeFinder : public QObject {
    Q_OBJECT

private:
    /// MNIST → ToTensor → Conv2d → ReLU → MaxPool2d, far apart.
    static std::vector<NodeId> network(Hand &hand)
    {
        const char *types[] = {"MNIST", "ToTensor", "Conv2d", "ReLU", "MaxPool2d"};
        std::vector<NodeId> nodes;
        for (const char *type : types)
            nodes.push_back(hand.add(type, 1500 * double(nodes.size()), 100));
        hand.connect(nodes[0], "image", nodes[1], "input");
        for (std::size_t index = 2; index < nodes.size(); ++index)
            hand.connect(nodes[index - 1], "output", nodes[index], "input");
        return nodes;
    }

    static QLineEdit *open(Hand &hand)
    {
        hand.key(Qt::Key_F, Qt::ControlModifier);
        auto *search = hand.view.findChild<QLineEdit *>("findNodeSearch");
        return search && search->isVisible() && search->hasFocus() ? search : nullptr;
    }

    static bool shows(Hand &hand, NodeId id)
    {
        const QRect popup = hand.view.findChild<QWidget *>("findNode")->geometry();
        if (!hand.view.rect().contains(popup))
            return false;
        return hand.view.viewport()->rect().contains(hand.view.nodeRect(id)) && !popup.intersects(hand.view.nodeRect(id));
    }

private slots:
    void nodesAreFoundByNameTypeAndShape_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("nothing typed: all, along the wires") << "" << QStringList{"mnist", "totensor", "conv2d", "relu", "maxpool2d"};
        QTest::newRow("name") << "relu" << QStringList{"relu"};
        QTest::newRow("part of a type, any case") << "POOL" << QStringList{"maxpool2d"};
        QTest::newRow("begin of a name before its middle") << "2d" << QStringList{"conv2d", "maxpool2d"};
        QTest::newRow("shape") << "32x26" << QStringList{"conv2d", "relu"};
        QTest::newRow("shape, spelled out") << "N × 32 × 13 × 13" << QStringList{"maxpool2d"};
        QTest::newRow("whole sizes alone") << "2x13" << QStringList{};
        QTest::newRow("nothing like it") << "lstm" << QStringList{};
    }

    void nodesAreFoundByNameTypeAndShape()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, names);
        Hand hand;
        network(hand);
        QStringList found;
        for (NodeId id : searchGraph(hand.document, text))
            found << QString::fromStdString(hand.document.graph().find(id)->name);
        QCOMPARE(found, names);
    }

    void typingAndArrowsBringTheHitIntoView()
    {
        Hand hand;
        const auto nodes = network(hand);
        QLineEdit *search = open(hand);
        QVERIFY(search);
        QTest::keyClicks(search, "32x26");
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{nodes[2]});
        QVERIFY(shows(hand, nodes[2]));
        QTest::keyClick(search, Qt::Key_Down);
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{nodes[3]});
        QVERIFY(shows(hand, nodes[3]));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(!search->isVisible());
        QVERIFY(hand.view.hasFocus());
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{nodes[3]});
        QCOMPARE(hand.steps(), 9); // the nodes and wires: searching is no step
    }

    void escapeGoesBackToTheViewAndTheSelection()
    {
        Hand hand;
        const auto nodes = network(hand);
        hand.view.setZoom(0.5, {100, 100});
        hand.document.setSelection({nodes[0]});
        const QPoint before = hand.at(0, 0);
        QLineEdit *search = open(hand);
        QVERIFY(search);
        QTest::keyClicks(search, "pool");
        QVERIFY(shows(hand, nodes[4]));
        QVERIFY(hand.view.zoom() != 0.5);
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{nodes[0]});
        QCOMPARE(hand.view.zoom(), 0.5);
        QVERIFY((hand.at(0, 0) - before).manhattanLength() <= 2);
        QVERIFY(hand.view.hasFocus());
    }

    void nodesInsideBlocksAreFoundByTheirPath()
    {
        Hand hand;
        const auto nodes = network(hand);
        const auto block = hand.document.collapse({nodes[3], nodes[4]});
        QVERIFY(block.ok());
        hand.view.setZoom(0.5, {100, 100});
        hand.document.setSelection({nodes[0]});
        QLineEdit *search = open(hand);
        QVERIFY(search);
        QTest::keyClicks(search, "block.max"); // in block.maxpool2d
        QCOMPARE(hand.document.scope(), *block);
        QVERIFY(shows(hand, nodes[4]));
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(hand.document.scope(), NodeId());
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{nodes[0]});
        QCOMPARE(hand.view.zoom(), 0.5);
    }

    void clickElsewhereStaysAtTheHit()
    {
        Hand hand;
        const auto nodes = network(hand);
        QLineEdit *search = open(hand);
        QVERIFY(search);
        QTest::keyClicks(search, "pool");
        hand.click(hand.header(nodes[4]));
        QVERIFY(!search->isVisible());
        QVERIFY(hand.view.viewport()->rect().contains(hand.view.nodeRect(nodes[4])));
        QCOMPARE(hand.document.selectedNodes(), std::set<NodeId>{nodes[4]});
    }

    void searchWithoutAHitSaysSoAndPicksNothing()
    {
        Hand hand;
        network(hand);
        QLineEdit *search = open(hand);
        QVERIFY(search);
        QTest::keyClicks(search, "lstm");
        auto *list = hand.view.findChild<QListWidget *>("findNodeList");
        QCOMPARE(list->count(), 1);
        QCOMPARE(list->item(0)->text(), QString("Nothing found"));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(search->isVisible());
    }
};

QTEST_MAIN(TestNodeFinder)
#include "tst_node_finder.moc"
