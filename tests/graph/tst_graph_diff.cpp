// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/blocks.h"
#include "graph/graph_diff.h"
#include "graph/structure.h"
#include "support/small_registry.h"

#include <QElapsedTimer>
#include <QTest>

#include <functional>
#include <random>

using namespace netloom;

namespace {

using Edit = std::function<void(Graph &)>;

/// What a test expects and gets, as one line: "+a -b ~c(name out_features) +x→y".
QString summary(const NodeRegistry &registry, const Graph &before, const Graph &after)
{
    const GraphDiff diff = diffGraphs(registry, before, after);
    QStringList words;
    const auto path = [](const Graph &graph, NodeId id) { return QString::fromStdString(pathOf(graph, *graph.find(id))); };
    for (const NodeId id : diff.removed)
        words << '-' + path(before, id);
    for (const NodeId id : diff.added)
        words << '+' + path(after, id);
    for (const NodeDiff &changed : diff.changed) {
        QStringList what;
        for (const FactDiff &fact : changed.facts)
            what << QString::fromStdString(toString(fact.fact));
        for (const ValueDiff &value : changed.params) {
            if (value.differs())
                what << QString::fromStdString(value.name);
        }
        words << '~' + path(after, changed.after) + '(' + what.join(' ') + ')';
    }
    for (const Link &link : linksApartFrom(diff.removedLinks, diff.removed))
        words << '-' + QString::fromStdString(linkText(before, registry, link)).remove(' ');
    for (const Link &link : linksApartFrom(diff.addedLinks, diff.added))
        words << '+' + QString::fromStdString(linkText(after, registry, link)).remove(' ');
    for (const NodeId id : diff.changedInside)
        words << '[' + path(after, id) + ']';
    return words.join(' ');
}

} // namespace

class TestGraphDiff : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = test::smallRegistry();

    /// source → tensor → flat → fc1 → fc2 → fc3 → loss; fc1 and fc2 → sum.
    Graph network() const
    {
        Graph graph;
        NodeId last;
        for (const auto &[type, name] : {std::pair("Source", "source"), {"ToTensor", "tensor"}, {"Flatten", "flat"}, {"Linear", "fc1"}, {"Linear", "fc2"},
                 {"Linear", "fc3"}, {"Loss", "loss"}}) {
            const NodeId id = add(graph, type, name);
            if (last.valid())
                graph.addLink({{last, graph.find(last)->type == "Source" ? "image" : "output"}, {id, "input"}});
            last = id;
        }
        graph.addLink({{named(graph, "source"), "target"}, {last, "target"}});
        const NodeId sum = add(graph, "Add", "sum");
        graph.addLink({{named(graph, "fc1"), "output"}, {sum, "inputs"}});
        graph.addLink({{named(graph, "fc2"), "output"}, {sum, "inputs"}});
        return graph;
    }
    /// The same with fc1 and fc2 in a block.
    Graph blocked() const
    {
        Graph graph = network();
        const auto block = collapseIntoBlock(graph, m_registry, {named(graph, "fc1"), named(graph, "fc2")}, "body");
        graph.setPosition(*block, {5, 5});
        return graph;
    }
    NodeId add(Graph &graph, const char *type, const std::string &name, NodeId parent = {}) const
    {
        Node node;
        node.type = type;
        node.name = name;
        node.parent = parent;
        node.params = Params::defaults(m_registry.find(type)->params);
        return graph.addNode(node);
    }
    static std::string name(std::string stem, int number) { return stem.append(std::to_string(number)); }
    static NodeId named(const Graph &graph, std::string_view path) { return findByPath(graph, path)->id; }
    static Link wire(const Graph &graph, const char *from, const char *to, const char *input = "input")
    {
        return {{named(graph, from), "output"}, {named(graph, to), input}};
    }

private slots:
    void findsWhatDiffers_data()
    {
        QTest::addColumn<Graph>("before");
        QTest::addColumn<Edit>("edit");
        QTest::addColumn<QString>("found");
        const Graph plain = network();
        const Graph block = blocked();
        const auto row = [](const char *name, const Graph &before, Edit edit, const char *found) { QTest::newRow(name) << before << edit << QString::fromUtf8(found); };

        row("nothing", plain, [](Graph &) {}, "");
        row("moved on the canvas", plain, [](Graph &g) { g.setPosition(named(g, "fc1"), {900, 900}); }, "");
        row("a frame around", plain, [](Graph &g) { g.addNode({.type = kFrameType, .name = "note"}); }, "");
        row("parameter", plain, [](Graph &g) { g.setParam(named(g, "fc1"), "out_features", std::int64_t(7)); }, "~fc1(out_features)");
        row("frozen", plain, [](Graph &g) { g.setLearning(named(g, "fc2"), true, 1); }, "~fc2(frozen)");
        row("learning rate", plain, [](Graph &g) { g.setLearning(named(g, "fc2"), false, 0.5); }, "~fc2(learning rate)");
        row("bypassed", plain, [](Graph &g) { g.setBypassed(named(g, "fc2"), true); }, "~fc2(bypassed)");
        row("renamed in the middle", plain, [](Graph &g) { g.rename(named(g, "fc2"), "hidden"); }, "~hidden(name)");
        row("renamed and set", plain, [](Graph &g) {
            g.rename(named(g, "fc2"), "hidden");
            g.setParam(named(g, "hidden"), "out_features", std::int64_t(7));
        }, "~hidden(name out_features)");
        row("all renamed", plain, [](Graph &g) {
            const Graph old = g;
            for (const auto &[id, node] : old.nodes())
                g.rename(id, "n" + node.name);
        }, "~nsource(name) ~ntensor(name) ~nflat(name) ~nfc1(name) ~nfc2(name) ~nfc3(name) ~nloss(name) ~nsum(name)");
        row("names swapped with types kept", plain, [](Graph &g) {
            g.rename(named(g, "fc1"), "x");
            g.rename(named(g, "fc2"), "fc1");
            g.rename(named(g, "x"), "fc2");
        }, "~sum(order of wires) -flat→fc1 -fc1→fc2 -fc2→fc3 +flat→fc2 +fc2→fc1 +fc1→fc3"); // by path they are what their names say
        row("another type under the same name", plain, [](Graph &g) {
            Node node = *g.find(named(g, "flat"));
            node.type = "Grey";
            g.replaceNode(node);
        }, "~flat(type)");
        row("removed", plain, [](Graph &g) { g.removeNode(named(g, "sum")); }, "-sum");
        row("added on a wire", plain, [this](Graph &g) {
            const NodeId id = add(g, "Flatten", "again");
            g.removeLink(wire(g, "fc1", "fc2"));
            g.addLink({{named(g, "fc1"), "output"}, {id, "input"}});
            g.addLink({{id, "output"}, {named(g, "fc2"), "input"}});
        }, "+again -fc1→fc2");
        row("the same type elsewhere is another node", plain, [this](Graph &g) {
            const Link in = wire(g, "tensor", "flat");
            g.removeNode(named(g, "flat"));
            g.addLink({in.from, {named(g, "fc1"), "input"}});
            const NodeId id = add(g, "Flatten", "late");
            g.addLink({{named(g, "sum"), "output"}, {id, "input"}});
        }, "-flat +late +tensor→fc1");
        row("wire", plain, [](Graph &g) { g.removeLink(wire(g, "fc2", "sum", "inputs")); }, "-fc2→sum");
        row("wires in another order", plain, [](Graph &g) {
            const Link first = wire(g, "fc1", "sum", "inputs");
            g.removeLink(first);
            g.addLink(first);
        }, "~sum(order of wires)");
        row("inside a block", block, [](Graph &g) { g.setParam(named(g, "body.fc1"), "out_features", std::int64_t(7)); }, "~body.fc1(out_features) [body]");
        row("repeated block", block, [](Graph &g) { g.setParam(named(g, "body"), kRepeatParam, std::int64_t(3)); }, "~body(repeat)");
        row("renamed block is the same inside", block, [](Graph &g) { g.rename(named(g, "body"), "trunk"); }, "~trunk(name)");
        row("renamed port of a block", block, [](Graph &g) {
            const auto port = blockPorts(g, named(g, "body"), kBlockInputType).front();
            g.rename(port->id, "door");
        }, "~body.door(name) [body]");
        row("shown at the block", block, [](Graph &g) { g.setExposed(named(g, "body.fc1"), {{"out_features", "width"}}); }, "~body.fc1(shown at the block) [body]");
        row("a block around a block has its place", block, [this](Graph &g) {
            (void)collapseIntoBlock(g, m_registry, {named(g, "body")}, "outer");
        }, "-body.fc1 -body.fc2 +outer.body.input +outer.body.fc1 +outer.body.fc2 +outer.body.output +outer.body.output_2 +outer.body ~outer(name) [outer]");
    }

    void findsWhatDiffers()
    {
        QFETCH(Graph, before);
        QFETCH(Edit, edit);
        QFETCH(QString, found);
        Graph after = before;
        edit(after);
        QCOMPARE(summary(m_registry, before, after), found);
    }

    void pairsAndDefaultsOfParametersAreComparedAsTheyWork()
    {
        Params before, after;
        before.set("size", std::vector<std::int64_t>{3});
        after.set("size", std::vector<std::int64_t>{3, 3});
        after.set("p", 0.5);
        before.set("old", true);
        const auto diffs = diffParams({ParamDecl::pair("size", 1), ParamDecl::real("p", 0.5)}, before, after);
        QCOMPARE(diffs.size(), std::size_t(3));
        QVERIFY(!diffs[0].differs());
        QVERIFY(!diffs[1].differs());
        QVERIFY(diffs[2].differs() && !diffs[2].after);
    }

    void randomEditsAreFoundExactly_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 30; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void randomEditsAreFoundExactly()
    {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        const auto below = [&](std::size_t bound) { return std::size_t(std::uniform_int_distribution<int>(0, int(bound) - 1)(random)); };
        Graph before;
        std::vector<NodeId> chain;
        for (int index = 0; index < 40; ++index) {
            chain.push_back(add(before, index % 3 ? "Linear" : "Flatten", name("n", index)));
            if (index > 0)
                before.addLink({{chain[std::size_t(index) - 1], "output"}, {chain.back(), "input"}});
        }
        Graph after = before;
        std::set<NodeId> removed, added, changed;
        for (int turn = 0; turn < 12; ++turn) {
            const NodeId id = chain[below(chain.size())];
            switch (below(4)) {
            case 0:
                if (!changed.contains(id)) { // a renamed node whose neighbours go may not be found again
                    after.removeNode(id);
                    removed.insert(id);
                }
                break;
            case 1: added.insert(add(after, "Grey", name("new", turn))); break;
            case 2:
                if (after.find(id) && after.find(id)->type == "Linear") {
                    after.setParam(id, "out_features", std::int64_t(100 + turn));
                    changed.insert(id);
                }
                break;
            case 3:
                if (after.find(id))
                    after.setBypassed(id, true), changed.insert(id);
                break;
            }
        }
        for (const auto &[id, node] : before.nodes()) { // some, with their neighbours as they were
            if (id.value % 9 == 4 && after.find(id) && after.find(NodeId{id.value - 1}) && !changed.contains(id)) {
                after.rename(id, name("renamed", int(id.value)));
                changed.insert(id);
            }
        }
        const GraphDiff diff = diffGraphs(m_registry, before, after);
        QCOMPARE(std::set(diff.removed.begin(), diff.removed.end()), removed);
        QCOMPARE(std::set(diff.added.begin(), diff.added.end()), added);
        std::set<NodeId> found;
        for (const NodeDiff &one : diff.changed) {
            QCOMPARE(one.before, one.after);
            found.insert(one.after);
        }
        QCOMPARE(found, changed);
        QVERIFY(diff.addedLinks.empty());
        QCOMPARE(diff.removedLinks.size(), before.links().size() - after.links().size());
        QVERIFY(diffGraphs(m_registry, after, after).empty());
        compareSwapped(before, after);
    }

    void compareSwapped(const Graph &before, const Graph &after)
    {
        const GraphDiff there = diffGraphs(m_registry, before, after);
        const GraphDiff back = diffGraphs(m_registry, after, before);
        QCOMPARE(back.added, there.removed);
        QCOMPARE(back.removed, there.added);
        QCOMPARE(back.addedLinks, there.removedLinks);
        QCOMPARE(back.removedLinks, there.addedLinks);
        QCOMPARE(back.changed.size(), there.changed.size());
        for (const NodeDiff &one : there.changed) {
            const auto same = std::ranges::find(back.changed, one.before, &NodeDiff::after);
            QVERIFY(same != back.changed.end() && same->before == one.after && same->facts.size() == one.facts.size());
        }
    }

    void aThousandNodesTakeNoTime()
    {
        Graph before;
        NodeId last;
        for (int index = 0; index < 1000; ++index) {
            const NodeId id = add(before, "Add", name("n", index));
            if (last.valid())
                before.addLink({{last, "output"}, {id, "inputs"}});
            last = id;
        }
        Graph after = before;
        Graph renamed;
        for (const auto &[id, node] : before.nodes()) {
            Node copy = node;
            copy.name = "m" + node.name;
            renamed.insertNode(copy);
        }
        for (const Link &link : before.links())
            renamed.addLink(link);
        after.setBypassed(NodeId{500}, true);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(diffGraphs(m_registry, before, after).changed.size(), std::size_t(1));
        const auto usual = timer.restart();
        QCOMPARE(diffGraphs(m_registry, before, renamed).changed.size(), std::size_t(1000));
        const auto worst = timer.restart();
        QVERIFY2(usual < 200 && worst < 1000, qPrintable(QString("%1 ms, %2 ms").arg(usual).arg(worst))); // 6 each where it is idle
    }
};


QTEST_APPLESS_MAIN(TestGraphDiff)
#include "tst_graph_diff.moc"
