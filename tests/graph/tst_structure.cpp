// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/check_link.h"
#include "graph/infer_shapes.h"
#include "graph/structure.h"
#include "support/small_registry.h"

#include <QTest>

using namespace netloom;

namespace {

/// source → toTensor → flatten → block(in → fc → out) → head → loss.
struct Blocks {
    NodeRegistry registry = test::smallRegistry();
    Graph graph;
    NodeId source = add("Source"), toTensor = add("ToTensor"), flat = add("Flatten"), block = add(kBlockType), head = add("Linear"),
           loss = add("Loss");
    NodeId in = add(kBlockInputType, block, "x"), fc = add("Linear", block, "fc"), out = add(kBlockOutputType, block, "y");

    Blocks()
    {
        graph.setParam(fc, "out_features", std::int64_t{784});
        graph.setParam(head, "out_features", std::int64_t{3});
        link(source, "image", toTensor, "input");
        link(toTensor, "output", flat, "input");
        link(flat, "output", block, "x");
        link(block, "y", head, "input");
        link(in, "output", fc, "input");
        link(fc, "output", out, "input");
        link(head, "output", loss, "input");
        link(source, "target", loss, "target");
    }

    NodeId add(const char *type, NodeId parent = {}, const char *name = "")
    {
        Node node;
        node.type = type;
        node.name = name;
        node.parent = parent;
        node.params = Params::defaults(registry.find(type)->params);
        return graph.addNode(std::move(node));
    }
    void link(NodeId from, const char *output, NodeId to, const char *input)
    {
        const Link link{{from, output}, {to, input}};
        QVERIFY2(!checkLink(graph, registry, link), checkLink(graph, registry, link).value_or(LinkRefusal{}).reason.c_str());
        QVERIFY(graph.addLink(link));
    }
    void repeat(std::int64_t times) { graph.setParam(block, kRepeatParam, times); }
    Inference infer() const
    {
        return inferShapes(graph, registry, test::smallFacts());
    }
};

constexpr std::int64_t kInner = (784 + 1) * 784;
constexpr std::int64_t kHead = (784 + 1) * 3;

} // namespace

class TestStructure : public QObject {
    Q_OBJECT

private slots:
    void aGraphWithoutStructureStaysAsItIs()
    {
        Blocks blocks;
        Graph graph = blocks.graph;
        graph.removeNode(blocks.block);
        const FlatGraph flat = flatten(graph, blocks.registry);
        QVERIFY(flat.graph == graph);
        QVERIFY(flat.copies.empty());
    }

    void blockIsOpened()
    {
        Blocks blocks;
        const Inference inference = blocks.infer();
        QVERIFY2(inference.issues.empty(), inference.issues.empty() ? "" : inference.issues.front().text.c_str());
        QCOMPARE(inference.parameters(), kInner + kHead);
        QCOMPARE(inference.nodes.at(blocks.block).parameters, kInner);
        QCOMPARE(inference.output(blocks.graph, blocks.registry, {blocks.block, "y"}).toString(), std::string("N×784"));
        QCOMPARE(inference.nodes.at(blocks.in).outputs.front().toString(), std::string("N×784"));
        const FlatGraph flat = flatten(blocks.graph, blocks.registry);
        QCOMPARE(flat.graph.find(blocks.fc)->name, std::string("block.fc"));
        QVERIFY(!flat.graph.find(blocks.block));
    }

    void repeatChainsCopies()
    {
        Blocks blocks;
        blocks.repeat(3);
        QCOMPARE(blocks.infer().parameters(), 3 * kInner + kHead);
        const FlatGraph flat = flatten(blocks.graph, blocks.registry);
        QCOMPARE(flat.copies.size(), 2u);
        for (const char *name : {"block.0.fc", "block.1.fc", "block.2.fc"})
            QVERIFY2(flat.graph.findByName(name), name);
        const Node *last = flat.graph.findByName("block.2.fc");
        QCOMPARE(flat.origin(last->id), blocks.fc);
        QVERIFY(flat.graph.linksInto(blocks.head).front().from.node == last->id);

        blocks.graph.setParam(blocks.fc, "out_features", std::int64_t{10}); // each copy has shapes of its own: 784 → 10 → 10 → 10
        QCOMPARE(blocks.infer().parameters(), (784 + 1) * 10 + 2 * (10 + 1) * 10 + (10 + 1) * 3);
    }

    void blocksNest()
    {
        Blocks blocks;
        const NodeId outer = blocks.add(kBlockType, {}, "outer");
        const NodeId in = blocks.add(kBlockInputType, outer, "a");
        const NodeId out = blocks.add(kBlockOutputType, outer, "b");
        for (const Link &link : {Link{{blocks.flat, "output"}, {blocks.block, "x"}}, Link{{blocks.block, "y"}, {blocks.head, "input"}}})
            blocks.graph.removeLink(link);
        blocks.graph.setParent(blocks.block, outer);
        blocks.link(in, "output", blocks.block, "x");
        blocks.link(blocks.block, "y", out, "input");
        blocks.link(blocks.flat, "output", outer, "a");
        blocks.link(outer, "b", blocks.head, "input");
        blocks.repeat(2);
        blocks.graph.setParam(outer, kRepeatParam, std::int64_t{2});
        QCOMPARE(blocks.infer().parameters(), 4 * kInner + kHead);
        QVERIFY(flatten(blocks.graph, blocks.registry).graph.findByName("outer.1.block.0.fc"));
        QCOMPARE(pathOf(blocks.graph, *blocks.graph.find(blocks.fc)), std::string("outer.block.fc"));
        QCOMPARE(findByPath(blocks.graph, "outer.block.fc"), blocks.graph.find(blocks.fc));
    }

    void repeatNeedsAsManyOutputsAsInputs()
    {
        Blocks blocks;
        blocks.add(kBlockInputType, blocks.block, "second");
        blocks.repeat(2);
        const Inference inference = blocks.infer();
        QVERIFY(hasErrors(inference.issues));
        QCOMPARE(inference.issues.front().code, std::string("repeat"));
        QCOMPARE(inference.issues.front().node, blocks.block);
    }

    void wireMissingOutsideIsReportedAtTheBlock()
    {
        Blocks blocks;
        blocks.graph.removeLink({{blocks.flat, "output"}, {blocks.block, "x"}});
        const Inference inference = blocks.infer();
        const auto found = std::ranges::find(inference.issues, "input-missing", &Issue::code);
        QVERIFY(found != inference.issues.end());
        QCOMPARE(found->node, blocks.block);
        QCOMPARE(found->port, std::string("x"));
    }

    void dotsPassEverything()
    {
        Blocks blocks;
        blocks.graph.removeLink({{blocks.source, "image"}, {blocks.toTensor, "input"}});
        const NodeId dot = blocks.add(kRerouteType);
        QVERIFY(!checkLink(blocks.graph, blocks.registry, {{blocks.source, "target"}, {dot, "input"}})); // takes anything while it is free
        blocks.link(dot, "output", blocks.toTensor, "input");
        const auto refusal = checkLink(blocks.graph, blocks.registry, {{blocks.source, "target"}, {dot, "input"}});
        QVERIFY(refusal && refusal->error == LinkError::KindMismatch);
        blocks.link(blocks.source, "image", dot, "input");
        const Inference inference = blocks.infer();
        QVERIFY(!hasErrors(inference.issues));
        QCOMPARE(inference.output(blocks.graph, blocks.registry, {dot, "output"}).toString(), std::string("1×28×28"));
    }

    void bypassedNodeLetsThrough()
    {
        Blocks blocks;
        blocks.graph.setBypassed(blocks.fc, true);
        QCOMPARE(blocks.infer().parameters(), kHead);
        blocks.graph.setBypassed(blocks.fc, false);
        blocks.graph.setBypassed(blocks.block, true);
        QCOMPARE(blocks.infer().parameters(), kHead);
        QVERIFY(!canBypass(blocks.graph, blocks.registry, *blocks.graph.find(blocks.loss)));
        QVERIFY(!canBypass(blocks.graph, blocks.registry, *blocks.graph.find(blocks.toTensor)));
        QVERIFY(canBypass(blocks.graph, blocks.registry, *blocks.graph.find(blocks.flat)));
    }

    void wiresStayWithinTheirBlock()
    {
        Blocks blocks;
        const auto refusal = checkLink(blocks.graph, blocks.registry, {{blocks.flat, "output"}, {blocks.fc, "input"}});
        QVERIFY(refusal && refusal->error == LinkError::OtherBlock);
    }

    void renamedPortKeepsItsWire()
    {
        Blocks blocks;
        QVERIFY(blocks.graph.rename(blocks.in, "features"));
        QVERIFY(!hasErrors(blocks.infer().issues));
        QCOMPARE(blocks.graph.linksInto(blocks.block).front().to.port, std::string("features"));
    }

    void namesAreUniqueWithinABlock()
    {
        Blocks blocks;
        QCOMPARE(blocks.graph.find(blocks.add("Linear", {}, "fc"))->name, std::string("fc"));
        QCOMPARE(blocks.graph.find(blocks.add("Linear", blocks.block, "fc"))->name, std::string("fc_2"));
    }

    void blockShowsWhatItsNodesExpose()
    {
        Blocks blocks;
        const NodeId second = blocks.add("Linear", blocks.block, "fc2");
        blocks.graph.setExposed(blocks.fc, {{"out_features", "features"}});
        blocks.graph.setExposed(second, {{"out_features", "features"}});
        const auto exposed = exposedParams(blocks.graph, blocks.registry, blocks.block);
        QCOMPARE(exposed.size(), 1u);
        QCOMPARE(exposed.front().name, std::string("features"));
        QCOMPARE(exposed.front().value, ParamValue(std::int64_t{784}));
        QCOMPARE(exposed.front().targets.size(), 2u);
    }

    void removedBlockTakesItsInsideAlong()
    {
        Blocks blocks;
        blocks.graph.removeNode(blocks.block);
        for (const NodeId id : {blocks.block, blocks.in, blocks.fc, blocks.out})
            QVERIFY(!blocks.graph.find(id));
        for (const Link &link : blocks.graph.links())
            QVERIFY(blocks.graph.find(link.from.node) && blocks.graph.find(link.to.node));
    }

    /// Copies of copies must not multiply without end.
    void hugeRepeatsEnd()
    {
        Blocks blocks;
        NodeId parent = blocks.block;
        for (int depth = 0; depth < 6; ++depth) {
            blocks.graph.setParam(parent, kRepeatParam, std::int64_t{64});
            parent = blocks.add(kBlockType, parent);
        }
        QVERIFY(std::ranges::any_of(blocks.infer().issues, [](const Issue &issue) { return issue.code == "repeat"; }));
    }
};

QTEST_GUILESS_MAIN(TestStructure)
#include "tst_structure.moc"
