// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/real_spin_box.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"
#include "plots/curves_plot.h"
#include "plots/estimate_plot.h"
#include "plots/filter_grid.h"
#include "plots/schedule_plot.h"
#include "support/panel_registry.h"
#include "theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QUndoStack>

using namespace netloom;
using State = TrainingPanel::State;

class TestTrainingPanel : public QObject {
    Q_OBJECT
private:
    NodeRegistry m_registry = test::panelRegistry();
    std::unique_ptr<Document> m_document;
    std::unique_ptr<TrainingPanel> m_panel;

    QPushButton *button(const char *name) const { return m_panel->findChild<QPushButton *>(name); }
    QString label(const char *name) const { return m_panel->findChild<QLabel *>(name)->text(); }

    /// What a tile says.
    QString tile(const char *name)
    {
        QStringList texts;
        for (const QLabel *text : m_panel->findChild<QWidget *>(name)->findChildren<QLabel *>())
            texts << text->text();
        return texts.join('|');
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void init()
    {
        m_document = std::make_unique<Document>(m_registry);
        m_document->setProject(test::panelProject(m_registry));
        m_document->setFacts(test::panelFacts());
        m_panel = std::make_unique<TrainingPanel>(*m_document);
        m_panel->resize(1280, 300);
        m_panel->show();
    }
    void cleanup() { m_panel.reset(); }

    void buttonsFollowTheState_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("start");
        QTest::addColumn<bool>("pause");
        QTest::addColumn<bool>("stop");
        QTest::newRow("idle") << int(State::Idle) << true << false << false;
        QTest::newRow("preparing") << int(State::Preparing) << false << false << true;
        QTest::newRow("running") << int(State::Running) << false << true << true;
        QTest::newRow("paused") << int(State::Paused) << false << true << true;
        QTest::newRow("stopping") << int(State::Stopping) << false << false << false;
        QTest::newRow("done") << int(State::Done) << true << false << false;
        QTest::newRow("failed") << int(State::Failed) << true << false << false;
    }
    void buttonsFollowTheState()
    {
        QFETCH(int, state);
        m_panel->setState(State(state));
        QTEST(button("trainStart")->isEnabled(), "start");
        QTEST(button("trainPause")->isEnabled(), "pause");
        QTEST(button("trainStop")->isEnabled(), "stop");
    }

    void clicksAskTheReceiver()
    {
        QSignalSpy start(m_panel.get(), &TrainingPanel::startRequested);
        QSignalSpy pause(m_panel.get(), &TrainingPanel::pauseRequested);
        QSignalSpy stop(m_panel.get(), &TrainingPanel::stopRequested);
        QTest::mouseClick(button("trainStart"), Qt::LeftButton);
        QCOMPARE(start.count(), 1);
        m_panel->setState(State::Running);
        QTest::mouseClick(button("trainPause"), Qt::LeftButton);
        m_panel->setState(State::Paused);
        QTest::mouseClick(button("trainPause"), Qt::LeftButton);
        QCOMPARE(pause, (QList<QList<QVariant>>{{true}, {false}}));
        QTest::mouseClick(button("trainStop"), Qt::LeftButton);
        QCOMPARE(stop.count(), 1);
    }

    void errorsForbidTheStartAndSayWhy()
    {
        const NodeId conv = m_document->graph().findByName("conv2d")->id;
        QVERIFY(m_document->setParam(conv, "kernel_size", std::vector<std::int64_t>{99}).ok());
        QVERIFY(!button("trainStart")->isEnabled());
        QVERIFY(button("trainStart")->toolTip().contains("kernel"));
        QVERIFY(label("trainDetail").contains("kernel"));
        m_document->undoStack()->undo();
        QVERIFY(button("trainStart")->isEnabled());
    }

    void recipeGoesIntoTheDocumentAsUndoSteps()
    {
        auto *epochs = m_panel->findChild<QSpinBox *>("param_epochs");
        QTest::keyClick(epochs, Qt::Key_Up);
        QTest::keyClick(epochs, Qt::Key_Up);
        QCOMPARE(m_document->recipe().integer("epochs"), std::int64_t{7});
        QCOMPARE(m_document->undoStack()->count(), 1);
        m_document->undoStack()->undo();
        QCOMPARE(epochs->value(), 5);
    }

    void unitsAreSingularBehindOne()
    {
        auto *steps = m_panel->findChild<QSpinBox *>("param_accumulation_steps");
        QVERIFY(steps);
        QCOMPARE(steps->text(), QString("1 batch"));
        steps->setFocus();
        steps->selectAll();
        QTest::keyClicks(steps, "12"); // the unit follows as it is typed, and isn't in the way
        QCOMPARE(steps->text(), QString("12 batches"));
        QCOMPARE(steps->value(), 12);
        QTest::keyClick(steps, Qt::Key_Backspace);
        QCOMPARE(steps->text(), QString("1 batch"));
        QCOMPARE(m_panel->findChild<QDoubleSpinBox *>("param_checkpoint_minutes")->suffix(), QString(" min"));
    }

    void momentumIsForSgdAlone()
    {
        auto *momentum = m_panel->findChild<QWidget *>("param_momentum");
        QVERIFY(!momentum->isVisibleTo(m_panel.get()));
        QVERIFY(m_document->setRecipe("optimizer", std::string("SGD")).ok());
        QVERIFY(momentum->isVisibleTo(m_panel.get()));
        QCOMPARE(m_panel->findChild<QComboBox *>("param_optimizer")->currentText(), QString("SGD"));
    }

    void theScheduleIsDrawnAsItsFieldsChange()
    {
        auto *plot = m_panel->findChild<SchedulePlot *>("schedulePlot");
        const auto shows = [this](const char *name) { return m_panel->findChild<QWidget *>(name)->isVisibleTo(m_panel.get()); };
        QVERIFY(!plot->isVisibleTo(m_panel.get())); // a constant has no curve
        QVERIFY(!shows("param_step_size") && !shows("param_eta_min"));
        auto *schedule = m_panel->findChild<QComboBox *>("param_schedule");
        schedule->setFocus();
        QTest::keyClicks(schedule, "Step");
        QCOMPARE(m_document->recipe().text("schedule"), std::string("StepLR"));
        QVERIFY(plot->isVisibleTo(m_panel.get()) && shows("param_step_size") && shows("param_gamma") && !shows("param_eta_min"));
        QCOMPARE(plot->plannedAt(0), 0.001);
        QVERIFY(std::abs(plot->plannedAt(4.5) - 1e-5) < 1e-9);
        QVERIFY(m_document->setRecipe("gamma", 0.5).ok());
        QVERIFY(std::abs(plot->plannedAt(4.5) - 0.00025) < 1e-9);
        QVERIFY(m_document->setRecipe("schedule", std::string("CosineAnnealingLR")).ok());
        QVERIFY(plot->plannedAt(4.9) < 1e-5 && shows("param_eta_min") && !shows("param_gamma"));
        m_document->undoStack()->undo();
        QVERIFY(std::abs(plot->plannedAt(4.5) - 0.00025) < 1e-9);
    }

    void whatTheRulesDoStandsBesideTheirHeadings()
    {
        m_panel->beginRun({4, {"cat", "dog"}});
        m_panel->setState(State::Running);
        BatchProgress batch{2, 50, 100, false, 0.5, 0.75, 1234, 42};
        batch.lr = 0.00042;
        batch.rules = RuleFigures{2.5, 0.4, 0.0131, std::nullopt};
        m_panel->addBatch(batch);
        QVERIFY(label("note_Schedule").contains("0.00042"));
        QVERIFY(label("note_Optimizer").contains("2.5"));
        QVERIFY(label("note_Regularization").contains("penalty 0.0131") && label("note_Regularization").contains("40.0"));
        m_panel->beginRun({4, {"cat", "dog"}});
        QVERIFY(label("note_Schedule").isEmpty() && label("note_Regularization").isEmpty());
    }

    void batchesAndEpochsFillFiguresCurvesAndProgress()
    {
        m_panel->setState(State::Preparing);
        m_panel->beginRun({4, {"cat", "dog"}});
        m_panel->setState(State::Running);
        m_panel->addBatch({2, 50, 100, false, 0.5, 0.75, 1234, 42});
        QCOMPARE(label("trainStatus"), QString("Epoch 2 of 4"));
        QVERIFY(label("trainDetail").contains("batch 50 of 100"));
        QVERIFY(label("trainDetail").contains("about 40 s left"));
        QVERIFY(label("trainDetail").contains("1,234 images/s"));
        QCOMPARE(m_panel->findChild<QProgressBar *>("trainProgress")->value(), 375);
        QVERIFY(!m_panel->curves()->isEmpty());
        m_panel->addEpoch({2, 0.5, 0.75, 0.4, 0.875, true});
        QVERIFY(m_panel->curves()->toCsv().contains("2,0.5,0.75,0.4,0.875"));
        m_panel->setConfusion(2, {8, 2, 1, 9}, "Epoch 2, validation");
        QCOMPARE(m_panel->confusion()->classes(), 2);
        m_panel->setFilters("conv2d", 4, 1, 3, 3, std::vector<float>(36, 0.1f));
        QCOMPARE(m_panel->filters()->filterCount(), 4);
        m_panel->beginRun({4, {"cat", "dog"}});
        QVERIFY(m_panel->curves()->isEmpty());
        QCOMPARE(m_panel->confusion()->classes(), 0);
    }

    void aNumberIsMeasuredInItsOwnUnit()
    {
        auto *tabs = m_panel->findChild<QTabWidget *>("trainTabs");
        QCOMPARE(tabs->tabText(0), QString("Confusion matrix"));
        SourceFacts facts = test::panelFacts();
        facts.learnsNumber = true;
        facts.classNames.clear();
        facts.targetName = "price";
        m_document->setFacts(facts);
        QCOMPARE(tabs->tabText(0), QString("Predicted against true"));
        QVERIFY(m_panel->estimates()->isVisible() && !m_panel->confusion()->isVisible());

        m_panel->setState(State::Preparing);
        m_panel->beginRun({.epochs = 4, .number = "price", .rows = true});
        m_panel->setState(State::Running);
        m_panel->addBatch({1, 5, 10, false, 0.5, 0, 12345, 42, NumberFigures{0.25, 51'234.5, 70'000}});
        QVERIFY(label("trainDetail").contains("12,345 rows/s"));
        QVERIFY2(tile("trainAccuracy").contains("0.250") && tile("trainAccuracy").contains(QString::fromUtf8("Training R²")), qPrintable(tile("trainAccuracy")));
        QVERIFY2(tile("trainLoss").contains("51,23") && tile("trainLoss").contains("Training MAE"), qPrintable(tile("trainLoss")));
        EpochScore score{.epoch = 1, .trainLoss = 0.5, .valLoss = 0.25, .best = true};
        score.trainNumbers = NumberFigures{0.5, 40'000, 60'000};
        score.valNumbers = NumberFigures{0.625, 30'000, 50'000};
        m_panel->addEpoch(score);
        QVERIFY2(tile("trainAccuracy").contains("0.625") && tile("trainAccuracy").contains(QString::fromUtf8("Validation R²")), qPrintable(tile("trainAccuracy")));
        QVERIFY(m_panel->curves()->toCsv().contains("1,0.5,0.5,0.25,0.625"));
        m_panel->setEstimates({{1, 2}, {3, 3}}, "Epoch 1, validation");
        QCOMPARE(m_panel->estimates()->points().size(), std::size_t(2));
        QCOMPARE(label("confusionCaption"), QString("Epoch 1, validation"));
        m_panel->setState(State::Done);
        RunOutcome outcome{.bestEpoch = 1, .testLoss = 0.25};
        outcome.testNumbers = NumberFigures{0.75, 31'000, 52'000};
        m_panel->setResult(outcome);
        QVERIFY2(tile("trainTest").contains("0.750") && tile("trainTest").contains(QString::fromUtf8("Test R²")), qPrintable(tile("trainTest")));
        m_panel->beginRun({4, {"cat", "dog"}});
        QVERIFY(m_panel->confusion()->isVisible() && m_panel->estimates()->isEmpty());
    }

    void figuresAtTheEndAreThoseOfTheWeightsThatAreKept()
    {
        m_panel->beginRun({2, {"cat", "dog"}});
        m_panel->addEpoch({.epoch = 1, .trainLoss = 0.5, .trainAccuracy = 0.75, .valLoss = 0.25, .valAccuracy = 0.875, .best = true});
        m_panel->addEpoch({.epoch = 2, .trainLoss = 0.25, .trainAccuracy = 0.9, .valLoss = 0.5, .valAccuracy = 0.5});
        QVERIFY(tile("trainAccuracy").contains("50.0"));
        m_panel->setState(State::Done);
        m_panel->setResult({.bestEpoch = 1, .testLoss = 0.25, .testAccuracy = 0.913});
        QVERIFY2(tile("trainAccuracy").contains("87.5"), qPrintable(tile("trainAccuracy")));
    }

    void resultOffersTheReport()
    {
        QVERIFY(!button("trainReport")->isVisible());
        m_panel->setState(State::Done);
        m_panel->setResult({.bestEpoch = 3, .testLoss = 0.25, .testAccuracy = 0.913, .folder = "/tmp/run", .unreadable = 2});
        QVERIFY(button("trainReport")->isVisible());
        QVERIFY(label("trainDetail").contains("weights of epoch 3 kept"));
        QSignalSpy report(m_panel.get(), &TrainingPanel::openReportRequested);
        QTest::mouseClick(button("trainReport"), Qt::LeftButton);
        QCOMPARE(report.count(), 1);
    }

    void viewsAreNeverLostWhenTheWidthChanges()
    {
        for (int width : {1280, 700, 1900, 760, 1280}) {
            m_panel->resize(width, 320);
            QCoreApplication::processEvents();
            QVERIFY(m_panel->isAncestorOf(m_panel->curves()));
            QVERIFY(m_panel->isAncestorOf(m_panel->filters()));
            QVERIFY(m_panel->isAncestorOf(m_panel->confusion()));
            QVERIFY(m_panel->curves()->isVisible() || m_panel->confusion()->isVisible() || m_panel->filters()->isVisible());
            QVERIFY(!(m_panel->confusion()->isVisible() && m_panel->filters()->isVisible()) || width >= 1560);
        }
    }

    void timeLeftIsRounded_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("unknown") << 0.0 << "";
        QTest::newRow("nan") << qQNaN() << "";
        QTest::newRow("few") << 4.0 << "a few seconds left";
        QTest::newRow("seconds") << 41.0 << "about 40 s left";
        QTest::newRow("minutes") << 200.0 << "about 3 min left";
        QTest::newRow("hours") << 9000.0 << "about 2.5 h left";
    }
    void timeLeftIsRounded()
    {
        QFETCH(double, seconds);
        QTEST(timeLeftText(seconds), "text");
    }

    void learningRatesStepInNiceNumbers()
    {
        RealSpinBox box;
        box.setRange(0, 1000);
        box.setValue(0.001);
        QCOMPARE(box.text(), QString("0.001"));
        QStringList up, down;
        for (int step = 0; step < 4; ++step) {
            box.stepBy(1);
            up << box.text();
        }
        QCOMPARE(up, (QStringList{"0.002", "0.005", "0.01", "0.02"}));
        box.setValue(0.0003);
        for (int step = 0; step < 3; ++step) {
            box.stepBy(-1);
            down << box.text();
        }
        QCOMPARE(down, (QStringList{"0.0002", "0.0001", "0.00005"}));
        box.setValue(0);
        box.stepBy(-1);
        QCOMPARE(box.value(), 0.0);
        box.setRange(0, 1);
        box.setValue(0.9);
        box.stepBy(1);
        QCOMPARE(box.text(), QString("0.95"));
        QCOMPARE(box.valueFromText("1e-4"), 0.0001);
        QCOMPARE(box.valueFromText("0,5"), 0.5);
    }
};

QTEST_MAIN(TestTrainingPanel)
#include "tst_training_panel.moc"
