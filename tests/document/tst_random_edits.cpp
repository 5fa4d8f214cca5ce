// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/clipboard.h"
#include "document/document.h"
#include "document/healing.h"
#include "graph/graph_diff.h"
#include "graph/structure.h"
#include "support/small_registry.h"

#include <QTest>
#include <QUndoStack>

#include <random>

using namespace netloom;

namespace {

/// Does what people do, at random, from one seed.
class RandomHands {
public:
    RandomHands(Document &document, unsigned seed) : m_document(document), m_random(seed) {}

    void act()
    {
        switch (below(14)) {
        case 0:
        case 1:
        case 2: add(); break;
        case 3:
        case 4:
        case 5: connect(); break;
        case 6: m_document.moveNodes({{anyNode(), {double(below(2000)), double(below(2000))}}}); break;
        case 7: (void)m_document.collapse(someNodes()); break;
        case 8: (void)m_document.expand(anyNode()); break;
        case 9: m_document.setScope(anyNode()); break;
        case 10: m_document.setScope({}); break;
        case 11:
            m_document.setSelection(someNodes());
            if (below(2) == 0)
                (void)duplicateSelection(m_document);
            else if (copySelection(m_document))
                (void)pasteNodes(m_document, {}, below(2) == 0 ? IncomingWires::Keep : IncomingWires::Drop);
            break;
        case 12: (void)m_document.toggleBypass(someNodes()); break;
        case 13: change(); break;
        }
        if (below(4) == 0)
            m_document.undoStack()->undo();
        if (below(8) == 0)
            m_document.undoStack()->redo();
    }

private:
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(m_random); }

    void add()
    {
        const auto &all = m_document.registry().all();
        (void)m_document.addNode(QString::fromStdString(all[below(int(all.size()))]->type), {double(below(2000)), double(below(2000))});
    }

    void connect()
    {
        const Node *from = m_document.graph().find(anyNode());
        const Node *to = m_document.graph().find(anyNode());
        if (!from || !to)
            return;
        const NodePorts source = portsOf(m_document.graph(), m_document.registry(), *from);
        const NodePorts target = portsOf(m_document.graph(), m_document.registry(), *to);
        if (source.outputs().empty() || target.inputs().empty())
            return;
        (void)m_document.connectPorts({{from->id, source.outputs()[below(int(source.outputs().size()))].name},
            {to->id, target.inputs()[below(int(target.inputs().size()))].name}});
    }

    void change()
    {
        const NodeId id = anyNode();
        switch (below(4)) {
        case 0: (void)m_document.setParam(id, "out_features", std::int64_t(1 + below(9))); break;
        case 1: (void)m_document.setParam(id, kRepeatParam, std::int64_t(1 + below(3))); break;
        case 2: (void)m_document.rename(id, QStringLiteral("name%1").arg(below(30))); break;
        case 3: removeAndHeal(m_document, {id}, {}, "Cut"); break;
        }
    }

    /// In the block that is open.
    NodeId anyNode()
    {
        const auto ids = m_document.graph().childrenOf(m_document.scope());
        return ids.empty() ? NodeId{} : ids[below(int(ids.size()))];
    }
    std::set<NodeId> someNodes() { return {anyNode(), anyNode(), anyNode()}; }

    Document &m_document;
    std::mt19937 m_random;
};

void checkInvariants(const Document &document)
{
    const Graph &graph = document.graph();
    std::set<std::pair<NodeId, std::string>> names;
    for (const auto &[id, node] : graph.nodes()) {
        QVERIFY(!node.parent.valid() || graph.find(node.parent));
        QVERIFY(!graph.isWithin(id, id));
        QVERIFY2(isValidNodeName(node.name), node.name.c_str());
        QVERIFY2(names.emplace(node.parent, node.name).second, node.name.c_str());
    }
    std::map<PortRef, int> wires;
    for (const Link &link : graph.links()) {
        const Node *from = graph.find(link.from.node);
        const Node *to = graph.find(link.to.node);
        QVERIFY(from && to);
        QCOMPARE(from->parent, to->parent);
        const NodePorts sourcePorts = portsOf(graph, document.registry(), *from);
        const NodePorts targetPorts = portsOf(graph, document.registry(), *to);
        QVERIFY2(sourcePorts.findOutput(link.from.port), link.from.port.c_str());
        const PortDecl *input = targetPorts.findInput(link.to.port);
        QVERIFY2(input, link.to.port.c_str());
        QVERIFY(input->variadic || ++wires[link.to] == 1);
    }
    QVERIFY(graph.topologicalOrder());
    for (const NodeId id : document.selectedNodes())
        QCOMPARE(graph.find(id)->parent, document.scope());
    QVERIFY(!document.scope().valid() || graph.find(document.scope()));
}

} // namespace

class TestRandomEdits : public QObject {
    Q_OBJECT

private slots:
    void keepTheGraphSoundAndUndoToTheStart_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    /// Every node is the same, added or removed on both sides alike, and a way back is the way there the other way round.
    static void compareWithHalfWay(Document &document)
    {
        const Graph end = document.graph();
        document.undoStack()->setIndex(document.undoStack()->count() / 2);
        const Graph half = document.graph();
        document.undoStack()->setIndex(document.undoStack()->count());
        QVERIFY(diffGraphs(document.registry(), end, end).empty());
        const GraphDiff there = diffGraphs(document.registry(), half, end);
        const GraphDiff back = diffGraphs(document.registry(), end, half);
        const auto counted = [](const Graph &graph) { return std::size_t(std::ranges::count_if(graph.nodes(), [](const auto &one) { return one.second.type != kFrameType; })); };
        QCOMPARE(there.pairs.size() + there.added.size(), counted(end));
        QCOMPARE(there.pairs.size() + there.removed.size(), counted(half));
        QCOMPARE(there.addedLinks.size() + half.links().size(), there.removedLinks.size() + end.links().size());
        QCOMPARE(back.added, there.removed);
        QCOMPARE(back.removed, there.added);
        QCOMPARE(back.changed.size(), there.changed.size());
        QCOMPARE(std::set(back.addedLinks.begin(), back.addedLinks.end()), std::set(there.removedLinks.begin(), there.removedLinks.end()));
        QCOMPARE(std::set(back.removedLinks.begin(), back.removedLinks.end()), std::set(there.addedLinks.begin(), there.addedLinks.end()));
        for (const auto &[after, before] : there.pairs)
            QCOMPARE(back.pairs.at(before), after);
    }

    void keepTheGraphSoundAndUndoToTheStart()
    {
        QFETCH(unsigned, seed);
        const NodeRegistry registry = test::smallRegistry();
        Document document(registry);
        RandomHands hands(document, seed);
        for (int turn = 0; turn < 120; ++turn) {
            hands.act();
            checkInvariants(document);
            if (QTest::currentTestFailed())
                return;
        }
        while (document.undoStack()->canRedo())
            document.undoStack()->redo();
        const Graph end = document.graph();
        QVERIFY(document.undoStack()->count() > 10);
        compareWithHalfWay(document);
        while (document.undoStack()->canUndo())
            document.undoStack()->undo();
        QVERIFY(document.graph() == Graph());
        while (document.undoStack()->canRedo())
            document.undoStack()->redo();
        QVERIFY(document.graph() == end);
    }
};

QTEST_MAIN(TestRandomEdits)
#include "tst_random_edits.moc"
