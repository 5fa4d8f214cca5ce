// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/check_link.h"
#include "graph/infer_shapes.h"
#include "graph/layout.h"
#include "support/small_registry.h"

#include <QRandomGenerator>
#include <QTest>

#include <random>

using namespace netloom;

namespace {

/// source → toTensor → flatten → fc → loss, and the target wire.
struct Chain {
    NodeRegistry registry = test::smallRegistry();
    Graph graph;
    NodeId source = add("Source"), toTensor = add("ToTensor"), flatten = add("Flatten"), fc = add("Linear"), loss = add("Loss");

    Chain()
    {
        graph.setParam(source, "root", std::string("/data"));
        link(source, "image", toTensor, "input");
        link(toTensor, "output", flatten, "input");
        link(flatten, "output", fc, "input");
        link(fc, "output", loss, "input");
        link(source, "target", loss, "target");
    }

    NodeId add(const char *type) { return graph.addNode(*registry.find(type)); }
    bool link(NodeId from, const char *out, NodeId to, const char *in) { return graph.addLink({{from, out}, {to, in}}); }

    static SourceFacts facts() { return test::smallFacts(); }
};

QStringList codes(const Inference &inference)
{
    QStringList found;
    for (const Issue &issue : inference.issues)
        found << QString::fromStdString(issue.code);
    return found;
}

} // namespace

class TestGraph : public QObject {
    Q_OBJECT

private slots:
    void namesAreUniqueAndFromTheType()
    {
        Chain chain;
        const NodeId second = chain.add("Linear");
        const NodeId third = chain.add("Linear");
        QCOMPARE(chain.graph.find(chain.fc)->name, std::string("linear"));
        QCOMPARE(chain.graph.find(second)->name, std::string("linear_2"));
        QCOMPARE(chain.graph.find(third)->name, std::string("linear_3"));
        QVERIFY(!chain.graph.rename(third, "linear"));
        QVERIFY(!chain.graph.rename(third, "with space"));
        QVERIFY(chain.graph.rename(third, "head"));
        chain.graph.removeNode(second);
        QVERIFY(chain.add("Linear") > third); // ids are never used again
    }

    void orderFollowsTheWires()
    {
        Chain chain;
        const auto order = chain.graph.topologicalOrder();
        QVERIFY(order.has_value());
        for (const Link &link : chain.graph.links()) {
            QVERIFY(std::find(order->begin(), order->end(), link.from.node) < std::find(order->begin(), order->end(), link.to.node));
        }
    }

    void linksAreCheckedByOneRule_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("input");
        QTest::addColumn<int>("error"); // -1 = allowed
        const auto row = [](const char *name, const char *from, const char *output, const char *to, const char *input, int error) {
            QTest::newRow(name) << from << output << to << input << error;
        };
        row("tensor to variadic", "linear", "output", "sum", "inputs", -1);
        row("picture to tensor", "source", "image", "free", "input", int(LinkError::KindMismatch));
        row("target to tensor", "source", "target", "free", "input", int(LinkError::KindMismatch));
        row("itself", "sum", "output", "sum", "inputs", int(LinkError::SelfLoop));
        row("back to an ancestor", "linear", "output", "flatten", "input", int(LinkError::Cycle));
        row("taken input", "totensor", "output", "linear", "input", int(LinkError::PortTaken));
        row("same wire again", "flatten", "output", "linear", "input", int(LinkError::Duplicate));
        row("no such port", "linear", "outptu", "sum", "inputs", int(LinkError::UnknownPort));
        row("input to output", "sum", "inputs", "linear", "output", int(LinkError::WrongDirection));
    }

    void linksAreCheckedByOneRule()
    {
        QFETCH(QString, from);
        QFETCH(QString, output);
        QFETCH(QString, to);
        QFETCH(QString, input);
        QFETCH(int, error);
        Chain chain;
        chain.graph.rename(chain.add("Add"), "sum");
        chain.graph.rename(chain.add("Linear"), "free");
        const Link link{{chain.graph.findByName(from.toStdString())->id, output.toStdString()},
            {chain.graph.findByName(to.toStdString())->id, input.toStdString()}};
        const auto refusal = checkLink(chain.graph, chain.registry, link);
        QCOMPARE(refusal ? int(refusal->error) : -1, error);
        if (refusal)
            QVERIFY(refusal->reason.ends_with("."));
        if (error == int(LinkError::PortTaken))
            QVERIFY(!checkLink(chain.graph, chain.registry, link, TakenInput::Replace));
    }

    void shapesAndCostsFollowTheData()
    {
        Chain chain;
        const Inference inference = inferShapes(chain.graph, chain.registry, Chain::facts());
        QVERIFY2(inference.issues.empty(), inference.issues.empty() ? "" : inference.issues.front().text.c_str());
        QCOMPARE(inference.output(chain.graph, chain.registry, {chain.toTensor, "output"}).toString(), std::string("N×1×28×28"));
        QCOMPARE(inference.output(chain.graph, chain.registry, {chain.fc, "output"}).toString(), std::string("N×3"));
        QCOMPARE(inference.parameters(), 785 * 3);
        QCOMPARE(inference.multiplyAdds(), 784 * 3);
    }

    void faultsNameNodeCauseAndMend()
    {
        Chain chain;
        chain.graph.removeNode(chain.flatten);
        chain.link(chain.toTensor, "output", chain.fc, "input");
        const Inference inference = inferShapes(chain.graph, chain.registry, Chain::facts());
        QCOMPARE(inference.issues.size(), std::size_t(1));
        QCOMPARE(inference.issues[0].node, chain.fc);
        QCOMPARE(inference.issues[0].text, std::string("Linear 'linear' needs a flat input but gets N×1×28×28: add Flatten before it."));
    }

    void onlyAKeywordStandsForTheClasses()
    {
        NodeSpec spec;
        spec.params = {ParamDecl::path("root", true), ParamDecl::integerOr("out_features", std::int64_t{1}, {"classes"})};
        Node node;
        node.params.set("root", std::string("classes")); // a folder may be called so
        node.params.set("out_features", std::string("classes"));
        const Params params = resolvedParams(spec, node, Chain::facts());
        QCOMPARE(params.text("root"), std::string("classes"));
        QCOMPARE(params.integer("out_features"), Chain::facts().classCount());
    }

    void wholeGraphFaultsAreFound()
    {
        const auto codesAfter = [](auto &&change, SourceFacts facts = Chain::facts()) {
            Chain chain;
            change(chain);
            return codes(inferShapes(chain.graph, chain.registry, facts));
        };
        QCOMPARE(codesAfter([](Chain &c) { c.graph = Graph(); }), QStringList{"empty"});
        QCOMPARE(codesAfter([](Chain &c) { c.graph.removeNode(c.loss); }), QStringList{"no-loss"});
        QCOMPARE(codesAfter([](Chain &c) { c.graph.removeNode(c.source); }), (QStringList{"input-missing", "input-missing", "no-source"}));
        QCOMPARE(codesAfter([](Chain &c) { c.add("Add"); }), QStringList{"unused"});
        QCOMPARE(codesAfter([](Chain &c) { c.add("Source"); }), QStringList{"second-source"});
        QCOMPARE(codesAfter([](Chain &c) {
            const NodeId grey = c.add("Grey");
            c.link(c.source, "image", grey, "input");
        }), (QStringList{"pipeline-branch", "unused"}));
        QCOMPARE(codesAfter([](Chain &c) { c.link(c.fc, "output", c.flatten, "input"); }).first(), QString("cycle"));
        QCOMPARE(codesAfter([](Chain &) {}, SourceFacts{}), QStringList{"classes-unknown"}); // a hint: nobody has looked yet
        SourceFacts broken;
        broken.problem = "The folder is gone.";
        QVERIFY(codesAfter([](Chain &) {}, broken).contains("data-problem"));
        SourceFacts none = Chain::facts();
        none.counts.clear();
        QCOMPARE(codesAfter([](Chain &) {}, none), QStringList{"no-training-samples"});
    }

    void unknownTypesStayAndAreNamed()
    {
        Chain chain;
        Node odd;
        odd.type = "Hologram";
        const NodeId id = chain.graph.addNode(odd);
        const Inference inference = inferShapes(chain.graph, chain.registry, Chain::facts());
        QCOMPARE(codes(inference), QStringList{"unknown-type"});
        QCOMPARE(inference.issues[0].node, id);
    }

    void pipelineIsTheWayFromSourceToLayers()
    {
        Chain chain;
        const Pipeline pipeline = findPipeline(chain.graph, chain.registry);
        QCOMPARE(pipeline.source, chain.source);
        QCOMPARE(pipeline.transforms, std::vector<NodeId>{chain.toTensor});
    }

    void layoutPutsNodesBehindTheirFeedersAndApart()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 30; ++round) {
            Graph graph;
            std::vector<NodeId> ids;
            std::map<NodeId, CardSize> sizes;
            for (int index = 0; index < 3 + round; ++index) {
                ids.push_back(graph.addNode(Node{.type = "Any"}));
                sizes[ids.back()] = {160.0 + double(random() % 60), 60.0 + double(random() % 80)};
                for (int wire = 0; wire < 2 && index > 0; ++wire)
                    graph.addLink({{ids[random() % std::size_t(index)], "output"}, {ids.back(), "input"}});
            }
            const auto places = layeredLayout(graph, sizes);
            QCOMPARE(places.size(), ids.size());
            for (const Link &link : graph.links()) {
                const Point from = places.at(link.from.node), to = places.at(link.to.node);
                const bool behind = from.x + sizes[link.from.node].width <= to.x;
                const bool nextRow = from.y < to.y;
                QVERIFY(behind || nextRow);
            }
            for (NodeId a : ids) {
                for (NodeId b : ids) {
                    const Point p = places.at(a), q = places.at(b);
                    const bool apart = p.x + sizes[a].width <= q.x || q.x + sizes[b].width <= p.x || p.y + sizes[a].height <= q.y || q.y + sizes[b].height <= p.y;
                    QVERIFY(a == b || apart);
                }
            }
        }
    }

    void acceptedLinksNeverCloseACycle()
    {
        const NodeRegistry registry = test::smallRegistry();
        QRandomGenerator random(7);
        for (int round = 0; round < 20; ++round) {
            Graph graph;
            std::vector<NodeId> ids;
            for (int count = 0; count < 12; ++count)
                ids.push_back(graph.addNode(*registry.find(count % 2 ? "Add" : "Flatten")));
            int accepted = 0;
            for (int attempt = 0; attempt < 200; ++attempt) {
                const NodeId from = ids[random.bounded(quint32(ids.size()))];
                const NodeId to = ids[random.bounded(quint32(ids.size()))];
                const Link link{{from, "output"}, {to, graph.find(to)->type == "Add" ? "inputs" : "input"}};
                if (!checkLink(graph, registry, link)) {
                    QVERIFY(graph.addLink(link));
                    ++accepted;
                }
            }
            QVERIFY(accepted > 5);
            QVERIFY(graph.topologicalOrder().has_value());
        }
    }
};

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_graph.moc"
