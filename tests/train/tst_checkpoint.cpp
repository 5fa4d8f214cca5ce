// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/event_log.h"
#include "support/hooked_batches.h"
#include "support/tensor_source.h"
#include "train/trainer.h"

#include <QSemaphore>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <set>

using namespace netloom;
using namespace netloom::test;

namespace {

constexpr double kAfterEveryBatch = 1e-9; // minutes

} // namespace

/// What is taken up again from a checkpoint ends as if it had never been cut off.
class CheckpointTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 8, 3);

    static Params recipe(const std::string &optimizer = "Adam")
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", std::int64_t{3});
        recipe.set("batch_size", std::int64_t{16});
        recipe.set("lr", 0.005);
        recipe.set("optimizer", optimizer);
        recipe.set("device", std::string("cpu"));
        recipe.set("threads", std::int64_t{1});
        recipe.set("checkpoint_minutes", kAfterEveryBatch);
        return recipe;
    }

    /// Checkpoints as they came. Batches wait for them, so that there are many.
    struct Kept {
        std::vector<std::string> checkpoints;
        QSemaphore written;
        TrainerOptions options()
        {
            TrainerOptions options;
            options.history = [] { return std::string("until here"); };
            options.keepCheckpoint = [this](const std::string &bytes) {
                checkpoints.push_back(bytes);
                written.release();
                return Result<Done>(Done{});
            };
            return options;
        }
    };

    /// The checkpoint with @p batch as the next batch of its epoch.
    static std::string atBatch(std::string checkpoint, std::int64_t batch)
    {
        std::uint64_t header = 0;
        std::memcpy(&header, checkpoint.data(), sizeof header);
        constexpr std::string_view kOffsets = "\"data_offsets\":[";
        const auto offsets = checkpoint.find(kOffsets, checkpoint.find("\"loop/position\"")) + kOffsets.size();
        const std::size_t epoch = sizeof header + header + std::stoull(checkpoint.substr(offsets, 20));
        std::memcpy(checkpoint.data() + epoch + sizeof batch, &batch, sizeof batch);
        return checkpoint;
    }

    std::string train(const Graph &graph, const Params &recipe, const TrainerOptions &options, EventLog &log, QSemaphore *written = nullptr) const
    {
        auto batches = std::make_shared<HookedBatches>(waveBatches(m_facts, 90, 32, 32));
        if (written)
            batches->onBatch = [written](std::int64_t, std::int64_t, Split, Batch &) { written->tryAcquire(1, 20); };
        Trainer trainer(m_registry, {graph, recipe, m_facts}, batches, std::ref(log), options);
        trainer.start();
        trainer.wait();
        return trainer.weights();
    }

    static std::string failureOf(const EventLog &log)
    {
        const auto failures = log.of<TrainFailed>();
        return failures.empty() ? std::string() : failures.front().text;
    }

private slots:
    void everyCheckpointLeadsToTheSameEnd_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<QString>("settings");
        QTest::newRow("dropout, Adam") << "mlp" << "Adam" << "";
        QTest::newRow("batch norm, SGD with momentum") << "cnn" << "SGD" << "";
        QTest::newRow("an average, early stopping, gathered gradients, one cycle")
            << "cnn" << "AdamW" << "averaging=EMA early_stopping=true patience=1 accumulation_steps=4 schedule=OneCycleLR";
        QTest::newRow("the mean of the last epochs, a plateau") << "cnn" << "RMSprop" << "averaging=SWA swa_start=0.3 schedule=ReduceLROnPlateau lr_patience=0 threshold=0.5";
        QTest::newRow("LBFGS, which looks several times") << "mlp" << "LBFGS" << "max_iter=3";
    }
    void everyCheckpointLeadsToTheSameEnd()
    {
        QFETCH(const QString, network);
        QFETCH(const QString, optimizer);
        QFETCH(const QString, settings);
        const Graph graph = network == "mlp" ? smallMlp(m_registry) : smallCnn(m_registry);
        Params recipe = CheckpointTest::recipe(optimizer.toStdString());
        for (const QString &setting : settings.split(' ', Qt::SkipEmptyParts))
            recipe.set(setting.section('=', 0, 0).toStdString(), *parseParam(*findRecipeDecl(setting.section('=', 0, 0).toStdString()), setting.section('=', 1).toStdString()));
        Kept kept;
        EventLog whole;
        const std::string weights = train(graph, recipe, kept.options(), whole, &kept.written);
        QVERIFY2(failureOf(whole).empty(), failureOf(whole).c_str());
        QVERIFY2(kept.checkpoints.size() >= 6, QByteArray::number(qsizetype(kept.checkpoints.size())));
        std::set<std::int64_t> batches;
        for (const std::string &checkpoint : kept.checkpoints) {
            const auto facts = readCheckpointFacts(checkpoint);
            QVERIFY2(facts.ok(), facts.ok() ? "" : facts.error().text.c_str());
            QCOMPARE(facts->history, std::string("until here"));
            batches.insert(facts->batch);
            EventLog rest;
            TrainerOptions options;
            options.checkpoint = checkpoint;
            const std::string again = train(graph, recipe, options, rest);
            QVERIFY2(failureOf(rest).empty(), failureOf(rest).c_str());
            QVERIFY(again == weights);
            const auto resumed = rest.of<TrainResumed>();
            QCOMPARE(resumed.size(), std::size_t(1));
            QCOMPARE(resumed.front().batch, facts->batch);
            const std::vector<double> numbers = rest.numbers(), all = whole.numbers();
            QVERIFY(numbers.size() <= all.size());
            QVERIFY(std::equal(numbers.begin(), numbers.end(), all.end() - std::ptrdiff_t(numbers.size())));
            QCOMPARE(rest.of<TrainFinished>().front().bestEpoch, whole.of<TrainFinished>().front().bestEpoch);
            QCOMPARE(rest.of<TrainFinished>().front().test->loss, whole.of<TrainFinished>().front().test->loss);
        }
        QVERIFY(batches.size() > 2); // also in the middle of epochs
    }

    void stopsAfterAnEpochAndGoesOn()
    {
        EventLog whole, first, second;
        const Graph graph = smallMlp(m_registry);
        const std::string weights = train(graph, recipe(), {}, whole);
        Kept kept;
        TrainerOptions options = kept.options();
        options.stopAfterEpoch = 1;
        train(graph, recipe(), options, first);
        QCOMPARE(first.of<EpochDone>().size(), std::size_t(1));
        QVERIFY(first.of<TrainFinished>().front().stopped);
        options = {};
        options.checkpoint = kept.checkpoints.back();
        QVERIFY(train(graph, recipe(), options, second) == weights);
        QCOMPARE(second.of<EpochDone>().size(), std::size_t(2));
    }

    void aDamagedCheckpointIsTold()
    {
        Kept kept;
        EventLog log;
        train(smallMlp(m_registry), recipe(), kept.options(), log, &kept.written);
        const std::string good = kept.checkpoints.back();
        QCOMPARE(readCheckpointFacts(atBatch(good, 7))->batch, std::int64_t(7));
        std::string broken = good;
        broken.replace(broken.find("loop/position"), 13, "loop/pasition");
        for (const std::string &bytes : {good.substr(0, good.size() / 2), std::string("none"), broken, atBatch(good, -1), atBatch(good, INT64_MAX / 8)}) {
            EventLog failed;
            TrainerOptions options;
            options.checkpoint = bytes;
            train(smallMlp(m_registry), recipe(), options, failed);
            QVERIFY2(!failureOf(failed).empty(), "no failure");
            QVERIFY(!readCheckpointFacts(bytes).ok());
        }
        EventLog other; // a checkpoint of another network
        TrainerOptions options;
        options.checkpoint = good;
        train(smallCnn(m_registry), recipe(), options, other);
        QVERIFY(failureOf(other).find("another network") != std::string::npos);
    }

    void whatIsNotFiniteIsNotKept()
    {
        Kept kept;
        EventLog log;
        Params wild = recipe("SGD");
        wild.set("lr", 1000.0);
        wild.set("epochs", std::int64_t{50});
        train(smallMlp(m_registry), wild, kept.options(), log, &kept.written);
        QVERIFY2(failureOf(log).find("Lower lr") != std::string::npos, failureOf(log).c_str());
        QVERIFY(!kept.checkpoints.empty());
        EventLog rest;
        TrainerOptions options;
        options.checkpoint = kept.checkpoints.back();
        options.lr = 0.001;
        Params tame = wild;
        tame.set("epochs", readCheckpointFacts(kept.checkpoints.back())->epoch + 1);
        const std::string weights = train(smallMlp(m_registry), tame, options, rest);
        QVERIFY(!weights.empty());
    }

    void unwrittenCheckpointFailsOrPauses()
    {
        TrainerOptions options;
        int tries = 0;
        QSemaphore written;
        options.keepCheckpoint = [&](const std::string &) {
            written.release();
            return ++tries == 2 ? Result<Done>(Error{"the disk is full"}) : Result<Done>(Done{});
        };
        EventLog failed;
        train(smallMlp(m_registry), recipe(), options, failed, &written);
        QCOMPARE(failureOf(failed), std::string("the disk is full."));

        tries = 0;
        options.pausesOnTrouble = true;
        EventLog paused;
        auto batches = std::make_shared<HookedBatches>(waveBatches(m_facts, 90, 32, 32));
        batches->onBatch = [&](std::int64_t, std::int64_t, Split, Batch &) { written.tryAcquire(1, 20); };
        Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, batches, std::ref(paused), options);
        paused.onEvent = [&trainer](int, const TrainEvent &event) {
            if (const auto *pause = std::get_if<TrainPaused>(&event); pause && pause->paused)
                trainer.resume();
        };
        trainer.start();
        trainer.wait();
        QVERIFY(failureOf(paused).empty());
        QCOMPARE(paused.of<TrainPaused>().front().reason, std::string("the disk is full"));
        QVERIFY(tries > 2);
    }

    void trainsOneBatchThenOneEpochAndPauses()
    {
        EventLog log;
        auto batches = std::make_shared<HookedBatches>(waveBatches(m_facts, 90, 32, 32));
        Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, batches, std::ref(log));
        std::vector<std::pair<std::size_t, std::int64_t>> pauses; // epochs done, batches seen
        std::int64_t seen = 0;
        batches->onBatch = [&seen](std::int64_t, std::int64_t, Split split, Batch &) { seen += split == Split::Train; };
        log.onEvent = [&](int, const TrainEvent &event) {
            const auto *pause = std::get_if<TrainPaused>(&event);
            if (!pause || !pause->paused)
                return;
            pauses.emplace_back(log.of<EpochDone>().size(), seen);
            trainer.resume(pauses.size() == 1 ? Stretch::Batch : pauses.size() == 2 ? Stretch::Epoch : Stretch::ToTheEnd);
        };
        trainer.resume(Stretch::Batch);
        trainer.start();
        trainer.wait();
        QCOMPARE(pauses, (std::vector<std::pair<std::size_t, std::int64_t>>{{0, 1}, {0, 2}, {1, 6}}));
        QVERIFY(!log.of<TrainFinished>().front().stopped);
    }

    void learningRateIsChangedWhileItTrains()
    {
        EventLog log;
        auto batches = std::make_shared<HookedBatches>(waveBatches(m_facts, 90, 32, 32));
        Trainer trainer(m_registry, {smallMlp(m_registry), recipe(), m_facts}, batches, std::ref(log));
        batches->onBatch = [&](std::int64_t number, std::int64_t, Split, Batch &) {
            if (number == 3)
                trainer.setLr(0.0);
        };
        trainer.start();
        trainer.wait();
        QCOMPARE(log.of<LearningRateChanged>(), (std::vector<LearningRateChanged>{{0.0, 1, 3}}));
        const auto epochs = log.of<EpochDone>();
        QCOMPARE(epochs[0].lr, 0.0);
        QCOMPARE(epochs[1].val->loss, epochs[0].val->loss); // nothing moves any more
    }
};

QTEST_GUILESS_MAIN(CheckpointTest)
#include "tst_checkpoint.moc"
