// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/clipboard.h"
#include "document/document.h"
#include "support/fake_registry.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

#include <algorithm>
#include <random>

using namespace netloom;

namespace {

const test::FakeRegistry kRegistry;

/// Random edits of every kind, some of which are refused, from a fixed seed.
class RandomEditor {
public:
    RandomEditor(Document &document, unsigned seed) : m_document(document), m_random(seed) {}

    void edit()
    {
        switch (below(11)) {
        case 0:
        case 1: m_document.addNode(QString::fromStdString(kRegistry.all()[below(kRegistry.all().size())]->type), place()); break;
        case 2:
        case 3: m_document.connectPorts(link()); break;
        case 4:
            if (!m_document.graph().links().empty())
                m_document.rewire(m_document.graph().links()[below(m_document.graph().links().size())], link());
            break;
        case 5: m_document.moveNodes({{node(), place()}, {node(), place()}}, int(below(3))); break;
        case 6: (void)m_document.setParam(node(), "out_channels", std::int64_t(1 + below(64)), int(below(3))); break;
        case 7: (void)m_document.rename(node(), QStringLiteral("name%1").arg(below(5))); break;
        case 8: remove(); break;
        case 10: (void)m_document.setLearning(node(), below(2) ? "frozen" : "lr_scale", below(2) ? ParamValue(true) : ParamValue(0.5 * double(below(4))), int(below(3))); break;
        case 9: m_document.applyGraph(variant(), QStringLiteral("Change")); break;
        }
    }

private:
    std::size_t below(std::size_t end) { return end ? m_random() % end : 0; }
    Point place() { return {double(below(50)) * 20, double(below(50)) * 20}; }

    NodeId node()
    {
        const auto &nodes = m_document.graph().nodes();
        return nodes.empty() ? NodeId{99} : std::next(nodes.begin(), std::ptrdiff_t(below(nodes.size())))->first;
    }

    Link link()
    {
        const NodeId from = node();
        const NodeId to = node();
        const NodeSpec *source = m_document.spec(from);
        const NodeSpec *target = m_document.spec(to);
        if (!source || !target || source->outputs.empty() || target->inputs.empty())
            return {{from, "none"}, {to, "none"}};
        return {{from, source->outputs[below(source->outputs.size())].name}, {to, target->inputs[below(target->inputs.size())].name}};
    }

    /// The graph with changes of every kind at once, its wires in another order.
    Graph variant()
    {
        Graph graph = m_document.graph();
        graph.removeNode(node());
        graph.addNode(*kRegistry.find("ReLU"), place());
        graph.setPosition(node(), place());
        graph.setParam(node(), "out_channels", std::int64_t(1 + below(64)));
        (void)graph.rename(node(), "name" + std::to_string(below(5)));
        if (const std::vector<Link> links = graph.links(); !links.empty()) {
            graph.removeLink(links.front());
            graph.addLink(links.front());
        }
        return graph;
    }

    void remove()
    {
        if (below(2) || m_document.graph().links().empty())
            m_document.removeItems({node()});
        else
            m_document.removeItems({}, {m_document.graph().links()[below(m_document.graph().links().size())]});
    }

    Document &m_document;
    std::mt19937 m_random;
};

/// Every wire passes the rule once it is taken out, and no input but a variadic one has two.
bool linksAreValid(const Document &document)
{
    return std::ranges::all_of(document.graph().links(), [&](const Link &link) {
        Graph without = document.graph();
        without.removeLink(link);
        return !checkLink(without, document.registry(), link);
    });
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT

private slots:
    void everyStepIsUndoneAndRedoneExactly();
    void undoRestoresIdsAndLinkOrder();
    void takenInputHasItsWireReplacedInOneStep();
    void refusedLinkPushesNothing();
    void stepsThatChangeNothingPushNothing();
    void stepsOfOneGestureMerge();
    void inferenceIsRecomputedOncePerStep();
    void faultyValuesAreRefusedWithAReason();
    void removedNodesLeaveTheSelection();
    void dirtyFollowsTheCleanStep();
    void copiesTravelAsText();
    void pastedNodesGetFreeNamesAndKeepTheirWires();
    void pastedNodesCanKeepWhatFeedsTheOriginals();
    void otherTextPastesNothing();
};

void TestDocument::everyStepIsUndoneAndRedoneExactly()
{
    for (unsigned seed = 1; seed <= 8; ++seed) {
        Document document(kRegistry);
        RandomEditor editor(document, seed);
        std::vector<Graph> states{document.graph()};
        for (int edit = 0; edit < 150; ++edit) {
            editor.edit();
            QVERIFY(linksAreValid(document));
            states.resize(std::min<std::size_t>(states.size(), std::size_t(document.undoStack()->index())));
            states.push_back(document.graph());
            QCOMPARE(int(states.size()), document.undoStack()->index() + 1);
        }
        QVERIFY(document.undoStack()->count() > 40);
        for (int step = int(states.size()) - 2; step >= 0; --step) {
            document.undoStack()->undo();
            QVERIFY2(document.graph() == states[std::size_t(step)], qPrintable(QStringLiteral("seed %1 undo %2").arg(seed).arg(step)));
        }
        QVERIFY(document.graph().empty());
        for (std::size_t step = 1; step < states.size(); ++step) {
            document.undoStack()->redo();
            QVERIFY2(document.graph() == states[step], qPrintable(QStringLiteral("seed %1 redo %2").arg(seed).arg(step)));
        }
    }
}

void TestDocument::undoRestoresIdsAndLinkOrder()
{
    Document document(kRegistry);
    const NodeId concat = document.addNode("Concat", {});
    std::vector<NodeId> sources;
    for (int index = 0; index < 3; ++index) {
        sources.push_back(document.addNode("ReLU", {}));
        QVERIFY(!document.connectPorts({{sources.back(), "output"}, {concat, "inputs"}}));
    }
    const Graph before = document.graph();
    document.removeItems({sources[1]});
    QCOMPARE(document.graph().links().size(), 2u);
    document.undoStack()->undo();
    QVERIFY(document.graph() == before);
    const NodeId next = document.addNode("ReLU", {});
    QVERIFY(next > sources.back());
}

void TestDocument::takenInputHasItsWireReplacedInOneStep()
{
    Document document(kRegistry);
    const NodeId first = document.addNode("ReLU", {});
    const NodeId second = document.addNode("ReLU", {});
    const NodeId target = document.addNode("Dropout", {});
    document.connectPorts({{first, "output"}, {target, "input"}});
    const int steps = document.undoStack()->count();
    QVERIFY(!document.connectPorts({{second, "output"}, {target, "input"}}));
    QCOMPARE(document.undoStack()->count(), steps + 1);
    QCOMPARE(document.graph().links().size(), 1u);
    QCOMPARE(document.graph().links().front().from.node, second);
    document.undoStack()->undo();
    QCOMPARE(document.graph().links().front().from.node, first);
}

void TestDocument::refusedLinkPushesNothing()
{
    Document document(kRegistry);
    const NodeId data = document.addNode("MNIST", {});
    const NodeId conv = document.addNode("Conv2d", {});
    const int steps = document.undoStack()->count();
    const auto refused = document.connectPorts({{data, "image"}, {conv, "input"}});
    QVERIFY(refused && refused->error == LinkError::KindMismatch);
    QCOMPARE(document.undoStack()->count(), steps);
}

void TestDocument::stepsThatChangeNothingPushNothing()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {20, 40});
    const int steps = document.undoStack()->count();
    document.moveNodes({{conv, {20, 40}}});
    document.moveNodes({{NodeId{77}, {0, 0}}});
    QVERIFY(document.setParam(conv, "out_channels", std::int64_t(32)).ok());
    QVERIFY(document.rename(conv, "conv2d").ok());
    QVERIFY(document.setRecipe("epochs", document.recipe().at("epochs")).ok());
    document.removeItems({NodeId{77}});
    QVERIFY(!document.addNode("NoSuchType", {}).valid());
    QCOMPARE(document.undoStack()->count(), steps);
}

void TestDocument::stepsOfOneGestureMerge()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {});
    const Graph before = document.graph();
    const int gesture = document.newGesture();
    for (std::int64_t channels : {40, 41, 42})
        QVERIFY(document.setParam(conv, "out_channels", channels, gesture).ok());
    QCOMPARE(document.undoStack()->count(), 2);
    QVERIFY(document.setParam(conv, "out_channels", std::int64_t(43), document.newGesture()).ok());
    QCOMPARE(document.undoStack()->count(), 3);
    document.undoStack()->undo();
    QCOMPARE(document.graph().find(conv)->params.integer("out_channels"), std::int64_t(42));
    document.undoStack()->undo();
    QVERIFY(document.graph() == before);
}

void TestDocument::inferenceIsRecomputedOncePerStep()
{
    Document document(kRegistry);
    QSignalSpy spy(&document, &Document::inferenceChanged);
    const NodeId data = document.addNode("MNIST", {});
    QCOMPARE(spy.count(), 1);
    document.moveNodes({{data, {100, 100}}});
    QCOMPARE(spy.count(), 1);
    {
        const StepGroup group(document, "Add two");
        const NodeId toTensor = document.addNode("ToTensor", {});
        document.connectPorts({{data, "image"}, {toTensor, "input"}});
    }
    QCOMPARE(spy.count(), 2);
    document.undoStack()->undo();
    QCOMPARE(spy.count(), 3);
    QCOMPARE(document.graph().nodes().size(), 1u);
}

void TestDocument::faultyValuesAreRefusedWithAReason()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {});
    const NodeId relu = document.addNode("ReLU", {});
    const int steps = document.undoStack()->count();
    const auto range = document.setParam(conv, "out_channels", std::int64_t(0));
    QVERIFY(!range.ok() && range.error().text.find("at least 1") != std::string::npos);
    QVERIFY(!document.setParam(conv, "no_such", true).ok());
    QVERIFY(!document.rename(conv, "two words").ok());
    const auto taken = document.rename(relu, "conv2d");
    QVERIFY(!taken.ok() && taken.error().text.find("conv2d") != std::string::npos);
    QVERIFY(!document.setRecipe("epochs", std::int64_t(-1)).ok());
    QCOMPARE(document.undoStack()->count(), steps);
}

void TestDocument::removedNodesLeaveTheSelection()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {});
    const NodeId relu = document.addNode("ReLU", {});
    document.setSelection({conv, relu, NodeId{99}});
    QCOMPARE(document.selectedNodes().size(), 2u);
    QSignalSpy spy(&document, &Document::selectionChanged);
    document.removeItems({conv});
    QCOMPARE(document.selectedNodes(), std::set<NodeId>{relu});
    QCOMPARE(spy.count(), 1);
}

void TestDocument::dirtyFollowsTheCleanStep()
{
    Document document(kRegistry);
    QVERIFY(!document.isDirty());
    QSignalSpy spy(&document, &Document::dirtyChanged);
    document.addNode("ReLU", {});
    QVERIFY(document.isDirty());
    document.setClean();
    document.addNode("ReLU", {});
    document.undoStack()->undo();
    QVERIFY(!document.isDirty());
    QCOMPARE(spy.count(), 4);
}

void TestDocument::copiesTravelAsText()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {40, 60});
    const NodeId relu = document.addNode("ReLU", {280, 60});
    document.addNode("Dropout", {});
    document.connectPorts({{conv, "output"}, {relu, "input"}});
    QVERIFY(document.setParam(conv, "out_channels", std::int64_t(7)).ok());
    const auto read = nodesFromText(nodesAsText(document, {conv, relu}), kRegistry);
    QVERIFY(read.ok());
    QCOMPARE(read->graph.nodes().size(), 2u);
    QCOMPARE(read->graph.links().size(), 1u);
    const Node *copied = read->graph.findByName("conv2d");
    QVERIFY(copied);
    QCOMPARE(copied->params, document.graph().find(conv)->params);
    QVERIFY(copied->position == document.graph().find(conv)->position);
}

void TestDocument::pastedNodesGetFreeNamesAndKeepTheirWires()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {40, 60});
    const NodeId relu = document.addNode("ReLU", {280, 60});
    document.connectPorts({{conv, "output"}, {relu, "input"}});
    document.setSelection({conv, relu});
    QVERIFY(copySelection(document));
    const Graph before = document.graph();
    const int steps = document.undoStack()->count();

    const auto pasted = pasteNodes(document);
    QVERIFY(pasted.ok());
    QCOMPARE(pasted->size(), 2u);
    QCOMPARE(document.undoStack()->count(), steps + 1);
    QCOMPARE(document.selectedNodes(), std::set<NodeId>(pasted->begin(), pasted->end()));
    QVERIFY(document.graph().findByName("conv2d_2"));
    QCOMPARE(document.graph().links().size(), 2u);
    QVERIFY(linksAreValid(document));

    const auto copies = duplicateSelection(document);
    QCOMPARE(copies.size(), 2u);
    QVERIFY(document.graph().findByName("conv2d_3"));
    QVERIFY(document.graph().find(copies[0])->position != document.graph().find(pasted->front())->position);
    document.undoStack()->undo();
    document.undoStack()->undo();
    QVERIFY(document.graph() == before);

    document.setSelection({conv});
    cutSelection(document);
    QVERIFY(!document.graph().find(conv));
    document.undoStack()->undo();
    QVERIFY(document.graph() == before);
}

void TestDocument::pastedNodesCanKeepWhatFeedsTheOriginals()
{
    Document document(kRegistry);
    const NodeId conv = document.addNode("Conv2d", {40, 60});
    const NodeId relu = document.addNode("ReLU", {280, 60});
    const NodeId dropout = document.addNode("Dropout", {520, 60});
    document.connectPorts({{conv, "output"}, {relu, "input"}});
    document.connectPorts({{relu, "output"}, {dropout, "input"}});
    document.setSelection({relu, dropout});
    QVERIFY(copySelection(document));
    const Graph before = document.graph();
    const int steps = document.undoStack()->count();
    const auto pasted = pasteNodes(document, {}, IncomingWires::Keep);
    QVERIFY(pasted.ok());
    const std::vector<Link> wires = document.graph().linksFrom(conv);
    QCOMPARE(wires.size(), 2u);
    QVERIFY(wires[1] == (Link{{conv, "output"}, {pasted->front(), "input"}}));
    QCOMPARE(document.undoStack()->count(), steps + 1);
    QVERIFY(linksAreValid(document));
    document.undoStack()->undo();
    QVERIFY(document.graph() == before);

    document.removeItems({conv}); // nothing feeds them now: they come without
    const auto alone = pasteNodes(document, {}, IncomingWires::Keep);
    QVERIFY(alone.ok() && document.graph().linksInto(alone->front()).empty());
}

void TestDocument::otherTextPastesNothing()
{
    Document document(kRegistry);
    for (const char *text : {"", "hello", "{}", "{\"nodes\": [", "[1, 2]"}) {
        QGuiApplication::clipboard()->setText(QString::fromLatin1(text));
        const auto pasted = pasteNodes(document);
        QVERIFY2(!pasted.ok(), text);
        QVERIFY(!pasted.error().text.empty());
    }
    QVERIFY(document.graph().empty());
    QCOMPARE(document.undoStack()->count(), 0);
}

QTEST_MAIN(TestDocument)
#include "tst_document.moc"
