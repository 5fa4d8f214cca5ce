// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/parity_probe.h"
#include "support/tensor_source.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace netloom;
using namespace netloom::test;

namespace {

constexpr double kTolerance = 1e-4; ///< relative
constexpr double kRounding = 1e-6;  ///< of a loss in 32 bits, which is a difference of logarithms

/// The recipe that words such as "optimizer=SGD lr=0.02" make of the defaults.
Params recipeOf(const QString &words)
{
    Params recipe = Params::defaults(recipeDecls());
    recipe.set("epochs", std::int64_t{50});
    recipe.set("batch_size", std::int64_t{16});
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

/// Against PyTorch, over 200 steps; see tests/parity.
class ParityTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 6, kParityClasses);

    /// Empty for the LSTM.
    Graph graphOf(const QString &network) const
    {
        if (network == "lstm")
            return {};
        ChainBuilder chain(m_registry);
        if (network == "mlp") {
            chain.then("Flatten");
            chain.then("Linear", {{"out_features", whole(24)}});
            chain.then("ReLU");
        } else {
            chain.then("Conv2d", {{"out_channels", whole(6)}, {"padding", pairOf(1)}, {"bias", false}});
            chain.then("BatchNorm2d");
            chain.then("ReLU");
            chain.then("Conv2d", {{"out_channels", whole(8)}});
            chain.then("ReLU");
            chain.then("MaxPool2d");
            chain.then("Flatten");
        }
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("CrossEntropyLoss");
    }

private slots:
    void lossCurvesArePyTorchs_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<QString>("losses");
        for (const char *network : {"mlp", "cnn", "lstm"}) {
            QFile file(qEnvironmentVariable("NETLOOM_TEST_DATA") + "/../parity/" + network + ".txt");
            if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
                qFatal("%s is missing", qPrintable(file.fileName()));
            for (const QString &line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts))
                QTest::addRow("%s, %s", network, qPrintable(line.section(':', 0, 0))) << network << line.section(':', 0, 0) << line.section(':', 1);
        }
    }

    void lossCurvesArePyTorchs()
    {
        QFETCH(QString, network);
        QFETCH(QString, recipe);
        QFETCH(QString, losses);
        const ParityRun run = runParity(graphOf(network), m_registry, m_facts, recipeOf(recipe));
        QVERIFY2(run.failure.empty(), run.failure.c_str());
        const QStringList theirs = losses.split(' ', Qt::SkipEmptyParts);
        QCOMPARE(run.losses.size(), std::size_t(kParitySteps));
        QCOMPARE(theirs.size(), kParitySteps);
        for (int step = 0; step < kParitySteps; ++step) {
            const double ours = run.losses[std::size_t(step)], expected = theirs[step].toDouble();
            QVERIFY2(std::abs(ours - expected) <= kTolerance * expected + kRounding, qPrintable(QString("step %1: %2 instead of %3").arg(step).arg(ours).arg(theirs[step])));
        }
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
        const ParityRun cut = runParity(graph, m_registry, m_facts, recipeOf(recipe), 101);
        QVERIFY2(cut.failure.empty(), cut.failure.c_str());
        QCOMPARE(cut.losses, whole.losses);
    }
};

QTEST_GUILESS_MAIN(ParityTest)
#include "tst_parity.moc"
