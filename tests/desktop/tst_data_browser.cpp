// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "browser/doctor_pane.h"
#include "browser/facet_list.h"
#include "browser/picture_grid.h"
#include "desktop/main_window.h"
#include "desktop/preview_presenter.h"
#include "desktop/thumbnail_store.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/picture_files.h"
#include "support/window_settings.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QUndoStack>

using namespace netloom;

/// The data as pictures, through real mouse and key events.
class TestDataBrowser : public QObject {
    Q_OBJECT

private:
    static constexpr int kClass = 120; ///< pictures of each of the two classes
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    test::PictureFolder m_folder;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    DataBrowser &browser() { return m_window->dataBrowser(); }
    PictureGrid &grid() { return *browser().grid(); }
    ThumbnailStore &store() { return *m_window->findChild<ThumbnailStore *>(); }
    template <class Widget>
    Widget *find(const char *name) { return m_window->findChild<Widget *>(name); }
    NodeId source() { return document().graph().findByName("data")->id; }
    std::vector<std::string> excluded() { return document().graph().find(source())->params.texts("exclude"); }
    void click(int place, Qt::KeyboardModifiers modifiers = {}) { QTest::mouseClick(grid().viewport(), Qt::LeftButton, modifiers, grid().cellRect(place).center()); }
    std::string nameAt(int place) { return browser().samples().samples[std::size_t(grid().itemAt(place))].name.toStdString(); }
    void choose(const char *combo, int row)
    {
        auto *box = find<QComboBox>(combo);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int step = 0; step < row; ++step)
            QTest::keyClick(box, Qt::Key_Down);
    }

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_settings.path());
        for (int index = 0; index < kClass; ++index) {
            m_folder.write(QString("light/%1.png").arg(index), test::encoded(test::scene(index, 20 + index, 30), ".png"));
            m_folder.write(QString("shade/%1.png").arg(index), test::encoded(test::scene(1000 + index, 24, 24), ".png"));
        }
    }

    void init()
    {
        m_window = std::make_unique<MainWindow>(m_registry);
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", QString::fromStdString(m_folder.root())));
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
        QVERIFY(browser().isVisible());
        QTRY_COMPARE(grid().count(), 2 * kClass);
    }

    void cleanup()
    {
        document().setClean();
        m_window.reset();
    }

    void onlyWhatIsVisibleIsDecoded()
    {
        QTRY_VERIFY(store().isIdle());
        const auto ahead = grid().visibleItems(2);
        QVERIFY(ahead.size() < std::size_t(kClass));
        const int first = store().made(); // a row more where the view got its size in two steps
        QVERIFY(first >= int(ahead.size()) && first < kClass);
        grid().verticalScrollBar()->setValue(grid().verticalScrollBar()->maximum());
        QTRY_VERIFY(store().isIdle());
        QVERIFY(store().made() <= first + int(grid().visibleItems(2).size()));
        QVERIFY(store().find(grid().visibleItems().back()) && !store().find(grid().visibleItems().back())->isNull());
    }

    void keysMoveAndDelExcludesOneUndoStep()
    {
        grid().setFocus();
        QTest::keyClick(&grid(), Qt::Key_Home);
        QTest::keyClick(&grid(), Qt::Key_Right);
        QTest::keyClick(&grid(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(grid().selectedItems().size(), std::size_t(2));
        const std::vector<std::string> names{nameAt(1), nameAt(2)};
        const int steps = document().undoStack()->count();
        QTest::keyClick(&grid(), Qt::Key_Delete);
        QCOMPARE(excluded(), names);
        QCOMPARE(document().undoStack()->count(), steps + 1);
        QCOMPARE(grid().count(), 2 * kClass - 2);
        QTRY_COMPARE(document().facts().excluded, 2);
        QTest::keyClick(&grid(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(excluded(), std::vector<std::string>());
        QCOMPARE(grid().count(), 2 * kClass);
        QTest::keyClick(&grid(), Qt::Key_End);
        QCOMPARE(grid().current(), 2 * kClass - 1);
        QTest::keyClick(&grid(), Qt::Key_Escape);
        QVERIFY(!browser().isVisible());
    }

    void pictureIsUnderEachOfItsLabels()
    {
        document().setClean();
        QVERIFY(m_window->startFromTemplate("multi-label-shapes"));
        QVERIFY(document().setParam(source(), "count", std::int64_t(20)).ok());
        QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
        QTRY_COMPARE(browser().samples().samples.size(), std::size_t(100));
        const SampleList &list = browser().samples();
        std::size_t all = 0, circles = 0;
        for (const SampleEntry &sample : list.samples) {
            all += sample.labels.size();
            circles += std::ranges::find(sample.labels, 0) != sample.labels.end();
        }
        QVERIFY(list.severalLabels && all > 100);
        QCOMPARE(grid().count(), int(all)); // grouped by class
        QVERIFY(find<QLabel>("browserClassesTitle")->text().contains("several per picture"));
        auto *classes = find<FacetList>("browserClasses");
        QTest::mouseClick(classes->viewport(), Qt::LeftButton, {}, classes->visualItemRect(classes->item(1)).center());
        QCOMPARE(grid().count(), int(circles));
        click(0);
        QVERIFY(list.classText(list.samples[std::size_t(grid().itemAt(0))]).contains("circle"));
    }

    void tableShowsItsRowsInThePlaceOfPictures()
    {
        QByteArray csv = "age,colour,kind\n";
        for (int row = 0; row < 60; ++row)
            csv += (row == 7 ? QByteArray("?") : QByteArray::number(100 - row)) + ',' + (row % 2 ? "red" : "blue") + ',' + (row % 3 ? "cat\n" : "dog\n");
        document().setClean();
        const std::string file = m_folder.write("rows.csv", csv);
        QVERIFY(m_window->startFromTemplate("table-classification", QString::fromStdString(file)));
        QTRY_VERIFY(document().facts().known);
        QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
        QTableView *table = browser().table();
        QTRY_VERIFY(table->isVisible() && table->model()->rowCount() == 60);
        QVERIFY(!grid().isVisible());
        const auto text = [&](int row, int column) { return table->model()->index(row, column).data().toString(); };
        const auto header = [&](int column) { return table->model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(); };
        QCOMPARE(QStringList({header(0), header(1), header(2), header(3), header(4)}), QStringList({"Row", "Part", "kind (learned)", "age", "colour"}));
        QCOMPARE(QStringList({text(0, 0), text(0, 2), text(0, 3), text(0, 4)}), QStringList({"line 2", "dog", "100", "blue"}));
        QVERIFY(table->model()->index(7, 3).data(Qt::ToolTipRole).toString().startsWith("Missing in the file"));
        QVERIFY(table->model()->index(6, 3).data(Qt::ToolTipRole).isNull());

        auto *bar = table->horizontalHeader(); // sorts by age, the smallest first
        QTest::mouseClick(bar->viewport(), Qt::LeftButton, {}, {bar->sectionViewportPosition(3) + 20, bar->height() / 2});
        QCOMPARE(text(0, 3), QString("41"));
        auto *classes = find<FacetList>("browserClasses");
        QTest::mouseClick(classes->viewport(), Qt::LeftButton, {}, classes->visualItemRect(classes->item(2)).center());
        QCOMPARE(table->model()->rowCount(), 20); // dogs
        QTest::keyClick(&browser(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(find<QLineEdit>("browserSearch"), "RED");
        QCOMPARE(table->model()->rowCount(), 10);
        QVERIFY(find<QLabel>("browserTitle")->text().contains("10 of 60 rows"));
        auto *parts = find<FacetList>("browserParts");
        QCOMPARE(parts->count(), 4); // nothing can be excluded
        QTest::mouseClick(parts->viewport(), Qt::LeftButton, {}, parts->visualItemRect(parts->item(3)).center());
        for (int row = 0; row < table->model()->rowCount(); ++row)
            QCOMPARE(text(row, 1), QString("Test"));
    }

    void theListOfExcludedTakesBack()
    {
        click(3);
        const std::string name = nameAt(3);
        QTest::mouseClick(find<QPushButton>("detailsExclude"), Qt::LeftButton);
        QCOMPARE(excluded(), std::vector<std::string>{name});
        auto *parts = find<FacetList>("browserParts");
        QTest::mouseClick(parts->viewport(), Qt::LeftButton, {}, parts->visualItemRect(parts->item(4)).center());
        QCOMPARE(grid().count(), 1);
        QCOMPARE(nameAt(0), name);
        click(0);
        QTest::mouseClick(find<QPushButton>("detailsExclude"), Qt::LeftButton);
        QCOMPARE(excluded(), std::vector<std::string>());
        QCOMPARE(grid().count(), 0);
    }

    void theMenuUsesAPictureForPreviews()
    {
        click(5);
        const QString name = QString::fromStdString(nameAt(5));
        QTimer::singleShot(0, this, [this] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            QVERIFY(menu);
            menu->actions().front()->trigger();
            menu->close();
        });
        QContextMenuEvent event(QContextMenuEvent::Mouse, grid().cellRect(5).center(), grid().viewport()->mapToGlobal(grid().cellRect(5).center()));
        QApplication::sendEvent(grid().viewport(), &event);
        QVERIFY(!browser().isVisible());
        QCOMPARE(QString::fromStdString(m_window->previews().cursor().name()), name);
    }

    void classesPartsAndNamesNarrowDown()
    {
        auto *classes = find<FacetList>("browserClasses");
        QTest::mouseClick(classes->viewport(), Qt::LeftButton, {}, classes->visualItemRect(classes->item(1)).center());
        QCOMPARE(grid().count(), kClass);
        auto *parts = find<FacetList>("browserParts");
        QTest::mouseClick(parts->viewport(), Qt::LeftButton, {}, parts->visualItemRect(parts->item(2)).center());
        QCOMPARE(grid().count(), 18); // 15 %
        QTest::mouseClick(parts->viewport(), Qt::LeftButton, {}, parts->visualItemRect(parts->item(0)).center());
        QTest::keyClick(&grid(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(find<QLineEdit>("browserSearch"), "/11");
        QCOMPARE(grid().count(), 11); // 11, 110 to 119
        QTest::keyClick(find<QLineEdit>("browserSearch"), Qt::Key_Escape);
        choose("browserSort", 3); // most pixels
        QTRY_COMPARE(nameAt(0), std::string("light/119.png"));
    }

    void theSplitIsChangedThroughTheDocument()
    {
        QTRY_VERIFY(find<QWidget>("param_val_fraction"));
        QVERIFY(document().setParam(source(), "val_fraction", 0.5).ok()); // as the field does
        QTRY_COMPARE(document().facts().total("val"), kClass);
        auto *parts = find<FacetList>("browserParts");
        QTest::mouseClick(parts->viewport(), Qt::LeftButton, {}, parts->visualItemRect(parts->item(2)).center());
        QTRY_COMPARE(grid().count(), kClass);
    }

    void theDoctorsCopiesAreExcludedAtOneClick()
    {
        m_folder.write("light/copy.png", test::encoded(test::scene(90, 110, 30), ".png"));
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_COMPARE(grid().count(), 2 * kClass + 1);
        m_window->commands().action("train.examine")->trigger();
        QTRY_VERIFY(find<QPushButton>("exclude_duplicate") || find<QPushButton>("exclude_leak"));
        auto *button = find<QPushButton>("exclude_duplicate") ? find<QPushButton>("exclude_duplicate") : find<QPushButton>("exclude_leak");
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(excluded().size(), std::size_t(1));
        QFile::remove(QString::fromStdString(m_folder.path("light/copy.png")));
    }

    void unevenClassesAreCuredAtOneClick_data()
    {
        QTest::addColumn<QString>("setting");
        QTest::newRow("mistakes on rare ones count more") << "class_weights";
        QTest::newRow("rare ones are drawn more often") << "sampler";
    }

    void unevenClassesAreCuredAtOneClick()
    {
        QFETCH(QString, setting);
        std::vector<std::string> left;
        for (const auto &sample : browser().samples().samples) {
            if (sample.name.contains("shade/") && left.size() < 3 * kClass / 4)
                left.push_back(sample.name.toStdString());
        }
        QCOMPARE(left.size(), std::size_t(3 * kClass / 4));
        QVERIFY(document().setParam(source(), "exclude", left).ok());
        m_window->commands().action("train.examine")->trigger();
        const auto cure = [&] { return find<QPushButton>(qPrintable("cure_" + setting)); };
        QTRY_VERIFY(cure() && cure()->isVisible() && cure()->isEnabled());
        QVERIFY(document().recipe().text(setting.toStdString()) != "balanced");
        const int steps = document().undoStack()->count();
        QTest::mouseClick(cure(), Qt::LeftButton);
        QCOMPARE(document().recipe().text(setting.toStdString()), std::string("balanced"));
        QCOMPARE(document().undoStack()->count(), steps + 1);
        QVERIFY(!cure()->isEnabled() && !cure()->icon().isNull()); // it is taken
        document().undoStack()->undo();
        QTRY_VERIFY(cure()->isEnabled());
    }

    void anAugmentedBatchComesAgain()
    {
        browser().showPage(DataBrowser::Page::Augmented);
        QTRY_COMPARE(grid().count(), 16);
        std::vector<std::string> first;
        QVERIFY(find<QPushButton>("augmentAgain")->isVisible());
        QTest::mouseClick(find<QPushButton>("augmentAgain"), Qt::LeftButton);
        QTRY_COMPARE(grid().count(), 16);
    }
};

QTEST_MAIN(TestDataBrowser)
#include "tst_data_browser.moc"
