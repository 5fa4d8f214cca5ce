// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/accessible_items.h"
#include "graph/structure.h"
#include "support/canvas_fixture.h"

#include <QAccessible>
#include <QSignalSpy>

using namespace netloom;
using Hand = test::CanvasFixture;

/// What a screen reader gets of the canvas. That it is told of changes shows under a real one alone: Qt lets none be told offscreen.
class TestAccessible : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_hand = std::make_unique<Hand>();
        m_chain = m_hand->chain({"ToTensor", "Conv2d", "ReLU"});
    }

    void cleanup() { m_hand.reset(); }

    void nodesComeInDataFlowOrderThenWires()
    {
        QCOMPARE(list()->role(), QAccessible::List);
        QCOMPARE(list()->text(QAccessible::Name), QString("Canvas"));
        const NodeId source = m_hand->add("MNIST", -200, 100); // the last that was made, the first that data comes from
        m_hand->connect(source, "image", m_chain[0], "input");
        QCOMPARE(names(), QStringList({"MNIST mnist, 1×28×28", "ToTensor totensor, 1×28×28", "Conv2d conv2d, 32×26×26", "ReLU relu, 32×26×26",
                              "from mnist.image to totensor.input, 1×28×28", "from totensor.output to conv2d.input, N×1×28×28",
                              "from conv2d.output to relu.input, N×32×26×26"}));
        for (int index = 0; index < 7; ++index) {
            QCOMPARE(list()->child(index)->role(), QAccessible::ListItem);
            QCOMPARE(list()->child(index)->parent(), list());
            QCOMPARE(list()->indexOfChild(list()->child(index)), index);
        }
        QVERIFY(list()->child(2)->text(QAccessible::Description).contains("out_channels 32"));
    }

    void listFollowsTheDocument()
    {
        QCOMPARE(names().size(), 5);
        const NodeId added = m_hand->add("Dropout", 900, 100);
        QVERIFY(names().contains("Dropout dropout"));
        m_hand->connect(m_chain[2], "output", added, "input");
        QCOMPARE(names().size(), 7);
        m_hand->document.removeItems({m_chain[1]});
        QCOMPARE(names(), QStringList({"ToTensor totensor", "ReLU relu", "Dropout dropout", "from relu.output to dropout.input"}));
        m_hand->undo();
        QCOMPARE(names().size(), 7);
        const auto block = m_hand->document.collapse({m_chain[1], m_chain[2]});
        QVERIFY(block);
        QVERIFY(names().contains("Block block"));
        QVERIFY(!names().contains("ReLU relu"));
        m_hand->document.setScope(*block);
        QCOMPARE(names().filter("from").size(), 3); // the block's ports are nodes here
        QVERIFY(names().contains("ReLU relu"));
        m_hand->document.setProject({});
        QCOMPARE(names(), QStringList());
    }

    void keysMoveTheFocusAlongTheList()
    {
        (void)names();
        QVERIFY(!list()->focusChild());
        m_hand->key(Qt::Key_Right);
        m_hand->key(Qt::Key_Right);
        QCOMPARE(list()->focusChild(), list()->child(1));
        QVERIFY(list()->child(1)->state().selected && list()->child(1)->state().focused && list()->child(1)->state().focusable);
        QVERIFY(!list()->child(0)->state().selected && !list()->child(0)->state().focused);
    }

    void actionsSelectAndLead()
    {
        QSignalSpy asked(&m_hand->view, &CanvasView::parametersRequested);
        QAccessibleActionInterface *conv = list()->child(1)->actionInterface();
        QVERIFY(conv);
        QCOMPARE(conv->actionNames(), QStringList({QAccessibleActionInterface::pressAction(), AccessibleNode::parametersAction()}));
        conv->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(m_hand->document.selectedNodes(), std::set<NodeId>{m_chain[1]});
        QCOMPARE(asked.count(), 0);
        list()->child(2)->actionInterface()->doAction(AccessibleNode::parametersAction());
        QCOMPARE(m_hand->document.selectedNodes(), std::set<NodeId>{m_chain[2]});
        QCOMPARE(asked.count(), 1);
        list()->child(3)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(m_hand->document.selectedLinks(), std::vector<Link>({{{m_chain[0], "output"}, {m_chain[1], "input"}}}));
        QVERIFY(list()->child(3)->state().selected);
        const auto block = m_hand->document.collapse({m_chain[1]});
        for (int index = 0; index < names().size(); ++index) {
            if (names()[index].startsWith("Block"))
                list()->child(index)->actionInterface()->doAction(AccessibleNode::enterAction());
        }
        QCOMPARE(m_hand->document.scope(), *block);
    }

    void issuesAreInTheName()
    {
        const NodeId source = m_hand->add("MNIST", -200, 100);
        m_hand->connect(source, "image", m_chain[0], "input");
        const NodeId loss = m_hand->add("CrossEntropyLoss", 900, 100);
        m_hand->connect(m_chain[2], "output", loss, "input");
        (void)names();
        QVERIFY(!list()->child(2)->state().invalid);
        QVERIFY(m_hand->document.setParam(m_chain[1], "kernel_size", std::vector<std::int64_t>{99}).ok());
        const QString name = list()->child(2)->text(QAccessible::Name);
        QVERIFY2(name.startsWith("Conv2d conv2d") && name.contains("error: "), qPrintable(name));
        QVERIFY(list()->child(2)->state().invalid);
    }

    void placesAreThoseOnTheScreen()
    {
        const QRect card = m_hand->view.nodeRect(m_chain[1]);
        const QRect onScreen(m_hand->view.viewport()->mapToGlobal(card.topLeft()), card.size());
        QCOMPARE(list()->child(1)->rect(), onScreen);
        QCOMPARE(list()->childAt(onScreen.center().x(), onScreen.center().y()), list()->child(1));
        QVERIFY(!list()->child(1)->state().offscreen);
        m_hand->view.centerOn(9000, 9000);
        QVERIFY(list()->child(1)->state().offscreen);
    }

private:
    QAccessibleInterface *list() { return QAccessible::queryAccessibleInterface(&m_hand->view); }

    /// Of nodes and wires.
    QStringList names()
    {
        QStringList found;
        for (int index = 0; index < list()->childCount(); ++index) {
            if (QAccessibleInterface *child = list()->child(index); child && !child->object())
                found << child->text(QAccessible::Name);
        }
        return found;
    }

    std::unique_ptr<Hand> m_hand;
    std::vector<NodeId> m_chain;
};

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
