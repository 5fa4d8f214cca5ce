// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "browser/picture_grid.h"
#include "canvas/canvas_view.h"
#include "data/camera.h"
#include "desktop/evaluation_pdf.h"
#include "desktop/main_window.h"
#include "evaluation/answer_bars.h"
#include "evaluation/class_table.h"
#include "evaluation/evaluation_view.h"
#include "evaluation/judged_pane.h"
#include "evaluation/label_score_table.h"
#include "evaluation/try_pane.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"
#include "plots/estimate_plot.h"
#include "plots/share_plot.h"
#include "project/templates.h"
#include "run/finished_run.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/stripes.h"
#include "support/video_file.h"
#include "support/window_settings.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QMimeData>
#include <QSlider>
#include <QStatusBar>
#include <QTableView>
#include <QTableWidget>
#include <QTabWidget>

using namespace netloom;

/// Judging a run in the window, by mouse and keys.
class TestEvaluation : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings, m_data, m_projects;
    std::unique_ptr<MainWindow> m_window;

    EvaluationView &view() { return m_window->evaluationView(); }
    ConfusionMatrixView &matrix() { return *view().matrix(); }
    QWidget *stage(const char *name) { return m_window->findChild<QWidget *>(name); }

    /// A trained run beside a project file of its own, and the window with that project.
    void openTrained(const QString &name, Project project)
    {
        const QString folder = m_projects.filePath(name);
        QDir().mkpath(folder);
        const std::filesystem::path file = (folder + "/" + name + ".netloom").toStdString();
        QVERIFY(saveProject(project, m_registry, file).ok());
        if (!QDir(folder + "/runs/first").exists()) {
            TrainingRun::Options options;
            options.folder = (folder + "/runs/first").toStdString();
            options.projectFile = file;
            TrainingRun run(m_registry, std::move(project), options, [](const TrainEvent &) {});
            run.start();
            run.wait();
        }
        QFile::remove(folder + "/runs/first/threshold.json"); // as another test chose it
        openWindow(file);
    }
    void openWindow(const std::filesystem::path &file)
    {
        m_window = std::make_unique<MainWindow>(m_registry);
        QVERIFY(m_window->files().openFile(QString::fromStdString(file.string())));
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTRY_VERIFY(m_window->document().facts().known);
    }
    /// The stripes, learned so badly that there are mistakes.
    void openStripes()
    {
        auto loaded = projectFromJson(test::stripesProject(m_data.path(), 1), m_registry, {});
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().text.c_str());
        loaded->project.recipe.set("lr", 0.0001);
        openTrained("stripes", std::move(loaded->project));
    }
    /// Few pictures of several shapes, hardly learned.
    void openShapes()
    {
        Project project = makeProject(*findTemplate("multi-label-shapes"), m_registry);
        const NodeId data = project.graph.findByName("data")->id;
        project.graph.setParam(data, "count", std::int64_t(40));
        project.graph.setParam(data, "side", std::int64_t(16));
        project.recipe.set("epochs", std::int64_t(2));
        openTrained("shapes", std::move(project));
    }
    void openHeads()
    {
        QString text = QString::fromStdString(test::stripesProject(m_data.path(), 1));
        text.replace(R"("name": "loss", "type": "CrossEntropyLoss", "position": [960, 220]})",
            R"("name": "loss", "type": "CrossEntropyLoss", "position": [960, 220], "params": {"main_head": true}},
               {"id": 9, "name": "side", "type": "Linear", "position": [720, 440], "params": {"out_features": "classes"}},
               {"id": 10, "name": "side_loss", "type": "CrossEntropyLoss", "position": [960, 440]})");
        text.replace(R"(["data.target", "loss.target"])",
            R"(["data.target", "loss.target"], ["flatten.output", "side.input"], ["side.output", "side_loss.input"], ["data.target", "side_loss.target"])");
        openTrained("heads", projectFromJson(text.toStdString(), m_registry, {})->project);
    }
    void openNumbers()
    {
        Project project = makeProject(*findTemplate("table-regression"), m_registry, m_data.filePath("numbers.csv").toStdString());
        project.recipe.set("epochs", std::int64_t(3));
        openTrained("numbers", std::move(project));
    }
    void show()
    {
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QVERIFY(view().isVisible());
        QTRY_VERIFY(view().evaluation() != nullptr);
    }
    void clickCell(int truth, int guess) { QTest::mouseClick(&matrix(), Qt::LeftButton, {}, matrix().cellRect(truth, guess).center()); }
    /// The cell with the most samples that is wrong, or else right.
    std::pair<int, int> fullestCell()
    {
        std::pair<int, int> best{0, 0};
        for (int truth = 0; truth < 2; ++truth) {
            for (int guess = 0; guess < 2; ++guess) {
                if (matrix().count(truth, guess) > matrix().count(best.first, best.second))
                    best = {truth, guess};
            }
        }
        return best;
    }
    void drop(const QStringList &files)
    {
        QMimeData mime;
        QList<QUrl> urls;
        for (const QString &file : files)
            urls << QUrl::fromLocalFile(file);
        mime.setUrls(urls);
        const QPoint at = m_window->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(m_window.get(), &dropped);
    }

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_settings.path());
        test::writeStripes(m_data.path());
        QByteArray rows = "size,age,price\n";
        for (int row = 0; row < 60; ++row)
            rows += QByteArray::number(row % 17) + ',' + QByteArray::number(row * 7 % 23) + ',' + QByteArray::number(10 * (row % 17) + row * 7 % 23) + '\n';
        test::writeBytes(m_data.filePath("numbers.csv"), rows);
    }
    void cleanup()
    {
        if (m_window)
            m_window->document().setClean();
        m_window.reset();
    }

    void cellOpensItsPicturesAndThePictureTheData()
    {
        openStripes();
        show();
        const auto [truth, guess] = fullestCell();
        const int count = int(matrix().count(truth, guess));
        QVERIFY(count > 0);
        clickCell(truth, guess);
        QCOMPARE(view().judged()->grid()->count(), count);
        float last = 2;
        for (int place = 0; place < count; ++place) {
            const ShownSample &sample = view().evaluation()->scores.samples[std::size_t(view().judged()->grid()->itemAt(place))];
            QCOMPARE(std::pair(sample.truth, sample.guess), std::pair(truth, guess));
            QVERIFY(sample.confidence <= last);
            last = sample.confidence;
        }
        PictureGrid *grid = view().judged()->grid();
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->cellRect(count - 1).center());
        const QString name = view().evaluation()->nameOf(view().evaluation()->scores.samples[std::size_t(grid->itemAt(count - 1))].sample);
        QTest::mouseClick(stage("judgedBrowse"), Qt::LeftButton);
        DataBrowser &browser = m_window->dataBrowser();
        QVERIFY(browser.isVisible() && !view().isVisible());
        QTRY_VERIFY(browser.grid()->current() >= 0);
        QCOMPARE(browser.samples().samples[std::size_t(browser.grid()->itemAt(browser.grid()->current()))].name, name);
    }

    void keysGoThroughTheMatrixAndEscGoesBack()
    {
        openStripes();
        show();
        matrix().setFocus();
        QTest::keyClick(&matrix(), Qt::Key_Down); // to the first cell
        QTest::keyClick(&matrix(), Qt::Key_Right);
        QTest::keyClick(&matrix(), Qt::Key_Return);
        QCOMPARE(view().judged()->grid()->count(), int(matrix().count(0, 1)));
        QVERIFY(stage("judgedAll")->isVisible());
        QTest::mouseClick(stage("judgedAll"), Qt::LeftButton);
        QCOMPARE(view().judged()->grid()->count(), int(matrix().count(0, 1) + matrix().count(1, 0)));
        QTest::keyClick(&matrix(), Qt::Key_Escape);
        QVERIFY(m_window->canvas()->isVisible() && !view().isVisible());
    }

    void thresholdMovesMatrixScoresAndCurves()
    {
        openStripes();
        show();
        QSlider *threshold = view().threshold();
        QVERIFY(threshold->isVisible());
        const auto before = view().evaluation()->scores.counts;
        threshold->setFocus();
        QTest::keyClick(threshold, Qt::Key_Home); // everything is of the second class from here on
        QCOMPARE(matrix().count(0, 0) + matrix().count(1, 0), std::int64_t(0));
        QCOMPARE(matrix().count(0, 1), before[0] + before[1]);
        QCOMPARE(view().roc()->mark(), std::optional(QPointF(1, 1)));
        QCOMPARE(view().precisionRecall()->mark(), std::optional(QPointF(1, 0.5)));
        QCOMPARE(view().figure("accuracy"), QString::fromUtf8("50.00 %"));
        QTest::keyClick(threshold, Qt::Key_End);
        QCOMPARE(matrix().count(0, 1) + matrix().count(1, 1), std::int64_t(0));
        QCOMPARE(view().roc()->mark(), std::optional(QPointF(0, 0)));
    }

    void answersKeepToTheThresholdThatWasChosen()
    {
        openStripes();
        show();
        const QStringList names = view().evaluation()->classNames;
        const QString picture = m_data.filePath("test/lying/30.png"), file = m_projects.filePath("stripes/runs/first/threshold.json");
        TryPane *pane = view().tryPane();
        auto *tabs = m_window->findChild<QTabWidget *>("evalTabs");
        const auto choose = [&](Qt::Key end) {
            view().threshold()->setFocus();
            QTest::keyClick(view().threshold(), end);
        };
        choose(Qt::Key_Home);
        drop({picture});
        QTRY_COMPARE(pane->sentence(), names[1]);
        QVERIFY(m_window->findChild<QLabel *>("tryRun")->text().endsWith(QString::fromUtf8("“%1” from 0.00 on").arg(names[1])));
        QTRY_VERIFY(QFile::exists(file));
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(0).center());
        choose(Qt::Key_End);
        QCOMPARE(pane->sentence(), names[0]); // what is shown follows
        m_window.reset();

        openWindow(m_projects.filePath("stripes/stripes.netloom").toStdString()); // it was kept
        show();
        QCOMPARE(view().threshold()->value(), 100);
        QCOMPARE(matrix().count(0, 1) + matrix().count(1, 1), std::int64_t(0));
        QTRY_VERIFY(stage("tryFiles")->isEnabled());
        drop({m_data.filePath("test/lying")});
        QTRY_COMPARE(view().tryPane()->table()->rowCount(), 8);
        for (int row = 0; row < 8; ++row)
            QCOMPARE(view().tryPane()->table()->item(row, 1)->text(), names[0]);
        view().threshold()->setValue(50);
        m_window.reset();
        QVERIFY(!QFile::exists(file));
    }

    void anotherProjectHasOtherRuns()
    {
        openStripes();
        show();
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", m_data.path()));
        QVERIFY(!view().isVisible() && !view().evaluation());
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QTRY_VERIFY(view().isVisible());
        QVERIFY(!m_window->findChild<QComboBox *>("evalRun")->isEnabled());
        QVERIFY(!stage("tryFiles")->isEnabled());
    }

    void anotherPartIsJudgedByItself()
    {
        openStripes();
        show();
        auto *split = m_window->findChild<QComboBox *>("evalSplit");
        split->setFocus();
        QTest::keyClick(split, Qt::Key_Home);
        QTRY_COMPARE(view().evaluation() ? view().evaluation()->scores.samples.size() : 0, std::size_t(48));
    }

    void classRowShowsTheMistakesAboutIt()
    {
        openStripes();
        show();
        auto *tabs = m_window->findChild<QTabWidget *>("evalTabs");
        tabs->setCurrentIndex(1);
        ClassTable *table = view().classTable();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->item(1, 0)).center());
        QCOMPARE(view().judged()->title(), QStringLiteral("Mistakes about %1").arg(table->item(1, 0)->text()));
    }

    void droppedPictureIsAnsweredAtOnce()
    {
        openStripes();
        show();
        const Params before = m_window->document().graph().findByName("data")->params;
        drop({m_data.filePath("test/lying/30.png")});
        TryPane *pane = view().tryPane();
        QTRY_COMPARE(pane->bars()->bars().size(), std::size_t(2));
        QVERIFY(pane->isVisible());
        QVERIFY(std::abs(pane->bars()->bars()[0].probability + pane->bars()->bars()[1].probability - 1) < 1e-5);
        QCOMPARE(pane->sentence(), pane->bars()->bars()[0].name);
        drop({m_data.filePath("test/lying")});
        QTRY_COMPARE(pane->table()->rowCount(), 8);
        QVERIFY(pane->table()->isVisible() && stage("trySave")->isVisible());
        QCOMPARE(m_window->document().graph().findByName("data")->params, before);
    }

    void videoIsAnsweredAsItGoes()
    {
        openStripes();
        show();
        view().showTryPane();
        QTRY_VERIFY(stage("tryCamera")->isEnabled());
        const QString video = m_projects.filePath("video.avi");
        test::writeVideo(video.toStdString());
        QTest::mouseClick(stage("tryCamera"), Qt::LeftButton);
        if (findCameras().empty()) {
            QTRY_VERIFY(stage("chooseVideo")->isVisible());
            test::answerNext<QFileDialog>([&](QFileDialog *dialog) {
                dialog->findChild<QLineEdit *>("fileNameEdit")->setText(video);
                QTest::keyClick(dialog, Qt::Key_Return);
            });
            QTest::mouseClick(stage("chooseVideo"), Qt::LeftButton);
        }
        QTRY_VERIFY(view().tryPane()->isLive());
        QTRY_COMPARE(view().tryPane()->bars()->bars().size(), std::size_t(2));
        QTest::mouseClick(stage("tryCamera"), Qt::LeftButton);
        QVERIFY(!view().tryPane()->isLive());
    }

    void onTheCanvasADroppedFolderIsData()
    {
        openStripes();
        QTemporaryDir other;
        test::writeStripes(other.path(), 2, 2, 2);
        drop({other.path()});
        QTRY_COMPARE(m_window->document().graph().findByName("data")->params.text("root"), other.path().toStdString());
    }

    void cellOfTheTrainingPanelOpensTheRun()
    {
        openStripes();
        m_window->startTraining();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().active(), 60000);
        ConfusionMatrixView *trained = m_window->findChild<TrainingPanel *>()->confusion();
        QTRY_COMPARE(trained->classes(), 2);
        auto *tabs = trained->window()->findChild<TrainingPanel *>()->findChild<QTabWidget *>();
        if (tabs && !trained->isVisible())
            tabs->setCurrentWidget(trained->parentWidget());
        QTest::mouseClick(trained, Qt::LeftButton, {}, trained->cellRect(1, 1).center());
        QVERIFY(view().isVisible());
        QTRY_VERIFY(view().evaluation() != nullptr);
        QTRY_COMPARE(view().judged()->grid()->count(), int(trained->count(1, 1)));
    }

    void countOfALabelOpensItsPicturesAndTheThresholdMovesIt()
    {
        openShapes();
        show();
        QVERIFY(view().evaluation()->severalLabels);
        LabelScoreTable *table = view().labelTable();
        QVERIFY(table->isVisible() && !matrix().isVisible()); // no matrix where it makes no sense
        QCOMPARE(table->rowCount(), 5);
        QCOMPARE(table->horizontalScrollBar()->maximum(), 0); // all of its columns are seen
        const auto count = [&](int label, LabelCell cell) { return view().evaluation()->scores.labels[std::size_t(label)].counts[std::size_t(cell)]; };
        const auto click = [&](int label, LabelCell cell) { QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->countIndex(label, cell)).center()); };
        PictureGrid *grid = view().judged()->grid();
        for (const LabelCell cell : {LabelCell::Hits, LabelCell::FalseAlarms, LabelCell::Misses, LabelCell::Rest}) {
            click(1, cell);
            QCOMPARE(grid->count(), int(count(1, cell)));
            for (int place = 0; place < grid->count(); ++place)
                QVERIFY(view().evaluation()->cellOf(grid->itemAt(place), 1) == cell);
        }
        QVERIFY(view().judged()->title().startsWith("square"));
        const auto there = count(2, LabelCell::Hits) + count(2, LabelCell::Misses), notThere = count(2, LabelCell::FalseAlarms) + count(2, LabelCell::Rest);
        click(2, LabelCell::Hits);
        QSlider *threshold = view().threshold();
        QVERIFY(threshold->isVisible());
        threshold->setFocus();
        QTest::keyClick(threshold, Qt::Key_Home); // every label is said of every picture from here on
        QCOMPARE(count(2, LabelCell::Hits), there);
        QCOMPARE(count(2, LabelCell::FalseAlarms), notThere);
        QCOMPARE(grid->count(), int(there)); // what was chosen follows
        QTest::keyClick(threshold, Qt::Key_End);
        QCOMPARE(count(2, LabelCell::Misses), there);
        QCOMPARE(grid->count(), 0);
    }

    void eachHeadIsShownWithItsOwnScores()
    {
        openHeads();
        show();
        auto *heads = m_window->findChild<QComboBox *>("evalHead");
        QVERIFY(heads->isVisible());
        QCOMPARE(heads->count(), 2);
        const auto main = view().evaluation()->probabilitiesOf(view().evaluation()->scores.samples[0].sample);
        heads->setFocus();
        QTest::keyClick(heads, Qt::Key_End);
        const auto side = view().evaluation()->probabilitiesOf(view().evaluation()->scores.samples[0].sample);
        QVERIFY(main != side);
        QCOMPARE(heads->currentText(), QString("Head side_loss"));
        m_window->document().setClean();
        openStripes(); // which has one
        show();
        QVERIFY(!m_window->findChild<QComboBox *>("evalHead")->isVisible());
    }

    void numbersShowTheirErrors()
    {
        openNumbers();
        show();
        QVERIFY(view().evaluation()->learnsNumber);
        auto *residuals = m_window->findChild<EstimatePlot *>("residuals");
        QTRY_VERIFY(residuals->isVisible());
        QCOMPARE(residuals->points().size(), view().evaluation()->scores.samples.size());
        QVERIFY(view().figure(QString::fromUtf8("R²")) != QString());
        QTableView *rows = view().judged()->table();
        QVERIFY(rows->isVisible());
        QCOMPARE(rows->model()->rowCount(), int(view().evaluation()->scores.samples.size()));
        QCOMPARE(rows->model()->columnCount(), 4 + 2);
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, rows->visualRect(rows->model()->index(0, 0)).center());
        QVERIFY(stage("judgedDetails")->isVisible());
        const QString name = view().evaluation()->nameOf(view().judged()->shownSamples().front());
        QTest::mouseClick(stage("judgedBrowse"), Qt::LeftButton); // the way to the row in the data
        QTableView *data = m_window->dataBrowser().table();
        QTRY_VERIFY(data->isVisible() && data->selectionModel()->hasSelection());
        QCOMPARE(data->selectionModel()->selectedRows().front().data().toString(), name);
    }

    void reportIsWrittenAsPdf()
    {
        openStripes();
        const auto run = FinishedRun::load(m_registry, m_projects.filePath("stripes/runs/first").toStdString());
        const auto evaluation = evaluateRun(m_registry, *run, Split::Test);
        QVERIFY(evaluation.ok());
        const QString path = m_projects.filePath("judged.pdf");
        QCOMPARE(writeEvaluationPdf(path, {*evaluation}, "first"), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith("%PDF-") && bytes.count("/Type /Page\n") >= 2);
        const QString nowhere = m_projects.filePath("none/judged.pdf");
        QVERIFY(writeEvaluationPdf(nowhere, {*evaluation}, "first").contains(nowhere));
    }

    void withoutARunTheViewSaysHowToGetOne()
    {
        m_window = std::make_unique<MainWindow>(m_registry);
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", m_data.path()));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_7, Qt::ControlModifier);
        QVERIFY(view().isVisible() && !view().evaluation());
        QVERIFY(!stage("evaluate")->isEnabled());
    }
};

QTEST_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
