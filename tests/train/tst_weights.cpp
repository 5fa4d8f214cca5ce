// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/event_log.h"
#include "support/tensor_source.h"
#include "train/trainer.h"

#include <QTest>

#include <cstring>

using namespace netloom;
using namespace netloom::test;

namespace {

/// A safetensors file image with a header of one's own.
std::string image(const std::string &header, std::size_t dataBytes)
{
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(dataBytes, '\0');
}

std::string braced(const std::string &members)
{
    return std::string("{").append(members).append("}");
}

std::string tensor(const std::string &name, const std::string &dtype, const std::string &shape, const std::string &offsets)
{
    return std::string("\"").append(name).append("\":{\"dtype\":\"").append(dtype).append("\",\"shape\":[").append(shape)
        .append("],\"data_offsets\":[").append(offsets).append("]}");
}

} // namespace

class WeightsTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 2, 2);

    /// Linear 4 → 2 alone: "linear.weight" and "linear.bias".
    Graph tinyGraph() const
    {
        ChainBuilder chain(m_registry);
        chain.then("Flatten");
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("CrossEntropyLoss");
    }

    std::string train(const Graph &graph, const SourceFacts &facts, std::shared_ptr<BatchSource> data, EventLog &log) const
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", std::int64_t{2});
        recipe.set("threads", std::int64_t{1});
        recipe.set("device", std::string("cpu"));
        Trainer trainer(m_registry, {graph, recipe, facts}, std::move(data), std::ref(log));
        trainer.start();
        trainer.wait();
        return trainer.weights();
    }

    std::string loadError(const std::string &bytes) const
    {
        const auto loaded = Predictor::load(m_registry, tinyGraph(), m_facts, bytes, "cpu");
        return loaded ? std::string() : loaded.error().text;
    }

private slots:
    void weightsSurviveTheFile()
    {
        const SourceFacts facts = tensorFacts(1, 8, 3);
        const Graph graph = smallCnn(m_registry);
        EventLog log;
        const std::string weights = train(graph, facts, waveBatches(facts, 96, 32, 32), log);
        const auto predictor = Predictor::load(m_registry, graph, facts, weights, "cpu");
        QVERIFY2(predictor.ok(), predictor ? "" : predictor.error().text.c_str());
        const auto data = waveBatches(facts, 96, 32, 32);
        std::int64_t reported = 0;
        const auto evaluated = (*predictor)->evaluate(*data, Split::Test, 64, {.progress = [&](std::int64_t done, std::int64_t) { reported = done; return true; }});
        QVERIFY(evaluated.ok());
        QCOMPARE(reported, 32);
        const TrainFinished finished = log.of<TrainFinished>().front();
        QCOMPARE(evaluated->result.accuracy, finished.test->accuracy);
        QVERIFY(std::abs(evaluated->result.loss - finished.test->loss) < 1e-6);
        QCOMPARE(evaluated->confusion, finished.confusion);
        QCOMPARE((*predictor)->filters().layer, std::string("conv2d"));
        QCOMPARE((*predictor)->classCount(), 3);
    }

    void weightsHavePyTorchsNames()
    {
        const SourceFacts facts = tensorFacts(1, 8, 3);
        EventLog log;
        const std::string weights = train(smallCnn(m_registry), facts, waveBatches(facts, 32, 0, 0), log);
        for (const char *name : {"\"conv2d.weight\"", "\"batchnorm2d.running_mean\"", "\"batchnorm2d.num_batches_tracked\"", "\"linear.bias\""})
            QVERIFY2(weights.find(name) != std::string::npos, name);
    }

    void probabilitiesFollowTheBatch()
    {
        EventLog log;
        const std::string weights = train(tinyGraph(), m_facts, waveBatches(m_facts, 32, 8, 8), log);
        const auto predictor = Predictor::load(m_registry, tinyGraph(), m_facts, weights, "cpu");
        QVERIFY(predictor.ok());
        Batch batch{.count = 3, .values = std::vector<float>(12, 0.5f), .targets = {0, 0, 0}};
        const auto shares = (*predictor)->probabilities(batch, Shape{1, 2, 2});
        QVERIFY(shares.ok());
        QCOMPARE(shares->size(), std::size_t(6));
        QVERIFY(std::abs((*shares)[0] + (*shares)[1] - 1) < 1e-5f);
        QVERIFY(!(*predictor)->probabilities(batch, Shape{1, 2, 3}).ok());
        batch.values.pop_back();
        QVERIFY(!(*predictor)->probabilities(batch, Shape{1, 2, 2}).ok());
        QVERIFY(!(*predictor)->evaluate(*waveBatches(m_facts, 8, 0, 0), Split::Test, 4).ok());
    }

    void weightsCutAnywhereAreRefused()
    {
        EventLog log;
        const std::string weights = train(tinyGraph(), m_facts, waveBatches(m_facts, 32, 8, 8), log);
        QCOMPARE(loadError(weights), std::string());
        for (std::size_t size = 0; size < weights.size(); ++size)
            QVERIFY2(!loadError(weights.substr(0, size)).empty(), std::to_string(size).c_str());
        QVERIFY(!loadError(weights + "x").empty());
    }

    void damagedBytesNeverCrash()
    {
        EventLog log;
        const std::string weights = train(tinyGraph(), m_facts, waveBatches(m_facts, 32, 8, 8), log);
        std::mt19937 random(3);
        int refused = 0;
        for (int attempt = 0; attempt < 3000; ++attempt) {
            std::string damaged = weights;
            const std::size_t at = random() % damaged.size();
            damaged[at] = static_cast<char>(damaged[at] ^ (1u << random() % 8));
            refused += !loadError(damaged).empty();
        }
        QVERIFY(refused > 500);
    }

    void craftedHeadersAreRefused_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("reason");
        const auto row = [](const char *name, const std::string &bytes, const char *reason) {
            QTest::newRow(name) << bytes << std::string(reason);
        };
        const std::string weight = tensor("linear.weight", "F32", "2,4", "0,32");
        row("huge header", std::string(7, '\xff') + '\x7f', "more than the file holds");
        row("no object", image("[]", 0), "damaged at byte");
        row("text after the object", image("{} x", 0), "damaged at byte");
        row("same name twice", image(braced(weight + "," + weight), 32), "damaged at byte");
        row("negative size", image(braced(tensor("linear.weight", "F32", "-2,4", "0,32")), 32), "damaged at byte");
        row("fraction", image(braced(tensor("linear.weight", "F32", "2.5,4", "0,32")), 32), "damaged at byte");
        row("number beyond 64 bits", image(braced(tensor("linear.weight", "F32", "99999999999999999999", "0,32")), 32), "damaged at byte");
        row("sizes that overflow", image(braced(tensor("linear.weight", "F32", "4294967296,4294967296,4294967296", "0,32")), 32), "other bytes than its shape");
        row("offsets reversed", image(braced(tensor("linear.weight", "F32", "2,4", "32,0")), 32), "damaged at byte");
        row("beyond the data", image(braced(tensor("linear.weight", "F32", "2,4", "0,32")), 8), "should hold 32 bytes");
        row("overlap", image(braced(weight + "," + tensor("linear.bias", "F32", "2", "24,32")), 32), "where the one before it ends");
        row("hole", image(braced(weight + "," + tensor("linear.bias", "F32", "2", "36,44")), 44), "where the one before it ends");
        row("unknown type", image(braced(tensor("linear.weight", "F33", "2,4", "0,32")), 32), "unknown type 'F33'");
        row("member missing", image("{\"linear.weight\":{\"dtype\":\"F32\",\"shape\":[2,4]}}", 0), "damaged at byte");
        row("bad escape", image("{\"\\ud800\":{}}", 0), "damaged at byte");
        row("nested deep", image(std::string(100000, '{'), 0), "damaged at byte");
        row("tensor missing", image(braced(weight), 32), "lack the tensor 'linear.bias'");
        row("tensor left over", image(braced(tensor("other.weight", "F32", "2,4", "0,32")), 32), "'other.weight' that this network lacks");
        row("other shape", image(braced(tensor("linear.weight", "F32", "4,2", "0,32") + "," + tensor("linear.bias", "F32", "2", "32,40")), 40), "has the shape 4×2 but the network needs 2×4");
        row("whole numbers for weights", image(braced(tensor("linear.weight", "I32", "2,4", "0,32") + "," + tensor("linear.bias", "F32", "2", "32,40")), 40), "linear.weight");
    }

    void craftedHeadersAreRefused()
    {
        QFETCH(std::string, bytes);
        QFETCH(std::string, reason);
        const std::string error = loadError(bytes);
        QVERIFY2(error.find(reason) != std::string::npos, error.c_str());
    }

    void otherWritersFilesAreRead()
    {
        const std::string header = " { \"__metadata__\" : {\"by\":\"\\u00e9\\ud83d\\ude00\\n\"} ,\n" + tensor("linear.bias", "F16", "2", "16, 20") + ", "
            + tensor("linear.weight", "BF16", "2 , 4", "0,16") + "}  ";
        QCOMPARE(loadError(image(header, 20)), std::string());
    }
};

QTEST_GUILESS_MAIN(WeightsTest)
#include "tst_weights.moc"
