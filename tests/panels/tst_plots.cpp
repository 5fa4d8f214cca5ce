// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/confusion_matrix_view.h"
#include "plots/curve_series.h"
#include "plots/curves_plot.h"
#include "plots/estimate_plot.h"
#include "plots/filter_grid.h"
#include "theme/theme.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <limits>
#include <set>

using namespace netloom;

class TestPlots : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void seriesKeepsEveryExtremumInBoundedMemory()
    {
        CurveSeries series(64);
        for (int index = 0; index < 100'000; ++index)
            series.add(index, index == 31'337 ? 9.0 : index == 77'777 ? -9.0 : 0.001 * (index % 7));
        QVERIFY(series.points().size() < 64);
        const auto [low, high] = std::ranges::minmax_element(series.points(), {}, &CurveSeries::Point::y);
        QCOMPARE(*high, (CurveSeries::Point{31'337, 9.0}));
        QCOMPARE(*low, (CurveSeries::Point{77'777, -9.0}));
        QVERIFY(std::ranges::is_sorted(series.points(), {}, &CurveSeries::Point::x));
    }

    void seriesLeavesOutWhatIsNoNumber()
    {
        CurveSeries series;
        series.add(1, std::numeric_limits<double>::quiet_NaN());
        series.add(2, std::numeric_limits<double>::infinity());
        series.add(3, 0.5);
        QCOMPARE(series.points(), (std::vector<CurveSeries::Point>{{3, 0.5}}));
    }

    void peakOfOneBatchIsSeenInASmallPlot()
    {
        const auto peakRow = [](bool withPeak) {
            CurvesPlot plot;
            plot.resize(420, 220);
            plot.setEpochs(5);
            for (int batch = 0; batch < 20'000; ++batch)
                plot.addBatch(batch / 4000.0, withPeak && batch == 12'345 ? 10.0 : 1.0, 0.5);
            const QImage image = plot.toImage();
            int columns = 0; // of the left half in which the curve reaches the upper part
            for (int x = image.width() / 10; x < image.width() / 2; ++x) {
                bool coloured = false;
                for (int y = image.height() / 4; y < image.height() / 2; ++y)
                    coloured = coloured || QColor(image.pixel(x, y)).saturation() > 60;
                columns += coloured;
            }
            return columns;
        };
        QVERIFY(peakRow(true) > 0);
        QVERIFY(peakRow(true) < 12);
    }

    void csvHoldsOneRowPerEpochAndGapsWithoutValidation()
    {
        CurvesPlot plot;
        QVERIFY(plot.isEmpty());
        plot.addEpoch(1, 0.5, 0.75, 0.625, 0.5);
        plot.addEpoch(2, 0.25, 0.875, {}, {});
        QCOMPARE(plot.toCsv(), QString("epoch,train_loss,train_accuracy,val_loss,val_accuracy\n1,0.5,0.75,0.625,0.5\n2,0.25,0.875,,\n"));
        plot.clear();
        QVERIFY(plot.isEmpty());
    }

    void hoverTellsTheValuesOfTheEpoch()
    {
        CurvesPlot plot;
        QCOMPARE(plot.valuesAt(1), QString());
        plot.addBatch(0.5, 1.25, 0.4);
        plot.addEpoch(1, 0.5, 0.75, 0.625, 0.5);
        plot.markBest(1);
        QVERIFY(plot.valuesAt(1.1).contains("Epoch 1 (best)"));
        QVERIFY(plot.valuesAt(1.1).contains("Validation: loss 0.6250, accuracy 50.0"));
        QVERIFY(plot.valuesAt(0.5).contains("loss 1.2500"));
    }

    void numbersHaveR2InThePlaceOfAccuracy()
    {
        CurvesPlot plot;
        plot.setScore(CurvesPlot::Score::R2);
        plot.addBatch(0.5, 1.25, std::numeric_limits<double>::quiet_NaN());
        plot.addEpoch(1, 0.5, -7.5, 0.625, 0.8125);
        QVERIFY(plot.toCsv().startsWith("epoch,train_loss,train_r2,val_loss,val_r2\n1,0.5,-7.5,0.625,0.8125"));
        QVERIFY(plot.valuesAt(1).contains(QString::fromUtf8("loss 0.6250, R² 0.813")));
    }

    void predictedLiesAboveTrueWhereItIsTooHigh()
    {
        EstimatePlot plot;
        plot.resize(400, 300);
        QVERIFY(plot.isEmpty());
        plot.setPoints({{100'000, 120'000}, {300'000, 300'000}, {1, std::numeric_limits<double>::infinity()}}, "price");
        QCOMPARE(plot.points().size(), std::size_t(2));
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        const QPointF high = plot.positionOf({100'000, 120'000}), right = plot.positionOf({300'000, 300'000});
        QVERIFY(high.y() < plot.positionOf({100'000, 100'000}).y());
        QVERIFY(right.x() > high.x() && right.y() < high.y());
        QCOMPARE(plot.textAt(high.toPoint()), QString("true 100,000, predicted 120,000: 20,000 too high"));
        QCOMPARE(plot.textAt(right.toPoint()), QString("true 300,000, predicted 300,000"));
        QCOMPARE(plot.textAt({2, 2}), QString());
        plot.clear();
        QVERIFY(plot.isEmpty());
    }

    void percentagesAreOfTheTrueClass()
    {
        ConfusionMatrixView view;
        view.setMatrix(3, {90, 10, 0, 0, 999, 1, 0, 0, 0}, {"cat", "dog", "fox"});
        QCOMPARE(view.cellText(0, 0), QString("90"));
        view.setShowsPercentages(true);
        QCOMPARE(view.cellText(0, 0), QString::fromUtf8("90 %"));
        QCOMPARE(view.cellText(0, 1), QString::fromUtf8("10 %"));
        QCOMPARE(view.cellText(1, 1), QString::fromUtf8(">99 %"));
        QCOMPARE(view.cellText(1, 2), QString::fromUtf8("<1 %"));
        QCOMPARE(view.share(2, 2), 0.0); // a class without samples
    }

    void sharesOfColumnsAreOfTheAnswers()
    {
        ConfusionMatrixView view;
        view.setMatrix(2, {30, 10, 10, 0}, {"a", "b"});
        view.setShow(ConfusionMatrixView::Show::ColumnShare);
        QCOMPARE(view.cellText(0, 0), QString::fromUtf8("75 %"));
        QCOMPARE(view.cellText(0, 1), QString::fromUtf8("100 %"));
        QVERIFY(view.cellSentence(0, 1).contains(QString::fromUtf8("25.0 % of its row and 100.0 % of its column")));
    }

    void orderMovesRowsAndColumnsAlike()
    {
        ConfusionMatrixView view;
        view.resize(400, 400);
        view.setMatrix(3, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {"a", "b", "c"});
        const QRect last = view.cellRect(2, 2);
        view.setOrder({2, 0, 1});
        QCOMPARE(view.cellRect(1, 1), last);
        QSignalSpy clicked(&view, &ConfusionMatrixView::cellClicked);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.cellRect(2, 0).center());
        QCOMPARE(clicked, (QList<QList<QVariant>>{{2, 0}}));
        view.setOrder({0, 0, 1}); // none
        QCOMPARE(view.cellRect(2, 2), last);
    }

    void wheelZoomsAManyClassesMatrixAndDraggingMovesIt()
    {
        constexpr int kClasses = 100;
        ConfusionMatrixView view;
        view.resize(600, 500);
        QStringList names;
        for (int index = 0; index < kClasses; ++index)
            names << QString("class %1").arg(index);
        view.setMatrix(kClasses, std::vector<std::int64_t>(kClasses * kClasses, 7), names);
        view.show();
        QVERIFY(!view.showsNumbers());
        const QPoint at = view.cellRect(50, 50).center();
        for (int turn = 0; turn < 12; ++turn) {
            QWheelEvent wheel(at, view.mapToGlobal(at), {}, {0, 120}, {}, {}, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view, &wheel);
        }
        QVERIFY(view.showsNumbers());
        QVERIFY(view.cellRect(50, 50).adjusted(-30, -30, 30, 30).contains(at)); // stays below the mouse
        QSignalSpy clicked(&view, &ConfusionMatrixView::cellClicked);
        const QRect before = view.cellRect(50, 50);
        QTest::mousePress(&view, Qt::LeftButton, {}, at);
        QTest::mouseMove(&view, at + QPoint(20, 10));
        QMouseEvent move(QEvent::MouseMove, at + QPoint(40, 30), view.mapToGlobal(at + QPoint(40, 30)), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&view, &move);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, at + QPoint(40, 30));
        QCOMPARE(view.cellRect(50, 50).center() - before.center(), QPoint(40, 30));
        QCOMPARE(clicked.count(), 0);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.cellRect(50, 50).center());
        QCOMPARE(clicked, (QList<QList<QVariant>>{{50, 50}}));
    }

    void wrongSizesShowTheEmptyState()
    {
        ConfusionMatrixView view;
        view.setMatrix(2, {1, 2, 3}, {"a", "b"});
        QCOMPARE(view.classes(), 0);
        FilterGrid grid;
        grid.setFilters("conv1", 2, 1, 3, 3, std::vector<float>(17));
        QCOMPARE(grid.filterCount(), 0);
    }

    void clickNamesTruthAndPrediction()
    {
        ConfusionMatrixView view;
        view.resize(400, 400);
        view.setMatrix(2, {1, 2, 3, 4}, {"a", "b"});
        QSignalSpy clicked(&view, &ConfusionMatrixView::cellClicked);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.cellRect(1, 0).center());
        QCOMPARE(clicked, (QList<QList<QVariant>>{{1, 0}}));
        QTest::mouseClick(&view, Qt::LeftButton, {}, {2, 200});
        QCOMPARE(clicked.count(), 1);
    }

    void matrixStaysInsideAndHidesNumbersThatDoNotFit_data()
    {
        QTest::addColumn<int>("classes");
        QTest::addColumn<bool>("numbers");
        QTest::newRow("2") << 2 << true;
        QTest::newRow("10") << 10 << true;
        QTest::newRow("100") << 100 << false;
    }
    void matrixStaysInsideAndHidesNumbersThatDoNotFit()
    {
        QFETCH(int, classes);
        QFETCH(bool, numbers);
        ConfusionMatrixView view;
        view.resize(440, 300);
        QStringList names;
        for (int index = 0; index < classes; ++index)
            names << QString("a rather long class name %1").arg(index);
        view.setMatrix(classes, std::vector<std::int64_t>(std::size_t(classes * classes), 7), names);
        QCOMPARE(view.showsNumbers(), numbers);
        QVERIFY(view.rect().contains(view.cellRect(0, 0)));
        QVERIFY(view.rect().contains(view.cellRect(classes - 1, classes - 1)));
        QVERIFY(!view.grab().isNull());
    }

    void filterTilesHaveWholeScaleAndNeverOverlap()
    {
        FilterGrid grid;
        grid.resize(300, 260);
        grid.show();
        grid.setFilters("conv1", 32, 1, 3, 3, std::vector<float>(32 * 9, 0.5f));
        QCOMPARE(grid.filterCount(), 32);
        std::set<std::pair<int, int>> corners;
        for (int index = 0; index < 32; ++index) {
            const QRect tile = grid.tileRect(index);
            QCOMPARE(tile.size(), QSize(3, 3) * grid.scale());
            QVERIFY(tile.left() >= 0 && tile.right() < grid.viewport()->width());
            corners.emplace(tile.x(), tile.y());
            if (index > 0)
                QVERIFY(!tile.intersects(grid.tileRect(index - 1)));
        }
        QCOMPARE(corners.size(), std::size_t(32));
        QCOMPARE(grid.verticalScrollBar()->maximum(), 0);
        const int before = grid.scale();
        grid.resize(900, 700);
        QVERIFY(grid.scale() > before);
    }

    void greyFiltersPutZeroInTheMiddle()
    {
        FilterGrid grid;
        grid.setFilters("conv1", 1, 1, 1, 3, {-2.0f, 0.0f, 1.0f});
        const QImage tile = grid.tileImage(0);
        QCOMPARE(qGray(tile.pixel(0, 0)), 0);
        QVERIFY(std::abs(qGray(tile.pixel(1, 0)) - 128) <= 1);
        QVERIFY(std::abs(qGray(tile.pixel(2, 0)) - 191) <= 1);
    }

    void threeChannelsAreColours()
    {
        FilterGrid grid;
        grid.setFilters("conv1", 1, 3, 1, 1, {1.0f, -1.0f, 0.0f});
        const QColor colour(grid.tileImage(0).pixel(0, 0));
        QCOMPARE(colour.red(), 255);
        QCOMPARE(colour.green(), 0);
        QVERIFY(std::abs(colour.blue() - 128) <= 1);
    }
};

QTEST_MAIN(TestPlots)
#include "tst_plots.moc"
