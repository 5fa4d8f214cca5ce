// SPDX-License-Identifier: GPL-3.0-or-later
// Networks that learn a number, and classes that are mixed.
#include "graph/recipe.h"
#include "support/event_log.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"
#include "train/number_meter.h"
#include "train/trainer.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace netloom;
using namespace netloom::test;

namespace {

bool near(double a, double b, double share = 1e-9)
{
    return std::abs(a - b) <= share * std::max(1.0, std::abs(b));
}

double priceOf(const std::vector<float> &values)
{
    return 200'000 + 30'000 * values[0] - 45'000 * values[1] + 5'000 * values[2] + 1'000 * values[3];
}

} // namespace

class NumbersTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const NumberScale m_scale{200'000, 55'000};

    SourceFacts facts() const
    {
        SourceFacts facts = tensorFacts(1, 2, 0);
        facts.learnsNumber = true;
        facts.targetName = "price";
        facts.targetMean = m_scale.mean;
        facts.targetDeviation = m_scale.deviation;
        facts.counts["train"] = {300};
        return facts;
    }

    std::shared_ptr<TensorBatches> prices() const
    {
        auto batches = std::make_shared<TensorBatches>(Shape{1, 2, 2}, std::vector<std::string>());
        std::mt19937 random(5);
        for (const auto &[split, count] : {std::pair(Split::Train, 300), std::pair(Split::Val, 60), std::pair(Split::Test, 60)}) {
            for (int sample = 0; sample < count; ++sample) {
                std::vector<float> values(4);
                std::ranges::generate(values, [&] { return float(random()) / 2147483648.0f - 1; });
                batches->addNumber(split, values, float(m_scale.scaled(priceOf(values))));
            }
        }
        return batches;
    }

    Graph linear() const
    {
        ChainBuilder chain(m_registry);
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("MSELoss");
    }

    std::string train(std::shared_ptr<BatchSource> data, EventLog &log) const
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", std::int64_t{15});
        recipe.set("batch_size", std::int64_t{16});
        recipe.set("lr", 0.05);
        recipe.set("device", std::string("cpu"));
        recipe.set("threads", std::int64_t{1});
        Trainer trainer(m_registry, {linear(), recipe, facts()}, std::move(data), std::ref(log));
        trainer.start();
        trainer.wait();
        return trainer.weights();
    }

private slots:
    void scoresAgreeWithThoseByHand_data()
    {
        QTest::addColumn<std::vector<Estimate>>("estimates");
        QTest::addColumn<double>("r2");
        QTest::addColumn<double>("mae");
        QTest::addColumn<double>("rmse");
        // The example of scikit-learn's r2_score, mean_absolute_error and root_mean_squared_error.
        QTest::newRow("scikit-learn's") << std::vector<Estimate>{{3, 2.5}, {-0.5, 0}, {2, 2}, {7, 8}} << 1 - 1.5 / 29.1875 << 0.5 << std::sqrt(0.375);
        QTest::newRow("far from 0") << std::vector<Estimate>{{1e9 + 1, 1e9 + 1}, {1e9 + 2, 1e9 + 3}, {1e9 + 3, 1e9 + 3}} << 0.5 << 1.0 / 3 << std::sqrt(1.0 / 3);
        QTest::newRow("worse than the mean") << std::vector<Estimate>{{1, 3}, {2, 2}, {3, 1}} << -3.0 << 4.0 / 3 << std::sqrt(8.0 / 3);
        QTest::newRow("all the same, right") << std::vector<Estimate>{{2, 2}, {2, 2}} << 1.0 << 0.0 << 0.0;
        QTest::newRow("all the same, wrong") << std::vector<Estimate>{{2, 3}, {2, 1}} << 0.0 << 1.0 << 1.0;
        QTest::newRow("one alone") << std::vector<Estimate>{{2, 3}} << qQNaN() << 1.0 << 1.0;
    }
    void scoresAgreeWithThoseByHand()
    {
        QFETCH(std::vector<Estimate>, estimates);
        QFETCH(double, r2);
        QFETCH(double, mae);
        QFETCH(double, rmse);
        for (const NumberScale scale : {NumberScale{0, 1}, NumberScale{10, 4}}) {
            NumberMeter meter(scale);
            for (std::size_t sample = 0; sample < estimates.size(); ++sample)
                meter.add(std::int64_t(sample), scale.scaled(estimates[sample].truth), scale.scaled(estimates[sample].predicted));
            QVERIFY(std::isnan(r2) ? std::isnan(meter.scores().r2) : near(meter.scores().r2, r2, 1e-6));
            QVERIFY(near(meter.scores().mae, mae, 1e-6));
            QVERIFY(near(meter.scores().rmse, rmse, 1e-6));
        }
    }

    void sameSamplesAreShownWhateverTheirOrder()
    {
        std::vector<std::int64_t> order(3000);
        std::ranges::generate(order, [next = std::int64_t{0}]() mutable { return next++; });
        std::mt19937 random(1);
        std::vector<Estimate> shown;
        for (int pass = 0; pass < 3; ++pass) {
            NumberMeter meter(m_scale);
            for (const std::int64_t sample : order)
                meter.add(sample, double(sample), double(sample) + 1);
            QCOMPARE(meter.estimates().size(), kMostEstimates);
            QVERIFY(pass == 0 || meter.estimates() == shown);
            shown = meter.estimates();
            std::ranges::shuffle(order, random);
        }
        QVERIFY(std::ranges::is_sorted(shown, {}, &Estimate::truth));
        const double middle = m_scale.number(1500);
        QVERIFY(std::abs(double(std::ranges::count_if(shown, [&](const Estimate &one) { return one.truth < middle; })) - 250) < 60);
        QVERIFY(near(shown.front().predicted - shown.front().truth, m_scale.deviation));
    }

    void numbersComeBackAsTheyWereWritten()
    {
        for (const double number : {27.1, -0.3, 50.0})
            QCOMPARE(ownNumber({22.40375722543352, 8.97094944028421}, float(NumberScale{22.40375722543352, 8.97094944028421}.scaled(number))), number);
    }

    void aLinearFunctionIsLearned()
    {
        EventLog log;
        const std::string weights = train(prices(), log);
        const auto finished = log.of<TrainFinished>();
        QCOMPARE(finished.size(), std::size_t(1));
        QVERIFY(finished.front().test->numbers->r2 > 0.99);
        QVERIFY(finished.front().test->numbers->mae < 3'000);
        QVERIFY(finished.front().test->numbers->rmse >= finished.front().test->numbers->mae);
        QCOMPARE(finished.front().confusion.classes, 0);
        QCOMPARE(finished.front().estimates.size(), std::size_t(60));
        QCOMPARE(log.of<TrainStarted>().front().number, std::optional<std::string>("price"));
        const auto epochs = log.of<EpochDone>();
        const auto best = std::ranges::min_element(epochs, {}, [](const EpochDone &epoch) { return epoch.val->loss; });
        QCOMPARE(finished.front().bestEpoch, best->epoch);
        QVERIFY(epochs.front().val->numbers->r2 < best->val->numbers->r2);
        QCOMPARE(epochs.front().estimates.front().truth, epochs.back().estimates.front().truth);
        QVERIFY(log.of<BatchDone>().back().numbers.has_value());

        const auto predictor = Predictor::load(m_registry, linear(), facts(), weights, "cpu");
        QVERIFY2(predictor.ok(), predictor ? "" : predictor.error().text.c_str());
        const Batch batch{.count = 2, .values = {0.5f, -0.5f, 0, 0, -1, 1, 1, 1}, .targets = {0, 0}};
        const auto numbers = (*predictor)->numbers(batch, Shape{1, 2, 2});
        QVERIFY(numbers.ok());
        QVERIFY(std::abs(numbers->at(0) - 237'500) < 5'000);
        QVERIFY(std::abs(numbers->at(1) - 131'000) < 5'000);
        const auto evaluated = (*predictor)->evaluate(*prices(), Split::Test, 64);
        QVERIFY(evaluated.ok());
        QVERIFY(near(evaluated->result.numbers->r2, finished.front().test->numbers->r2, 1e-6));
        QCOMPARE(evaluated->estimates.size(), std::size_t(60));
    }

    void dataWithoutTheNumberFailsWithASentence()
    {
        EventLog log;
        auto batches = std::make_shared<TensorBatches>(Shape{1, 2, 2}, std::vector<std::string>());
        batches->add(Split::Train, {1, 2, 3, 4}, 0);
        train(batches, log);
        QCOMPARE(log.of<TrainFailed>().size(), std::size_t(1));
        QVERIFY(log.of<TrainFailed>().front().text.find("no number to learn") != std::string::npos);
    }

    void mixedClassesPullTowardsTheirShares_data()
    {
        QTest::addColumn<QString>("loss");
        QTest::addColumn<std::vector<double>>("scores");
        QTest::addColumn<double>("expected"); // of a sample that is three parts the second class and one part the first
        const double ln = std::log(1 + std::exp(-2.0)); // of the class that is 2 ahead
        QTest::newRow("cross-entropy") << "CrossEntropyLoss" << std::vector<double>{1, 3} << 0.75 * ln + 0.25 * (ln + 2);
        QTest::newRow("binary cross-entropy") << "BCEWithLogitsLoss" << std::vector<double>{2} << 0.75 * ln + 0.25 * (ln + 2);
        QTest::newRow("squares") << "MSELoss" << std::vector<double>{0.5, 0.5} << 0.0625;
        QTest::newRow("square of one number") << "MSELoss" << std::vector<double>{0.5} << 0.0625;
    }
    void mixedClassesPullTowardsTheirShares()
    {
        QFETCH(QString, loss);
        QFETCH(std::vector<double>, scores);
        QFETCH(double, expected);
        const NodeSpec &spec = *m_registry.find(loss.toStdString());
        const double mixed = lossOf(spec, scores, {0.25, 0.75});
        QVERIFY2(near(mixed, expected, 1e-6), qPrintable(QString::number(mixed)));
        QVERIFY(near(lossOf(spec, scores, {0, 1}), lossOfLabel(spec, scores, 1), 1e-6));
    }
};

QTEST_GUILESS_MAIN(NumbersTest)
#include "tst_numbers.moc"
