// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/clipped_graph.h"
#include "plots/curves_plot.h"
#include "plots/run_curves_plot.h"
#include "support/gestures.h"
#include "theme/theme.h"

#include <qcustomplot.h>

#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace netloom;

namespace {

QCPRange range(const QCPAxisRect *curves, QCPAxis::AxisType axis)
{
    return curves->axis(axis)->range();
}

} // namespace

class TestCurveZoom : public QObject {
    Q_OBJECT

    QCPAxisRect *loss() const { return m_plot->axisRect(0); }
    QCPAxisRect *score() const { return m_plot->axisRect(1); }
    QToolButton *showAll() const { return m_plot->findChild<QToolButton *>("curvesAll"); }

    void wheel(const QPoint &at, int notches)
    {
        QWheelEvent event(at, m_plot->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_plot, &event);
        settle();
    }
    /// Draws a rectangle from one point of the loss to another, in shares of its width and height.
    void draw(const QPointF &from, const QPointF &to)
    {
        const QRect curves = loss()->rect();
        const auto place = [&](const QPointF &share) { return curves.topLeft() + QPoint(int(share.x() * curves.width()), int(share.y() * curves.height())); };
        test::drag(m_plot, place(from), m_plot, place(to));
        settle();
    }
    void settle()
    {
        QCoreApplication::processEvents();
        m_plot->replot();
    }
    void drawCurves()
    {
        m_curves = std::make_unique<CurvesPlot>();
        m_curves->resize(900, 300);
        m_curves->setEpochs(10);
        for (int epoch = 1; epoch <= 10; ++epoch)
            m_curves->addEpoch(epoch, 1.0 / epoch, 1 - 0.5 / epoch, 1.2 / epoch, 1 - 0.6 / epoch);
        m_curves->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_curves.get()));
        m_plot = m_curves->findChild<QCustomPlot *>();
        settle();
    }

    std::unique_ptr<CurvesPlot> m_curves;
    QCustomPlot *m_plot = nullptr;

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void wheelOverTheCurvesZoomsAtTheMouseAndBothPlotsKeepOneTime()
    {
        drawCurves();
        const QPoint at = loss()->rect().center();
        const double epoch = loss()->axis(QCPAxis::atBottom)->pixelToCoord(at.x());
        const QCPRange values = range(loss(), QCPAxis::atLeft), scores = range(score(), QCPAxis::atLeft);
        wheel(at, 3);
        QVERIFY(range(loss(), QCPAxis::atBottom).size() < 7);
        QVERIFY(qAbs(loss()->axis(QCPAxis::atBottom)->pixelToCoord(at.x()) - epoch) < 0.1);
        QCOMPARE(range(score(), QCPAxis::atBottom), range(loss(), QCPAxis::atBottom));
        QCOMPARE(range(loss(), QCPAxis::atLeft), values); // so that no curve leaves the plot
        QCOMPARE(range(score(), QCPAxis::atLeft), scores);
    }

    void wheelOverAnAxisZoomsThatAxisAlone()
    {
        drawCurves();
        const QCPRange time = range(loss(), QCPAxis::atBottom), values = range(loss(), QCPAxis::atLeft);
        wheel({loss()->rect().left() - 12, loss()->rect().center().y()}, 2);
        QCOMPARE(range(loss(), QCPAxis::atBottom), time);
        QVERIFY(range(loss(), QCPAxis::atLeft).size() < 0.8 * values.size());
        wheel({loss()->rect().center().x(), loss()->rect().bottom() + 10}, 2);
        QVERIFY(range(loss(), QCPAxis::atBottom).size() < 0.8 * time.size());
    }

    void noWheelShowsMoreThanAll()
    {
        drawCurves();
        const QCPRange time = range(loss(), QCPAxis::atBottom);
        wheel(loss()->rect().center(), 2);
        QVERIFY(showAll()->isVisible());
        wheel(loss()->rect().topLeft() + QPoint(4, 4), -9);
        QCOMPARE(range(loss(), QCPAxis::atBottom), time);
        QVERIFY(!showAll()->isVisible());
    }

    void drawnRectangleIsWhatIsSeenThen()
    {
        drawCurves();
        const QCPRange values = range(loss(), QCPAxis::atLeft);
        const double from = loss()->axis(QCPAxis::atBottom)->pixelToCoord(loss()->rect().left() + loss()->rect().width() / 2);
        draw({0.5, 0.5}, {0.75, 0.9});
        QVERIFY(qAbs(range(loss(), QCPAxis::atBottom).lower - from) < 0.05);
        QVERIFY(qAbs(range(loss(), QCPAxis::atBottom).size() - 0.25 * 10.2) < 0.1);
        QVERIFY(qAbs(range(loss(), QCPAxis::atLeft).size() - 0.4 * values.size()) < 0.02);
    }

    void flatRectangleIsARangeOfTimeAlone()
    {
        drawCurves();
        const QCPRange values = range(loss(), QCPAxis::atLeft);
        draw({0.2, 0.5}, {0.6, 0.51});
        QVERIFY(range(loss(), QCPAxis::atBottom).size() < 5);
        QCOMPARE(range(loss(), QCPAxis::atLeft), values);
    }

    void draggedAxisMovesWhatIsSeenButNotOverItsEnds()
    {
        drawCurves();
        wheel(loss()->rect().center(), 4);
        const QCPRange before = range(loss(), QCPAxis::atBottom);
        const QPoint below(loss()->rect().center().x(), loss()->rect().bottom() + 10);
        test::drag(m_plot, below, m_plot, below + QPoint(60, 0));
        QVERIFY(range(loss(), QCPAxis::atBottom).lower < before.lower - 0.3);
        QVERIFY(qAbs(range(loss(), QCPAxis::atBottom).size() - before.size()) < 1e-9);
        test::drag(m_plot, below, m_plot, below + QPoint(180, 0));
        test::drag(m_plot, below, m_plot, below + QPoint(180, 0));
        QCOMPARE(range(loss(), QCPAxis::atBottom).lower, 0.0);
    }

    void doubleClickHomeAndTheButtonShowAllAgain()
    {
        drawCurves();
        const QCPRange time = range(loss(), QCPAxis::atBottom), values = range(loss(), QCPAxis::atLeft);
        const auto isAll = [&] { return range(loss(), QCPAxis::atBottom) == time && range(loss(), QCPAxis::atLeft) == values; };
        wheel(loss()->rect().center(), 3);
        QVERIFY(!isAll());
        QTest::mouseDClick(m_plot, Qt::LeftButton, {}, loss()->rect().center());
        QVERIFY(isAll());
        wheel(loss()->rect().center(), 3);
        QTest::keyClick(m_plot, Qt::Key_Home);
        QVERIFY(isAll());
        wheel(loss()->rect().center(), 3);
        QTest::mouseClick(showAll(), Qt::LeftButton);
        QVERIFY(isAll());
        QVERIFY(!showAll()->isVisible());
    }

    void keysZoomAndMoveInTime()
    {
        drawCurves();
        m_plot->setFocus(Qt::TabFocusReason);
        QTest::keyClick(m_plot, Qt::Key_Plus);
        const QCPRange near = range(loss(), QCPAxis::atBottom);
        QVERIFY(near.size() < 8);
        QTest::keyClick(m_plot, Qt::Key_Right);
        QVERIFY(range(loss(), QCPAxis::atBottom).lower > near.lower);
        QTest::keyClick(m_plot, Qt::Key_Minus);
        QTest::keyClick(m_plot, Qt::Key_Minus);
        QCOMPARE(range(loss(), QCPAxis::atBottom).size(), 10.2);
    }

    void pointsThatComeDoNotMoveWhatIsLookedAt()
    {
        drawCurves();
        draw({0.2, 0.1}, {0.5, 0.5});
        const QCPRange time = range(loss(), QCPAxis::atBottom), values = range(loss(), QCPAxis::atLeft);
        for (int epoch = 11; epoch < 20; ++epoch)
            m_curves->addEpoch(epoch, 5, 0.1, 6, 0.1);
        settle();
        QCOMPARE(range(loss(), QCPAxis::atBottom), time);
        QCOMPARE(range(loss(), QCPAxis::atLeft), values);
        QTest::keyClick(m_plot, Qt::Key_Home);
        settle();
        QVERIFY(range(loss(), QCPAxis::atBottom).upper > 19);
        m_curves->clear();
        settle();
        QVERIFY(!showAll()->isVisible());
    }

    void lineIsCutWhereItLeavesTheBandAndIsTheSameWithin()
    {
        const QVector<QPointF> within{{0, 1}, {1, 4}};
        QCOMPARE(clippedToBand(within, 0, 5), within);
        const QVector<QPointF> spike{{0, 4}, {1, -96}, {2, 4}, {3, 104}};
        QCOMPARE(clippedToBand(spike, -6, 14), (QVector<QPointF>{{0, 4}, {0.1, -6}, {1, -6}, {1.9, -6}, {2, 4}, {2.1, 14}, {3, 14}}));
        const QVector<QPointF> through{{0, -100}, {1, 100}};
        QCOMPARE(clippedToBand(through, -50, 50), (QVector<QPointF>{{0, -50}, {0.25, -50}, {0.75, 50}, {1, 50}}));
    }

    void zoomedCurvesOfRunsHaveTheirPeaksAndTheirPoints()
    {
        RunCurvesPlot plot;
        plot.resize(700, 240);
        RunCurves curves;
        for (int epoch = 1; epoch <= 1'000'000; ++epoch)
            curves["val_loss"].emplace_back(epoch, epoch % 1000 == 0 ? 9.0 : 1.0);
        plot.setLines({{"one", Qt::red, {curves}}});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
        m_plot = plot.findChild<QCustomPlot *>();
        settle();
        const auto drawnWithin = [&](const QCPRange &seen) {
            int points = 0, peaks = 0;
            for (const QCPGraphData &point : *m_plot->graph(0)->data()) {
                points += seen.contains(point.key) ? 1 : 0;
                peaks += seen.contains(point.key) && point.value == 9.0 ? 1 : 0;
            }
            return std::pair(points, peaks);
        };
        while (range(loss(), QCPAxis::atBottom).size() > 4000)
            wheel(loss()->rect().center(), 5);
        const QCPRange seen = range(loss(), QCPAxis::atBottom);
        const auto [points, peaks] = drawnWithin(seen);
        const int inside = int(std::floor(seen.upper) - std::ceil(seen.lower)) + 1;
        wheel({loss()->rect().left() - 12, loss()->rect().bottom() - 20}, 20); // peaks far above what is seen take no time
        QVERIFY(range(loss(), QCPAxis::atLeft).size() < 1);
        QCOMPARE(peaks, int(std::floor(seen.upper / 1000)) - int(std::ceil(seen.lower / 1000)) + 1);
        QVERIFY(points == inside || points > 1000); // all of them, or what the pixels can show
        plot.setLook({.logarithmic = true});
        settle();
        QVERIFY(range(loss(), QCPAxis::atBottom).size() > 1'000'000);
    }
};

QTEST_MAIN(TestCurveZoom)
#include "tst_curve_zoom.moc"
