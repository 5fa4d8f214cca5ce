// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"
#include "plots/run_curves_plot.h"
#include "run/registry.h"
#include "runs/run_lock.h"
#include "runs/run_store.h"
#include "runs/runs_view.h"
#include "runs/settings_table.h"
#include "support/gestures.h"
#include "support/run_folders.h"
#include "support/window_settings.h"

#include <QAction>
#include <QFileDialog>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

using namespace netloom;

/// The runs of a project, through real mouse and key events.
class TestRunsView : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    RunsView &view() { return m_window->runsView(); }
    QTreeView &table() { return *view().table(); }
    template <class Widget>
    Widget *find(const char *name) { return m_window->findChild<Widget *>(name); }
    QString folder(const QString &name) const { return m_folder->filePath("runs/" + name); }
    QString cell(int row, const char *column, const QModelIndex &parent = {})
    {
        return table().model()->index(row, view().model().columnOf(column), parent).data().toString();
    }
    QStringList names()
    {
        QStringList names;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            names << cell(row, "run");
        return names;
    }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, modifiers, table().visualRect(table().model()->index(row, 0)).center());
    }
    void showRuns(int count)
    {
        QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
        QTRY_VERIFY(view().isVisible());
        QTRY_COMPARE(table().model()->rowCount(), count);
    }
    void writeThree()
    {
        test::writeRunFolder(folder("one"), {.started = "2026-11-24T10:00:00+0100", .lr = 0.1, .accuracy = 0.8});
        test::writeRunFolder(folder("two"), {.started = "2026-11-24T11:00:00+0100", .lr = 0.01, .accuracy = 0.95});
        test::writeRunFolder(folder("three"), {.started = "2026-11-24T12:00:00+0100", .lr = 0.001, .accuracy = 0.9});
    }
    /// Answers the next question by its accepting button.
    void acceptNext()
    {
        QTimer::singleShot(0, this, [] {
            QTRY_VERIFY(qobject_cast<QMessageBox *>(QApplication::activeModalWidget()));
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            QTest::mouseClick(box->defaultButton(), Qt::LeftButton);
        });
    }

private slots:
    void initTestCase() { test::useOwnSettings(m_settings.path()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(m_registry);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        QVERIFY(m_window->files().saveTo(m_folder->filePath("clothes.netloom")));
    }

    void cleanup()
    {
        m_window->document().setClean();
        m_window.reset();
    }

    void withoutRunsItSaysWhereTheyComeFromAndMakesNothing()
    {
        QTest::keyClick(m_window.get(), Qt::Key_8, Qt::ControlModifier);
        QTRY_VERIFY(find<QPushButton>("runsStart")->isVisible());
        QVERIFY(!QFileInfo::exists(folder("")));
        QTest::keyClick(&view(), Qt::Key_Escape);
        QVERIFY(!view().isVisible());
    }

    void theNewestComesFirstAndAHeadingSorts()
    {
        writeThree();
        showRuns(3);
        QCOMPARE(names(), (QStringList{"three", "two", "one"}));
        QHeaderView *header = table().header();
        const int column = view().model().columnOf("test_accuracy");
        const QPoint place(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, place);
        const bool descending = header->sortIndicatorOrder() == Qt::DescendingOrder;
        QCOMPARE(names(), descending ? (QStringList{"two", "three", "one"}) : (QStringList{"one", "three", "two"}));
        QVERIFY(table().model()->index(0, column).data(Qt::ForegroundRole).isValid() == descending); // the best one is marked
        QVERIFY(!table().model()->index(1, column).data(Qt::ForegroundRole).isValid());
    }

    void wordsAndConditionsNarrowDown()
    {
        writeThree();
        showRuns(3);
        QTest::keyClick(&table(), Qt::Key_F, Qt::ControlModifier);
        auto *search = find<QLineEdit>("runsSearch");
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, "lr<0.05 accuracy>=92%");
        QCOMPARE(names(), QStringList{"two"});
        QCOMPARE(find<QLabel>("runsCount")->text(), QString("1 of 3 runs"));
        QTest::keyClick(search, Qt::Key_Escape);
        QCOMPARE(names().size(), 3);
    }

    void severalAreComparedCurvesAndSettings()
    {
        writeThree();
        showRuns(3);
        click(0);
        click(2, Qt::ControlModifier);
        QCOMPARE(view().chosen().size(), std::size_t(2));
        QCOMPARE(view().chosen()[0].name, QString("lr 0.001"));
        QCOMPARE(view().chosen()[1].name, QString("lr 0.1"));
        QVERIFY(view().chosen()[0].colour != view().chosen()[1].colour);
        QTRY_VERIFY(view().curves()->valuesAt(2.2).contains("lr 0.1"));
        QVERIFY2(view().curves()->valuesAt(2.2).startsWith("Epoch 2\n"), qPrintable(view().curves()->valuesAt(2.2)));
        QVERIFY(view().curves()->lines().bestText().contains("lr 0.001, 90.0 % in epoch 5"));
        QVERIFY(find<QLabel>("runsSentence")->text().contains("10.0 points apart, with one seed each"));
        QCOMPARE(view().settings()->shownRows(), 1); // lr
        QTest::mouseClick(find<QToolButton>("curvesTraining"), Qt::LeftButton);
        QVERIFY(!view().curves()->look().training);
        QTest::mouseClick(find<QToolButton>("curvesLog"), Qt::LeftButton);
        QVERIFY(view().curves()->look().logarithmic);
    }

    void tagsAndNotesOfAllSelectedAreKept()
    {
        writeThree();
        showRuns(3);
        click(0);
        click(1, Qt::ControlModifier);
        find<QTabWidget>("runsTabs")->setCurrentIndex(1);
        auto *tags = find<QLineEdit>("runTags");
        tags->setFocus();
        QTest::keyClicks(tags, "best, wide");
        QTest::keyClick(tags, Qt::Key_Return);
        QTRY_COMPARE(cell(0, "tags"), QString("best, wide"));
        QCOMPARE(cell(1, "tags"), QString("best, wide"));
        QCOMPARE(cell(2, "tags"), QString());
        RunStore store(m_folder->filePath("runs").toStdString());
        QCOMPARE(store.list()->at(0).tags, (std::vector<std::string>{"best", "wide"}));
    }

    void deletedRunsComeBackWithTheirTags()
    {
        writeThree();
        showRuns(3);
        RunStore(m_folder->filePath("runs").toStdString()).setTags(folder("two").toStdString(), {"keep"}).ok();
        click(0);
        click(1, Qt::ShiftModifier);
        acceptNext();
        QTest::keyClick(&table(), Qt::Key_Delete);
        QTRY_COMPARE(names(), QStringList{"one"});
        QVERIFY(!QFileInfo::exists(folder("two")));
        QTRY_VERIFY(find<QPushButton>("runsUndo")->isVisible());
        QTest::keyClick(&table(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(names(), (QStringList{"three", "two", "one"}));
        QVERIFY(QFileInfo::exists(folder("two/run.json")));
        QTRY_COMPARE(cell(1, "tags"), QString("keep"));
        QVERIFY(!find<QPushButton>("runsUndo")->isVisible());
    }

    void aRunThatTrainsIsFollowedAndNotDeleted()
    {
        test::writeRunFolder(folder("one"), {.status = "running", .epochs = 2});
        RunLock training;
        QVERIFY(training.take(folder("one").toStdString()));
        showRuns(1);
        QCOMPARE(cell(0, "status"), QString("running"));
        click(0);
        QTest::keyClick(&table(), Qt::Key_Delete);
        QVERIFY(QFileInfo::exists(folder("one")) && !QApplication::activeModalWidget());
        QSignalSpy resets(&view().model(), &QAbstractItemModel::modelReset);
        test::writeRunFolder(folder("one"), {.status = "running", .epochs = 3});
        QTRY_COMPARE(cell(0, "epochs"), QString("3"));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(view().chosen().size(), std::size_t(1)); // the selection stays
    }

    void seedsAreOneRowAndOneBand()
    {
        for (int seed = 1; seed <= 3; ++seed) {
            test::writeRunFolder(folder(QStringLiteral("a_seeds/seed-%1").arg(seed)), {.lr = 0.1, .seed = seed, .accuracy = 0.90 + 0.01 * seed});
            test::writeRunFolder(folder(QStringLiteral("b_seeds/seed-%1").arg(seed)), {.lr = 0.2, .seed = seed, .accuracy = 0.904 + 0.01 * seed});
        }
        showRuns(2);
        const int row = names().indexOf("a_seeds (seeds: 3)");
        QVERIFY2(row >= 0, qPrintable(names().join('|')));
        QCOMPARE(cell(row, "test_accuracy"), QString::fromUtf8("92.0 ± 1.0 %"));
        QCOMPARE(cell(row, "recipe.seed"), QString("1, 2, 3"));
        QCOMPARE(table().model()->rowCount(table().model()->index(row, 0)), 3);
        click(0);
        click(1, Qt::ShiftModifier);
        QCOMPARE(view().chosen().size(), std::size_t(2));
        QCOMPARE(view().chosen()[0].folders.size(), 3);
        QCOMPARE(find<QLabel>("runsSentence")->text(), QString("Test accuracy: 0.4 points apart, within the spread of 1.0 of the seeds: no difference shown."));
        QTRY_VERIFY(view().curves()->valuesAt(5).contains("lr 0.2:"));
        QCOMPARE(view().settings()->shownRows(), 1);
    }

    void aNetworkIsRepeatedWithSeveralSeedsFromItsButton()
    {
        QVERIFY(m_window->startFromTemplate("spirals"));
        QVERIFY(m_window->files().saveTo(m_folder->filePath("spirals.netloom")));
        QVERIFY(m_window->document().setRecipe("epochs", std::int64_t(1)).ok());
        QVERIFY(m_window->document().setRecipe("seed", std::int64_t(7)).ok());
        auto *button = find<QPushButton>("trainRepeat");
        QTRY_VERIFY(button->isEnabled());
        QTimer::singleShot(0, this, [] {
            QTRY_VERIFY(qobject_cast<QInputDialog *>(QApplication::activeModalWidget()));
            auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
            dialog->setIntValue(2);
            QTest::keyClick(dialog, Qt::Key_Return);
        });
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(m_window->session().active());
        const auto seeds = [this] {
            RunStore store(m_folder->filePath("runs").toStdString());
            std::vector<std::string> finished;
            const auto runs = store.list();
            for (const RunEntry &run : *runs) {
                if (run.isOfSeeds && run.status == "finished")
                    finished.push_back(run.recipe.at("seed"));
            }
            std::ranges::sort(finished);
            return finished;
        };
        QTRY_COMPARE_WITH_TIMEOUT(seeds(), (std::vector<std::string>{"7", "8"}), 60'000);
        QTRY_VERIFY(!m_window->session().active());
        QCOMPARE(m_window->document().recipe().integer("seed"), std::int64_t(7));
        m_window->commands().action("view.runs")->trigger();
        QTRY_VERIFY(names().value(0).endsWith("_seeds (seeds: 2)"));
    }

    void columnsAreChosenAndRemembered()
    {
        writeThree();
        showRuns(3);
        const int column = view().model().columnOf("device");
        QVERIFY(table().isColumnHidden(column));
        QTimer::singleShot(0, this, [] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            QVERIFY(menu);
            menu->findChild<QAction *>("column_device")->trigger();
            menu->close();
        });
        QTest::mouseClick(find<QToolButton>("runsColumns"), Qt::LeftButton);
        QVERIFY(!table().isColumnHidden(column));
        QVERIFY(view().tableCsv().startsWith("run,"));
        QVERIFY(view().tableCsv().split('\n').front().contains("device"));
        QCOMPARE(view().tableCsv().split('\n', Qt::SkipEmptyParts).size(), 4);
        view().setShownColumns(std::nullopt);
        emit view().columnsChanged();
    }

    void curvesArePicturesAndDrawings()
    {
        writeThree();
        showRuns(3);
        table().selectAll();
        QTRY_VERIFY(view().curves()->valuesAt(2).contains("lr 0.01")); // all three are read
        QVERIFY(view().curves()->toImage().width() >= 1200);
        QVERIFY(view().curves()->saveSvg(m_folder->filePath("curves.svg")));
        QFile svg(m_folder->filePath("curves.svg"));
        QVERIFY(svg.open(QFile::ReadOnly));
        const QByteArray text = svg.readAll();
        QVERIFY(text.contains("<svg") && text.contains("lr 0.01"));
        QVERIFY(text.count("<polyline") + text.count("<path") > 6);
    }

    void theNetworkOfARunIsOpenedAsANewProject()
    {
        QVERIFY(m_window->document().setRecipe("lr", 0.5).ok());
        QDir().mkpath(folder("one"));
        QVERIFY(saveProject(m_window->document().project(), m_registry, folder("one/project.netloom").toStdString()).ok());
        const QByteArray network = [&] { QFile file(folder("one/project.netloom")); return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray(); }();
        test::writeRunFolder(folder("one"));
        test::writeText(folder("one/project.netloom"), network);
        m_window->document().setClean();
        QVERIFY(m_window->document().setRecipe("lr", 0.25).ok());
        m_window->document().setClean();
        showRuns(1);
        click(0);
        emit view().openRequested(folder("one"));
        QVERIFY(!view().isVisible());
        QCOMPARE(m_window->document().recipe().real("lr"), 0.5);
        QVERIFY(m_window->files().path().isEmpty());
    }

    void oneSpikeInAMillionPointsIsSeen()
    {
        RunCurvesPlot plot;
        plot.resize(700, 240);
        RunCurves curves;
        for (int epoch = 1; epoch <= 1'000'000; ++epoch)
            curves["val_loss"].emplace_back(epoch, epoch == 612'345 ? 9.0 : 1.0);
        plot.setLines({{"one", Qt::red, {curves}}});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        const QImage picture = plot.grab().toImage();
        const auto reds = [&](int fromRow, int toRow) {
            int count = 0;
            for (int y = fromRow; y < toRow; ++y) {
                for (int x = 0; x < picture.width(); ++x) {
                    const QColor colour = picture.pixelColor(x, y);
                    count += colour.red() > colour.green() + 60 ? 1 : 0;
                }
            }
            return count;
        };
        QVERIFY(reds(picture.height() / 4, picture.height() / 2) > picture.height() / 8);
    }

    void aThousandRunsStaySmooth()
    {
        std::vector<RunEntry> runs(1000);
        for (std::size_t place = 0; place < runs.size(); ++place) {
            runs[place].folder = "/runs/" + std::to_string(place);
            runs[place].started = "2026-11-24T10:00:00+0100";
            runs[place].recipe = {{"lr", std::to_string(place)}, {"optimizer", "SGD"}};
            runs[place].figures = {{"val_loss", double(place)}, {"test_accuracy", 1.0 / double(place + 1)}};
        }
        RunsView view;
        view.resize(1280, 800);
        view.show();
        view.setRuns(runs);
        QSignalSpy resets(&view.model(), &QAbstractItemModel::modelReset);
        QElapsedTimer clock;
        clock.start();
        for (int step = 0; step < 20; ++step) {
            runs[std::size_t(step)].epochs += 1;
            view.setRuns(runs);
        }
        QVERIFY2(clock.elapsed() < 20 * 200, qPrintable(QString::number(clock.elapsed()))); // some 10 ms each on a laptop
        QCOMPARE(resets.count(), 0);
    }
};

QTEST_MAIN(TestRunsView)
#include "tst_runs_view.moc"
