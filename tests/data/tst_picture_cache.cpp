// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/loader.h"
#include "data/picture_store.h"
#include "data/sample_order.h"
#include "support/picture_files.h"
#include "support/picture_pipeline.h"

#include <QTest>

#include <map>
#include <set>

using namespace netloom;
using test::PictureFolder;
using test::colourRamp;
using test::encoded;

namespace {

constexpr std::size_t kFewBytes = 2000; ///< room for a few of the pictures: the others go to the file
constexpr std::size_t kPlenty = 1 << 24;

} // namespace

class TestPictureCache : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        addDataNodes(m_registry);
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_cache.root()));
    }

    void init() { QDir(QString::fromStdString(m_cache.path("netloom"))).removeRecursively(); }

    void sameBatchesWithAndWithoutCache_data()
    {
        QTest::addColumn<bool>("random");
        QTest::newRow("random transforms after the fixed ones") << true;
        QTest::newRow("fixed transforms only") << false;
    }

    void sameBatchesWithAndWithoutCache()
    {
        QFETCH(bool, random);
        const Pictures data;
        const QStringList steps = random ? QStringList{"Resize", "RandomCrop", "RandomHorizontalFlip", "ToTensor", "Normalize", "RandomErasing"}
                                         : QStringList{"Resize", "Grayscale", "ToTensor", "Normalize"};
        const auto expected = values(data, steps, {.workers = 1, .cacheBytes = 0}, 3);
        for (const int workers : {1, 2, 3}) {
            for (const std::size_t bytes : {kFewBytes, kPlenty})
                QVERIFY2(values(data, steps, {.workers = workers, .cacheBytes = bytes}, 3) == expected,
                    qPrintable(QString("%1 workers, %2 bytes").arg(workers).arg(bytes)));
        }
    }

    void fileOutlivesTheLoader()
    {
        const Pictures data;
        const auto expected = values(data, kFixed, {.workers = 1, .cacheBytes = kFewBytes}, 1);
        const QFileInfo file = cacheFile();
        QVERIFY(file.size() > 10 * 12 * 3 * 40);
        QVERIFY(values(data, kFixed, {.workers = 2, .cacheBytes = kFewBytes}, 2) == expected + expected);
        QVERIFY2(cacheFile().size() <= file.size() + 30 * 10 * 12 * 3, "what lies in the file already was added once more");
    }

    void changedPictureIsDecodedAnew()
    {
        const Pictures data;
        const auto before = values(data, kFixed, {.workers = 1, .cacheBytes = kFewBytes}, 1);
        for (int number = 0; number < 60; ++number) // all, for some lay in memory
            data.write(QString("%1/%2.png").arg(number % 2).arg(number), encoded(255 - colourRamp(20 + number % 7, 24), ".png"));
        const auto after = values(data, kFixed, {.workers = 1, .cacheBytes = kFewBytes}, 1);
        QVERIFY(after != before);
        QCOMPARE(after, values(data, kFixed, {.workers = 1, .cacheBytes = 0}, 1));
    }

    void damagedFileOnlyMeansNoCache_data()
    {
        QTest::addColumn<int>("damage");
        QTest::newRow("a byte of a picture") << 0;
        QTest::newRow("a head in the middle") << 1;
        QTest::newRow("cut short") << 2;
        QTest::newRow("other content") << 3;
        QTest::newRow("a folder in its place") << 4;
    }

    void damagedFileOnlyMeansNoCache()
    {
        QFETCH(int, damage);
        const Pictures data;
        const auto expected = values(data, kFixed, {.workers = 1, .cacheBytes = kFewBytes}, 1);
        const QString path = cacheFile().filePath();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        if (damage == 0)
            bytes[300] = char(bytes[300] + 1);
        else if (damage == 1)
            bytes.replace(24 + 392, 8, "nonsense");
        else if (damage == 2)
            bytes.chop(77);
        else
            bytes = "something else altogether, and long enough for a head";
        file.resize(0);
        file.seek(0);
        file.write(bytes);
        file.close();
        if (damage == 4) {
            file.remove();
            QDir().mkpath(path);
        }
        QCOMPARE(values(data, kFixed, {.workers = 2, .cacheBytes = kFewBytes}, 1), expected);
        QCOMPARE(values(data, kFixed, {.workers = 1, .cacheBytes = kFewBytes}, 1), expected);
    }

    void storeIsForOneAtATime()
    {
        const auto open = [&] { return PictureStore::open(m_cache.root(), "settings", 10, PictureStore::Missing::Make); };
        QVERIFY(!PictureStore::open(m_cache.root(), "settings", 10, PictureStore::Missing::Leave));
        auto store = open();
        QVERIFY(store);
        QVERIFY(!open());
        const Picture picture{2, 1, 3, {1, 2, 3, 4, 5, 6}};
        store->keep(7, picture);
        store.reset();
        store = open();
        Picture found;
        QVERIFY(store->find(7, found));
        QCOMPARE(found, picture);
        QVERIFY(!store->find(8, found));
    }

    void balancedOrderTakesClassesEquallyOften()
    {
        std::vector<std::int64_t> samples;
        std::vector<std::int64_t> labels;
        for (std::int64_t sample = 0; sample < 103; ++sample) {
            samples.push_back(sample);
            labels.push_back(sample < 90 ? 0 : sample < 100 ? 1 : 2);
        }
        const auto order = balancedOrder(samples, labels, 5, 1);
        QCOMPARE(order.size(), samples.size());
        std::map<std::int64_t, int> classes;
        std::map<std::int64_t, int> times;
        for (const std::int64_t sample : order) {
            ++classes[labels[std::size_t(sample)]];
            ++times[sample];
        }
        for (const auto &[label, count] : classes)
            QVERIFY(count == 34 || count == 35);
        for (const auto &[sample, count] : times) {
            const int members = labels[std::size_t(sample)] == 0 ? 90 : labels[std::size_t(sample)] == 1 ? 10 : 3;
            QVERIFY(count >= 34 / members && count <= 34 / members + 1);
        }
        QCOMPARE(balancedOrder(samples, labels, 5, 1), order);
        QVERIFY(balancedOrder(samples, labels, 5, 2) != order);
    }

    void dropLastLeavesTheSmallBatchOut()
    {
        const Pictures data;
        const auto counts = [&](std::int64_t batchSize, bool training) {
            const auto loader = makeLoaderFor(data, {"Resize", "ToTensor"}, {.dropLast = true});
            loader->begin(Split::Train, batchSize, 1, 1, training);
            std::vector<std::int64_t> sizes;
            while (auto batch = loader->next())
                sizes.push_back(batch->count);
            return sizes;
        };
        QCOMPARE(counts(25, true), (std::vector<std::int64_t>{25, 25}));
        QCOMPARE(counts(25, false), (std::vector<std::int64_t>{25, 25, 10}));
        QCOMPARE(counts(100, true), std::vector<std::int64_t>{60});
    }

private:
    inline static const QStringList kFixed{"Resize", "ToTensor"};

    /// 60 pictures in two classes, all to train on.
    struct Pictures : PictureFolder {
        Pictures()
        {
            for (int number = 0; number < 60; ++number)
                write(QString("%1/%2.png").arg(number % 2).arg(number), encoded(colourRamp(20 + number % 7, 22 + number), ".png"));
        }
    };

    std::shared_ptr<BatchSource> makeLoaderFor(const PictureFolder &data, const QStringList &transforms, LoaderOptions options) const
    {
        Graph graph = test::picturePipeline(m_registry, "ImageFolder", transforms, data.root());
        for (const char *fraction : {"val_fraction", "test_fraction"})
            graph.setParam(graph.findByName("imagefolder")->id, fraction, 0.0);
        return *makeLoader(graph, m_registry, *openSource(graph, m_registry), options);
    }

    /// Everything that so many epochs of the same seed give, in order; each the same epoch, so that a second one shows what was kept.
    QList<float> values(const PictureFolder &data, const QStringList &transforms, LoaderOptions options, int times) const
    {
        const auto loader = makeLoaderFor(data, transforms, options);
        QList<float> all;
        for (int time = 0; time < times; ++time) {
            loader->begin(Split::Train, 7, 11, 2, true);
            while (auto batch = loader->next()) {
                for (const float value : batch->values)
                    all.append(value);
                loader->recycle(std::move(batch));
            }
        }
        return all;
    }

    QFileInfo cacheFile() const
    {
        return QDir(QString::fromStdString(m_cache.path("netloom/pictures"))).entryInfoList(QDir::Files).value(0);
    }

    PictureFolder m_cache;
    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestPictureCache)
#include "tst_picture_cache.moc"
