// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/event_log.h"
#include "support/hooked_batches.h"
#include "support/tensor_source.h"
#include "train/trainer.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace netloom;
using namespace netloom::test;

class TrainerTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 8, 3);

    static Params recipe(std::int64_t epochs = 3)
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", epochs);
        recipe.set("batch_size", std::int64_t{16});
        recipe.set("lr", 0.005);
        recipe.set("device", std::string("cpu"));
        recipe.set("threads", std::int64_t{1});
        return recipe;
    }

    std::shared_ptr<TensorBatches> batches() const { return waveBatches(m_facts, 96, 32, 32); }
    std::shared_ptr<HookedBatches> hooked() const { return std::make_shared<HookedBatches>(batches()); }

    /// Trains to the end; the weights come back.
    std::string train(const Graph &graph, const Params &recipe, std::shared_ptr<BatchSource> data, EventLog &log) const
    {
        Trainer trainer(m_registry, {graph, recipe, m_facts}, std::move(data), std::ref(log));
        trainer.start();
        trainer.wait();
        return trainer.weights();
    }

    /// The text of the failure that is expected as the one last event.
    static std::string failureOf(const EventLog &log)
    {
        const auto failures = log.of<TrainFailed>();
        return failures.size() == 1 && std::holds_alternative<TrainFailed>(log.all().back()) ? failures.front().text : std::string();
    }

private slots:
    void eventsComeInOrder()
    {
        EventLog log;
        train(smallCnn(m_registry), recipe(2), batches(), log);
        const auto events = log.all();
        const auto *started = std::get_if<TrainStarted>(&events.front());
        QVERIFY(started);
        QCOMPARE(started->trainSamples, 96);
        QCOMPARE(started->valSamples, 32);
        QCOMPARE(started->testSamples, 32);
        QCOMPARE(started->batchesPerEpoch, 6);
        QCOMPARE(started->epochs, 2);
        QCOMPARE(started->threads, 1);
        QCOMPARE(started->device, std::string("cpu"));
        QCOMPARE(started->classNames, m_facts.classNames);
        QCOMPARE(log.of<EpochDone>().size(), std::size_t(2));
        QVERIFY(log.of<FiltersChanged>().size() >= 3);
        QCOMPARE(log.of<FiltersChanged>().front().filters.count, 8);
        QCOMPARE(log.of<FiltersChanged>().front().filters.values.size(), std::size_t(8 * 9));
        QVERIFY(log.of<FiltersChanged>().front().filters.values != log.of<FiltersChanged>().back().filters.values);
        const auto *finished = std::get_if<TrainFinished>(&events.back());
        QVERIFY(finished);
        QVERIFY(!finished->stopped);
        QCOMPARE(finished->test->samples, 32);
    }

    void everyPassEndsWithAReportOfItsLastBatch()
    {
        EventLog log;
        train(smallMlp(m_registry), recipe(1), batches(), log);
        std::map<Split, BatchDone> last;
        for (const BatchDone &batch : log.of<BatchDone>())
            last[batch.split] = batch;
        QCOMPARE(last.size(), std::size_t(3));
        QCOMPARE(last[Split::Train].batch, 6);
        QCOMPARE(last[Split::Train].batches, 6);
        QCOMPARE(last[Split::Train].loss, log.of<EpochDone>().front().train.loss);
        QCOMPARE(last[Split::Val].batch, 2);
        QCOMPARE(last[Split::Test].secondsLeft, 0.0);
        QVERIFY(last[Split::Train].secondsLeft > 0);
    }

    void sameSeedGivesSameLosses()
    {
        EventLog once, again, other;
        const auto weights = train(smallCnn(m_registry), recipe(), batches(), once);
        QCOMPARE(train(smallCnn(m_registry), recipe(), batches(), again), weights);
        QCOMPARE(again.numbers(), once.numbers());
        Params changed = recipe();
        changed.set("seed", std::int64_t{2});
        QVERIFY(train(smallCnn(m_registry), changed, batches(), other) != weights);
        QVERIFY(other.numbers() != once.numbers());
    }

    void otherNetworksInTheProcessChangeNothing()
    {
        EventLog plain, log;
        const std::string weights = train(smallMlp(m_registry), recipe(), batches(), plain); // with dropout
        const auto data = hooked();
        data->onBatch = [&](std::int64_t number, std::int64_t, Split, Batch &) {
            if (number % 3 == 0)
                QVERIFY(Predictor::load(m_registry, smallMlp(m_registry), m_facts, weights, "cpu").ok());
        };
        QCOMPARE(train(smallMlp(m_registry), recipe(), data, log), weights);
    }

    void lossFallsWithEveryOptimizer_data()
    {
        QTest::addColumn<std::string>("optimizer");
        QTest::addColumn<double>("lr");
        QTest::newRow("SGD") << std::string("SGD") << 0.02;
        QTest::newRow("Adam") << std::string("Adam") << 0.005;
        QTest::newRow("AdamW") << std::string("AdamW") << 0.005;
    }

    void lossFallsWithEveryOptimizer()
    {
        QFETCH(std::string, optimizer);
        QFETCH(double, lr);
        Params changed = recipe(6);
        changed.set("optimizer", optimizer);
        changed.set("lr", lr);
        EventLog log;
        train(smallCnn(m_registry), changed, batches(), log);
        const auto epochs = log.of<EpochDone>();
        QCOMPARE(epochs.size(), std::size_t(6));
        QVERIFY(epochs.back().train.loss < 0.5 * epochs.front().train.loss);
        QVERIFY(log.of<TrainFinished>().front().test->accuracy > 0.9);
    }

    void stopFromTheSinkEndsTheTraining_data()
    {
        QTest::addColumn<int>("afterEvent");
        for (int event = 1; event <= 18; ++event)
            QTest::addRow("after event %d", event) << event;
    }

    void stopFromTheSinkEndsTheTraining()
    {
        QFETCH(int, afterEvent);
        EventLog log;
        Trainer trainer(m_registry, {smallCnn(m_registry), recipe(), m_facts}, batches(), std::ref(log));
        log.onEvent = [&](int number, const TrainEvent &) {
            if (number == afterEvent)
                trainer.stop();
        };
        trainer.start();
        trainer.wait();
        QVERIFY(!trainer.running());
        QCOMPARE(log.of<TrainFinished>().size(), std::size_t(1));
        const auto events = log.all();
        const auto &finished = std::get<TrainFinished>(events.back());
        QVERIFY(finished.stopped != finished.test.has_value());
        if (finished.stopped)
            QVERIFY(int(events.size()) <= afterEvent + 3); // an epoch that was just done, its filters, and the end
        QCOMPARE(finished.bestEpoch > 0, !log.of<EpochDone>().empty());
        QVERIFY(Predictor::load(m_registry, smallCnn(m_registry), m_facts, trainer.weights(), "cpu").ok());
    }

    void stopInsideAPassTakesEffectAtOnce_data()
    {
        QTest::addColumn<int>("atBatch");
        for (int batch = 1; batch <= 26; batch += 5) // training, validation and test passes
            QTest::addRow("at batch %d", batch) << batch;
    }

    void stopInsideAPassTakesEffectAtOnce()
    {
        QFETCH(int, atBatch);
        EventLog log;
        const auto data = hooked();
        Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, data, std::ref(log));
        std::int64_t batchesSeen = 0;
        data->onBatch = [&](std::int64_t number, std::int64_t, Split, Batch &) {
            batchesSeen = number;
            if (number == atBatch)
                trainer.stop();
        };
        trainer.start();
        trainer.wait();
        QCOMPARE(batchesSeen, std::int64_t(atBatch));
        QVERIFY(log.of<TrainFinished>().front().stopped);
        QCOMPARE(log.of<TrainFinished>().front().bestEpoch > 0, !log.of<EpochDone>().empty());
        QVERIFY(!trainer.weights().empty());
    }

    void stopBeforeTheStartAndTwiceIsHarmless()
    {
        EventLog log;
        Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, batches(), std::ref(log));
        trainer.stop();
        trainer.start();
        trainer.start();
        trainer.stop();
        trainer.wait();
        trainer.wait();
        QVERIFY(log.of<TrainFinished>().front().stopped);
        QCOMPARE(log.of<BatchDone>().size(), std::size_t(0));
        QVERIFY(!trainer.weights().empty());
    }

    void pauseHoldsAndChangesNothing_data()
    {
        QTest::addColumn<int>("atBatch");
        for (int batch : {1, 6, 7, 8, 9, 20, 26})
            QTest::addRow("at batch %d", batch) << batch;
    }

    void pauseHoldsAndChangesNothing()
    {
        QFETCH(int, atBatch);
        EventLog plain, log;
        const std::string weights = train(smallMlp(m_registry), recipe(), batches(), plain);
        const auto data = hooked();
        Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, data, std::ref(log));
        data->onBatch = [&](std::int64_t number, std::int64_t, Split, Batch &) {
            if (number == atBatch)
                trainer.pause();
        };
        trainer.start();
        QTRY_COMPARE(log.of<TrainPaused>().size(), std::size_t(1));
        QVERIFY(trainer.running());
        QVERIFY(log.of<TrainPaused>().front().paused);
        trainer.resume();
        trainer.wait();
        QCOMPARE(log.of<TrainPaused>().size(), std::size_t(2));
        QCOMPARE(log.numbers(), plain.numbers());
        QCOMPARE(trainer.weights(), weights);
    }

    void destructionEndsAPause()
    {
        EventLog log;
        {
            Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, batches(), std::ref(log));
            trainer.pause();
            trainer.start();
            QTRY_COMPARE(log.of<TrainPaused>().size(), std::size_t(1));
        }
        QVERIFY(log.of<TrainFinished>().front().stopped);
    }

    void infiniteLossStopsWithAdvice()
    {
        Params wild = recipe();
        wild.set("optimizer", std::string("SGD"));
        wild.set("lr", 1000.0);
        ChainBuilder chain(m_registry);
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", word("classes")}});
        EventLog log;
        const std::string weights = train(chain.endWith("MSELoss"), wild, batches(), log);
        const std::string text = failureOf(log);
        for (const char *part : {"no finite number", "epoch 1", "batch ", "Lower lr (now 1000)", "Normalize"})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
        QVERIFY(!weights.empty());
    }

    void infiniteLossKeepsTheLastGoodEpoch()
    {
        const auto data = hooked();
        data->onBatch = [](std::int64_t, std::int64_t epoch, Split split, Batch &batch) {
            if (epoch == 3 && split == Split::Train)
                batch.values.front() = std::numeric_limits<float>::quiet_NaN();
        };
        EventLog log, shorter;
        const std::string weights = train(smallMlp(m_registry), recipe(3), data, log);
        QVERIFY(failureOf(log).find("epoch 3, batch 1") != std::string::npos);
        QCOMPARE(weights, train(smallMlp(m_registry), recipe(2), batches(), shorter));
    }

    void bestEpochsWeightsAreKept()
    {
        const auto data = hooked();
        data->onBatch = [](std::int64_t, std::int64_t epoch, Split split, Batch &batch) {
            for (auto &label : batch.targets) // from epoch 3 on it learns nonsense
                label = epoch >= 3 && split == Split::Train ? (label + 1) % 3 : label;
        };
        EventLog log;
        const std::string weights = train(smallCnn(m_registry), recipe(5), data, log);
        const auto epochs = log.of<EpochDone>();
        QCOMPARE(log.of<TrainFinished>().front().bestEpoch, 2);
        QVERIFY(epochs[1].best && !epochs[2].best && !epochs[4].best);
        const auto predictor = Predictor::load(m_registry, smallCnn(m_registry), m_facts, weights, "cpu");
        QVERIFY(predictor.ok());
        const auto evaluated = (*predictor)->evaluate(*batches(), Split::Val, 16);
        QVERIFY(evaluated.ok());
        QCOMPARE(evaluated->result.accuracy, epochs[1].val->accuracy);
        QVERIFY(std::abs(evaluated->result.loss - epochs[1].val->loss) < 1e-6);
        QVERIFY(epochs[4].val->accuracy < epochs[1].val->accuracy);
    }

    void withoutValidationTheTrainingLossDecides()
    {
        EventLog log;
        train(smallMlp(m_registry), recipe(3), waveBatches(m_facts, 96, 0, 0), log);
        const auto epochs = log.of<EpochDone>();
        QVERIFY(!epochs.back().val);
        QCOMPARE(std::accumulate(epochs.back().confusion.counts.begin(), epochs.back().confusion.counts.end(), std::int64_t{0}), 96);
        QVERIFY(epochs.back().best);
        QVERIFY(!log.of<TrainFinished>().front().test);
    }

    void confusionCountsEverySample()
    {
        EventLog log;
        train(smallCnn(m_registry), recipe(3), batches(), log);
        const EpochDone epoch = log.of<EpochDone>().back();
        std::int64_t all = 0, right = 0;
        for (std::int64_t row = 0; row < 3; ++row) {
            for (std::int64_t column = 0; column < 3; ++column)
                all += epoch.confusion.at(row, column);
            right += epoch.confusion.at(row, row);
        }
        QCOMPARE(all, 32);
        QCOMPARE(double(right) / double(all), epoch.val->accuracy);
    }

    void lastBatchOfOneIsLeftOutWhereItCannotBeNormalized()
    {
        ChainBuilder chain(m_registry);
        chain.then("Conv2d", {{"out_channels", whole(4)}, {"kernel_size", pairOf(8)}});
        chain.then("BatchNorm2d");
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", word("classes")}});
        const Graph graph = chain.endWith("CrossEntropyLoss");
        EventLog log;
        train(graph, recipe(1), waveBatches(m_facts, 33, 1, 1), log);
        QCOMPARE(log.of<TrainFinished>().size(), std::size_t(1));
        QCOMPARE(log.of<EpochDone>().front().train.samples, 32);
        Params single = recipe(1);
        single.set("batch_size", std::int64_t{1});
        EventLog refused;
        train(graph, single, batches(), refused);
        QVERIFY(failureOf(refused).find("set batch_size to 2 or more") != std::string::npos);
    }

    void failuresOfTheDataReachPeople_data()
    {
        QTest::addColumn<std::string>("kind");
        QTest::addColumn<std::string>("text");
        QTest::newRow("throws") << std::string("throws") << std::string("the disk is gone");
        QTest::newRow("wrong label") << std::string("wrong label") << std::string("the label 7 but has only 3 classes");
        QTest::newRow("wrong size") << std::string("wrong size") << std::string("a batch that isn't N×1×8×8");
    }

    void failuresOfTheDataReachPeople()
    {
        QFETCH(std::string, kind);
        QFETCH(std::string, text);
        const auto data = hooked();
        data->onBatch = [&](std::int64_t number, std::int64_t, Split, Batch &batch) {
            if (number != 4)
                return;
            if (kind == "throws")
                throw std::runtime_error("the disk is gone");
            if (kind == "wrong label")
                batch.targets.back() = 7;
            else
                batch.values.pop_back();
        };
        EventLog log;
        train(smallMlp(m_registry), recipe(), data, log);
        QVERIFY2(failureOf(log).find(text) != std::string::npos, failureOf(log).c_str());
    }

    void graphsThatCannotTrainNameTheNode()
    {
        ChainBuilder chain(m_registry);
        const NodeId tooLarge = chain.then("Conv2d", {{"kernel_size", pairOf(9)}});
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", word("classes")}});
        EventLog log;
        train(chain.endWith("CrossEntropyLoss"), recipe(), batches(), log);
        QCOMPARE(log.all().size(), std::size_t(1));
        QCOMPARE(log.of<TrainFailed>().front().node, tooLarge);
        QVERIFY(failureOf(log).find("larger than its input 8×8") != std::string::npos);
    }

    void otherDataThanTheGraphExpectsIsRefused()
    {
        EventLog log, empty;
        train(smallMlp(m_registry), recipe(), waveBatches(tensorFacts(1, 9, 3), 8, 0, 0), log);
        QVERIFY2(failureOf(log).find("1×9×9 but the network takes N×1×8×8") != std::string::npos, failureOf(log).c_str());
        train(smallMlp(m_registry), recipe(), waveBatches(m_facts, 0, 8, 8), empty);
        QVERIFY2(failureOf(empty).find("no training samples") != std::string::npos, failureOf(empty).c_str());
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "tst_trainer.moc"
