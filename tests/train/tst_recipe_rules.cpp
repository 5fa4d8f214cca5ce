// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "graph/schedule.h"
#include "support/event_log.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"
#include "train/trainer.h"

#include <QTest>

#include <cmath>

using namespace netloom;
using namespace netloom::test;

/// What the recipe's rules do in a training; that each does the same as PyTorch's is tst_parity's.
class RecipeRulesTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    SourceFacts m_facts = tensorFacts(1, 8, 3);

    static Params with(const QString &settings)
    {
        Params recipe = Params::defaults(recipeDecls());
        for (const QString &setting : ("batch_size=16 device=cpu threads=1 epochs=4 " + settings).split(' ', Qt::SkipEmptyParts)) {
            const ParamDecl *decl = findRecipeDecl(setting.section('=', 0, 0).toStdString());
            const auto value = decl ? parseParam(*decl, setting.section('=', 1).toStdString()) : Result<ParamValue>(Error{"there is no such setting"});
            if (!value)
                qFatal("%s: %s", qPrintable(setting), value.error().text.c_str());
            recipe.set(decl->name, *value);
        }
        return recipe;
    }

    struct Trained {
        std::vector<EpochDone> epochs;
        std::vector<BatchDone> batches;
        std::optional<TrainFinished> end;
        std::string failure;
        std::string weights;
    };
    Trained train(const QString &settings, const Graph &graph) const
    {
        EventLog log;
        Trainer trainer(m_registry, {graph, with(settings), m_facts}, waveBatches(m_facts, 96, 32, 32), std::ref(log));
        trainer.start();
        trainer.wait();
        Trained trained{log.of<EpochDone>(), log.of<BatchDone>(), {}, {}, trainer.weights()};
        if (const auto ends = log.of<TrainFinished>(); !ends.empty())
            trained.end = ends.front();
        if (const auto failures = log.of<TrainFailed>(); !failures.empty())
            trained.failure = failures.front().text;
        return trained;
    }
    Trained train(const QString &settings) const { return train(settings, plainMlp()); }

    /// Without anything random.
    Graph plainMlp() const
    {
        ChainBuilder chain(m_registry);
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", whole(16)}});
        chain.then("ReLU");
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("CrossEntropyLoss");
    }

    /// A head behind the hidden layer, and another one before it.
    Graph twoHeads(double weight, bool otherIsMain) const
    {
        Graph graph = plainMlp();
        const NodeId scores = graph.addNode(*m_registry.find("Linear")), loss = graph.addNode(*m_registry.find("CrossEntropyLoss"));
        graph.setParam(scores, "out_features", word("classes"));
        graph.addLink({{graph.findByName("flatten")->id, "output"}, {scores, "input"}});
        graph.addLink({{scores, "output"}, {loss, "input"}});
        graph.addLink({{graph.findByName("source")->id, "target"}, {loss, "target"}});
        graph.setParam(loss, "loss_weight", weight);
        graph.setParam(loss, "main_head", otherIsMain);
        return graph;
    }

private slots:
    void initTestCase() { m_facts.counts["train"] = {32, 32, 32}; }

    void settingsWithoutAnEffectDontMatter()
    {
        const auto matters = [](const char *name, const QString &settings) { return findRecipeDecl(name)->matters(with(settings)); };
        QVERIFY(!matters("momentum", "optimizer=Adam"));
        QVERIFY(matters("momentum", "optimizer=SGD"));
        QVERIFY(!matters("l1_ratio", "penalty=L1"));
        QVERIFY(matters("l1_ratio", "penalty=ElasticNet"));
        QVERIFY(!matters("patience", ""));
        QVERIFY(matters("patience", "early_stopping=true"));
        QVERIFY(!matters("warmup_epochs", "schedule=OneCycleLR"));
        QVERIFY(matters("lr", "optimizer=LBFGS"));
    }

    void warmUpComesBeforeTheSchedule()
    {
        const Schedule schedule(with("lr=0.1 warmup_epochs=1 schedule=StepLR step_size=2 gamma=0.1"), 10);
        QCOMPARE(schedule.learningRate(0), 0.01);
        QCOMPARE(schedule.learningRate(9), 0.1);
        QCOMPARE(schedule.learningRate(29), 0.1);
        QCOMPARE(schedule.learningRate(30), 0.1 * 0.1);
        QCOMPARE(schedule.steps(), std::int64_t{40});
    }

    void aScheduleGoesOnAsItWasSaved()
    {
        const Params recipe = with("lr=0.1 schedule=ReduceLROnPlateau lr_patience=0 factor=0.3");
        Schedule first(recipe, 5), second(recipe, 5);
        for (const double loss : {1.0, 1.0, 0.7, 0.9})
            first.epochEnded(loss);
        first.setBase(0.05);
        QVERIFY(second.load(first.save()));
        QCOMPARE(second.learningRate(3), first.learningRate(3));
        QVERIFY(first.learningRate(3) < 0.05);
        first.epochEnded(0.8);
        second.epochEnded(0.8);
        QCOMPARE(second.learningRate(3), first.learningRate(3));
        QVERIFY(!second.load("0.1 none"));
    }

    void theLearningRateOfEveryEpochIsTold()
    {
        const Trained trained = train("schedule=ExponentialLR epoch_gamma=0.5 lr=0.01");
        QVERIFY2(trained.failure.empty(), trained.failure.c_str());
        QCOMPARE(trained.epochs.size(), std::size_t(4));
        QCOMPARE(trained.epochs[0].lr, 0.01);
        QCOMPARE(trained.epochs[3].lr, 0.01 * 0.125);
    }

    void earlyStoppingEndsWhenPatienceDoes()
    {
        const Trained trained = train("epochs=50 early_stopping=true patience=2 min_delta=1000"); // nothing is ever better
        QVERIFY2(trained.failure.empty(), trained.failure.c_str());
        QCOMPARE(trained.epochs.size(), std::size_t(4));
        QCOMPARE(trained.epochs.back().waited, std::int64_t{3});
        QVERIFY(trained.end->stoppedEarly && !trained.end->stopped);
        QVERIFY(trained.end->test.has_value());
        QCOMPARE(trained.end->bestEpoch, std::int64_t{1});
        const Trained last = train("epochs=50 early_stopping=true patience=2 min_delta=1000 restore_best=false");
        QCOMPARE(last.end->bestEpoch, std::int64_t{4});
        QVERIFY(!train("early_stopping=true patience=40").end->stoppedEarly);
    }

    void whatIsMonitoredCounts()
    {
        const auto best = [this](const char *monitor) {
            return train(QString("epochs=12 lr=0.05 early_stopping=true patience=12 monitor=%1").arg(monitor));
        };
        const Trained byLoss = best("train_loss");
        std::size_t lowest = 0;
        for (std::size_t epoch = 1; epoch < byLoss.epochs.size(); ++epoch) {
            if (byLoss.epochs[epoch].train.loss < byLoss.epochs[lowest].train.loss)
                lowest = epoch;
        }
        QCOMPARE(byLoss.end->bestEpoch, std::int64_t(lowest + 1));
        const Trained byScore = best("val_score");
        for (const EpochDone &epoch : byScore.epochs)
            QVERIFY(epoch.val->accuracy <= byScore.epochs[std::size_t(byScore.end->bestEpoch - 1)].val->accuracy);
    }

    void averagesAreValidatedAndLeaveTrainingAlone()
    {
        const Graph cnn = smallCnn(m_registry);
        const Trained plain = train("", cnn), ema = train("averaging=EMA ema_decay=0.9", cnn), swa = train("averaging=SWA swa_start=0.5", cnn);
        const Trained plainMlp = train(""), swaMlp = train("averaging=SWA swa_start=0.5"); // without norms that measure anew
        for (const Trained &averaged : {ema, swa}) {
            QVERIFY2(averaged.failure.empty(), averaged.failure.c_str());
            for (std::size_t epoch = 0; epoch < 4; ++epoch)
                QCOMPARE(averaged.epochs[epoch].train.loss, plain.epochs[epoch].train.loss);
            QVERIFY(averaged.epochs.back().val->loss != plain.epochs.back().val->loss);
        }
        QCOMPARE(ema.epochs[0].averaged, std::int64_t{6}); // one for each step
        QCOMPARE(ema.epochs[3].averaged, std::int64_t{24});
        QCOMPARE(swa.epochs[1].averaged, std::int64_t{0});
        QCOMPARE(swa.epochs[1].val->loss, plain.epochs[1].val->loss);
        QCOMPARE(swa.epochs[2].averaged, std::int64_t{1});
        QVERIFY(swa.epochs[2].val->loss != plain.epochs[2].val->loss);
        QCOMPARE(swaMlp.epochs[2].averaged, std::int64_t{1});
        QCOMPARE(swaMlp.epochs[2].val->loss, plainMlp.epochs[2].val->loss); // the mean of one
        QCOMPARE(swa.epochs[3].averaged, std::int64_t{2});
    }

    void accumulatedBatchesAreAsOneLargeBatch()
    {
        const Trained large = train("batch_size=32"), small = train("accumulation_steps=2");
        QVERIFY2(small.failure.empty(), small.failure.c_str());
        for (std::size_t epoch = 0; epoch < 4; ++epoch)
            QVERIFY(std::abs(small.epochs[epoch].val->loss - large.epochs[epoch].val->loss) < 1e-5);
        QVERIFY(std::abs(train("").epochs[3].val->loss - large.epochs[3].val->loss) > 1e-4);
    }

    void rulesAreVisible()
    {
        const Trained trained = train("optimizer=SGD lr=0.1 penalty=L2 penalty_strength=0.1 clip=norm clip_at=0.0001 max_norm=0.1");
        QVERIFY2(trained.failure.empty(), trained.failure.c_str());
        const auto told = std::ranges::find_if(trained.batches, [](const BatchDone &batch) { return batch.step.has_value(); });
        QVERIFY(told != trained.batches.end());
        QVERIFY(told->step->gradientNorm > 0.0001);
        QCOMPARE(*told->step->clipped, 1.0);
        QCOMPARE(*told->step->atMaxNorm, 1.0);
        QVERIFY(*told->step->penalty > 0);
        QCOMPARE(told->lr, 0.1);
        const Trained plain = train("");
        const auto &step = std::ranges::find_if(plain.batches, [](const BatchDone &batch) { return batch.step.has_value(); })->step;
        QVERIFY(step->gradientNorm > 0 && !step->clipped && !step->penalty && !step->atMaxNorm);
    }

    void lossesOfSeveralHeadsAreAddedUp()
    {
        const Trained alone = train(""), unheard = train("", twoHeads(0, false)), heard = train("", twoHeads(0.5, false));
        QVERIFY2(unheard.failure.empty(), unheard.failure.c_str());
        QVERIFY(unheard.end->test.has_value());
        QVERIFY(heard.epochs[0].train.loss > 1.3 * alone.epochs[0].train.loss); // the sum
        const Trained other = train("lr=0.00001", twoHeads(1, true));
        QVERIFY2(other.failure.empty(), other.failure.c_str());
        // Predictions are the main head's: its own weights are all that tells the two trainings of the same sum apart.
        const Trained same = train("lr=0.00001", twoHeads(1, false));
        QVERIFY(std::abs(same.epochs[0].train.loss - other.epochs[0].train.loss) < 1e-5);
        QVERIFY(same.epochs[0].confusion != other.epochs[0].confusion);
    }

    void predictionsNeedTheMainHeadAlone()
    {
        const Graph graph = twoHeads(0.5, false);
        const auto trained = train("", graph);
        const auto predictor = Predictor::load(m_registry, graph, m_facts, trained.weights);
        QVERIFY2(predictor.ok(), predictor.ok() ? "" : predictor.error().text.c_str());
        const auto batches = waveBatches(m_facts, 0, 0, 32);
        const auto found = (*predictor)->evaluate(*batches, Split::Test, 16);
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().text.c_str());
        QCOMPARE(found->result.samples, std::int64_t{32});
    }

    void mixedPrecisionTrainsOrSaysWhyNot()
    {
        const Trained mixed = train("precision=mixed", smallCnn(m_registry));
        if (!mixed.failure.empty()) {
            QVERIFY2(QString::fromStdString(mixed.failure).contains("set precision to float32"), mixed.failure.c_str());
            return;
        }
        const Trained plain = train("", smallCnn(m_registry));
        QVERIFY(mixed.epochs[3].train.loss != plain.epochs[3].train.loss);
        QVERIFY(std::abs(mixed.epochs[3].train.loss - plain.epochs[3].train.loss) < 0.1);
    }

    void lbfgsTrains()
    {
        const Trained trained = train("optimizer=LBFGS lr=0.3 max_iter=5 batch_size=96 epochs=6 penalty=L2", smallMlp(m_registry));
        QVERIFY2(trained.failure.empty(), trained.failure.c_str());
        QVERIFY(trained.epochs.back().train.loss < 0.5 * trained.epochs.front().train.loss);
    }
};

QTEST_GUILESS_MAIN(RecipeRulesTest)
#include "tst_recipe_rules.moc"
