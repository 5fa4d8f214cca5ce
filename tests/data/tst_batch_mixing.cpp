// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/batch_mixing.h"
#include "support/transform_catalogue.h"
#include "train/tensor_batches.h"
#include "transforms/batch_transform.h"
#include "transforms/mixing.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace netloom;

namespace {

const Shape kPicture{2, 6, 5};
constexpr std::int64_t kPixels = 2 * 6 * 5;

/// Four pictures, each filled with its number, of the classes 0, 1, 2, 0.
Batch plainBatch()
{
    Batch batch;
    batch.count = 4;
    for (int number = 0; number < 4; ++number)
        batch.values.insert(batch.values.end(), kPixels, float(number));
    batch.targets = {0, 1, 2, 0};
    batch.samples = {0, 1, 2, 3};
    return batch;
}

/// The shares are those of @p kept of each sample's own class and the rest of the one's before.
void verifyShares(const Batch &batch, float kept)
{
    QCOMPARE(batch.shares.size(), std::size_t(4 * 3));
    for (std::size_t at = 0; at < 4; ++at) {
        std::array<float, 3> wanted{};
        wanted[std::size_t(batch.targets[at])] += kept;
        wanted[std::size_t(batch.targets[(at + 3) % 4])] += 1 - kept;
        for (std::size_t label = 0; label < 3; ++label)
            QVERIFY2(std::abs(batch.shares[at * 3 + label] - wanted[label]) < 1e-6f, qPrintable(QString("sample %1, class %2").arg(at).arg(label)));
    }
}

} // namespace

class TestBatchMixing : public QObject {
    Q_OBJECT

    const test::TransformCatalogue m_catalogue;

    std::shared_ptr<BatchTransform> build(const char *type) const
    {
        const NodeSpec &spec = *m_catalogue.registry().find(type);
        return spec.buildBatchTransform(Params::defaults(spec.params));
    }

private slots:
    void mixUpBlendsWithTheSampleBefore()
    {
        std::mt19937_64 random(3);
        Batch batch = plainBatch();
        build("MixUp")->apply(batch, kPicture, 3, random);
        const float kept = batch.values[kPixels]; // of 1 over 0
        QVERIFY(kept > 0.0f && kept < 1.0f);
        for (std::size_t at = 0; at < 4; ++at) {
            const float wanted = kept * float(at) + (1 - kept) * float((at + 3) % 4);
            for (std::size_t pixel = 0; pixel < kPixels; ++pixel)
                QVERIFY(std::abs(batch.values[at * kPixels + pixel] - wanted) < 1e-6f);
        }
        verifyShares(batch, kept);
    }

    void cutMixPastesARectangleAndSharesByItsArea()
    {
        bool cut = false;
        for (unsigned seed = 1; seed < 30; ++seed) {
            std::mt19937_64 random(seed);
            Batch batch = plainBatch();
            build("CutMix")->apply(batch, kPicture, 3, random);
            std::int64_t own = 0;
            for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
                const bool kept = batch.values[kPixels + pixel] == 1.0f;
                own += kept;
                for (std::size_t at = 0; at < 4; ++at)
                    QCOMPARE(batch.values[at * kPixels + pixel], float(kept ? at : (at + 3) % 4));
            }
            cut |= own > 0 && own < kPixels;
            verifyShares(batch, float(own) / float(kPixels));
        }
        QVERIFY(cut);
    }

    void sharesAreDrawnFromBeta_data()
    {
        QTest::addColumn<double>("alpha");
        for (double alpha : {0.2, 1.0, 4.0})
            QTest::addRow("alpha %g", alpha) << alpha;
    }
    void sharesAreDrawnFromBeta()
    {
        QFETCH(double, alpha);
        std::mt19937_64 random(1);
        double sum = 0;
        double squares = 0;
        constexpr int kDraws = 20000;
        for (int draw = 0; draw < kDraws; ++draw) {
            const double share = randomBeta(random, alpha);
            QVERIFY(share >= 0 && share <= 1);
            sum += share - 0.5;
            squares += (share - 0.5) * (share - 0.5);
        }
        QVERIFY(std::abs(sum / kDraws) < 0.01);
        QVERIFY(std::abs(squares / kDraws * 4 * (2 * alpha + 1) - 1) < 0.03); // the variance is 1 / (4 (2 alpha + 1))
    }

    void onlyTrainingIsMixedAndTheSeedDecides()
    {
        Graph graph;
        const auto add = [&](const char *type) { return graph.addNode(*m_catalogue.registry().find(type), {}); };
        const NodeId data = add("MNIST");
        const NodeId numbers = add("ToTensor");
        const NodeId mix = add("MixUp");
        graph.addLink({{data, "image"}, {numbers, "input"}});
        graph.addLink({{numbers, "output"}, {mix, "input"}});
        SourceFacts facts;
        facts.classNames = {"a", "b"};
        auto plain = std::make_shared<TensorBatches>(Shape{1}, facts.classNames);
        for (int sample = 0; sample < 8; ++sample)
            plain->add(Split::Train, {float(sample)}, sample % 2);
        const auto mixed = mixBatches(graph, m_catalogue.registry(), facts, plain);
        const auto firstBatch = [&](std::uint64_t seed, std::int64_t epoch, bool training) {
            mixed->begin(Split::Train, 8, seed, epoch, training);
            return mixed->next()->values;
        };
        QCOMPARE(firstBatch(1, 1, false), (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7}));
        const std::vector<float> first = firstBatch(1, 1, true);
        QVERIFY(std::ranges::any_of(first, [](float value) { return value != std::floor(value); }));
        QCOMPARE(firstBatch(1, 1, true), first);
        QVERIFY(firstBatch(1, 2, true) != first);
        QVERIFY(firstBatch(2, 1, true) != first);
    }
};

QTEST_GUILESS_MAIN(TestBatchMixing)
#include "tst_batch_mixing.moc"
