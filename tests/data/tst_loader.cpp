// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/loader.h"
#include "support/picture_files.h"
#include "support/picture_pipeline.h"

#include <QTest>

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>

using namespace netloom;
using test::PictureFolder;
using test::colourRamp;
using test::encoded;

namespace {

/// Grey pictures of 2×2 px, filled with the sample's number, without any file; reading can be held up.
class CountedSource final : public DataSource {
public:
    explicit CountedSource(int size, std::set<std::int64_t> unreadable = {}) : m_size(size), m_unreadable(std::move(unreadable))
    {
        m_facts.known = true;
        m_facts.channels = 1;
        m_facts.height = m_facts.width = 2;
        m_facts.classNames = {"even", "odd"};
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return m_size; }
    Split split(std::int64_t) const override { return Split::Train; }
    std::int64_t label(std::int64_t sample) const override { return sample % 2; }
    std::string name(std::int64_t sample) const override { return "sample " + std::to_string(sample); }

    Result<Picture> read(std::int64_t sample, DecodeHint) const override
    {
        ++reads;
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, [&] { return m_open; });
        if (m_unreadable.contains(sample))
            return Error{"'" + name(sample) + "' is broken."};
        const int side = sample == oddOne ? 3 : 2;
        return Picture{side, side, 1, std::vector<std::uint8_t>(std::size_t(side * side), std::uint8_t(sample))};
    }

    void setOpen(bool open)
    {
        const std::lock_guard lock(m_mutex);
        m_open = open;
        m_opened.notify_all();
    }

    mutable std::atomic<int> reads = 0;
    std::int64_t oddOne = -1; ///< a sample of another size

private:
    int m_size;
    std::set<std::int64_t> m_unreadable;
    SourceFacts m_facts;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_opened;
    bool m_open = true;
};

struct PassResult {
    std::vector<std::int64_t> counts;
    std::vector<std::int64_t> samples;
    std::vector<std::int64_t> targets;
    std::vector<float> values;
    friend bool operator==(const PassResult &, const PassResult &) = default;
};

/// Takes everything that is left of a pass.
PassResult drain(BatchSource &loader)
{
    PassResult result;
    while (auto batch = loader.next()) {
        result.counts.push_back(batch->count);
        result.samples.insert(result.samples.end(), batch->samples.begin(), batch->samples.end());
        result.targets.insert(result.targets.end(), batch->targets.begin(), batch->targets.end());
        result.values.insert(result.values.end(), batch->values.begin(), batch->values.end());
        loader.recycle(std::move(batch));
    }
    return result;
}

std::vector<std::int64_t> upTo(std::int64_t count)
{
    std::vector<std::int64_t> numbers;
    for (std::int64_t number = 0; number < count; ++number)
        numbers.push_back(number);
    return numbers;
}

std::vector<std::int64_t> sorted(std::vector<std::int64_t> numbers)
{
    std::ranges::sort(numbers);
    return numbers;
}

} // namespace

class TestLoader : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addDataNodes(m_registry); }

    void evaluationKeepsTheOrder()
    {
        const auto loader = counted(std::make_shared<CountedSource>(10));
        QCOMPARE(loader->sampleCount(Split::Train), 10);
        QCOMPARE(loader->sampleCount(Split::Val), 0);
        QCOMPARE(loader->sampleShape().toString(), std::string("1×2×2"));
        loader->begin(Split::Train, 4, 1, 0, false);
        const PassResult pass = drain(*loader);
        QCOMPARE(pass.counts, (std::vector<std::int64_t>{4, 4, 2}));
        QCOMPARE(pass.samples, upTo(10));
        QCOMPARE(pass.targets, (std::vector<std::int64_t>{0, 1, 0, 1, 0, 1, 0, 1, 0, 1}));
        QCOMPARE(pass.values.at(4 * 7), 7.0f / 255.0f);
        QVERIFY(!loader->next());
        loader->begin(Split::Val, 4, 1, 0, false);
        QVERIFY(!loader->next());
    }

    void trainingShufflesBySeedAndEpoch()
    {
        const auto loader = counted(std::make_shared<CountedSource>(100));
        const auto order = [&](std::uint64_t seed, std::int64_t epoch) {
            loader->begin(Split::Train, 16, seed, epoch, true);
            return drain(*loader).samples;
        };
        const auto first = order(1, 0);
        QVERIFY(first != upTo(100));
        QCOMPARE(sorted(first), upTo(100));
        QCOMPARE(order(1, 0), first);
        QVERIFY(order(1, 1) != first);
        QVERIFY(order(2, 0) != first);
    }

    void shuffleIsTheSameOnEveryPlatform()
    {
        const auto loader = counted(std::make_shared<CountedSource>(10));
        loader->begin(Split::Train, 10, 7, 3, true);
        QCOMPARE(drain(*loader).samples, (std::vector<std::int64_t>{1, 4, 5, 8, 6, 7, 0, 2, 9, 3}));
    }

    void sameBatchesWhateverTheWorkerCount()
    {
        const PictureFolder data;
        for (int number = 0; number < 90; ++number)
            data.write(QString("%1/%2.png").arg(number % 3).arg(number), encoded(colourRamp(9 + number % 7, 12 + number % 5), ".png"));
        data.write("0/broken.png", "none");
        data.write("1/broken.jpg", "");
        const Graph graph = pipeline("ImageFolder", {"Resize", "RandomCrop", "RandomHorizontalFlip", "ToTensor", "Normalize"}, data.root());
        const auto source = *openSource(graph, m_registry);
        std::optional<PassResult> expected;
        for (const int workers : {1, 2, 5}) {
            const auto loader = *makeLoader(graph, m_registry, source, {workers, 3});
            loader->begin(Split::Train, 7, 11, 2, true);
            const PassResult first = drain(*loader);
            loader->begin(Split::Train, 7, 11, 2, true);
            QVERIFY2(drain(*loader) == first, "the second pass, which knows the broken pictures, differs");
            QVERIFY2(!expected || first == *expected, qPrintable(QString("%1 workers").arg(workers)));
            expected = first;
            loader->begin(Split::Train, 7, 11, 3, true);
            QVERIFY(drain(*loader).values != first.values);
        }
    }

    void unreadableSamplesAreLeftOut()
    {
        const auto source = std::make_shared<CountedSource>(20, std::set<std::int64_t>{0, 3, 8, 9, 10, 11, 19});
        const auto loader = counted(source, {3, 2});
        for (int round = 0; round < 2; ++round) {
            loader->begin(Split::Train, 4, 1, 0, false);
            const PassResult pass = drain(*loader);
            QCOMPARE(pass.counts, (std::vector<std::int64_t>{2, 4, 4, 3}));
            QCOMPARE(pass.samples, (std::vector<std::int64_t>{1, 2, 4, 5, 6, 7, 12, 13, 14, 15, 16, 17, 18}));
            QCOMPARE(pass.values.size(), std::size_t(13 * 4));
            QCOMPARE(pass.values.at(2 * 4), 4.0f / 255.0f);
            QCOMPARE(loader->unreadable().size(), 7u);
            QCOMPARE(loader->unreadable().at(1), std::string("'sample 3' is broken."));
        }
        QCOMPARE(source->reads, 20); // neither those known to be unreadable nor those that are kept
    }

    void sampleOfAnotherSizeIsLeftOut()
    {
        const auto source = std::make_shared<CountedSource>(5);
        source->oddOne = 2;
        const auto loader = counted(source);
        loader->begin(Split::Train, 5, 1, 0, false);
        QCOMPARE(drain(*loader).samples, (std::vector<std::int64_t>{0, 1, 3, 4}));
        QCOMPARE(loader->unreadable().at(0), std::string("'sample 2' gives 1×3×3 where the network takes 1×2×2: "
                                                         "add Resize before ToTensor and give it height and width."));
    }

    void nothingReadableSaysWhy()
    {
        const auto loader = counted(std::make_shared<CountedSource>(3, std::set<std::int64_t>{0, 1, 2}));
        loader->begin(Split::Train, 2, 1, 0, true);
        try {
            loader->next();
            QFAIL("no exception");
        } catch (const std::runtime_error &error) {
            QVERIFY2(std::string(error.what()).find("None of the 3 samples of the train split can be read") == 0, error.what());
            QVERIFY2(std::string(error.what()).find("'sample 0' is broken") != std::string::npos, error.what());
        }
    }

    void queueIsBounded()
    {
        const auto source = std::make_shared<CountedSource>(1000);
        const auto loader = counted(source, {2, 3});
        loader->begin(Split::Train, 20, 1, 0, true);
        QTRY_COMPARE(source->reads, 60);
        auto batch = loader->next();
        QTRY_COMPARE(source->reads, 80);
        QTest::qWait(20); // what isn't bounded would read on
        QCOMPARE(source->reads, 80);
    }

    void recycledMemoryIsUsedAgain()
    {
        const auto loader = counted(std::make_shared<CountedSource>(2000), {2, 3});
        std::set<const float *> blocks;
        for (int epoch = 0; epoch < 3; ++epoch) {
            loader->begin(Split::Train, 10, 1, epoch, true);
            while (auto batch = loader->next()) {
                blocks.insert(batch->values.data());
                loader->recycle(std::move(batch));
            }
        }
        QVERIFY2(blocks.size() <= 5, qPrintable(QString::number(blocks.size())));
    }

    void cancelWakesAWaitingConsumer()
    {
        const auto source = std::make_shared<CountedSource>(100);
        const auto loader = counted(source, {2, 2});
        source->setOpen(false);
        loader->begin(Split::Train, 10, 1, 0, true);
        auto waiting = std::async(std::launch::async, [&] { return loader->next() == nullptr; });
        QTRY_VERIFY(source->reads > 0);
        loader->cancel();
        QCOMPARE(waiting.wait_for(std::chrono::seconds(5)), std::future_status::ready);
        QVERIFY(waiting.get());
        QVERIFY(!loader->next());
        source->setOpen(true);
        loader->begin(Split::Train, 10, 1, 0, true);
        QCOMPARE(drain(*loader).samples.size(), 100u);
    }

    void cancelAtAnyMomentLeavesAWholeNextPass()
    {
        const auto loader = counted(std::make_shared<CountedSource>(300, std::set<std::int64_t>{7}), {3, 3});
        loader->begin(Split::Train, 8, 5, 1, true);
        const PassResult expected = drain(*loader);
        for (int taken = 0; taken < 40; ++taken) {
            loader->begin(Split::Train, 8, 5, 0, true);
            for (int batch = 0; batch < taken; ++batch)
                loader->recycle(loader->next());
            if (taken % 2)
                loader->cancel(); // else begin() alone drops the pass
            loader->begin(Split::Train, 8, 5, 1, true);
            QVERIFY(drain(*loader) == expected);
        }
    }

    void destructionInTheMiddleOfAPassEnds()
    {
        for (int taken = 0; taken < 10; ++taken) {
            const auto loader = counted(std::make_shared<CountedSource>(500), {2, 2});
            loader->begin(Split::Train, 8, 5, 0, true);
            for (int batch = 0; batch < taken; ++batch)
                QVERIFY(loader->next());
        }
    }

    void faultyPipelineNamesTheNode_data()
    {
        QTest::addColumn<QStringList>("transforms");
        QTest::addColumn<QString>("text");
        QTest::newRow("no ToTensor") << QStringList{"Resize"} << "add ToTensor";
        QTest::newRow("no size") << QStringList{"ToTensor"} << "ToTensor 'totensor' gets pictures of different sizes (3×?×?): add Resize";
    }

    void faultyPipelineNamesTheNode()
    {
        QFETCH(QStringList, transforms);
        QFETCH(QString, text);
        const PictureFolder data;
        data.write("a/1.png", encoded(colourRamp(4, 5), ".png"));
        data.write("b/1.png", encoded(colourRamp(5, 4), ".png"));
        const Graph graph = pipeline("ImageFolder", transforms, data.root());
        const auto loader = makeLoader(graph, m_registry, *openSource(graph, m_registry));
        QVERIFY(!loader);
        QVERIFY2(QString::fromStdString(loader.error().text).contains(text), loader.error().text.c_str());
    }

    void unopenedSourceNamesTheNode()
    {
        const auto source = openSource(pipeline("ImageFolder", {}, "/nowhere/at/all"), m_registry);
        QVERIFY(!source);
        QVERIFY2(source.error().text.starts_with("ImageFolder 'imagefolder': The folder '/nowhere/at/all' doesn't exist"), source.error().text.c_str());
        QVERIFY(!openSource(Graph(), m_registry));
    }

    void preparedPictureIsWhatEvaluationSees()
    {
        const PictureFolder data;
        for (int number = 0; number < 12; ++number)
            data.write(QString("%1/%2.jpg").arg(number % 2).arg(number), encoded(colourRamp(100 + number, 150), ".jpg"));
        const Graph graph = pipeline("ImageFolder", {"Resize", "RandomCrop", "ToTensor", "Normalize"}, data.root());
        const auto source = *openSource(graph, m_registry);
        const auto loader = *makeLoader(graph, m_registry, source);
        loader->begin(Split::Val, 1, 1, 0, false);
        const auto batch = loader->next();
        // Prediction needs no data folder.
        const auto preparer = PicturePreparer::make(pipeline("ImageFolder", {"Resize", "RandomCrop", "ToTensor", "Normalize"}, ""), m_registry);
        QVERIFY2(preparer, preparer ? "" : preparer.error().text.c_str());
        QCOMPARE((*preparer)->sampleShape(), loader->sampleShape());
        const auto prepared = (*preparer)->prepare(data.root() + "/" + source->name(batch->samples[0]));
        QVERIFY(prepared);
        QCOMPARE(prepared->values, batch->values);
        QCOMPARE(prepared->count, 1);
        const auto missing = (*preparer)->prepare(data.path("missing.png"));
        QVERIFY(!missing);
        QVERIFY2(missing.error().text.find("missing.png' does not exist") != std::string::npos, missing.error().text.c_str());
    }

    void preparedPictureOfAnotherSizeIsRefused()
    {
        const PictureFolder data;
        const std::string large = data.write("large.png", encoded(colourRamp(40, 40), ".png"));
        const std::string small = data.write("small.png", encoded(colourRamp(28, 28), ".png"));
        const auto preparer = *PicturePreparer::make(pipeline("MNIST", {"ToTensor"}, ""), m_registry);
        QVERIFY(preparer->prepare(small));
        QVERIFY(!preparer->prepare(large));

        // Where only the data fix the size, a picture lying down doesn't pass for one standing up.
        SourceFacts facts;
        facts.known = true;
        facts.channels = 3;
        facts.height = 40;
        facts.width = 30;
        const auto upright = *PicturePreparer::make(pipeline("ImageFolder", {"ToTensor"}, ""), m_registry, facts);
        QVERIFY(upright->prepare(data.write("upright.png", encoded(colourRamp(40, 30), ".png"))));
        QVERIFY(!upright->prepare(data.write("lying.png", encoded(colourRamp(30, 40), ".png"))));
    }

private:
    Graph pipeline(const char *source, const QStringList &transforms, const std::string &root) const
    {
        return test::picturePipeline(m_registry, source, transforms, root);
    }

    std::shared_ptr<BatchSource> counted(std::shared_ptr<CountedSource> source, LoaderOptions options = {}) const
    {
        return *makeLoader(pipeline("MNIST", {"ToTensor"}, "."), m_registry, std::move(source), options);
    }

    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestLoader)
#include "tst_loader.moc"
