// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_tables.h"

#include "runs/curve_statistics.h"
#include "runs/seed_verdict.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace netloom;

namespace {

RunEntry run(const char *name, const char *lr, double accuracy, const char *status = "finished")
{
    RunEntry entry;
    entry.folder = std::string("/runs/") + name;
    entry.status = status;
    entry.recipe = {{"lr", lr}, {"optimizer", "Adam"}};
    entry.figures = {{"test_accuracy", accuracy}, {"val_loss", 1 - accuracy}};
    return entry;
}

Contender seeds(const char *name, const std::vector<double> &accuracies)
{
    Contender contender{name, {}};
    for (const double accuracy : accuracies)
        contender.runs.push_back(run("seed", "0.1", accuracy));
    return contender;
}

QString verdict(const std::vector<double> &a, const std::vector<double> &b)
{
    return QString::fromStdString(seedVerdict(seeds("a", a), seeds("b", b)));
}

} // namespace

/// Tables of runs, what filters them, and what several runs say together.
class TestRunTables : public QObject {
    Q_OBJECT

private slots:
    void filtersKnowWordsAndColumns_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << "" << "one two three";
        QTest::newRow("a word anywhere") << "TWO" << "two";
        QTest::newRow("a number") << "lr>0.01" << "one two";
        QTest::newRow("as numbers, not as text") << "lr=1e-1" << "one";
        QTest::newRow("percent") << "test_accuracy>=90%" << "two three";
        QTest::newRow("both") << "accuracy>=0.9 lr<0.05" << "two three";
        QTest::newRow("a word of a column") << "status:fail" << "three";
        QTest::newRow("not") << "status!=failed" << "one two";
        QTest::newRow("while it is typed") << "lr>" << "one two three";
        QTest::newRow("no such column") << "depth>3" << "";
    }
    void filtersKnowWordsAndColumns()
    {
        QFETCH(QString, filter);
        const std::vector<RunEntry> runs{run("one", "0.1", 0.8), run("two", "0.02", 0.9), run("three", "0.001", 0.95, "failed")};
        const RunFilter wanted(filter.toStdString(), runColumns(runs));
        QStringList names;
        for (const RunEntry &entry : runs) {
            if (wanted.matches(entry))
                names << QString::fromStdString(entry.folder.filename().string());
        }
        QTEST(names.join(' '), "expected");
    }

    void cellsSortByNumberAndWhatIsMissingComesLast()
    {
        std::vector<RunCell> cells{{"0.1", 0.1}, {"", {}}, {"1e-05", 1e-5}, {"auto", {}}, {"0.02", 0.02}};
        std::ranges::sort(cells, cellLess);
        QStringList order;
        for (const RunCell &cell : cells)
            order << QString::fromStdString(cell.text);
        QCOMPARE(order.join(' '), QString("1e-05 0.02 0.1 auto "));
    }

    void shortNamesAreTheSettingsThatTellMost()
    {
        std::vector<RunEntry> runs{run("one", "0.1", 0.8), run("two", "0.02", 0.9), run("three", "0.02", 0.9)};
        runs[2].recipe["optimizer"] = "SGD";
        for (RunEntry &entry : runs)
            entry.started = "2026-11-25T14:30:05+0100";
        QCOMPARE(shortNames(runs), (std::vector<std::string>{"lr 0.1, Adam", "lr 0.02, Adam", "lr 0.02, SGD"}));
        runs.resize(1);
        runs.push_back(runs[0]);
        QCOMPARE(shortNames(runs), (std::vector<std::string>{"11-25 14:30", "11-25 14:30 (2)"}));
    }

    void tablesAndCurvesAreExported()
    {
        RunEntry entry = run("one", "0.1", 0.8);
        entry.note = "wider, \"deep\"";
        const auto columns = runColumns({entry});
        const std::vector<RunColumn> some{*findColumn(columns, "run"), *findColumn(columns, "note"), *findColumn(columns, "lr"), *findColumn(columns, "accuracy")};
        QCOMPARE(QString::fromStdString(runsCsv({entry}, some)), QString("run,note,recipe.lr,test_accuracy\none,\"wider, \"\"deep\"\"\",0.1,0.8\n"));
        QCOMPARE(QString::fromStdString(curvesCsv({{"one", {{"val_loss", {{1, 0.5}, {2, 0.25}}}}}})), QString("run,curve,epoch,value\none,val_loss,1,0.5\none,val_loss,2,0.25\n"));
    }

    void aMillionPointsKeepTheirOneSpike()
    {
        CurvePoints curve;
        for (int index = 0; index < 1'000'000; ++index)
            curve.emplace_back(index, std::sin(index * 0.001));
        curve[654'321].second = 40;
        curve[123'456].second = -40;
        const CurvePoints small = decimated(curve, 0, 1e6, 300);
        QVERIFY2(small.size() <= 4 * 302, qPrintable(QString::number(small.size())));
        QCOMPARE(std::ranges::count(small, std::pair(654'321.0, 40.0)), 1);
        QCOMPARE(std::ranges::count(small, std::pair(123'456.0, -40.0)), 1);
        QVERIFY(std::ranges::is_sorted(small, {}, &std::pair<double, double>::first));
        QCOMPARE(small.front(), curve.front());
        QCOMPARE(small.back(), curve.back());
        // A part of it alone, with the neighbours outside that lines go to.
        const CurvePoints part = decimated(curve, 1000.5, 1003.5, 300);
        QCOMPARE(part.size(), std::size_t(5));
        QCOMPARE(part.front().first, 1000.0);
        QCOMPARE(part.back().first, 1004.0);
    }

    void theBandIsOneStandardDeviationOfTheSample()
    {
        const CurveBand band = bandOf({{{1, 2}, {2, 5}}, {{1, 4}}, {{1, 6}, {2, 7}}});
        QCOMPARE(band.mean, (CurvePoints{{1, 4}, {2, 6}}));
        QCOMPARE(band.high[0].second, 6.0);
        QCOMPARE(band.low[0].second, 2.0);
        QCOMPARE(band.high[1].second, 6 + std::sqrt(2.0));
        QCOMPARE(spreadOf(std::vector<double>{3}).deviation, 0.0);
    }

    void smoothingKeepsAConstantAndTheStart()
    {
        for (const auto &[x, y] : smoothed({{1, 3}, {2, 3}, {3, 3}}, 0.9))
            QCOMPARE(y, 3.0);
        const CurvePoints curve = smoothed({{1, 0}, {2, 1}}, 0.5);
        QCOMPARE(curve[0].second, 0.0);
        QCOMPARE(curve[1].second, 0.5 / 0.75);
    }

    void welchAgreesWithScipy()
    {
        // scipy.stats.ttest_ind([1, 2, 4], [3, 5, 6, 8], equal_var=False) and the like
        const auto p = [](const std::vector<double> &a, const std::vector<double> &b) { return welchProbability(spreadOf(a), spreadOf(b)); };
        QVERIFY(std::abs(p({1, 2, 4}, {3, 5, 6, 8}) - 0.06801971352325627) < 1e-9);
        QVERIFY(std::abs(p({0.91, 0.92, 0.915}, {0.94, 0.945, 0.938}) - 0.0026772497466836472) < 1e-9);
        QCOMPARE(p({1}, {2, 3}), 1.0);
    }

    void aDifferenceWithinTheSpreadSaysSo()
    {
        QCOMPARE(verdict({0.91, 0.92, 0.93}, {0.914, 0.924, 0.934}), QString("Test accuracy: 0.4 points apart, within the spread of 1.0 of the seeds: no difference shown."));
        QVERIFY(verdict({0.91, 0.912, 0.914}, {0.95, 0.952, 0.954}).contains("a difference (Welch's t-test, p < 0.001)"));
        QVERIFY(verdict({0.90, 0.92}, {0.925, 0.935}).contains("but with 2 and 2 seeds that may be chance"));
        QVERIFY(verdict({0.9}, {0.95}).contains("with one seed each"));
        QVERIFY(verdict({0.9}, {0.901, 0.903}).contains("more than the spread of 0.1 of the seeds. Repeat both"));
        QCOMPARE(verdict({}, {0.9}), QString());
    }
};

QTEST_GUILESS_MAIN(TestRunTables)
#include "tst_run_tables.moc"
