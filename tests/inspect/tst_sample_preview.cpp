// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/sample_preview.h"

#include "data/loader.h"
#include "graph/blocks.h"
#include "graph/structure.h"
#include "run/registry.h"
#include "support/stripes.h"
#include "support/torch_probe.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace netloom;

using Previews = std::map<std::string, NodePreview>; ///< by the node's name

class TestSamplePreview : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    QTemporaryDir m_data;
    Graph m_graph; ///< data → resize → to_tensor → conv1 → relu1 → flatten → fc1 → loss
    PreviewSample m_sample;

    const SourceFacts &facts() const { return m_sample.source->facts(); }
    static NodeId id(const Graph &graph, const char *name) { return graph.findByName(name)->id; }

    Previews run(SamplePreview &preview, const Graph &graph) { return run(preview, graph, m_sample); }
    Previews run(SamplePreview &preview, const Graph &graph, const PreviewSample &sample)
    {
        Previews previews;
        preview.run(graph, facts(), sample, [&](NodeId node, const auto &one) { previews[graph.find(node)->name] = *one; });
        return previews;
    }
    Previews runCold(const Graph &graph)
    {
        SamplePreview preview(m_registry);
        return run(preview, graph);
    }

    /// What evaluation feeds into the network for the file of the sample.
    std::vector<float> evaluationInput() const
    {
        const auto preparer = PicturePreparer::make(m_graph, m_registry, facts());
        return (*preparer)->prepare((m_data.path() + '/').toStdString() + m_sample.source->name(m_sample.index))->values;
    }

    NodeId addAfter(Graph &graph, const char *before, const char *type, const Params &params = {})
    {
        Node node{.type = type, .params = Params::defaults(m_registry.find(type)->params)};
        for (const auto &[name, value] : params.values())
            node.params.set(name, value);
        const NodeId added = graph.addNode(std::move(node));
        graph.addLink({{id(graph, before), "output"}, {added, m_registry.find(type)->inputs.front().name}});
        return added;
    }

private slots:
    void initTestCase()
    {
        test::writeStripes(m_data.path(), 6, 2, 2);
        const auto project = projectFromJson(test::stripesProject(m_data.path()), m_registry, m_data.path().toStdString());
        QVERIFY(project.ok());
        m_graph = project->project.graph;
        const auto source = openSource(m_graph, m_registry);
        QVERIFY(source.ok());
        m_sample = {*source, 3, {}};
    }

    void trainedNetworkGivesTheNumbersOfEvaluation()
    {
        const auto expected = test::runNetwork(m_graph, m_registry, facts(), 7, evaluationInput());
        QVERIFY2(expected.failure.empty(), expected.failure.c_str());
        SamplePreview preview(m_registry);
        QVERIFY(preview.setWeights(expected.weights).ok());
        const Previews previews = run(preview, m_graph);
        QVERIFY(preview.values(id(m_graph, "to_tensor")).values == evaluationInput());
        QVERIFY(preview.values(id(m_graph, "fc1")).values == expected.output);
        QVERIFY(preview.values(id(m_graph, "loss")).values == expected.probabilities);
        QVERIFY(previews.at("loss").bars == expected.probabilities);
        QVERIFY(preview.weightedAndTrained() == std::pair(2, 2));
    }

    void everyNodeShowsWhatComesOutOfIt()
    {
        using Kind = NodePreview::Kind;
        const struct {
            const char *node;
            Kind kind;
            const char *shape;
            std::int64_t tiles, bars;
        } rows[] = {
            {"data", Kind::Picture, "3×12×12", 1, 0},
            {"resize", Kind::Picture, "3×8×8", 1, 0},
            {"to_tensor", Kind::Picture, "N×3×8×8", 1, 0},
            {"conv1", Kind::Maps, "N×4×6×6", 4, 0},
            {"relu1", Kind::Maps, "N×4×6×6", 4, 0},
            {"flatten", Kind::Bars, "N×144", 0, 48}, // three numbers a bar
            {"fc1", Kind::Bars, "N×2", 0, 2},
            {"loss", Kind::Bars, "N×2", 0, 2},
        };
        const Previews previews = runCold(m_graph);
        for (const auto &row : rows) {
            const NodePreview &preview = previews.at(row.node);
            QVERIFY2(preview.kind == row.kind, row.node);
            QCOMPARE(QString::fromStdString(preview.shape.toString()), QString(row.shape));
            QCOMPARE(preview.tileCount(), row.tiles);
            QCOMPARE(std::int64_t(preview.bars.size()), row.bars);
        }
        QVERIFY(previews.at("fc1").names == facts().classNames && previews.at("loss").names == facts().classNames);
        QVERIFY(previews.at("flatten").names.empty());
        QVERIFY(previews.at("loss").probabilities && !previews.at("fc1").probabilities);
        QCOMPARE(previews.at("loss").target, m_sample.source->label(m_sample.index));
        QCOMPARE(*std::ranges::max_element(previews.at("relu1").tiles), 255);
    }

    void blocksAndBypassedNodesShowWhatComesOutOfThem()
    {
        Graph graph = m_graph;
        const auto block = collapseIntoBlock(graph, m_registry, {id(graph, "conv1"), id(graph, "relu1")}, "body");
        QVERIFY(block.ok());
        const NodeId conv = findByPath(graph, "body.conv1")->id;
        const NodeId relu = findByPath(graph, "body.relu1")->id;
        const Previews plain = runCold(m_graph);
        SamplePreview preview(m_registry);
        Previews inBlock = run(preview, graph);
        for (const auto &[name, one] : plain) // inside, outside and behind: the same nodes, the same numbers
            QVERIFY2(inBlock.at(name) == one, name.c_str());
        QVERIFY(inBlock.at("body") == plain.at("relu1"));
        QVERIFY(preview.values(*block) == preview.values(relu) && !preview.values(relu).values.empty());

        graph.setBypassed(relu, true);
        inBlock = run(preview, graph);
        QVERIFY(inBlock.at("relu1") == plain.at("conv1") && inBlock.at("body") == plain.at("conv1"));
        QVERIFY(preview.values(relu) == preview.values(conv));
        QVERIFY(inBlock.at("fc1") != plain.at("fc1"));

        graph.setBypassed(*block, true); // three channels flow on to the end
        inBlock = run(preview, graph);
        QVERIFY(inBlock.at("body") == plain.at("to_tensor"));
    }

    void repeatedBlocksShowTheirLastCopyOutsideAndTheirFirstInside()
    {
        Graph graph = m_graph;
        graph.setParam(id(graph, "conv1"), "out_channels", std::int64_t(3));
        graph.setParam(id(graph, "conv1"), "padding", std::string("same"));
        graph.setParam(id(graph, "conv1"), "stride", std::vector<std::int64_t>{1});
        const auto block = collapseIntoBlock(graph, m_registry, {id(graph, "conv1"), id(graph, "relu1")}, "body");
        QVERIFY(block.ok());
        const Previews once = runCold(graph);
        graph.setParam(*block, kRepeatParam, std::int64_t(3));
        SamplePreview preview(m_registry);
        const Previews thrice = run(preview, graph);
        QVERIFY(thrice.at("relu1") == once.at("relu1") && thrice.at("body") != once.at("body"));
        QCOMPARE(preview.weightedAndTrained().first, 4); // three convolutions and fc1
        const auto trained = test::runNetwork(graph, m_registry, facts(), 7, evaluationInput());
        QVERIFY2(trained.failure.empty(), trained.failure.c_str());
        QVERIFY(preview.setWeights(trained.weights).ok());
        run(preview, graph);
        QVERIFY(preview.weightedAndTrained() == std::pair(4, 4));
        QVERIFY(preview.values(id(graph, "fc1")).values == trained.output);
    }

    void incompleteGraphsShowAllThatCanBeComputed()
    {
        Graph graph = m_graph;
        graph.removeNode(id(graph, "loss"));
        graph.removeLink({{id(graph, "conv1"), "output"}, {id(graph, "relu1"), "input"}});
        const NodeId branch = addAfter(graph, "conv1", "MaxPool2d");
        addAfter(graph, "conv1", "Linear"); // doesn't fit
        const Previews previews = runCold(graph);
        QVERIFY(previews.at("conv1") == runCold(m_graph).at("conv1"));
        QVERIFY(previews.at(graph.find(branch)->name).kind == NodePreview::Kind::Maps);
        for (const char *name : {"relu1", "flatten", "fc1", "linear"}) {
            QVERIFY2(previews.at(name).kind == NodePreview::Kind::None, name);
            QVERIFY2(!previews.at(name).reason.empty(), name);
        }
        QVERIFY(QString::fromStdString(previews.at("linear").reason).contains("needs a flat input"));
    }

    void mergesTakeAllTheirBranches()
    {
        Graph graph = m_graph;
        const NodeId sum = addAfter(graph, "conv1", "Add");
        graph.addLink({{id(graph, "relu1"), "output"}, {sum, m_registry.find("Add")->inputs.front().name}});
        SamplePreview preview(m_registry);
        run(preview, graph);
        const auto one = preview.values(id(graph, "conv1")).values;
        const auto other = preview.values(id(graph, "relu1")).values;
        const auto both = preview.values(sum).values;
        QCOMPARE(both.size(), one.size());
        for (std::size_t at = 0; at < both.size(); ++at)
            QCOMPARE(both[at], one[at] + other[at]);
    }

    void afterEveryEditTheResultEqualsAColdOne()
    {
        const std::vector<std::pair<const char *, std::function<void(Graph &)>>> edits{
            {"last layer", [](Graph &graph) { graph.setParam(id(graph, "fc1"), "bias", false); }},
            {"first transform", [](Graph &graph) { graph.setParam(id(graph, "resize"), "size", std::vector<std::int64_t>{10, 9}); }},
            {"first layer", [](Graph &graph) { graph.setParam(id(graph, "conv1"), "out_channels", std::int64_t(6)); }},
            {"wire out", [](Graph &graph) { graph.removeLink({{id(graph, "to_tensor"), "output"}, {id(graph, "conv1"), "input"}}); }},
            {"wire back", [](Graph &graph) { graph.addLink({{id(graph, "to_tensor"), "output"}, {id(graph, "conv1"), "input"}}); }},
            {"node gone", [](Graph &graph) { graph.removeNode(id(graph, "relu1")); }},
            {"short cut", [](Graph &graph) { graph.addLink({{id(graph, "conv1"), "output"}, {id(graph, "flatten"), "input"}}); }},
        };
        SamplePreview warm(m_registry);
        Graph graph = m_graph;
        run(warm, graph);
        for (const auto &[name, edit] : edits) {
            edit(graph);
            QVERIFY2(run(warm, graph) == runCold(graph), name);
        }
    }

    void anEditLeavesWhatComesBeforeItAndAllWeights()
    {
        SamplePreview preview(m_registry);
        std::map<std::string, std::shared_ptr<const NodePreview>> before, after;
        const auto keepIn = [&](auto &kept) { return [&](NodeId node, const auto &one) { kept[m_graph.find(node)->name] = one; }; };
        preview.run(m_graph, facts(), m_sample, keepIn(before));
        Graph graph = m_graph;
        graph.setParam(id(graph, "flatten"), "start_dim", std::int64_t(1)); // as it was
        graph.setParam(id(graph, "relu1"), "nothing", 1.0);
        preview.run(graph, facts(), m_sample, keepIn(after));
        for (const char *name : {"data", "resize", "to_tensor", "conv1"})
            QVERIFY2(before.at(name) == after.at(name), name); // not computed again
        QVERIFY(before.at("relu1") != after.at("relu1"));
        QVERIFY(*before.at("fc1") == *after.at("fc1")); // the same weights
    }

    void anotherSampleChangesEverything()
    {
        SamplePreview preview(m_registry);
        const Previews before = run(preview, m_graph);
        PreviewSample other = m_sample;
        ++other.index;
        const Previews after = run(preview, m_graph, other);
        for (const auto &[name, one] : before)
            QVERIFY2(one != after.at(name), name.c_str());
    }

    void weightsGoWhereTheyFit()
    {
        Graph graph = m_graph;
        graph.setParam(id(graph, "fc1"), "bias", false);
        const auto trained = test::runNetwork(m_graph, m_registry, facts(), 7, evaluationInput());
        SamplePreview preview(m_registry);
        const Previews untrained = run(preview, graph);
        QVERIFY(preview.setWeights(trained.weights).ok());
        const Previews partly = run(preview, graph);
        QVERIFY(partly.at("conv1") != untrained.at("conv1"));
        QVERIFY(preview.weightedAndTrained() == std::pair(2, 2)); // fc1.weight is there and fits; the bias isn't asked for
        graph.setParam(id(graph, "conv1"), "out_channels", std::int64_t(5));
        run(preview, graph);
        QVERIFY(preview.weightedAndTrained() == std::pair(2, 0)); // now fc1 is larger, too
        QVERIFY(!preview.setWeights("no file").ok());
        QVERIFY(run(preview, graph) == runCold(graph));
    }

    void filesBecomeSamples()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("mine.png");
        test::writeBytes(file, test::stripesPng(true, 9));
        SamplePreview preview(m_registry);
        PreviewSample sample{m_sample.source, -1, file.toStdString()};
        const Previews previews = run(preview, m_graph, sample);
        QVERIFY(previews.at("loss").kind == NodePreview::Kind::Bars);
        QCOMPARE(previews.at("loss").target, -1);
        sample.file += ".gone";
        const Previews none = run(preview, m_graph, sample);
        QVERIFY(QString::fromStdString(none.at("data").reason).contains("mine.png.gone"));
        QVERIFY(none.at("conv1").kind == NodePreview::Kind::None);
    }

    void filesGetTheSizeOfTheDataWhereNoTransformSetsOne()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("large.png");
        test::writeBytes(file, test::pngBytes(30, 20, 8, 0, QByteArray(20 * 31, '\0')));
        Graph graph = m_graph;
        graph.removeNode(id(graph, "resize"));
        graph.addLink({{id(graph, "data"), "image"}, {id(graph, "to_tensor"), "input"}});
        SamplePreview preview(m_registry);
        const Previews previews = run(preview, graph, {m_sample.source, -1, file.toStdString()});
        QCOMPARE(QString::fromStdString(previews.at("data").shape.toString()), "3×12×12");
        QVERIFY(previews.at("loss").kind == NodePreview::Kind::Bars);
    }

    void aStopEndsTheRunBetweenTwoNodes()
    {
        SamplePreview preview(m_registry);
        std::stop_source stop;
        int count = 0;
        const auto sink = [&](NodeId, const auto &) {
            if (++count == 3)
                stop.request_stop();
        };
        QVERIFY(!preview.run(m_graph, facts(), m_sample, sink, stop.get_token()));
        QCOMPARE(count, 3);
        QVERIFY(run(preview, m_graph) == runCold(m_graph));
    }

    void trainingDrawsTheSameWeightsBesideAPreview()
    {
        const auto alone = test::runNetwork(m_graph, m_registry, facts(), 7, evaluationInput());
        SamplePreview preview(m_registry);
        run(preview, m_graph);
        QVERIFY(test::runNetwork(m_graph, m_registry, facts(), 7, evaluationInput()).weights == alone.weights);
    }

    void whatIsTooLargeIsLeftOut()
    {
        Graph graph = m_graph;
        graph.setParam(id(graph, "fc1"), "out_features", std::int64_t(1) << 30);
        const Previews previews = runCold(graph);
        QVERIFY(previews.at("fc1").kind == NodePreview::Kind::None && !previews.at("fc1").reason.empty());
        QVERIFY(previews.at("data").kind == NodePreview::Kind::Picture);
    }
};

QTEST_GUILESS_MAIN(TestSamplePreview)
#include "tst_sample_preview.moc"
