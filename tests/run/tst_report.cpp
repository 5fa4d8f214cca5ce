// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/filter_picture.h"
#include "run/html.h"
#include "run/number_text.h"
#include "run/report.h"
#include "run/report_parts.h"
#include "run/run_history.h"
#include "run/run_json.h"
#include "metrics/class_scores.h"
#include "run/training_run.h"

#include <QImage>
#include <QTest>

#include <cmath>

using namespace netloom;

namespace {

SourceFacts numberFacts()
{
    SourceFacts facts;
    facts.known = true;
    facts.learnsNumber = true;
    facts.targetName = "price";
    facts.targetMean = 200'000.1;
    facts.targetDeviation = 0.25;
    facts.columns = {{.name = "rooms", .column = "rooms", .mean = 5.1, .deviation = 0.1, .min = 1, .max = 9}, {.name = "sea", .column = "sea", .categories = {"far", "near"}, .mean = 0.5, .max = 1}};
    facts.counts = {{"train", {300}}, {"val", {50}}, {"test", {60}}};
    return facts;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private slots:
    void scoresAgreeWithThoseByHand()
    {
        ConfusionMatrix confusion(3);
        confusion.counts = {8, 2, 0, 1, 3, 0, 0, 0, 0}; // the third class never occurs and is never predicted
        const auto scores = classScores(confusion, {"a", "b", "c"});
        QCOMPARE(scores.size(), std::size_t(3));
        QCOMPARE(scores[0].precision, 8.0 / 9);
        QCOMPARE(scores[0].recall, 0.8);
        QCOMPARE(scores[0].f1, 16.0 / 19);
        QCOMPARE(scores[0].support, 10);
        QCOMPARE(scores[1].precision, 0.6);
        QCOMPARE(scores[1].recall, 0.75);
        QCOMPARE(scores[1].f1, 2.0 / 3);
        QCOMPARE(scores[2].precision + scores[2].recall + scores[2].f1, 0.0);
        QCOMPARE(scores[2].name, std::string("c"));
    }

    void ticksAreRoundAndCoverTheRange_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<double>("step");
        QTest::newRow("unit") << 0.0 << 1.0 << 0.2;
        QTest::newRow("losses") << 0.31 << 2.27 << 0.5;
        QTest::newRow("epochs") << 1.0 << 50.0 << 10.0;
        QTest::newRow("tiny") << 0.00012 << 0.00019 << 0.00002;
        QTest::newRow("negative") << -3.0 << 1.0 << 1.0;
    }

    void ticksAreRoundAndCoverTheRange()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(double, step);
        const auto ticks = roundTicks(low, high, 5);
        QVERIFY(ticks.size() >= 3 && ticks.size() <= 8);
        QVERIFY(ticks.front() <= low + 1e-12 && ticks.back() >= high - 1e-12);
        QVERIFY2(std::abs(ticks[1] - ticks[0] - step) < step * 1e-9, qPrintable(QString::number(ticks[1] - ticks[0])));
    }

    void chartSkipsWhatIsNoNumber()
    {
        const Chart chart{"Loss", {{"training", "train", {{1, 0.5}, {2, std::nan("")}, {3, 0.25}}}, {"validation", "val", {{1, HUGE_VAL}}}}, 3, false};
        const QString svg = QString::fromStdString(chartSvg(chart));
        QCOMPARE(svg.count("<circle"), 2);
        QVERIFY(!svg.contains("nan") && !svg.contains("inf"));
        QVERIFY(!svg.contains("validation"));
        QVERIFY(svg.contains("best"));
        QVERIFY(chartSvg({"Loss", {}, 0, false}).empty());
        const Chart diverged{"Loss", {{"training", "train", {{1, 1e18}}}}, 0, false};
        QVERIFY(chartSvg(diverged).size() < 10'000);
    }

    void filtersBecomeAPicture()
    {
        const FilterSnapshot filters{"conv1", 2, 1, 2, 2, {-1, 1, 0, 1, 5, 5, 5, 5}};
        const FilterPicture picture = drawFilters(filters);
        const QImage image = QImage::fromData(QByteArray::fromStdString(picture.png), "PNG");
        QCOMPARE(image.size(), QSize(5, 2));
        QCOMPARE(image.pixel(0, 0), qRgba(0, 0, 0, 255));
        QCOMPARE(image.pixel(1, 0), qRgba(255, 255, 255, 255));
        QCOMPARE(qRed(image.pixel(0, 1)), 127);
        QCOMPARE(qAlpha(image.pixel(2, 0)), 0);
        QVERIFY(drawFilters({}).png.empty());
        QVERIFY(drawFilters({"conv1", 2, 1, 2, 2, {1, 2}}).png.empty());
    }

    void hundredClassesStayReadable()
    {
        RunRecord record;
        record.finished = TrainFinished{.bestEpoch = 1, .confusion = ConfusionMatrix(100)};
        record.finished->test = PassResult{100, 1, 1, 1};
        for (int label = 0; label < 100; ++label) {
            record.facts.classNames.push_back("class " + std::to_string(label));
            record.finished->confusion.add(label, (label + label % 2) % 100);
        }
        const QString html = QString::fromStdString(confusionSection(record));
        QVERIFY(html.contains("confusion dense"));
        QVERIFY(html.contains("class 1 taken for class 2: 1 (100.0 %)"));
        QVERIFY(html.size() < 300000);
    }

    void factsComeBackFromTheRunsFile()
    {
        RunRecord record;
        record.project.recipe = Params::defaults(recipeDecls());
        record.facts = numberFacts();
        const std::string text = runJson(record);
        const auto facts = factsFromRunJson(text);
        QVERIFY2(facts.ok(), facts ? "" : facts.error().text.c_str());
        QVERIFY(*facts == record.facts);
        for (const char *damage : {"\"deviation\": 0.25", "\"mean\": 200000.1"}) {
            QString damaged = QString::fromStdString(text);
            QVERIFY2(damaged.contains(damage), damaged.toUtf8());
            damaged.replace(damage, "\"other\": null");
            QVERIFY2(!factsFromRunJson(damaged.toStdString()).ok(), damage);
        }
        record.facts.learnsNumber = false;
        record.facts.classNames = {"cheap", "dear"};
        record.facts.counts = {{"train", {1, 2}}};
        record.facts.targetMean = 0;
        record.facts.targetDeviation = 1;
        QVERIFY(*factsFromRunJson(runJson(record)) == record.facts);
    }

    void bracketsWithoutEndAreNoRun()
    {
        constexpr int kDepth = 1'000'000;
        const std::string nested = std::string(kDepth, '[') + std::string(kDepth, ']');
        QVERIFY(!factsFromRunJson(R"({"netloom_run": 1, "data": {"classes": ["a"]}, "more": )" + nested + "}").ok());
    }

    /// A matrix that claims more classes than it has counts would be read past its end.
    void historyComesBackAndDamageIsTold()
    {
        RunRecord record;
        const PassResult pass{60, 0.25, 0.5, 1};
        record.epochs.push_back({.epoch = 1, .train = pass, .val = pass, .confusion = ConfusionMatrix(2), .best = true});
        record.epochs[0].labels = LabelTally(1);
        record.epochs[0].labels.labels[0] = {1, 2, 3, 4};
        const std::string text = historyText(record);
        RunRecord read;
        QVERIFY(readHistory(text, read).ok());
        QCOMPARE(historyText(read), text);
        QVERIFY(read.epochs[0].confusion == record.epochs[0].confusion && read.epochs[0].labels == record.epochs[0].labels);
        for (const auto &[before, after] : {std::pair("\"classes\":2", "\"classes\":3"), std::pair("\"classes\":2", "\"classes\":4294967296"),
                 std::pair("[0,0,0,0]", "[0,0,0,9223372036854775807]"), std::pair("\"epoch\":1", "\"epoch\":1e300"), std::pair("[1,2,3,4]", "[1,2,-3,4]")}) {
            QString damaged = QString::fromStdString(text);
            QVERIFY2(damaged.contains(before), damaged.toUtf8());
            damaged.replace(before, after);
            RunRecord other;
            QVERIFY2(!readHistory(damaged.toStdString(), other).ok(), after);
        }
    }

    void numbersThatWereLearnedAreDrawnAgainstTheTrueOnes()
    {
        RunRecord record;
        record.project.recipe = Params::defaults(recipeDecls());
        record.facts = numberFacts();
        PassResult pass{60, 0.25, 0, 1, NumberScores{0.75, 48'210.4, 61'000}};
        record.epochs.push_back({.epoch = 1, .train = pass, .val = pass, .confusion = ConfusionMatrix(), .best = true, .estimates = {{1, 2}}});
        record.finished = TrainFinished{.bestEpoch = 1, .test = pass, .confusion = ConfusionMatrix(), .estimates = {{100'000, 120'000}, {300'000, 300'000}}};
        QVERIFY(!record.confusion() && record.estimates()->size() == 2);
        const QString html = QString::fromStdString(reportHtml(record));
        QCOMPARE(html.count("<circle class=\"dot\""), 2);
        QVERIFY(html.contains(QString::fromUtf8("true 100\u202f000, predicted 120\u202f000")));
        QVERIFY(html.contains("<b>0.750</b><span>test R²</span>") && html.contains(QString::fromUtf8("<b>48\u202f210</b><span>test MAE</span>")));
        QVERIFY(html.contains("price, on the test rows"));
        QVERIFY(html.contains("<td>1 epoch</td>") && html.contains("<td>1 batch</td>")); // checkpoint_epochs, accumulation_steps
        QVERIFY(!html.contains("onfusion matrix") && !html.contains("ccuracy") && !html.contains(">classes<"));
    }

    void numbersReadTheSameInEveryLocale()
    {
        QCOMPARE(fixedText(1234.5678, 2), std::string("1234.57"));
        QCOMPARE(percentText(0.91375, 1), std::string("91.4 %"));
        QCOMPARE(groupedText(1234567), std::string("1\u202f234\u202f567"));
        QCOMPARE(groupedText(-123), std::string("-123"));
        QCOMPARE(figureText(48'210.4), std::string("48\u202f210"));
        QCOMPARE(figureText(0.051234), std::string("0.05123"));
        QCOMPARE(r2Text(std::nan("")), std::string("–"));
        QCOMPARE(durationText(75.4), std::string("1 min 15 s"));
        QCOMPARE(shortest(0.1), std::string("0.1"));
    }

    void base64Pads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char *bytes : {"", "a", "ab", "abc", "abcd", "\xff\xfe\xfd"})
            QTest::newRow(qPrintable(QString::number(qstrlen(bytes)) + bytes)) << QByteArray(bytes);
    }

    void base64Pads()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(QByteArray::fromStdString(base64({bytes.data(), std::size_t(bytes.size())})), bytes.toBase64());
    }
};

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
