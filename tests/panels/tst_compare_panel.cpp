// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/compare_panel.h"
#include "support/panel_registry.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QUndoStack>

using namespace netloom;

class TestComparePanel : public QObject {
    Q_OBJECT
private:
    NodeRegistry m_registry = test::panelRegistry();
    std::unique_ptr<Document> m_document;
    std::unique_ptr<ComparePanel> m_panel;

    QTreeWidget *tree() const { return m_panel->findChild<QTreeWidget *>("compareTree"); }
    QString label(const char *name) const { return m_panel->findChild<QLabel *>(name)->text(); }
    NodeId named(const char *name) const { return m_document->graph().findByName(name)->id; }
    bool saysSame() const { return m_panel->findChild<QWidget *>("compareSame")->isVisible(); }

    QTreeWidgetItem *row(const QString &text) const
    {
        for (QTreeWidgetItemIterator item(tree()); *item; ++item) {
            if ((*item)->text(0) == text)
                return *item;
        }
        return nullptr;
    }
    QStringList rowsBelow(const QString &group) const
    {
        QStringList rows;
        const QTreeWidgetItem *above = row(group);
        for (int index = 0; above && index < above->childCount(); ++index)
            rows << above->child(index)->text(0);
        return rows;
    }
    void click(const QString &text)
    {
        tree()->scrollToItem(row(text));
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualItemRect(row(text)).center());
    }

private slots:
    void initTestCase()
    {
        qRegisterMetaType<NodeId>();
        applyTheme(*qApp, ThemeKind::Light);
    }

    void init()
    {
        m_document = std::make_unique<Document>(m_registry);
        m_document->setProject(test::panelProject(m_registry));
        m_panel = std::make_unique<ComparePanel>(*m_document);
        m_panel->resize(320, 700);
        m_panel->show();
        m_panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        m_document->comparison().start(m_document->project(), "the run of 24 Nov 14:03");
    }

    void equalProjectsSaySo()
    {
        QCOMPARE(label("compareTitle"), QString("Compared with the run of 24 Nov 14:03"));
        QVERIFY(saysSame());
    }

    void listsWhatDiffersAndFollowsEdits()
    {
        (void)m_document->setParam(named("conv2d"), "out_channels", std::int64_t(7));
        QVERIFY(!saysSame());
        QCOMPARE(label("compareSummary"), QString("1 changed"));
        m_document->removeItems({named("flatten")});
        m_document->addNode("Dropout", {0, 300});
        QVERIFY(m_document->setRecipe("lr", 0.25).ok());
        QCOMPARE(label("compareSummary"), QString::fromUtf8("1 added · 1 removed · 1 changed · recipe"));
        QCOMPARE(rowsBelow("Added (1)"), QStringList{"dropout"});
        QCOMPARE(rowsBelow("Removed (1)"), QStringList{"flatten"});
        QCOMPARE(rowsBelow("Changed (1)"), QStringList{"conv2d"});
        QVERIFY(rowsBelow("Recipe (1)").contains("epochs")); // beside what differs, to be compared
        while (m_document->undoStack()->canUndo())
            m_document->undoStack()->undo();
        QVERIFY(saysSame());
    }

    void parametersStandSideBySide()
    {
        (void)m_document->setParam(named("conv2d"), "out_channels", std::int64_t(7));
        const QTreeWidgetItem *differs = row("out_channels");
        QVERIFY(differs && differs->parent()->isExpanded());
        QCOMPARE(differs->text(1), QString("7"));
        QVERIFY(differs->text(2) != "7" && !differs->text(2).isEmpty());
        QVERIFY(differs->font(1).bold() || differs->font(1).weight() > QFont::Medium);
        const QTreeWidgetItem *equal = row("kernel_size");
        QVERIFY(equal);
        QCOMPARE(equal->text(1), equal->text(2));
        QCOMPARE(equal->background(1), QBrush());
        QVERIFY(m_document->rename(named("conv2d"), "eyes").ok());
        QCOMPARE(row("name")->text(1), QString("eyes"));
        QCOMPARE(row("name")->text(2), QString("conv2d"));
    }

    void rowsLeadToTheirNodes()
    {
        const NodeId conv = named("conv2d"), flatten = named("flatten");
        (void)m_document->setParam(conv, "out_channels", std::int64_t(7));
        m_document->removeItems({flatten});
        QSignalSpy nodes(m_panel.get(), &ComparePanel::nodeRequested);
        QSignalSpy removed(m_panel.get(), &ComparePanel::removedRequested);
        click("conv2d");
        QCOMPARE(nodes.size(), 1);
        QCOMPARE(nodes.front().front().value<NodeId>(), conv);
        click("flatten");
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.front().front().value<NodeId>(), flatten);
        // By keyboard: up to the parameter's row of the changed node, and Return.
        tree()->setFocus();
        tree()->setCurrentItem(row("flatten"));
        QTest::keyClick(tree(), Qt::Key_Down); // the group
        QTest::keyClick(tree(), Qt::Key_Down);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(nodes.size(), 2);
        QCOMPARE(nodes.back().front().value<NodeId>(), conv);
    }

    void foldingAndTheCurrentRowSurviveAnEdit()
    {
        (void)m_document->setParam(named("conv2d"), "out_channels", std::int64_t(7));
        row("conv2d")->setExpanded(false);
        tree()->setCurrentItem(row("conv2d"));
        (void)m_document->setParam(named("linear"), "out_features", std::int64_t(7));
        QVERIFY(!row("conv2d")->isExpanded());
        QVERIFY(row("linear")->isExpanded());
        QCOMPARE(tree()->currentItem(), row("conv2d"));
    }

    void selectionOnTheCanvasChoosesTheRow()
    {
        (void)m_document->setParam(named("conv2d"), "out_channels", std::int64_t(7));
        (void)m_document->setParam(named("linear"), "out_features", std::int64_t(7));
        m_document->setSelection({named("linear")});
        QCOMPARE(tree()->currentItem(), row("linear"));
    }

    void stopButtonEndsIt()
    {
        QTest::mouseClick(m_panel->findChild<QPushButton *>("compareStop"), Qt::LeftButton);
        QVERIFY(!m_document->comparison().isActive());
    }
};

QTEST_MAIN(TestComparePanel)
#include "tst_compare_panel.moc"
