// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/hooked_batches.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"
#include "support/trained.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace netloom;
using namespace netloom::test;

namespace {

constexpr std::int64_t kSamples = 29, kBatch = 8, kBatches = 4, kPixels = 36;
constexpr double kTolerance = 1e-4; ///< relative

std::vector<double> numbersOf(const QJsonValue &array)
{
    std::vector<double> numbers;
    for (const QJsonValue &number : array.toArray())
        numbers.push_back(number.toDouble());
    return numbers;
}

} // namespace

/// The mean of the last epochs' weights (SWA), whose batch norms measure the training data anew, against PyTorch's update_bn(); see
/// tests/fixtures/averages.
class AveragingTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 6, 3);
    const QString m_fixtures = qEnvironmentVariable("NETLOOM_TEST_DATA") + "/averages/";
    const QTemporaryDir m_home;
    QJsonObject m_case;

    Graph graph() const
    {
        ChainBuilder chain(m_registry);
        chain.then("Conv2d", {{"out_channels", whole(4)}, {"padding", pairOf(1)}});
        chain.then("BatchNorm2d");
        chain.then("ReLU");
        chain.then("MaxPool2d");
        chain.then("Conv2d", {{"out_channels", whole(6)}, {"kernel_size", pairOf(2)}});
        chain.then("BatchNorm2d", {{"momentum", 0.3}});
        chain.then("ReLU");
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", whole(8)}});
        chain.then("BatchNorm1d");
        chain.then("ReLU");
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("CrossEntropyLoss");
    }

    /// Keeps the weights of the last epoch, whatever its loss.
    Params recipe() const
    {
        Params recipe = Params::defaults(recipeDecls());
        const QString settings = "epochs=6 batch_size=8 optimizer=SGD lr=0.05 device=cpu threads=1 averaging=SWA swa_start=0.5 early_stopping=true patience=100 restore_best=false";
        for (const QString &setting : settings.split(' ')) {
            const ParamDecl *decl = findRecipeDecl(setting.section('=', 0, 0).toStdString());
            recipe.set(decl->name, *parseParam(*decl, setting.section('=', 1).toStdString()));
        }
        recipe.set("start_from", (m_fixtures + "start.pt").toStdString());
        return recipe;
    }

    struct Averaged {
        std::map<std::string, PlainTensor> weights;
        std::int64_t batches = 0; ///< of training data
        std::string checkpoint;   ///< the last one
        std::string failure;
    };
    /// Stops before the training batch @p stopAt, from 1, those that are only measured counted; 0 never stops.
    Averaged train(const std::string &checkpoint = {}, std::int64_t stopAt = 0) const
    {
        Averaged averaged;
        const std::vector<double> values = numbersOf(m_case["input"]), labels = numbersOf(m_case["target"]);
        auto source = std::make_shared<TensorBatches>(Shape{1, 6, 6}, m_facts.classNames);
        for (std::int64_t sample = 0; sample < kSamples; ++sample)
            source->add(Split::Train, std::vector<float>(kPixels), 0);
        auto batches = std::make_shared<HookedBatches>(source);
        Trainer *running = nullptr;
        batches->onBatch = [&](std::int64_t number, std::int64_t epoch, Split, Batch &batch) {
            averaged.batches = number;
            if (number == stopAt)
                running->stop();
            batch.values.clear();
            for (std::int64_t index = 0; index < batch.count; ++index) {
                const std::int64_t sample = ((batch.place * kBatch + index) * (2 * epoch + 5) + 3 * epoch) % kSamples;
                batch.targets[std::size_t(index)] = std::int64_t(labels[std::size_t(sample)]);
                for (std::int64_t pixel = 0; pixel < kPixels; ++pixel)
                    batch.values.push_back(float(values[std::size_t(sample * kPixels + pixel)]));
            }
        };
        const Trained trained = test::train(m_registry, {graph(), recipe(), m_facts}, batches, {.checkpoint = checkpoint}, [&running](Trainer &trainer) { running = &trainer; });
        averaged.checkpoint = trained.checkpoint;
        averaged.failure = trained.failure.text;
        QFile file(m_home.filePath("weights.safetensors"));
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(trained.weights));
        file.close();
        averaged.weights = readWeights(file.fileName().toStdString()).tensors;
        return averaged;
    }

private slots:
    void initTestCase()
    {
        QFile file(m_fixtures + "swa.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_case = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!m_case.isEmpty());
    }

    void weightsAndMeasuredNormsArePyTorchs()
    {
        const Averaged trained = train();
        QVERIFY2(trained.failure.empty(), trained.failure.c_str());
        QCOMPARE(trained.batches, 6 * kBatches + 3 * kBatches); // one more pass for each of the three epochs that are averaged
        const QJsonObject expected = m_case["averaged"].toObject();
        QCOMPARE(trained.weights.size(), std::size_t(expected.size()));
        for (const auto &[name, tensor] : trained.weights) {
            const std::vector<double> theirs = numbersOf(expected[QString::fromStdString(name)]);
            QCOMPARE(tensor.values.size(), theirs.size());
            double largest = 0, size = 0;
            for (std::size_t place = 0; place < theirs.size(); ++place) {
                largest = std::max(largest, std::abs(tensor.values[place] - theirs[place]));
                size = std::max(size, std::abs(theirs[place]));
            }
            QVERIFY2(largest <= kTolerance * size, qPrintable(QString("%1: %2 of %3").arg(QString::fromStdString(name)).arg(largest).arg(size)));
        }
    }

    void aRunThatIsCutWhileNormsMeasureEndsTheSame()
    {
        const Averaged whole = train();
        for (const std::int64_t place : {4 * kBatches + 2, 5 * kBatches + 2, 6 * kBatches + 2, 6 * kBatches + 4}) { // in the epochs 4 and 5
            const Averaged cut = train({}, place);
            QVERIFY2(cut.failure.empty(), cut.failure.c_str());
            QCOMPARE(cut.batches, place);
            const Averaged rest = train(cut.checkpoint);
            QVERIFY2(rest.failure.empty(), rest.failure.c_str());
            QCOMPARE(rest.weights.size(), whole.weights.size());
            for (const auto &[name, tensor] : whole.weights)
                QVERIFY2(rest.weights.at(name).values == tensor.values, name.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(AveragingTest)
#include "tst_averaging.moc"
