// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/class_scores.h"
#include "metrics/label_scores.h"
#include "metrics/number_scores.h"
#include "metrics/sample_scores.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace netloom;

namespace {

std::vector<double> numbersOf(const QJsonValue &array)
{
    std::vector<double> numbers;
    for (const QJsonValue &value : array.toArray())
        numbers.push_back(value.toDouble(std::nan("")));
    return numbers;
}

/// null is no number.
bool agree(double found, const QJsonValue &expected, double tolerance = 1e-9)
{
    if (expected.isNull() || expected.isUndefined())
        return std::isnan(found);
    return std::abs(found - expected.toDouble()) <= tolerance * std::max(1.0, std::abs(expected.toDouble()));
}

bool agree(const std::vector<double> &found, const QJsonValue &expected)
{
    const auto wanted = numbersOf(expected);
    return std::ranges::equal(found, wanted, [](double a, double b) { return std::abs(a - b) <= 1e-9; });
}

bool agree(const AveragedScores &found, const QJsonValue &expected)
{
    return agree(std::vector{found.precision, found.recall, found.f1}, expected);
}

SampleScores scoresOf(const QJsonObject &wanted, std::int64_t mostExact = ProbabilityTable::kMostExact)
{
    const QJsonArray rows = wanted["scores"].toArray();
    SampleScores scores(wanted["classes"].toInt(), rows.size(), mostExact);
    for (int row = 0; row < rows.size(); ++row) {
        const auto numbers = numbersOf(rows[row]);
        scores.add(row, wanted["truth"].toArray()[row].toInt(), std::vector<float>(numbers.begin(), numbers.end()));
    }
    return scores;
}

LabelAnswers labelAnswersOf(const QJsonObject &wanted)
{
    const QJsonArray rows = wanted["scores"].toArray(), truths = wanted["truth"].toArray();
    LabelAnswers answers(rows[0].toArray().size(), rows.size());
    for (int row = 0; row < rows.size(); ++row) {
        const auto truth = numbersOf(truths[row]), scores = numbersOf(rows[row]);
        answers.add(row, std::vector<float>(truth.begin(), truth.end()), std::vector<float>(scores.begin(), scores.end()));
    }
    return answers;
}

ConfusionMatrix matrixOf(std::int64_t classes, const QJsonValue &counts)
{
    ConfusionMatrix confusion(classes);
    std::ranges::transform(counts.toArray(), confusion.counts.begin(), [](const QJsonValue &count) { return count.toInt(); });
    return confusion;
}

} // namespace

/// Every score against scikit-learn's, on the cases of fixtures/metrics/make_cases.py.
class TestMetrics : public QObject {
    Q_OBJECT

    QJsonObject m_cases;
    void addRows(const char *group)
    {
        QTest::addColumn<QJsonObject>("wanted");
        for (const QJsonValue &one : m_cases[group].toArray())
            QTest::newRow(qPrintable(one["name"].toString())) << one.toObject();
    }

private slots:
    void initTestCase()
    {
        QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/metrics/cases.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_cases = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!m_cases.isEmpty());
    }

    void classesAreScored_data() { addRows("classification"); }
    void classesAreScored()
    {
        QFETCH(QJsonObject, wanted);
        const ConfusionMatrix confusion = scoresOf(wanted).confusion();
        QCOMPARE(confusion, matrixOf(confusion.classes, wanted["confusion"]));
        const ClassificationScores scores = classificationScores(confusion);
        QVERIFY(agree(scores.accuracy, wanted["accuracy"]));
        QVERIFY(agree(scores.macro, wanted["macro"]));
        QVERIFY(agree(scores.micro, wanted["micro"]));
        QVERIFY(agree(scores.weighted, wanted["weighted"]));
        QVERIFY(agree(scores.kappa, wanted["kappa"]));
        QVERIFY(agree(scores.mcc, wanted["mcc"]));
        const auto classes = classScores(confusion, {});
        for (std::size_t label = 0; label < classes.size(); ++label) {
            QVERIFY(agree(classes[label].precision, wanted["precision"][int(label)]));
            QVERIFY(agree(classes[label].recall, wanted["recall"][int(label)]));
            QVERIFY(agree(classes[label].f1, wanted["f1"][int(label)]));
            QCOMPARE(classes[label].support, wanted["support"][int(label)].toInteger());
        }
    }

    void probabilitiesAreScored_data() { addRows("classification"); }
    void probabilitiesAreScored()
    {
        QFETCH(QJsonObject, wanted);
        const SampleScores scores = scoresOf(wanted);
        QCOMPARE(scores.topAccuracy(1), wanted["accuracy"].toDouble());
        const QJsonArray top = wanted["top"].toArray();
        for (int k = 0; k < top.size(); ++k)
            QVERIFY(agree(scores.topAccuracy(k + 2), top[k]));
        const ProbabilityScores found = probabilityScores(scores);
        QVERIFY2(agree(found.logLoss, wanted["log_loss"], 2e-6), qPrintable(QString::number(found.logLoss, 'g', 10))); // 32 bits there
        if (wanted.contains("macro_auc"))
            QVERIFY(agree(found.macroAuc, wanted["macro_auc"]));
        for (int label = 0; label < scores.classes(); ++label) {
            QVERIFY(agree(found.classes[std::size_t(label)].auc, wanted["rates"][label]["auc"]));
            QVERIFY(agree(found.classes[std::size_t(label)].averagePrecision, wanted["rates"][label]["average_precision"]));
        }
    }

    void curvesGoThroughTheSamePoints_data() { addRows("classification"); }
    void curvesGoThroughTheSamePoints()
    {
        QFETCH(QJsonObject, wanted);
        const SampleScores scores = scoresOf(wanted);
        for (int label = 0; label < scores.classes(); ++label) {
            const QJsonValue rates = wanted["rates"][label];
            for (const auto &[curve, name] : {std::pair{rocCurve(scores.scoredFor(label)), "roc"}, {precisionRecallCurve(scores.scoredFor(label)), "pr"}}) {
                QCOMPARE(curve.defined(), rates[QLatin1String(name)].isArray());
                std::vector<double> x, y;
                for (const RatePoint &point : curve.points) {
                    x.push_back(point.x);
                    y.push_back(point.y);
                }
                QVERIFY(!curve.defined() || agree(x, rates[QLatin1String(name)][0]));
                QVERIFY(!curve.defined() || agree(y, rates[QLatin1String(name)][1]));
            }
        }
    }

    void calibrationIsJudged_data() { addRows("classification"); }
    void calibrationIsJudged()
    {
        QFETCH(QJsonObject, wanted);
        const Calibration calibration = calibrationOf(scoresOf(wanted).confidences());
        const QJsonValue expected = wanted["calibration"];
        QVERIFY(agree(calibration.error, expected["error"], 1e-7));
        std::vector<double> accuracies, confidences, counts;
        for (const CalibrationBin &bin : calibration.bins) {
            counts.push_back(double(bin.count));
            if (bin.count > 0)
                accuracies.push_back(bin.accuracy);
        }
        QVERIFY(agree(counts, expected["counts"]));
        QVERIFY(agree(accuracies, expected["accuracy"]));
    }

    void thresholdMovesTheMatrix()
    {
        int judged = 0;
        for (const QJsonValue &wanted : m_cases["classification"].toArray()) {
            const SampleScores scores = scoresOf(wanted.toObject());
            for (const QJsonValue &step : wanted["at_threshold"].toArray()) {
                QCOMPARE(scores.guessedAt(float(step[0].toDouble())).confusion(), matrixOf(2, step[1]));
                ++judged;
            }
        }
        QVERIFY(judged > 4);
    }

    void manyScoresAreKeptInTwoBytesWithHardlyALoss()
    {
        const QJsonObject wanted = m_cases["classification"].toArray()[0].toObject();
        const SampleScores exact = scoresOf(wanted), compact = scoresOf(wanted, 0);
        QCOMPARE(compact.confusion(), exact.confusion());
        for (std::size_t row = 0; row < exact.samples().size(); ++row) {
            for (std::int64_t label = 0; label < exact.classes(); ++label) {
                const double kept = compact.probability(row, label), was = exact.probability(row, label);
                QVERIFY2(std::abs(kept - was) <= 1e-3 * std::min(was, 1 - was) + 1e-7, qPrintable(QString("%1 became %2").arg(was).arg(kept)));
            }
        }
        const ProbabilityScores a = probabilityScores(exact), b = probabilityScores(compact);
        QVERIFY(std::abs(a.macroAuc - b.macroAuc) < 1e-3);
        QCOMPARE(b.logLoss, a.logLoss);
    }

    void numbersAreScored_data() { addRows("numbers"); }
    void numbersAreScored()
    {
        QFETCH(QJsonObject, wanted);
        const auto truth = numbersOf(wanted["truth"]), predicted = numbersOf(wanted["predicted"]);
        std::vector<Estimate> estimates;
        for (std::size_t at = 0; at < truth.size(); ++at)
            estimates.push_back({truth[at], predicted[at]});
        const NumberScores scores = numberScores(estimates);
        QVERIFY(agree(scores.r2, wanted["r2"], 1e-6));
        QVERIFY(agree(scores.mae, wanted["mae"]));
        QVERIFY(agree(scores.rmse, wanted["rmse"]));
    }

    void severalLabelsAreScored_data() { addRows("labels"); }
    void severalLabelsAreScored()
    {
        QFETCH(QJsonObject, wanted);
        const LabelAnswers answers = labelAnswersOf(wanted);
        for (const QJsonValue &at : wanted["at"].toArray()) {
            const LabelTally tally = answers.tally(at["threshold"].toDouble());
            const LabelScores scores = labelScores(tally);
            QVERIFY(agree(scores.exactMatch, at["exact_match"]));
            QVERIFY(agree(scores.hammingLoss, at["hamming_loss"]));
            QVERIFY(agree(scores.macro, at["macro"]));
            QVERIFY(agree(scores.micro, at["micro"]));
            QVERIFY(agree(scores.weighted, at["weighted"]));
            const auto labels = scoresByLabel(tally, {});
            for (std::size_t label = 0; label < labels.size(); ++label) {
                const LabelCounts &counts = tally.labels[label];
                QVERIFY(agree(std::vector{double(counts.hits), double(counts.falseAlarms), double(counts.misses), double(counts.rest)}, at["counts"][int(label)]));
                QVERIFY(agree(labels[label].precision, at["precision"][int(label)]));
                QVERIFY(agree(labels[label].recall, at["recall"][int(label)]));
                QVERIFY(agree(labels[label].f1, at["f1"][int(label)]));
                QCOMPARE(labels[label].support, at["support"][int(label)].toInteger());
            }
        }
        const LabelProbabilityScores found = probabilityScores(answers);
        for (int label = 0; label < answers.labelCount(); ++label) {
            QVERIFY(agree(found.labels[std::size_t(label)].auc, wanted["rates"][label]["auc"]));
            QVERIFY(agree(found.labels[std::size_t(label)].averagePrecision, wanted["rates"][label]["average_precision"]));
        }
        if (wanted.contains("macro_auc")) {
            QVERIFY(agree(found.macroAuc, wanted["macro_auc"]));
            QVERIFY(agree(found.macroAveragePrecision, wanted["macro_average_precision"]));
        }
    }

    void surestWrongLabelTellsHowBadAMistakeIs()
    {
        LabelAnswers answers(3);
        answers.add(7, std::vector{1.0f, 0.0f, 0.0f}, std::vector{0.1f, 0.75f, 0.25f});
        QCOMPARE(answers.mistake(0).wrong, 2);
        QCOMPARE(answers.mistake(0).confidence, 0.9f); // that the first isn't there
        QCOMPARE(answers.mistake(0, 0.05).wrong, 2);   // the second and the third
        QCOMPARE(answers.mistake(0, 0.05).confidence, 0.75f);
    }

    void likeClassesComeTogether_data() { addRows("orders"); }
    void likeClassesComeTogether()
    {
        QFETCH(QJsonObject, wanted);
        const auto order = numbersOf(wanted["order"]);
        const auto found = similarityOrder(matrixOf(std::int64_t(order.size()), wanted["confusion"]));
        QVERIFY(agree(std::vector<double>(found.begin(), found.end()), wanted["order"]));
    }

    void nothingIsScoredWithoutSamples()
    {
        QCOMPARE(classificationScores(ConfusionMatrix(3)).accuracy, 0.0);
        const ProbabilityScores scores = probabilityScores(SampleScores(3));
        QVERIFY(std::isnan(scores.macroAuc) && std::isnan(scores.classes[0].auc));
        QCOMPARE(scores.calibration.error, 0.0);
        QCOMPARE(numberScores({}), NumberScores());
        QVERIFY(similarityOrder(ConfusionMatrix(0)).empty());
    }

    void longCurvesAreThinnedForDrawing()
    {
        std::vector<ScoredTruth> scored;
        for (int at = 0; at < 5000; ++at)
            scored.push_back({float(at) / 5000, at % 3 == 0});
        const RateCurve curve = rocCurve(scored);
        const auto drawn = curve.thinned(200);
        QVERIFY(drawn.size() <= 200 && drawn.size() > 150);
        for (std::size_t at = 1; at < drawn.size(); ++at)
            QVERIFY(drawn[at].x - drawn[at - 1].x + drawn[at].y - drawn[at - 1].y < 0.03);
        QCOMPARE(drawn.front().x, 0.0);
        QCOMPARE(drawn.back().y, 1.0);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
