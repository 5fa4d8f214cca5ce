// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "data/measure_channels.h"
#include "support/transform_catalogue.h"

#include <QTest>

using namespace netloom;

namespace {

/// Pictures of 1×2 px in one channel, from memory; the last is for the test, the one before can't be read.
class TwoPixels final : public DataSource {
public:
    TwoPixels()
    {
        m_facts.known = true;
        m_facts.channels = 3;
        m_facts.height = 1;
        m_facts.width = 2;
    }
    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return 4; }
    Split split(std::int64_t sample) const override { return sample == 3 ? Split::Test : Split::Train; }
    std::int64_t label(std::int64_t) const override { return 0; }
    std::string name(std::int64_t sample) const override { return std::to_string(sample); }
    Result<Picture> read(std::int64_t sample, DecodeHint) const override
    {
        if (sample == 2)
            return Error{"broken"};
        const auto grey = std::uint8_t(sample == 3 ? 255 : 51 * (sample + 1)); // 0.2 and 0.4
        return Picture{1, 2, 3, {grey, 0, 255, grey, 102, 255}};
    }

private:
    SourceFacts m_facts;
};

} // namespace

class TestMeasureChannels : public QObject {
    Q_OBJECT

    const test::TransformCatalogue m_catalogue;
    const TwoPixels m_source;

    /// ImageFolder, ToTensor, Normalize.
    std::pair<Graph, NodeId> network() const
    {
        Graph graph;
        NodeId before;
        for (const char *type : {"ImageFolder", "ToTensor", "Normalize"}) {
            const NodeSpec &spec = m_catalogue.specOf(type);
            const NodeId node = graph.addNode(spec, {});
            if (before.valid())
                graph.addLink({{before, m_catalogue.specOf(QString::fromStdString(graph.find(before)->type)).outputs.front().name}, {node, "input"}});
            before = node;
        }
        return {graph, before};
    }

private slots:
    void trainingPicturesAreMeasuredBeforeNormalize()
    {
        const auto [graph, normalize] = network();
        const auto found = measureChannels(graph, m_catalogue.registry(), m_source, normalize, 100);
        QVERIFY2(found.ok(), found ? "" : found.error().text.c_str());
        QCOMPARE(found->samples, 2);
        const std::vector<double> mean{0.3, 0.2, 1.0};
        const std::vector<double> deviation{0.1, 0.2, 1e-6};
        for (std::size_t channel = 0; channel < 3; ++channel) {
            QVERIFY(std::abs(found->mean.at(channel) - mean[channel]) < 1e-6);
            QVERIFY(std::abs(found->deviation.at(channel) - deviation[channel]) < 1e-6);
        }
    }

    void measuringEndsWhenItIsTold()
    {
        const auto [graph, normalize] = network();
        const auto found = measureChannels(graph, m_catalogue.registry(), m_source, normalize, 100, [](std::int64_t done, std::int64_t) { return done < 1; });
        QVERIFY(!found.ok());
        QVERIFY(found.error().text.empty());
    }
};

QTEST_GUILESS_MAIN(TestMeasureChannels)
#include "tst_measure_channels.moc"
