// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"
#include "desktop/search_presenter.h"
#include "plots/parallel_coordinates.h"
#include "plots/share_bars.h"
#include "plots/trial_scatter.h"
#include "run/registry.h"
#include "search/search_view.h"
#include "support/run_folders.h"
#include "support/window_settings.h"
#include "theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>

using namespace netloom;

/// A search of a small project by mouse and keys, with real trials.
class TestSearchView : public QObject {
    Q_OBJECT

private:
    static constexpr int kPatience = 120'000; // ms; far more than two small trainings need
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    SearchView &view() { return m_window->searchView(); }
    template <class Widget>
    Widget *find(const char *name) { return m_window->findChild<Widget *>(name); }
    void press(const char *button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void type(QWidget *field, const char *text)
    {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Tab);
    }

    /// Trials as a search might have had them, without training.
    void showTrials()
    {
        SearchSettings settings;
        settings.axes = {SearchAxis::real("recipe.lr", 0.001, 0.1, true), SearchAxis::choice("fc1.out_features", {"8", "16"})};
        settings.trials = 8;
        std::vector<SearchTrial> trials;
        for (int number = 1; number <= 8; ++number) {
            SearchTrial trial;
            trial.number = number;
            trial.point = {number % 2 ? 0.001 : 0.1, double(number > 4)};
            trial.curve = {{1, 0.5 + 0.05 * number, 1}};
            trial.state = number == 2 ? TrialState::Stopped : TrialState::Finished;
            trial.rung = 0;
            trial.cost = {100 * number, 1000};
            trials.push_back(trial);
        }
        view().setTrials(settings, trials);
        view().setState(SearchView::State::Over);
    }

private slots:
    void initTestCase() { test::useOwnSettings(m_settings.path()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(m_registry);
        QVERIFY(m_window->startFromTemplate("spirals"));
        QVERIFY(m_window->files().saveTo(m_folder->filePath("spirals.netloom")));
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTRY_VERIFY(document().facts().known);
    }

    void cleanup()
    {
        document().setClean();
        m_window.reset();
    }

    void gridIsSearchedAndItsBestValuesUsed()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        QVERIFY(view().isVisible());
        press("searchAdd");
        QTest::keyClicks(find<QLineEdit>("searchAxesSearch"), "recipe.lr");
        QTest::keyClick(find<QLineEdit>("searchAxesSearch"), Qt::Key_Return);
        auto *low = find<QLineEdit>("axisLow_recipe.lr");
        QVERIFY(low);
        type(low, "0.5");
        QVERIFY(!view().setup()->settings().ok()); // to 0.1
        type(find<QLineEdit>("axisHigh_recipe.lr"), "0.5");
        find<QComboBox>("searchSampler")->setCurrentText("Grid: every combination");
        find<QSpinBox>("searchEpochs")->setValue(1);
        QTRY_VERIFY(find<QPushButton>("searchStart")->isVisible());
        press("searchStart");
        QVERIFY2(m_window->search().isSearching(), qPrintable(find<QLabel>("searchProblem")->text()));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->search().isSearching(), kPatience);
        QCOMPARE(view().table()->rowCount(), 1);
        QVERIFY2(view().table()->trials()[0].state == TrialState::Finished, view().table()->trials()[0].problem.c_str());
        QCOMPARE(view().selectedTrial(), 1); // the best
        QVERIFY(QFileInfo::exists(m_folder->filePath("runs/search-spirals/trial-001/run.json")));

        const double before = document().recipe().real("lr");
        const int steps = document().undoStack()->count();
        press("searchUse");
        QCOMPARE(document().recipe().real("lr"), 0.5);
        QCOMPARE(document().undoStack()->count(), steps + 1);
        document().undoStack()->undo();
        QCOMPARE(document().recipe().real("lr"), before);
        QTest::keyClick(&view(), Qt::Key_Escape);
        QVERIFY(!view().isVisible());
    }

    void inspectorsMenuAddsAParameter()
    {
        const Node *linear = document().graph().findByName("fc1");
        QVERIFY(linear);
        document().setSelection({linear->id});
        auto *over = find<QAction>("searchOver_out_features");
        QVERIFY(over);
        over->trigger();
        QVERIFY(view().isVisible());
        QVERIFY(view().setup()->axes()->has("fc1.out_features"));
    }

    /// Other node types, and one of several nodes, from lists of what fits.
    void alternativesArePickedFromWhatFits()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        const auto pick = [&](QAbstractButton *button, const char *list, const char *text) {
            QTest::mouseClick(button, Qt::LeftButton);
            auto *field = find<QLineEdit>(qPrintable(QString(list) + "Search"));
            QTest::keyClicks(field, text);
            QTest::keyClick(field, Qt::Key_Return);
        };
        pick(find<QPushButton>("searchAdd"), "searchAxes", "fc2.type");
        QVERIFY(!view().setup()->settings().ok()); // one type is no choice
        pick(find<QToolButton>("axisMore_fc2.type"), "searchAlternatives", "Dropout");
        QCOMPARE(find<QLineEdit>("axisList_fc2.type")->text(), QString("Linear | Dropout"));
        pick(find<QPushButton>("searchAdd"), "searchAxes", "one of several");
        QVERIFY(!view().setup()->settings().ok());
        for (const char *node : {"relu1", "fc2", "relu1"}) // the last isn't offered again
            pick(find<QToolButton>("axisMore_one-of-1"), "searchAlternatives", node);
        const Result<SearchSettings> settings = view().setup()->settings();
        QVERIFY2(settings.ok(), settings.ok() ? "" : settings.error().text.c_str());
        QCOMPARE(settings->axes[0].choices, (std::vector<std::string>{"Linear", "Dropout"}));
        QVERIFY(settings->axes[1].target == SearchAxis::Target::OneOf);
        QCOMPARE(settings->axes[1].name, std::string("relu1|fc2"));
        QTest::keyClick(find<QLineEdit>("searchAlternativesSearch"), Qt::Key_Escape);
        pick(find<QPushButton>("searchAdd"), "searchAxes", "one of several");
        QVERIFY(find<QToolButton>("axisMore_one-of-2"));
        QTest::mouseClick(find<QToolButton>("axisRemove_one-of-2"), Qt::LeftButton);
        QVERIFY(view().setup()->settings().ok());
        view().setup()->show(*settings); // as of a search that was made before
        QCOMPARE(find<QLineEdit>("axisList_one-of-1")->text(), QString("relu1 | fc2"));
    }

    void brushKeepsTrialsInItsRange()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        showTrials();
        view().showPage(SearchView::Page::Parallel);
        ParallelCoordinates &plot = *view().parallel();
        QTRY_COMPARE(plot.kept().size(), 8u);
        const QPoint high = plot.crossing(2, 0).toPoint(), low = plot.crossing(1, 0).toPoint();
        QVERIFY(high.y() < low.y());
        QTest::mousePress(&plot, Qt::LeftButton, {}, high - QPoint(0, 10));
        QTest::mouseMove(&plot, high + QPoint(0, 20));
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, high + QPoint(0, 20));
        QCOMPARE(plot.kept(), (std::set<int>{2, 4, 6, 8}));
        const QPoint above = plot.crossing(8, 2).toPoint();
        QTest::mousePress(&plot, Qt::LeftButton, {}, above - QPoint(0, 5));
        QTest::mouseMove(&plot, above + QPoint(0, 10));
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, above + QPoint(0, 10));
        QCOMPARE(plot.kept(), (std::set<int>{8}));
        QTest::mouseClick(&plot, Qt::LeftButton, {}, low);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, above);
        QCOMPARE(plot.kept().size(), 8u);
    }

    void everyAxisZoomsTheScoresToo()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        showTrials();
        view().showPage(SearchView::Page::Parallel);
        ParallelCoordinates &plot = *view().parallel();
        QTRY_COMPARE(plot.kept().size(), 8u);
        for (const std::size_t axis : {std::size_t(0), std::size_t(2)}) {
            const QPointF best = plot.crossing(8, axis), worst = plot.crossing(1, axis);
            QVERIFY(worst.y() > best.y() + 100);
            QWheelEvent turn(best, plot.mapToGlobal(best), {}, {0, 480}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&plot, &turn);
            QVERIFY(plot.isZoomed(axis));
            QVERIFY(std::abs(plot.crossing(8, axis).y() - best.y()) < 2); // what lies under the pointer stays
            QVERIFY(plot.crossing(1, axis).y() > worst.y() + 100);
            QTest::mouseDClick(&plot, Qt::LeftButton, {}, best.toPoint());
            QVERIFY(!plot.isZoomed(axis));
            QCOMPARE(plot.crossing(1, axis), worst);
        }
    }

    /// The ends of its axis follow the scores: the range that was chosen doesn't.
    void rangeOfScoresStaysWhereItIsAsScoresCome()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        showTrials();
        view().showPage(SearchView::Page::Parallel);
        ParallelCoordinates &plot = *view().parallel();
        QTRY_COMPARE(plot.kept().size(), 8u);
        const QPoint from = plot.crossing(6, 2).toPoint() - QPoint(0, 8), to = plot.crossing(4, 2).toPoint() + QPoint(0, 8);
        QTest::mousePress(&plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(&plot, to);
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, to);
        QCOMPARE(plot.kept(), (std::set<int>{4, 5, 6}));
        SearchTrial poor = view().table()->trials()[0];
        poor.number = 9;
        poor.curve = {{1, 0.05, 1}};
        view().setTrial(poor);
        QTRY_VERIFY(plot.crossing(9, 2).y() > plot.crossing(1, 2).y() + 20);
        QCOMPARE(plot.kept(), (std::set<int>{4, 5, 6}));
    }

    void searchOfAnotherProgramIsFollowedAndNotGoneOnWith()
    {
        const std::filesystem::path folder = m_folder->filePath("runs/search-other").toStdString();
        std::filesystem::create_directories(folder);
        QVERIFY(saveProject(document().project(), m_registry, folder / kSearchedProject).ok());
        SearchSettings settings;
        settings.axes = {SearchAxis::real("recipe.lr", 0.001, 0.1, true)};
        settings.trials = 4;
        settings.goal = SearchGoal::accuracy();
        std::optional<Study> other = Study::begin(settings, folder / kSearchFile, "").value(); // its journal is locked as another program's is
        QVERIFY(other->next());
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        auto *searches = find<QComboBox>("searchChoice");
        searches->setFocus();
        QTest::keyClick(searches, Qt::Key_Down);
        QCOMPARE(searches->currentText(), QString("search-other"));
        auto *status = find<QLabel>("searchStatus");
        QCOMPARE(status->text(), QString("Running elsewhere"));
        QVERIFY(!find<QPushButton>("searchResume")->isVisible() && !find<QPushButton>("searchCancel")->isVisible());
        QVERIFY(view().table()->trials()[0].state == TrialState::Running);
        other->addScore(1, {1, 0.75, 0.5});
        QTRY_COMPARE(view().table()->trials()[0].curve.size(), 1u); // it is followed
        other.reset();
        QTRY_COMPARE(status->text(), QString("Stopped"));
        QVERIFY(find<QPushButton>("searchResume")->isVisible());

        Study again = Study::read(folder / kSearchFile).value();
        QVERIFY(again.keepIn(folder / kSearchFile).ok());
        press("searchResume");
        QTRY_VERIFY(find<QLabel>("searchProblem")->isVisible());
        QVERIFY2(find<QLabel>("searchProblem")->text().contains("is running in another program"), qPrintable(find<QLabel>("searchProblem")->text()));
        QCOMPARE(status->text(), QString("Running elsewhere"));
        QVERIFY(!m_window->search().isSearching());
    }

    void trialThatWasTrainedOnSaysSo()
    {
        const std::filesystem::path folder = m_folder->filePath("runs/search-asha").toStdString();
        std::filesystem::create_directories(folder);
        SearchSettings settings;
        settings.axes = {SearchAxis::real("recipe.lr", 0.001, 0.1, true)};
        settings.trials = 1;
        settings.goal = SearchGoal::accuracy();
        {
            Study study = Study::begin(settings, folder / kSearchFile, "").value();
            QVERIFY(study.next());
            study.addScore(1, {1, 0.75, 0.5});
            study.finishTask(1, 1, 1);
        }
        test::writeRunFolder(QString::fromStdString(trialFolder(folder, 1).string()), {.epochs = 6});
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        auto *searches = find<QComboBox>("searchChoice");
        searches->setFocus();
        QTest::keyClick(searches, Qt::Key_Down);
        QCOMPARE(view().table()->index(0, TrialTable::State).data().toString(), QString("finished, then trained on"));
        QCOMPARE(view().table()->index(0, TrialTable::Epochs).data().toString(), QString("1 of 6"));
        QVERIFY(find<QLabel>("searchDetailValues")->text().contains("trained on to epoch 6 outside of the search"));
    }

    void historyShowsTheBestSoFarAndZooms()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        showTrials();
        view().showPage(SearchView::Page::History);
        TrialScatter &plot = *view().history();
        const QPointF first = plot.positionOf(1, 0), last = plot.positionOf(8, 0);
        QVERIFY(first.x() < last.x() && first.y() > last.y());
        const QPoint above(int(last.x()), int(last.y()));
        QWheelEvent turn(above, plot.mapToGlobal(above), {}, {0, 480}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&plot, &turn);
        QVERIFY(plot.isZoomed());
        QVERIFY(std::abs(plot.positionOf(8, 0).y() - last.y()) < 2); // what lies under the pointer stays
        QVERIFY(plot.positionOf(7, 0).y() - last.y() > 60);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.positionOf(8, 0).toPoint());
        QCOMPARE(view().selectedTrial(), 8);
        QTest::mouseDClick(&plot, Qt::LeftButton, {}, QPoint(100, 100));
        QVERIFY(!plot.isZoomed());
        QCOMPARE(plot.positionOf(1, 0), first);
    }

    void trialsAreExported()
    {
        showTrials();
        const QStringList lines = view().table()->csv().split('\n');
        QCOMPARE(lines[0], QString("trial,state,val_accuracy,best_epoch,epochs,recipe.lr,fc1.out_features,parameters,multiply_adds,seconds,problem"));
        QCOMPARE(lines[2], QString("2,stopped,0.6,1,1,0.1,8,200,1000,0,"));
        view().showPage(SearchView::Page::History);
        QCOMPARE(view().pagePicture().width(), 2 * view().history()->width());
    }

    void dotsAndRowsSelectTheirTrial()
    {
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        showTrials();
        view().showPage(SearchView::Page::Each);
        QTest::mouseClick(view().each(), Qt::LeftButton, {}, view().each()->positionOf(7, 0).toPoint());
        QCOMPARE(view().selectedTrial(), 7);
        view().showPage(SearchView::Page::Front);
        QTest::mouseClick(view().front(), Qt::LeftButton, {}, view().front()->positionOf(3, 0).toPoint());
        QCOMPARE(view().selectedTrial(), 3);
        const QPointF five = view().front()->positionOf(5, 0), six = view().front()->positionOf(6, 0); // the best are joined: first along, then up
        const QColor drawn = view().front()->grab().toImage().pixelColor(int(five.x() + six.x()) / 2, int(five.y())), accent = Theme::current().accent;
        QVERIFY2(drawn.blue() - drawn.red() > (accent.blue() - accent.red()) / 2, qPrintable(drawn.name()));
        view().showPage(SearchView::Page::Importance);
        QVERIFY(!view().importance()->bars().empty());
        view().showPage(SearchView::Page::Table);
        auto *table = find<QTableView>("searchTable");
        table->sortByColumn(TrialTable::Score, Qt::DescendingOrder);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(0, 0)).center());
        QCOMPARE(view().selectedTrial(), 8);
        QCOMPARE(table->model()->index(6, TrialTable::State).data().toString(), QString("stopped early"));
    }
};

QTEST_MAIN(TestSearchView)
#include "tst_search_view.moc"
