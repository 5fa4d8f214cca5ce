// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/flatten.h"
#include "graph/recipe.h"
#include "support/event_log.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"
#include "train/start_weights.h"
#include "train/trainer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace netloom;
using namespace netloom::test;

namespace {

QString fixture(const QString &name)
{
    return qEnvironmentVariable("NETLOOM_TEST_DATA") + "/weights/" + name;
}

std::string bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

/// Weights that others trained: files of PyTorch, what of them fits, frozen nodes and learning rates of their own.
class TransferTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 4, 3);
    QTemporaryDir m_folder;

    /// The network of tests/fixtures/weights/make_files.py: conv1, bn1, fc.
    Graph pictureGraph(int channels = 2) const
    {
        ChainBuilder chain(m_registry);
        const NodeId conv = chain.then("Conv2d", {{"out_channels", whole(channels)}});
        const NodeId norm = chain.then("BatchNorm2d");
        chain.then("Flatten");
        const NodeId linear = chain.then("Linear", {{"out_features", word("classes")}});
        Graph graph = chain.endWith("CrossEntropyLoss");
        graph.rename(conv, "conv1");
        graph.rename(norm, "bn1");
        graph.rename(linear, "fc");
        return graph;
    }

    Params recipe(int epochs = 1) const
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", std::int64_t{epochs});
        recipe.set("optimizer", word("SGD"));
        recipe.set("momentum", 0.0);
        recipe.set("lr", 0.1);
        recipe.set("threads", std::int64_t{1});
        recipe.set("trial", false);
        recipe.set("device", word("cpu"));
        return recipe;
    }

    /// The weights after training, and what went wrong.
    WeightsRead trained(const Graph &graph, const Params &recipe, EventLog &log)
    {
        Trainer trainer(m_registry, {graph, recipe, m_facts}, waveBatches(m_facts, 32, 0, 0), std::ref(log));
        trainer.start();
        trainer.wait();
        const QString path = m_folder.filePath("trained.safetensors");
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(trainer.weights()));
        file.close();
        return readWeights(path.toStdString());
    }

    Params startingFrom(const QString &path, int epochs = 1) const
    {
        Params params = recipe(epochs);
        params.set("start_from", path.toStdString());
        return params;
    }

private slots:
    void filesOfPyTorchAreRead_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"state_dict.pt", "checkpoint.pt", "views.pt"})
            QTest::newRow(name) << QString(name);
    }

    void filesOfPyTorchAreRead()
    {
        QFETCH(QString, name);
        const QJsonObject expected = QJsonDocument::fromJson(QByteArray::fromStdString(bytesOf(fixture("expected.json")))).object()[name].toObject();
        QVERIFY(!expected.isEmpty());
        const WeightsRead read = readWeights(fixture(name).toStdString());
        QVERIFY2(read.failure.empty(), read.failure.c_str());
        QCOMPARE(read.tensors.size(), std::size_t(expected.size()));
        for (auto entry = expected.begin(); entry != expected.end(); ++entry) {
            const auto found = read.tensors.find(entry.key().toStdString());
            QVERIFY2(found != read.tensors.end(), qPrintable(entry.key()));
            std::vector<std::int64_t> shape;
            for (const QJsonValue &size : entry.value().toObject()["shape"].toArray())
                shape.push_back(size.toInteger());
            std::vector<double> values;
            for (const QJsonValue &value : entry.value().toObject()["values"].toArray())
                values.push_back(value.isBool() ? value.toBool() : value.toDouble());
            QCOMPARE(found->second.shape, shape);
            QCOMPARE(found->second.values, values);
        }
    }

    void otherFilesAreRefusedWithASentence_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a call in a tensor's place") << "hostile.pt" << "no tensors by name";
        QTest::newRow("a call as the whole") << "hostile_root.pt" << "posix.system";
        QTest::newRow("a module") << "whole_module.pt" << "__main__.Net, not a state_dict: save model.state_dict()";
        QTest::newRow("before 1.6") << "old_format.pt" << "before 1.6";
        QTest::newRow("TorchScript") << "script.pt" << "TorchScript program";
        QTest::newRow("text") << "make_files.py" << "no safetensors file";
        QTest::newRow("nothing") << "nowhere.pt" << "There are no weights at";
        QTest::newRow("a folder") << "" << "has no weights.safetensors";
    }

    void otherFilesAreRefusedWithASentence()
    {
        QFETCH(QString, name);
        QFETCH(QString, reason);
        const QString before = QDir::currentPath();
        QDir::setCurrent(m_folder.path());
        const WeightsRead read = readWeights(fixture(name).toStdString());
        QDir::setCurrent(before);
        QVERIFY2(QString::fromStdString(read.failure).contains(reason), read.failure.c_str());
        QVERIFY(!QFile::exists(m_folder.filePath("netloom-was-here"))); // what the hostile ones would do
    }

    void damagedFilesOfPyTorchNeverCrash()
    {
        std::mt19937 random(5);
        int refused = 0;
        for (const char *name : {"state_dict.pt", "views.pt"}) {
            const std::string image = bytesOf(fixture(name));
            for (std::size_t size = 0; size < image.size(); size += 7)
                refused += !readTorchImage(image.substr(0, size)).failure.empty();
            for (int attempt = 0; attempt < 3000; ++attempt) {
                std::string damaged = image;
                for (int flips = 0; flips < 3; ++flips) {
                    const std::size_t at = random() % damaged.size();
                    damaged[at] = static_cast<char>(random());
                }
                refused += !readTorchImage(damaged).failure.empty();
            }
        }
        QVERIFY(refused > 1000);
    }

    void aTableSaysWhatFits()
    {
        const auto all = startWeights(m_registry, pictureGraph(), m_facts, fixture("checkpoint.pt").toStdString()); // its names begin with "module."
        QVERIFY2(all, all ? "" : all.error().text.c_str());
        QCOMPARE(all->summary(), std::string("9 of 9 tensors taken"));

        Graph other = pictureGraph(3);
        other.rename(other.findByName("bn1")->id, "norm");
        const auto some = startWeights(m_registry, other, m_facts, fixture("state_dict.pt").toStdString());
        QVERIFY2(some, some ? "" : some.error().text.c_str());
        QCOMPARE(some->summary(), std::string("1 of 8 tensors taken, 4 missing, 3 of another shape, 5 unused"));
        QCOMPARE(some->rows.front(), (WeightRow{"conv1.weight", WeightFit::OtherShape, Shape{3, 1, 3, 3}, Shape{2, 1, 3, 3}}));
    }

    void trainingStartsFromThem()
    {
        Params params = startingFrom(fixture("state_dict.pt"));
        params.set("lr", 0.0);
        EventLog log;
        const WeightsRead after = trained(pictureGraph(), params, log);
        QVERIFY2(log.of<TrainFailed>().empty(), log.of<TrainFailed>().empty() ? "" : log.of<TrainFailed>().front().text.c_str());
        QCOMPARE(log.of<TrainStarted>().front().startWeights, std::string("9 of 9 tensors taken"));
        const WeightsRead before = readWeights(fixture("state_dict.pt").toStdString());
        for (const char *name : {"conv1.weight", "conv1.bias", "fc.weight", "fc.bias", "bn1.weight"})
            QCOMPARE(after.tensors.at(name).values, before.tensors.at(name).values);
    }

    void nothingThatFitsIsAFailureWithItsMend()
    {
        Graph graph = smallMlp(m_registry);
        EventLog log;
        trained(graph, startingFrom(fixture("state_dict.pt")), log);
        QCOMPARE(log.of<TrainFailed>().size(), std::size_t(1));
        const std::string text = log.of<TrainFailed>().front().text;
        QVERIFY2(text.starts_with("Not one tensor in") && text.find("start_from") != std::string::npos, text.c_str());
    }

    void frozenNodesStayAsTheyAre()
    {
        Graph graph = pictureGraph();
        for (const char *name : {"conv1", "bn1"})
            graph.setLearning(graph.findByName(name)->id, true, 1);
        EventLog log;
        const WeightsRead before = readWeights(fixture("state_dict.pt").toStdString());
        const WeightsRead after = trained(graph, startingFrom(fixture("state_dict.pt"), 2), log);
        for (const auto &[name, tensor] : before.tensors)
            QVERIFY2((after.tensors.at(name).values == tensor.values) == !name.starts_with("fc."), name.c_str());
    }

    void aFrozenBlockFreezesWhatIsWithin()
    {
        Graph graph = pictureGraph();
        const NodeId block = graph.addNode(Node{.type = "Block", .name = "trunk"});
        const NodeId conv = graph.findByName("conv1")->id;
        graph.setLearning(conv, false, 0.5);
        graph.setLearning(block, true, 0.5);
        graph.setParent(conv, block);
        const FlatGraph flat = flatten(graph, m_registry);
        QVERIFY(flat.graph.find(conv)->frozen);
        QCOMPARE(flat.graph.find(conv)->lrScale, 0.25);
        QVERIFY(!flat.graph.findByName("fc")->frozen);
    }

    /// A step of SGD is lr·gradient, and the first gradient doesn't depend on lr.
    void aNodesLearningRateScalesItsSteps()
    {
        Params params = startingFrom(fixture("state_dict.pt"));
        params.set("batch_size", whole(32)); // one step
        const WeightsRead before = readWeights(fixture("state_dict.pt").toStdString());
        Graph graph = pictureGraph();
        EventLog log;
        const WeightsRead usual = trained(graph, params, log);
        graph.setLearning(graph.findByName("fc")->id, false, 0.25);
        const WeightsRead slow = trained(graph, params, log);
        for (const char *name : {"conv1.weight", "fc.weight"}) {
            const double scale = std::string(name) == "fc.weight" ? 0.25 : 1;
            double largest = 0;
            for (std::size_t place = 0; place < before.tensors.at(name).values.size(); ++place) {
                const double start = before.tensors.at(name).values[place];
                const double step = usual.tensors.at(name).values[place] - start;
                largest = std::max(largest, std::abs(step));
                QVERIFY(std::abs(slow.tensors.at(name).values[place] - start - scale * step) < 1e-6);
            }
            QVERIFY(largest > 1e-4);
        }
    }

    void allFrozenIsAFailure()
    {
        Graph graph = pictureGraph();
        for (const char *name : {"conv1", "bn1", "fc"})
            graph.setLearning(graph.findByName(name)->id, true, 1);
        EventLog log;
        trained(graph, recipe(), log);
        QCOMPARE(log.of<TrainFailed>().size(), std::size_t(1));
        QVERIFY2(log.of<TrainFailed>().front().text.find("is frozen") != std::string::npos, log.of<TrainFailed>().front().text.c_str());
    }
};

QTEST_GUILESS_MAIN(TransferTest)
#include "tst_transfer.moc"
