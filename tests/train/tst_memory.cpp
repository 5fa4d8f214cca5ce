// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/recipe.h"
#include "support/hooked_batches.h"
#include "support/tensor_source.h"
#include "support/torch_probe.h"
#include "support/trained.h"

#include <QTest>

#include <new>

using namespace netloom;
using namespace netloom::test;

/// Memory that runs out in the middle of a training: it ends with what, where and how to mend it, and its last good state is kept.
class MemoryTest : public QObject {
    Q_OBJECT

    static constexpr std::int64_t kBroken = 11; ///< the third training batch of the second epoch: six of training and two of validation before

    const NodeRegistry m_registry = tensorRegistry();
    const SourceFacts m_facts = tensorFacts(1, 8, 3);

    static Params recipe()
    {
        Params recipe = Params::defaults(recipeDecls());
        recipe.set("epochs", std::int64_t{3});
        recipe.set("batch_size", std::int64_t{16});
        recipe.set("lr", 0.005);
        recipe.set("device", std::string("cpu"));
        recipe.set("threads", std::int64_t{1});
        recipe.set("checkpoint_minutes", 0.0);
        return recipe;
    }

    /// With a product of the four-fold size of the batch in it, of which all is one number: 65,536 numbers for 16 samples.
    Graph hungryNetwork() const
    {
        ChainBuilder chain(m_registry);
        chain.then("Flatten");
        const char *mean = "x.mean(1).reshape";
        const QString formula = QString("x + 0.01 * ((%1(-1, 1, 1, 1) * %1(1, -1, 1, 1)) * (%1(1, 1, -1, 1) * %1(1, 1, 1, -1))).mean()").arg(mean);
        chain.then("Function", {{"formula", formula.toStdString()}});
        chain.then("Linear", {{"out_features", word("classes")}});
        return chain.endWith("CrossEntropyLoss");
    }

    Trained train(const Graph &graph, const std::string &checkpoint = {}, const std::function<void(Batch &)> &breakIt = {}) const
    {
        auto batches = std::make_shared<HookedBatches>(waveBatches(m_facts, 96, 32, 0));
        batches->onBatch = [&](std::int64_t number, std::int64_t, Split, Batch &batch) {
            if (breakIt && number == kBroken)
                breakIt(batch);
        };
        return test::train(m_registry, {graph, recipe(), m_facts}, batches, {.checkpoint = checkpoint});
    }

    /// The first epoch is kept, and a training that is taken up again ends as one to which nothing happened.
    void checkKept(const Graph &graph, const Trained &broken) const
    {
        const Trained whole = train(graph);
        QVERIFY2(whole.failure.text.empty(), whole.failure.text.c_str());
        QCOMPARE(broken.epochs.size(), std::size_t(1));
        QVERIFY(!broken.weights.empty());
        const auto facts = readCheckpointFacts(broken.checkpoint);
        QVERIFY(facts.ok());
        QVERIFY(facts->epoch <= 1); // the one after the first epoch is left out where that before it is still being written
        QVERIFY(facts->bestEpoch == 0 || facts->weights == broken.weights);
        const Trained rest = train(graph, broken.checkpoint);
        QVERIFY2(rest.failure.text.empty(), rest.failure.text.c_str());
        QVERIFY(rest.weights == whole.weights);
    }

private slots:
    void whatLibrariesSayIsUnderstood_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        QTest::newRow("the standard library") << -1 << QString();
        QTest::newRow("LibTorch on the CPU") << int(TorchFault::Error)
            << "[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4000000000000 bytes. Error code 12 (Cannot allocate memory)";
        QTest::newRow("LibTorch on a GPU") << int(TorchFault::OutOfMemory)
            << "CUDA out of memory. Tried to allocate 20.00 GiB (GPU 0; 15.90 GiB total capacity; 1.20 GiB already allocated; 14.10 GiB free; 1.22 GiB reserved in total by PyTorch)";
        QTest::newRow("cuBLAS") << int(TorchFault::Error) << "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`";
    }

    void whatLibrariesSayIsUnderstood()
    {
        QFETCH(int, kind);
        QFETCH(QString, text);
        const Graph graph = smallMlp(m_registry);
        const Trained broken = train(graph, {}, [&](Batch &) {
            if (kind < 0)
                throw std::bad_alloc();
            throwTorchFault(TorchFault(kind), text.toStdString());
        });
        const QString told = QString::fromStdString(broken.failure.text);
        QVERIFY2(told.startsWith("There is not enough memory: lower batch_size"), qPrintable(told));
        QVERIFY2(told.endsWith("It ran out in epoch 2, batch 3; batch_size is 16."), qPrintable(told));
        checkKept(graph, broken);
    }

    /// Nobody pretends: a batch of 4,096 samples asks for a petabyte.
    void anAllocationThatFailsNamesItsNode()
    {
        const Graph graph = hungryNetwork();
        const Trained broken = train(graph, {}, [](Batch &batch) {
            batch.count = 4096;
            batch.values.resize(std::size_t(batch.count) * 64, 0.5f);
            batch.targets.resize(std::size_t(batch.count), 0);
        });
        const QString told = QString::fromStdString(broken.failure.text);
        QVERIFY2(told.startsWith("Function 'function' failed: There is not enough memory"), qPrintable(told));
        QVERIFY2(told.endsWith("It ran out in epoch 2, batch 3; batch_size is 16."), qPrintable(told));
        QCOMPARE(broken.failure.node, graph.findByName("function")->id);
        checkKept(graph, broken);
    }

    /// The data's own thread of work: a vector that no memory holds.
    void aBatchThatIsTooLargeIsTold()
    {
        const Graph graph = smallMlp(m_registry);
        for (const std::size_t size : {std::size_t(1) << 50, std::size_t(1) << 62}) {
            const Trained broken = train(graph, {}, [size](Batch &batch) { batch.values.resize(size); });
            QVERIFY2(QString::fromStdString(broken.failure.text).startsWith("There is not enough memory"), broken.failure.text.c_str());
            checkKept(graph, broken);
        }
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "tst_memory.moc"
