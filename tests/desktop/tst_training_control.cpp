// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/end_notice.h"
#include "desktop/lr_dialog.h"
#include "desktop/main_window.h"
#include "panels/real_spin_box.h"
#include "panels/training_panel.h"
#include "plots/curves_plot.h"
#include "plots/lr_plot.h"
#include "project/project.h"
#include "run/registry.h"
#include "run/run_list.h"
#include "run/training_run.h"
#include "runs/runs_view.h"
#include "support/gestures.h"
#include "support/stripes.h"
#include "support/window_settings.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace netloom;
using State = TrainingPanel::State;
namespace fs = std::filesystem;

/// Training as it is steered from the window.
class TestTrainingControl : public QObject {
    Q_OBJECT

    static constexpr int kPatience = 60'000;

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_home;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    TrainingPanel *panel() { return m_window->findChild<TrainingPanel *>(); }
    QString text(const char *label) { return m_window->findChild<QLabel *>(label)->text(); }
    void click(const char *button) { QTest::mouseClick(m_window->findChild<QPushButton *>(button), Qt::LeftButton); }
    QAction *command(const char *id) { return m_window->commands().action(id); }

    /// The project with @p epochs, in a file of its own.
    QString projectFile(const QString &name, int epochs)
    {
        const QString file = m_home.filePath(name + "/stripes.netloom");
        test::writeBytes(file, QByteArray::fromStdString(test::stripesProject(m_home.filePath("data"), epochs)));
        return file;
    }
    void open(const QString &name, int epochs)
    {
        QVERIFY(m_window->files().openFile(projectFile(name, epochs)));
        QTRY_VERIFY(document().facts().known);
    }

    /// A run of the project @p file in @p folder of its runs that was stopped after two epochs.
    fs::path stoppedRun(const QString &file, const fs::path &folder)
    {
        const auto project = loadProject(m_registry, file.toStdString());
        TrainingRun::Options options;
        options.folder = fs::path(file.toStdString()).parent_path() / "runs" / folder;
        options.projectFile = file.toStdString();
        options.stopAfterEpoch = 2;
        TrainingRun run(m_registry, project->project, options, [](const TrainEvent &) {});
        run.start();
        run.wait();
        return options.folder;
    }
    /// The same, cut off by a crash.
    fs::path cutOffRun(const QString &file)
    {
        const fs::path folder = stoppedRun(file, "cut");
        const QString facts = QString::fromStdString((folder / "run.json").string());
        QByteArray bytes = QByteArray::fromStdString(*readFile(facts.toStdString()));
        bytes.replace("\"status\": \"stopped\"", "\"status\": \"running\"");
        test::writeBytes(facts, bytes);
        return folder;
    }

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_home.filePath("settings"));
        test::writeStripes(m_home.filePath("data"));
    }
    void init()
    {
        m_window = std::make_unique<MainWindow>(m_registry, m_home.filePath("blocks"));
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        document().undoStack()->setClean();
        m_window.reset();
    }

    void oneBatchThenOneEpochThenTheRest()
    {
        open("steps", 3);
        click("trainMore");
        auto *menu = m_window->findChild<QMenu *>("trainMoreMenu");
        QVERIFY(menu->isVisible());
        QCOMPARE(menu->actions().size(), 5);
        menu->close();
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(panel()->state(), State::Paused, kPatience);
        QCOMPARE(panel()->curves()->toCsv().count('\n'), 1); // no epoch yet
        command("train.epoch")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(panel()->curves()->toCsv().count('\n'), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(panel()->state(), State::Paused, kPatience);

        test::answerNext<QDialog>([](QDialog *dialog) {
            auto *field = dialog->findChild<RealSpinBox *>("lrField");
            QCOMPARE(field->value(), 0.01);
            field->setValue(0.002);
            QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
        });
        command("train.lr")->trigger();
        click("trainPause");
        QTRY_COMPARE_WITH_TIMEOUT(panel()->state(), State::Done, kPatience);
        QCOMPARE(panel()->curves()->marks(), QStringList("lr 0.002"));
        QVERIFY(QString::fromStdString(*readFile(m_window->session().folder() / "run.json")).contains("lr_changes"));
    }

    void aRunThatWasCutOffIsOfferedAndResumed()
    {
        const QString file = projectFile("cut", 5);
        const fs::path run = cutOffRun(file);
        QVERIFY(m_window->files().openFile(file));
        auto *offer = m_window->findChild<QWidget *>("resumeOffer");
        QTRY_VERIFY(offer->isVisible());
        QVERIFY2(text("resumeText").contains("was interrupted at epoch 3"), qPrintable(text("resumeText")));
        click("resumeRun");
        QVERIFY(!offer->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(panel()->state(), State::Done, kPatience);
        QCOMPARE(panel()->curves()->toCsv().count('\n'), 6); // the epochs before are on the curves too
        QCOMPARE(panel()->curves()->marks(), QStringList("resumed"));
        QCOMPARE(listRuns(run.parent_path()).at(0).status, std::string("finished"));
    }

    void aStoppedTrialIsResumedFromTheRuns()
    {
        const QString file = projectFile("trial", 5);
        const fs::path run = stoppedRun(file, fs::path("search-first") / "trial-001");
        QVERIFY(m_window->files().openFile(file));
        QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
        auto *runs = m_window->findChild<RunsView *>();
        QTRY_COMPARE(runs->model().runs().size(), std::size_t(1));
        runs->select({QString::fromStdString(run.string())});
        auto *resume = runs->findChild<QPushButton *>("runsResume");
        QTRY_VERIFY(resume->isVisible());
        QTest::mouseClick(resume, Qt::LeftButton);
        QVERIFY(!runs->isVisible()); // the curves are below the canvas
        QTRY_COMPARE_WITH_TIMEOUT(panel()->state(), State::Done, kPatience);
        QCOMPARE(m_window->session().folder(), run);
        QCOMPARE(panel()->curves()->toCsv().count('\n'), 6);
        QCOMPARE(listRuns(run.parent_path()).at(0).status, std::string("finished"));

        QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
        QTRY_COMPARE(runs->model().runs().front().status, std::string("finished"));
        QTRY_VERIFY(!resume->isVisible());
    }

    void aRunThatWasCutOffIsKeptAsItIs()
    {
        const QString file = projectFile("kept", 5);
        const fs::path run = cutOffRun(file);
        QVERIFY(m_window->files().openFile(file));
        QTRY_VERIFY(m_window->findChild<QWidget *>("resumeOffer")->isVisible());
        click("keepRun");
        QVERIFY(!m_window->findChild<QWidget *>("resumeOffer")->isVisible());
        QCOMPARE(listRuns(run.parent_path()).at(0).status, std::string("stopped"));
    }

    void aLearningRateIsFoundAndUsed()
    {
        open("search", 2);
        command("train.findLr")->trigger();
        auto *dialog = m_window->findChild<LrDialog *>("findLr");
        QVERIFY(dialog);
        auto *use = dialog->findChild<QPushButton *>("useLr");
        QTRY_VERIFY_WITH_TIMEOUT(use->isEnabled(), kPatience);
        QTest::mouseClick(dialog->plot()->findChild<QWidget *>(), Qt::LeftButton, {}, dialog->plot()->positionOf(0.004));
        const double chosen = *dialog->plot()->chosen();
        QVERIFY2(chosen > 0.0035 && chosen < 0.0045, QByteArray::number(chosen));
        QTest::mouseClick(use, Qt::LeftButton);
        QCOMPARE(document().recipe().real("lr"), chosen);
        document().undoStack()->undo();
        QCOMPARE(document().recipe().real("lr"), 0.01);
    }

    void oneBatchIsTriedAndTheResultSaid()
    {
        open("overfit", 2);
        command("train.overfit")->trigger();
        QMessageBox *box = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((box = m_window->findChild<QMessageBox *>("overfitResult")), kPatience);
        QVERIFY2(box->text().contains("learned by heart in"), qPrintable(box->text()));
        box->close();
    }

    void aForecastIsGivenBeforeTheStart()
    {
        open("forecast", 2);
        QTRY_VERIFY2(text("trainDetail").contains("memory"), qPrintable(text("trainDetail")));
    }

    void theEndIsToldInWords()
    {
        TrainFinished finished;
        QCOMPARE(EndNotice::wordsFor(finished).first, QString("Training is done"));
        finished.test = PassResult{.accuracy = 0.913};
        QVERIFY(EndNotice::wordsFor(finished).second.contains("91.3 %"));
        QCOMPARE(EndNotice::wordsFor(TrainFailed{{}, "why"}).second, QString("why"));
        QVERIFY(EndNotice::wordsFor(TrainPaused{}).first.isEmpty());
    }
};

QTEST_MAIN(TestTrainingControl)
#include "tst_training_control.moc"
