// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/data_nodes.h"
#include "data/data_source.h"
#include "graph/node_spec.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>
#include <map>

using namespace netloom;

class TestGeneratedPictures : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { addDataNodes(m_registry); }

    void picturesAreAsAskedForAndAlwaysTheSame_data()
    {
        QTest::addColumn<QString>("colour");
        QTest::addColumn<int>("shapes");
        QTest::addColumn<double>("noise");
        QTest::addColumn<QString>("hash"); // of all pixels, the same on every platform
        QTest::newRow("colour") << "RGB" << 8 << 0.1 << "8c0bbe2be556";
        QTest::newRow("grey") << "grey" << 5 << 0.1 << "cb2b0b405814";
        QTest::newRow("without noise") << "RGB" << 3 << 0.0 << "61e40c96a4b2";
    }

    void picturesAreAsAskedForAndAlwaysTheSame()
    {
        QFETCH(QString, colour);
        QFETCH(int, shapes);
        QFETCH(double, noise);
        const auto source = open({{"colour", colour.toStdString()}, {"shapes", std::int64_t(shapes)}, {"noise", noise}, {"count", std::int64_t(20)}});
        QCOMPARE(source->size(), 20 * shapes);
        QCOMPARE(source->facts().classCount(), shapes);
        QCOMPARE(source->facts().counts.at("val").at(1), 3);
        QCryptographicHash hash(QCryptographicHash::Md5);
        for (std::int64_t sample = 0; sample < source->size(); ++sample) {
            const Picture picture = *source->read(sample);
            QCOMPARE(picture.channels, colour == "RGB" ? 3 : 1);
            QCOMPARE(picture.pixels.size(), std::size_t(32 * 32 * picture.channels));
            hash.addData(QByteArrayView(picture.pixels.data(), qsizetype(picture.pixels.size())));
        }
        QTEST(QString(hash.result().toHex().left(12)), "hash");
    }

    void shapesStandOutFromTheirGround()
    {
        const auto source = open({{"colour", std::string("grey")}, {"shapes", std::int64_t(8)}, {"noise", 0.0}, {"count", std::int64_t(25)}});
        for (std::int64_t sample = 0; sample < source->size(); ++sample) {
            const Picture picture = *source->read(sample);
            const auto [darkest, brightest] = std::ranges::minmax(picture.pixels);
            QVERIFY2(brightest - darkest >= 70, source->name(sample).c_str());
            const auto drawn = std::ranges::count_if(picture.pixels, [&](std::uint8_t grey) { return grey != picture.pixels.front(); });
            QVERIFY2(drawn > 30 && drawn < 32 * 32 / 2 + 100, source->name(sample).c_str());
        }
    }

    void anotherSeedDrawsOthersAndExclusionLeavesOut()
    {
        const auto first = open({{"count", std::int64_t(10)}});
        QVERIFY(*first->read(0) != *open({{"count", std::int64_t(10)}, {"seed", std::int64_t(2)}})->read(0));
        const auto fewer = open({{"count", std::int64_t(10)}, {"exclude", std::vector<std::string>{"circle #0", "star #3"}}});
        QCOMPARE(fewer->size(), 48);
        QCOMPARE(fewer->facts().excluded, 2);
        QCOMPARE(fewer->name(0), std::string("square #0"));
        QCOMPARE(*fewer->read(0), *first->read(1));
    }

    void severalShapesInAPictureAreItsLabels()
    {
        const auto source = open({{"shapes", std::int64_t(4)}, {"per_picture", std::int64_t(3)}, {"count", std::int64_t(50)}, {"noise", 0.0}});
        const SourceFacts &facts = source->facts();
        QVERIFY(facts.severalLabels);
        QCOMPARE(source->size(), 200);
        QCOMPARE(facts.total("train") + facts.total("val") + facts.total("test"), std::int64_t(200));
        std::map<std::size_t, int> sizes;
        std::vector<std::int64_t> counts(4);
        for (std::int64_t sample = 0; sample < source->size(); ++sample) {
            const std::vector<std::int32_t> labels = source->labels(sample);
            QVERIFY(std::ranges::is_sorted(labels) && std::ranges::find(labels, std::int32_t(source->label(sample))) != labels.end());
            ++sizes[labels.size()];
            for (const std::int32_t label : labels)
                counts[std::size_t(label)] += source->split(sample) == Split::Train;
        }
        QCOMPARE(sizes.size(), std::size_t(3)); // one, two and three, each about as often
        QVERIFY(sizes[1] > 40 && sizes[2] > 40 && sizes[3] > 40);
        QCOMPARE(counts, facts.counts.at("train"));
        QVERIFY(*source->read(3) == *open({{"shapes", std::int64_t(4)}, {"per_picture", std::int64_t(3)}, {"count", std::int64_t(50)}, {"noise", 0.0}})->read(3));
    }

private:
    std::shared_ptr<DataSource> open(const std::vector<std::pair<std::string, ParamValue>> &given) const
    {
        const NodeSpec &spec = *m_registry.find("GeneratedPictures");
        Params params = Params::defaults(spec.params);
        for (const auto &[name, value] : given)
            params.set(name, value);
        return *spec.openSource(params);
    }

    NodeRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestGeneratedPictures)
#include "tst_generated_pictures.moc"
