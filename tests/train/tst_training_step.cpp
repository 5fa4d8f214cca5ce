// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/event_log.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"
#include "train/compute_trial.h"
#include "train/trainer.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace netloom;
using namespace netloom::test;

/// What makes a step fast must not change what it computes.
class TrainingStepTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    QTemporaryDir m_cache;

    static Params recipe(const char *optimizer = "Adam")
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", std::int64_t{2});
        recipe.set("batch_size", std::int64_t{16});
        recipe.set("optimizer", std::string(optimizer));
        recipe.set("device", std::string("cpu"));
        return recipe;
    }

    /// The recipe as changed by words such as "optimizer=SGD lr=0.1".
    static Params with(const QString &settings)
    {
        Params changed = recipe();
        for (const QString &setting : settings.split(' ', Qt::SkipEmptyParts)) {
            const ParamDecl *decl = findRecipeDecl(setting.section('=', 0, 0).toStdString());
            const auto value = decl ? parseParam(*decl, setting.section('=', 1).toStdString()) : Result<ParamValue>(Error{"no such setting"});
            if (!value)
                qFatal("%s: %s", qPrintable(setting), value.error().text.c_str());
            changed.set(decl->name, *value);
        }
        return changed;
    }

    struct Trained {
        std::vector<double> losses;
        std::string weights;
        TrainStarted started;
    };
    Trained train(const Graph &graph, const Params &recipe, const SourceFacts &facts) const
    {
        EventLog log;
        Trainer trainer(m_registry, {graph, recipe, facts}, waveBatches(facts, 96, 32, 0), std::ref(log));
        trainer.start();
        trainer.wait();
        const auto started = log.of<TrainStarted>();
        return {log.numbers(), trainer.weights(), started.empty() ? TrainStarted() : started.front()};
    }

private slots:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8()); }

    void optimizersAgreeWithLibTorchs_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<double>("lrScale");
        const auto row = [](const char *settings, double lrScale = 1) { QTest::addRow("%s, pace %g", settings, lrScale) << QString(settings) << lrScale; };
        row("optimizer=SGD momentum=0");
        row("optimizer=SGD momentum=0 weight_decay=0.01");
        row("optimizer=SGD weight_decay=0.01");
        row("optimizer=SGD weight_decay=0.01 nesterov=true", 0.1);
        row("optimizer=SGD momentum=0 nesterov=true");
        row("optimizer=Adam");
        row("optimizer=Adam weight_decay=0.01 betas=0.8,0.95", 0.1);
        row("optimizer=AdamW weight_decay=0.05", 3);
        row("optimizer=RMSprop");
        row("optimizer=RMSprop alpha=0.9 weight_decay=0.01", 0.1);
        row("optimizer=Adagrad");
        row("optimizer=Adagrad weight_decay=0.01", 0.1);
        row("optimizer=Lion");
        row("optimizer=Lion weight_decay=0.05 betas=0.95,0.98", 0.1);
    }

    void optimizersAgreeWithLibTorchs()
    {
        QFETCH(QString, settings);
        QFETCH(double, lrScale);
        const OptimizerRun run = runOptimizers(with("lr=0.01 " + settings), 25, lrScale);
        QCOMPARE(run.failure, std::string());
        QVERIFY(run.flat);
        QVERIFY2(run.difference < 1e-6, qPrintable(QString::number(run.difference)));
        QCOMPARE(run.resumedDifference, 0.0);
    }

    void betasAreTwo() { QVERIFY(QString::fromStdString(runOptimizers(with("betas=0.9"), 1).failure).contains("betas must be two numbers")); }

    void normalizationTogetherWithItsFollowersAgreesWithLibTorchs_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("relu");
        QTest::addColumn<bool>("maxPool");
        QTest::newRow("alone") << 5 << 7 << false << false;
        QTest::newRow("ReLU") << 5 << 7 << true << false;
        QTest::newRow("pooling") << 6 << 4 << false << true;
        QTest::newRow("both") << 32 << 32 << true << true;
        QTest::newRow("both, points left over") << 5 << 7 << true << true;
    }

    void normalizationTogetherWithItsFollowersAgreesWithLibTorchs()
    {
        QFETCH(int, height);
        QFETCH(int, width);
        QFETCH(bool, relu);
        QFETCH(bool, maxPool);
        const double difference = normFollowersDifference(height, width, relu, maxPool);
        QVERIFY2(difference < 2e-6, qPrintable(QString::number(difference)));
    }

    void workInPartsIsSharedAmongThreadsInTheSameParts()
    {
        const PartsDone alone = doInParts(100, 1);
        const PartsDone shared = doInParts(100, 2);
        QCOMPARE(alone.threads, 1u);
        QCOMPARE(shared.threads, 2u);
        QCOMPARE(shared.times, std::vector<int>(100, 1));
        QCOMPARE(shared.begins, alone.begins);
        QCOMPARE(doInParts(3, 2).times, std::vector<int>(3, 1));
    }

    void trialChangesNeitherLossesNorWeights()
    {
        const SourceFacts facts = tensorFacts(1, 8, 3);
        const Graph network = smallMlp(m_registry); // with dropout, which draws random numbers
        const Trained tried = train(network, recipe(), facts);
        QVERIFY(tried.started.threads >= 1);
        QCOMPARE(tried.started.memoryFormat, std::string("contiguous_format")); // there is no convolution
        Params settled = recipe();
        settled.set("threads", std::int64_t{tried.started.threads});
        const Trained plain = train(network, settled, facts);
        QCOMPARE(plain.losses, tried.losses);
        QCOMPARE(plain.weights, tried.weights);
    }

    void trialIsRememberedAndCanBeLeftOut()
    {
        const SourceFacts facts = tensorFacts(1, 8, 3);
        const Graph network = smallCnn(m_registry);
        rememberCompute(m_registry, {network, recipe(), facts}, {.threads = 3, .channelsLast = false}); // an answer that no trial would give
        const Trained remembered = train(network, recipe(), facts);
        QCOMPARE(remembered.started.threads, 3);
        QCOMPARE(remembered.started.memoryFormat, std::string("contiguous_format"));
        Params without = recipe();
        without.set("trial", false);
        QCOMPARE(train(network, without, facts).started.memoryFormat, std::string("channels_last"));
        without.set("threads", std::int64_t{1});
        QCOMPARE(train(network, without, facts).started.threads, 1);
    }

    void classWeightsCountInTheLoss()
    {
        const auto defaults = [&](const char *type) { return Params::defaults(m_registry.find(type)->params); };
        const auto loss = [&](const std::vector<double> &weights) {
            return weighedLoss(*m_registry.find("CrossEntropyLoss"), defaults("CrossEntropyLoss"), Shape{Shape::kBatch, 2}, weights, {1, 0, 0, 3}, {0, 0});
        };
        const double first = std::log(1 + std::exp(-1));
        const double second = std::log(1 + std::exp(3));
        QVERIFY(qFuzzyCompare(float(loss({})), float((first + second) / 2)));
        QVERIFY(qFuzzyCompare(float(loss({4, 1})), float((first + second) / 2))); // all of one class: its weight cancels out
        const double binary = weighedLoss(
            *m_registry.find("BCEWithLogitsLoss"), defaults("BCEWithLogitsLoss"), Shape{Shape::kBatch, 1}, {0.5, 2}, {1, -2}, {0, 1});
        QVERIFY(qFuzzyCompare(float(binary), float((0.5 * std::log(1 + std::exp(1)) + 2 * std::log(1 + std::exp(2))) / 2)));
    }

    void balancedClassWeightsChangeTraining()
    {
        SourceFacts facts = tensorFacts(1, 8, 3);
        Params plain = recipe();
        plain.set("threads", std::int64_t{1});
        Params balanced = plain;
        balanced.set("class_weights", std::string("balanced"));
        facts.counts["train"] = {32, 32, 32}; // n/(k·n_c) is 1 for each
        const Trained even = train(smallCnn(m_registry), plain, facts);
        QCOMPARE(train(smallCnn(m_registry), balanced, facts).losses, even.losses);
        facts.counts["train"] = {80, 8, 8};
        QVERIFY(train(smallCnn(m_registry), balanced, facts).losses != even.losses);
    }
};

QTEST_GUILESS_MAIN(TrainingStepTest)
#include "tst_training_step.moc"
