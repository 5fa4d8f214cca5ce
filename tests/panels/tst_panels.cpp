// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "document/repair_offers.h"
#include "panels/issues_panel.h"
#include "repairs/fix_button.h"
#include "panels/palette_panel.h"
#include "document/node_search.h"
#include "document/node_type_mime.h"
#include "panels/param_editor.h"
#include "support/panel_registry.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QUndoView>

using namespace netloom;

class TestPanels : public QObject {
    Q_OBJECT
private:
    NodeRegistry m_registry = test::panelRegistry();
    std::unique_ptr<Document> m_document;

    NodeId nodeOf(const char *type) const
    {
        for (const auto &[id, node] : m_document->graph().nodes()) {
            if (node.type == type)
                return id;
        }
        return {};
    }
    const ParamValue &param(const char *type, const char *name) const { return m_document->graph().find(nodeOf(type))->params.at(name); }

    template <class Field>
    static Field *field(QWidget &panel, const char *name)
    {
        for (Field *found : panel.findChildren<Field *>(name)) {
            if (found->isVisibleTo(&panel))
                return found;
        }
        return nullptr;
    }

    /// The inspector with one node selected, shown and active so that keys arrive.
    std::unique_ptr<InspectorPanel> inspect(const char *type)
    {
        m_document->setSelection({nodeOf(type)});
        auto panel = std::make_unique<InspectorPanel>(*m_document);
        panel->resize(300, 700);
        panel->show();
        panel->activateWindow();
        if (!QTest::qWaitForWindowActive(panel.get()))
            qWarning("the panel did not become active");
        return panel;
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
        m_document->setFacts(test::panelFacts());
    }

    void historyListsTheStepsAndGoesThere()
    {
        HistoryPanel panel(*m_document);
        panel.resize(300, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto *steps = panel.findChild<QUndoView *>("historySteps");
        QVERIFY(panel.findChild<QWidget *>("historyEmpty")->isVisible() && !steps->isVisible());
        const Graph before = m_document->graph();
        const NodeId conv = nodeOf("Conv2d");
        QVERIFY(m_document->rename(conv, "stem").ok());
        m_document->setClean();
        m_document->removeItems({conv});
        QVERIFY(steps->isVisible());
        const auto row = [steps](int index) { return steps->model()->index(index, 0); };
        QCOMPARE(steps->model()->rowCount(), 3);
        QCOMPARE(row(0).data().toString(), QString("As opened"));
        QVERIFY(row(1).data().toString().startsWith("Rename"));
        QCOMPARE(row(2).data().toString(), QString("Delete stem"));
        QCOMPARE(steps->currentIndex(), row(2));

        QTest::mouseClick(steps->viewport(), Qt::LeftButton, {}, steps->visualRect(row(0)).center());
        QVERIFY(m_document->graph() == before);
        QVERIFY(m_document->isDirty());
        QTest::mouseClick(steps->viewport(), Qt::LeftButton, {}, steps->visualRect(row(1)).center());
        QVERIFY(!m_document->isDirty());
        m_document->setProject(test::panelProject(m_registry));
        QVERIFY(!steps->isVisible());
    }

    void historyMarksTheSavedStepOnceThereIsAFile()
    {
        HistoryPanel panel(*m_document);
        panel.resize(300, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY(m_document->rename(nodeOf("Conv2d"), "stem").ok());
        m_document->setClean();
        auto *steps = panel.findChild<QUndoView *>("historySteps");
        const auto marks = [&] {
            const QRect end = steps->visualRect(steps->model()->index(1, 0)).adjusted(200, 6, -10, -6);
            const QImage image = steps->viewport()->grab(end).toImage();
            for (int x = 1; x < image.width(); ++x) {
                if (image.pixel(x, image.height() / 2) != image.pixel(0, image.height() / 2))
                    return true;
            }
            return false;
        };
        QVERIFY(!marks());
        panel.setHasFile(true);
        QVERIFY(marks());
    }

    void searchPutsTheBestAnswerFirst_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("first");
        QTest::newRow("synonym") << "FC" << "Linear";
        QTest::newRow("words of a synonym") << "connected fully" << "Linear";
        QTest::newRow("start of the type") << "conv" << "Conv2d";
        QTest::newRow("exact type") << "relu" << "ReLU";
        QTest::newRow("start of a part") << "po" << "MaxPool2d";
        QTest::newRow("initials") << "bn" << "BatchNorm2d";
        QTest::newRow("letters in order") << "mxpool" << "MaxPool2d";
        QTest::newRow("keyword before doc") << "softmax" << "CrossEntropyLoss";
        QTest::newRow("category") << "activations" << "ReLU";
        QTest::newRow("nothing") << "zzzz" << "";
    }
    void searchPutsTheBestAnswerFirst()
    {
        QFETCH(QString, query);
        QFETCH(QString, first);
        const auto found = searchNodes(m_registry, query);
        QCOMPARE(found.empty() ? QString() : QString::fromStdString(found.front()->type), first);
    }

    void enterInTheSearchActivatesTheBestAnswer()
    {
        PalettePanel palette(m_registry);
        QSignalSpy activated(&palette, &PalettePanel::nodeActivated);
        auto *search = palette.findChild<QLineEdit *>("paletteSearch");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(activated.count(), 0);
        QTest::keyClicks(search, "fc");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(activated, (QList<QList<QVariant>>{{"Linear"}}));
    }

    void arrowKeysInTheSearchMoveThroughTheAnswers()
    {
        PalettePanel palette(m_registry);
        QSignalSpy activated(&palette, &PalettePanel::nodeActivated);
        auto *search = palette.findChild<QLineEdit *>("paletteSearch");
        QTest::keyClicks(search, "norm");
        const auto found = searchNodes(m_registry, "norm");
        QVERIFY(found.size() >= 2);
        QTest::keyClick(search, Qt::Key_Down);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(activated, (QList<QList<QVariant>>{{QString::fromStdString(found[1]->type)}}));
    }

    void headingsFoldTheirCategory()
    {
        PalettePanel palette(m_registry);
        palette.resize(240, 900);
        palette.show();
        auto *list = palette.findChild<QListWidget *>("paletteList");
        const int before = list->count();
        QListWidgetItem *heading = list->findItems("Layers", Qt::MatchExactly).front();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(heading).center());
        QCOMPARE(list->count(), before - 2);
        QVERIFY(list->findItems("Conv2d", Qt::MatchExactly).isEmpty());
        heading = list->findItems("Layers", Qt::MatchExactly).front();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(heading).center());
        QCOMPARE(list->count(), before);
    }

    void doubleClickActivatesTheType()
    {
        PalettePanel palette(m_registry);
        palette.resize(240, 900);
        palette.show();
        QSignalSpy activated(&palette, &PalettePanel::nodeActivated);
        auto *list = palette.findChild<QListWidget *>("paletteList");
        const QPoint at = list->visualItemRect(list->findItems("Dropout", Qt::MatchExactly).front()).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(activated, (QList<QList<QVariant>>{{"Dropout"}}));
    }

    void dragsCarryTheTypeName()
    {
        const std::unique_ptr<QMimeData> data(PalettePanel::mimeDataFor("Conv2d"));
        QCOMPARE(data->data(kNodeTypeMime), QByteArray("Conv2d"));
    }

    void everyParameterTypeHasAFieldThatGivesItsValueBack_data()
    {
        QTest::addColumn<int>("row");
        for (int row = 0; row < 11; ++row)
            QTest::addRow("%d", row) << row;
    }
    void everyParameterTypeHasAFieldThatGivesItsValueBack()
    {
        QFETCH(int, row);
        using Integers = std::vector<std::int64_t>;
        const std::pair<ParamDecl, ParamValue> table[] = {
            {ParamDecl::flag("a", false), true},
            {ParamDecl::integer("a", 3).range(0, 9), std::int64_t{7}},
            {ParamDecl::integerOr("a", std::int64_t{1}, {"classes"}), std::string("classes")},
            {ParamDecl::real("a", 0.001).range(0, 1000), 0.00025},
            {ParamDecl::choice("a", "x", {"x", "y"}), std::string("y")},
            {ParamDecl::text("a", ""), std::string("hello")},
            {ParamDecl::path("a", true), std::string("/data/cats")},
            {ParamDecl::pair("a", 3), Integers{5, 7}},
            {ParamDecl::pairOr("a", 3, {"same"}), std::string("same")},
            {ParamDecl::reals("a", {0.5}), std::vector<double>{0.485, 0.456, 0.406}},
            {ParamDecl::texts("a"), std::vector<std::string>{"rose; red.jpg", "tulip.jpg"}},
        };
        const auto &[decl, value] = table[row];
        const std::unique_ptr<ParamEditor> editor(ParamEditor::make(decl, nullptr));
        QSignalSpy edited(editor.get(), &ParamEditor::edited);
        QVERIFY(editor->findChild<QWidget *>("param_a"));
        editor->setValue(decl.fallback);
        QVERIFY(editor->value() == decl.fallback);
        editor->setValue(value);
        QVERIFY(editor->value() == value);
        QCOMPARE(edited.count(), 0);
    }

    void everyParameterOfEveryTypeIsInTheForm()
    {
        for (const auto &spec : m_registry.all()) {
            const NodeId id = m_document->addNode(QString::fromStdString(spec->type), {});
            m_document->setSelection({id});
            InspectorPanel panel(*m_document);
            for (const ParamDecl &decl : spec->params)
                QVERIFY2(panel.findChild<QWidget *>("param_" + QString::fromStdString(decl.name)), decl.name.c_str());
        }
    }

    void aSpinsMotionIsOneUndoStep()
    {
        const auto panel = inspect("Conv2d");
        auto *spin = field<QSpinBox>(*panel, "param_out_channels");
        spin->setFocus();
        const int before = m_document->undoStack()->count();
        for (int press = 0; press < 3; ++press)
            QTest::keyClick(spin, Qt::Key_Up);
        QVERIFY(param("Conv2d", "out_channels") == ParamValue(std::int64_t{35}));
        QCOMPARE(m_document->undoStack()->count(), before + 1);
        m_document->undoStack()->undo();
        QVERIFY(param("Conv2d", "out_channels") == ParamValue(std::int64_t{32}));
        QCOMPARE(spin->value(), 32);
        QVERIFY(spin->hasFocus());
    }

    void typingGoesIntoTheDocument()
    {
        const auto panel = inspect("Dropout"); // none on the canvas: the network's summary
        QVERIFY(!field<QDoubleSpinBox>(*panel, "param_p"));
        m_document->setSelection({m_document->addNode("Dropout", {})});
        auto *spin = field<QDoubleSpinBox>(*panel, "param_p");
        QVERIFY(spin);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, "0.125");
        QVERIFY(param("Dropout", "p") == ParamValue(0.125));
        QTest::keyClick(spin, Qt::Key_Tab);
        QCOMPARE(spin->text(), QString("0.125"));
    }

    void pairsLinkAndUnlink()
    {
        const auto panel = inspect("Conv2d");
        QTest::mouseClick(field<QToolButton>(*panel, "param_kernel_size_link"), Qt::LeftButton);
        auto *second = field<QSpinBox>(*panel, "param_kernel_size_2");
        QVERIFY(second);
        second->setFocus();
        QTest::keyClick(second, Qt::Key_Up);
        QVERIFY(param("Conv2d", "kernel_size") == ParamValue(std::vector<std::int64_t>{3, 4}));
        QTest::mouseClick(field<QToolButton>(*panel, "param_kernel_size_link"), Qt::LeftButton);
        QVERIFY(param("Conv2d", "kernel_size") == ParamValue(std::vector<std::int64_t>{3}));
    }

    void keywordsReplaceNumbers()
    {
        const auto panel = inspect("Conv2d");
        auto *keyword = field<QComboBox>(*panel, "param_padding_keyword");
        keyword->setFocus();
        QTest::keyClick(keyword, Qt::Key_Down);
        QVERIFY(param("Conv2d", "padding") == ParamValue(std::string("same")));
        QVERIFY(!field<QSpinBox>(*panel, "param_padding"));
        m_document->undoStack()->undo();
        QVERIFY(field<QSpinBox>(*panel, "param_padding"));
    }

    void resetGoesBackToTheDefault()
    {
        const auto panel = inspect("Conv2d");
        QVERIFY(!field<QToolButton>(*panel, "reset_bias"));
        QTest::mouseClick(field<QCheckBox>(*panel, "param_bias"), Qt::LeftButton, {}, {8, 11});
        QVERIFY(param("Conv2d", "bias") == ParamValue(false));
        QTest::mouseClick(field<QToolButton>(*panel, "reset_bias"), Qt::LeftButton);
        QVERIFY(param("Conv2d", "bias") == ParamValue(true));
        QVERIFY(!field<QToolButton>(*panel, "reset_bias"));
    }

    void howANodeLearnsIsSetAndUndone()
    {
        const auto panel = inspect("Conv2d");
        const auto conv = [&]() -> const Node & { return *m_document->graph().find(nodeOf("Conv2d")); };
        QTest::mouseClick(field<QCheckBox>(*panel, "param_frozen"), Qt::LeftButton, {}, {8, 11});
        QVERIFY(conv().frozen);
        QTest::mouseClick(field<QToolButton>(*panel, "reset_frozen"), Qt::LeftButton);
        QVERIFY(!conv().frozen);
        m_document->undoStack()->undo();
        QVERIFY(conv().frozen);
        QVERIFY(field<QCheckBox>(*panel, "param_frozen")->isChecked());
        m_document->undoStack()->undo();
        QVERIFY(!conv().frozen);
        m_document->setSelection({nodeOf("ToTensor")});
        QVERIFY(!field<QCheckBox>(*panel, "param_frozen")); // it has no weights
    }

    void aRefusedListIsExplainedAndTheOldValueStays()
    {
        m_document->setSelection({m_document->addNode("Normalize", {})});
        const auto panel = inspect("Normalize");
        auto *line = field<QLineEdit>(*panel, "param_mean");
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, "0.1, x");
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(param("Normalize", "mean") == ParamValue(std::vector<double>{0.5}));
        QVERIFY(field<QLabel>(*panel, "inspectorProblem"));
        QVERIFY(field<QLabel>(*panel, "inspectorProblem")->text().contains("mean"));
    }

    void renamingGoesThroughTheDocument()
    {
        const auto panel = inspect("Conv2d");
        panel->focusName();
        auto *name = field<QLineEdit>(*panel, "nodeName");
        QTest::keyClicks(name, "conv1");
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(m_document->graph().find(nodeOf("Conv2d"))->name, std::string("conv1"));
        name->selectAll();
        QTest::keyClicks(name, "no spaces");
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(m_document->graph().find(nodeOf("Conv2d"))->name, std::string("conv1"));
        QCOMPARE(name->text(), QString("conv1"));
        QVERIFY(field<QLabel>(*panel, "inspectorProblem"));
    }

    void browsingAsksForAFolder()
    {
        const auto panel = inspect("ImageFolder");
        QSignalSpy requested(panel.get(), &InspectorPanel::pathRequested);
        QTest::mouseClick(field<QToolButton>(*panel, "browse_root"), Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested[0][0].value<NodeId>(), nodeOf("ImageFolder"));
        QCOMPARE(requested[0][1].toString(), QString("root"));
        QVERIFY(requested[0][2].toBool());
    }

    void actionsShowForTheirTypeAndNameTheNode()
    {
        const auto panel = inspect("ImageFolder");
        panel->addAction({"ImageFolder", "browsePictures", "Browse the pictures", "", ""});
        panel->addAction({"Dropout", "dropMore", "Drop more", "", ""});
        QSignalSpy requested(panel.get(), &InspectorPanel::actionRequested);
        QTest::mouseClick(field<QPushButton>(*panel, "browsePictures"), Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested[0][0].value<NodeId>(), nodeOf("ImageFolder"));
        QCOMPARE(requested[0][1].toString(), QString("browsePictures"));
        QVERIFY(!panel->findChild<QPushButton *>("dropMore"));
    }

    void removedNodesLeaveTheInspector()
    {
        const auto panel = inspect("Conv2d");
        m_document->removeItems({nodeOf("Conv2d")});
        QVERIFY(!field<QLineEdit>(*panel, "nodeName"));
    }

    void fieldsKeepTheirHeightWhenShapesChangeInALowPanel()
    {
        const auto panel = inspect("Conv2d");
        panel->resize(300, 260);
        QCoreApplication::processEvents();
        QVERIFY(m_document->setParam(nodeOf("Conv2d"), "out_channels", std::int64_t{8}).ok());
        QCoreApplication::processEvents();
        QCOMPARE(field<QSpinBox>(*panel, "param_out_channels")->height(), Theme::kControlHeight);
    }

    void issuesLeadToTheirNode()
    {
        IssuesPanel panel(*m_document);
        panel.resize(500, 200);
        panel.show();
        QCOMPARE(panel.errorCount(), 0);
        QVERIFY(panel.findChild<QLabel *>("issuesFine")->isVisible());
        QVERIFY(m_document->setParam(nodeOf("Conv2d"), "kernel_size", std::vector<std::int64_t>{99}).ok());
        QCOMPARE(panel.errorCount(), 1);
        auto *list = panel.findChild<QListWidget *>("issuesList");
        QVERIFY(list->isVisible());
        QSignalSpy requested(&panel, &IssuesPanel::nodeRequested);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested[0][0].value<NodeId>(), nodeOf("Conv2d"));
        m_document->undoStack()->undo();
        QVERIFY(panel.findChild<QLabel *>("issuesFine")->isVisible());
    }

    void fixesOfAnIssueAreButtonsInItsRow()
    {
        m_document->removeItems({nodeOf("Flatten")});
        m_document->connectPorts({{nodeOf("Conv2d"), "output"}, {nodeOf("Linear"), "input"}});
        IssuesPanel panel(*m_document);
        panel.resize(300, 300);
        panel.show();
        auto *list = panel.findChild<QListWidget *>("issuesList");
        const int plain = list->visualItemRect(list->item(0)).height();
        const auto fix = [&] { return panel.findChild<FixButton *>("fix"); };
        QTRY_VERIFY(fix() && fix()->isVisible());
        QCOMPARE(fix()->text(), QString("Add Flatten before 'linear'"));
        QTRY_VERIFY(list->visualItemRect(list->item(0)).height() >= plain + fix()->height());
        QVERIFY(panel.rect().contains(QRect(fix()->mapTo(&panel, QPoint()), fix()->size())));
        const int steps = m_document->undoStack()->index();
        QTest::mouseClick(fix(), Qt::LeftButton);
        QCOMPARE(m_document->undoStack()->index(), steps + 1);
        QVERIFY(m_document->inference().issues.empty());
        QVERIFY(panel.findChild<QLabel *>("issuesFine")->isVisible());
    }

    void inspectorOffersTheFixesOfItsNode()
    {
        m_document->removeItems({nodeOf("Flatten")});
        m_document->connectPorts({{nodeOf("Conv2d"), "output"}, {nodeOf("Linear"), "input"}});
        const auto panel = inspect("Linear");
        const auto fix = [&] { return panel->findChild<FixButton *>("fix"); };
        QTRY_VERIFY(fix() && fix()->isVisible());
        fix()->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(m_document->repairs().previewed());
        QTest::keyClick(fix(), Qt::Key_Space);
        QVERIFY(m_document->inference().issues.empty());
        QVERIFY(!m_document->repairs().previewed());
    }
};

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
