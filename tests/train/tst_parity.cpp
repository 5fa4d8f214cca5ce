// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/parity_probe.h"
#include "support/tensor_source.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <set>
#include <thread>
#include <tuple>

using namespace netloom;
using namespace netloom::test;

namespace {

constexpr double kTolerance = 1e-4; ///< relative
constexpr std::array kNetworks{"mlp", "cnn", "lstm"};

/// The recipe that words such as "optimizer=SGD lr=0.02" make of the defaults.
Params recipeOf(const QString &words)
{
    Params recipe = Params::defaults(recipeDecls());
    recipe.set("epochs", std::int64_t{50});
    recipe.set("batch_size", std::int64_t{4});
    for (const QString &word : words.split(' ', Qt::SkipEmptyParts)) {
        const ParamDecl *decl = findRecipeDecl(word.section('=', 0, 0).toStdString());
        const auto value = decl ? parseParam(*decl, word.section('=', 1).toStdString()) : Result<ParamValue>(Error{"there is no such setting"});
        if (!value)
            qFatal("%s: %s", qPrintable(word), value.error().text.c_str());
        if (!decl->matters(recipe))
            qFatal("%s has no effect there", qPrintable(word));
        recipe.set(decl->name, *value);
    }
    return recipe;
}

} // namespace

/// Against PyTorch, over 200 steps; see tests/parity. Tells the largest difference for every recipe.
class ParityTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 6, kParityClasses);

    struct Curve {
        int bits = 32;
        QString recipe, losses;
        ParityRun run = {}; ///< ours
        bool has(const QString &word) const { return (recipe + ' ').contains(word + ' '); }
        bool sets(const QString &name) const { return (' ' + recipe).contains(' ' + name + '='); }
    };
    std::map<std::string, std::vector<Curve>> m_curves;
    std::map<std::string, std::pair<double, QString>> m_largest; ///< of every network: the difference, and where

    Graph graphOf(const QString &network) const
    {
        ChainBuilder chain(m_registry);
        if (network == "mlp") {
            chain.then("Flatten");
            chain.then("Linear", {{"out_features", whole(16)}});
            chain.then("ReLU");
        } else if (network == "cnn") {
            chain.then("Conv2d", {{"out_channels", whole(4)}, {"padding", pairOf(1)}, {"bias", false}});
            chain.then("BatchNorm2d");
            chain.then("SiLU");
            chain.then("Conv2d", {{"out_channels", whole(6)}});
            chain.then("SiLU");
            chain.then("AvgPool2d");
            chain.then("Flatten");
        } else {
            chain.then("Reshape", {{"shape", std::vector<double>{3, 12}}});
            chain.then("LSTM", {{"hidden_size", whole(8)}});
            chain.takeOutput("hidden");
        }
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("CrossEntropyLoss");
    }

    /// Side by side, since one alone leaves the machine idle.
    void trainAll()
    {
        std::vector<std::pair<QString, Curve *>> all;
        for (auto &[network, curves] : m_curves) {
            for (Curve &curve : curves)
                all.emplace_back(QString::fromStdString(network), &curve);
        }
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t index = next++; index < all.size(); index = next++) {
                auto &[network, curve] = all[index];
                curve->run = runParity(graphOf(network), m_registry, m_facts, recipeOf(curve->recipe), curve->bits);
            }
        };
        std::vector<std::thread> threads;
        for (unsigned thread = 0; thread < std::max(1u, std::thread::hardware_concurrency()); ++thread)
            threads.emplace_back(work);
        for (std::thread &thread : threads)
            thread.join();
    }

private slots:
    void initTestCase()
    {
        for (const char *network : kNetworks) {
            QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/../parity/" + network + ".txt");
            if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
                qFatal("%s is missing", qPrintable(file.fileName()));
            for (const QString &line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts))
                m_curves[network].push_back({line.section(' ', 0, 0).toInt(), line.section(':', 0, 0).section(' ', 1), line.section(':', 1)});
        }
    }

    void cleanupTestCase()
    {
        for (const auto &[network, largest] : m_largest)
            qInfo("%s: the largest relative difference of all is %.1e, with %s", network.c_str(), largest.first, qPrintable(largest.second));
    }

    void everyOptimizerIsComparedWithEverySchedule_data()
    {
        QTest::addColumn<QString>("network");
        for (const char *network : kNetworks)
            QTest::newRow(network) << QString(network);
    }

    void everyOptimizerIsComparedWithEverySchedule()
    {
        QFETCH(QString, network);
        const auto &curves = m_curves[network.toStdString()];
        for (const std::string &optimizer : findRecipeDecl("optimizer")->choices) {
            for (const std::string &schedule : findRecipeDecl("schedule")->choices) {
                const QString chosen = QString::fromStdString("optimizer=" + optimizer), planned = QString::fromStdString("schedule=" + schedule);
                QVERIFY2(std::ranges::any_of(curves, [&](const Curve &curve) {
                    return curve.has(chosen) && (curve.has(planned) || (schedule == findRecipeDecl("schedule")->choices.front() && !curve.sets("schedule")));
                }), qPrintable(chosen + " with " + planned));
            }
        }
    }

    /// Of all that changes what a step does.
    void everySettingIsCompared()
    {
        const std::set<std::string> leavesStepsAlone{"early_stopping", "monitor", "patience", "min_delta", "restore_best", "averaging", "ema_decay", "swa_start"};
        const std::set<std::string> groups{"Optimizer", "Schedule", "Regularization"};
        for (const char *network : kNetworks) {
            const auto &curves = m_curves[network];
            for (const ParamDecl &decl : recipeDecls()) {
                if (!groups.contains(decl.group) || leavesStepsAlone.contains(decl.name))
                    continue;
                const QString name = QString::fromStdString(decl.name);
                QVERIFY2(std::ranges::any_of(curves, [&](const Curve &curve) { return curve.sets(name); }), qPrintable(name));
                for (const std::string &choice : decl.choices) {
                    const bool usual = formatParam(decl.fallback) == choice;
                    QVERIFY2(usual || std::ranges::any_of(curves, [&](const Curve &curve) { return curve.has(name + '=' + QString::fromStdString(choice)); }),
                        qPrintable(name + '=' + QString::fromStdString(choice)));
                }
            }
        }
    }

    void lossCurvesArePyTorchs_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("place");
        for (const char *network : kNetworks) {
            for (std::size_t place = 0; place < m_curves[network].size(); ++place) {
                const Curve &curve = m_curves[network][place];
                QTest::addRow("%s, %d bit, %s", network, curve.bits, qPrintable(curve.recipe)) << network << int(place);
            }
        }
        trainAll();
    }

    void lossCurvesArePyTorchs()
    {
        QFETCH(QString, network);
        QFETCH(int, place);
        const auto &[bits, recipe, losses, run] = m_curves[network.toStdString()][std::size_t(place)];
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        const QStringList theirs = losses.split(' ', Qt::SkipEmptyParts);
        QCOMPARE(run.losses.size(), std::size_t(kParitySteps));
        QCOMPARE(theirs.size(), kParitySteps);
        double largest = 0;
        for (int step = 0; step < kParitySteps; ++step) {
            const double ours = run.losses[std::size_t(step)], expected = theirs[step].toDouble();
            QVERIFY2(std::abs(ours - expected) <= kTolerance * expected, qPrintable(QString("step %1: %2 instead of %3").arg(step).arg(ours).arg(theirs[step])));
            largest = std::max(largest, std::abs(ours - expected) / expected);
        }
        qInfo("%.1e of the loss at most", largest);
        auto &[most, where] = m_largest[network.toStdString()];
        if (largest > most)
            std::tie(most, where) = std::pair(largest, recipe);
    }

    void aRecipeGoesOnWhereItWasCut_data()
    {
        QTest::addColumn<QString>("recipe");
        for (const char *recipe : {"optimizer=SGD lr=0.05 accumulation_steps=3", "optimizer=Adam schedule=OneCycleLR lr=0.004",
                 "optimizer=SGD lr=0.02 schedule=ReduceLROnPlateau lr_patience=1 threshold=0.03 factor=0.5", "optimizer=LBFGS lr=0.05 max_iter=2",
                 "optimizer=Lion lr=0.0003", "optimizer=RMSprop penalty=ElasticNet clip=norm clip_at=0.5"})
            QTest::newRow(recipe) << QString(recipe);
    }

    void aRecipeGoesOnWhereItWasCut()
    {
        QFETCH(QString, recipe);
        const Graph graph = graphOf("mlp");
        const ParityRun whole = runParity(graph, m_registry, m_facts, recipeOf(recipe));
        const ParityRun cut = runParity(graph, m_registry, m_facts, recipeOf(recipe), 32, 101);
        QVERIFY2(cut.failure.empty(), cut.failure.c_str());
        QCOMPARE(cut.losses, whole.losses);
    }
};

QTEST_GUILESS_MAIN(ParityTest)
#include "tst_parity.moc"
