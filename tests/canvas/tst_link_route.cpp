// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_scene.h"
#include "canvas/link_route.h"
#include "support/fake_registry.h"

#include <QTest>
#include <QUndoStack>

#include <algorithm>
#include <random>

using namespace netloom;

namespace {

/// A card whose ports lie 60 below its top, as on the canvas.
QRectF card(double x, double y)
{
    return {x, y, 160, 100};
}

LinkEnds between(const QRectF &source, const QRectF &target)
{
    return {source.topRight() + QPointF(0, 60), target.topLeft() + QPointF(0, 60), source, target};
}

bool runsOver(const QPainterPath &path, const QRectF &body)
{
    for (int step = 0; step <= 500; ++step) {
        if (body.adjusted(2, 2, -2, -2).contains(path.pointAtPercent(step / 500.0)))
            return true;
    }
    return false;
}

} // namespace

class TestLinkRoute : public QObject {
    Q_OBJECT

private slots:
    void wireRunsOverNoCard_data();
    void wireRunsOverNoCard();
    void neighboursAreJoinedDirectly();
    void levelStretchesKeepApart();
    void labelTouchesNoCardAndNoLabel();
    void labelIsLeftOutWhereThereIsNoRoom();
    void wiresLieAsIfAllWereLaidAnewAfterEveryStep();
    void afterALargeStepWiresAreLaidBitByBit();
};

void TestLinkRoute::wireRunsOverNoCard_data()
{
    QTest::addColumn<QRectF>("target");
    QTest::addColumn<QList<QRectF>>("others");
    QTest::newRow("skip over two cards in a row") << card(720, 0) << QList<QRectF>{card(240, 0), card(480, 0)};
    QTest::newRow("next row") << card(-480, 220) << QList<QRectF>{card(-240, 0), card(-480, 0), card(-240, 220), card(0, 220)};
    QTest::newRow("row above") << card(-480, -220) << QList<QRectF>{card(-240, 0), card(-240, -220), card(0, -220)};
    QTest::newRow("backward in its own row") << card(-480, 0) << QList<QRectF>{card(-240, 0)};
    QTest::newRow("right beside") << card(200, 60) << QList<QRectF>{};
    QTest::newRow("just below") << card(0, 140) << QList<QRectF>{};
    QTest::newRow("over a row in between") << card(480, 440) << QList<QRectF>{card(0, 220), card(240, 220), card(480, 220), card(240, 440)};
}

void TestLinkRoute::wireRunsOverNoCard()
{
    QFETCH(QRectF, target);
    QFETCH(QList<QRectF>, others);
    const QRectF source = card(0, 0);
    std::vector<QRectF> cards(others.begin(), others.end());
    cards.push_back(source);
    cards.push_back(target);
    const LinkRoute route = routeLink(between(source, target), RouteField(cards));
    for (const QRectF &body : cards)
        QVERIFY(!runsOver(route.path, body));
    QCOMPARE(route.path.pointAtPercent(0), QPointF(160, 60));
    QCOMPARE(route.path.currentPosition(), target.topLeft() + QPointF(0, 60));
}

void TestLinkRoute::neighboursAreJoinedDirectly()
{
    const LinkRoute route = routeLink(between(card(0, 0), card(240, 40)), RouteField({card(0, 0), card(240, 40)}));
    QVERIFY(!route.run);
    QCOMPARE(route.path.elementCount(), 4);
}

void TestLinkRoute::levelStretchesKeepApart()
{
    const std::vector<QRectF> cards{card(0, 0), card(240, 0), card(480, 0)};
    RouteField field(cards);
    const LinkRoute first = routeLink(between(cards[0], cards[2]), field);
    QVERIFY(first.run);
    field.takeRun(*first.run);
    const LinkRoute second = routeLink(between(cards[0], cards[2]), field);
    QVERIFY(second.run);
    QVERIFY(std::abs(second.run->y1() - first.run->y1()) >= 9);
}

void TestLinkRoute::labelTouchesNoCardAndNoLabel()
{
    const std::vector<QRectF> cards{card(0, 0), card(480, 0)};
    RouteField field(cards);
    const LinkRoute route = routeLink(between(cards[0], cards[1]), field);
    const auto first = placeLabel(route.path, {70, 16}, field);
    QVERIFY(first);
    field.takeLabel(*first);
    const auto second = placeLabel(route.path, {70, 16}, field);
    QVERIFY(second);
    QVERIFY(!second->intersects(*first));
    for (const QRectF &body : cards)
        QVERIFY(!first->intersects(body) && !second->intersects(body));
}

void TestLinkRoute::labelIsLeftOutWhereThereIsNoRoom()
{
    const std::vector<QRectF> cards{card(0, 0), card(200, 0)};
    const RouteField field(cards);
    const LinkRoute route = routeLink(between(cards[0], cards[1]), field);
    QVERIFY(!placeLabel(route.path, {70, 16}, field));
    QVERIFY(placeLabel(route.path, {20, 16}, field));
}

/// Only wires near what changed are laid again: that must not be seen.
void TestLinkRoute::wiresLieAsIfAllWereLaidAnewAfterEveryStep()
{
    test::FakeRegistry registry;
    Document document(registry);
    CanvasScene scene(document);
    std::mt19937 random(7);
    const auto any = [&](int count) { return int(random() % unsigned(count)); };
    const auto anyNode = [&] { return std::next(document.graph().nodes().begin(), any(int(document.graph().nodes().size())))->first; };
    document.addNode("MNIST", {-240, 0});
    const NodeId first = document.addNode("ToTensor", {0, 0});
    document.connectPorts({{document.graph().nodes().begin()->first, "image"}, {first, "input"}});
    const char *const types[] = {"ReLU", "Concat", "Conv2d", "Concat"};
    for (int step = 0; step < 150; ++step) {
        const int what = any(10);
        if (what < 4) {
            const NodeId added = document.addNode(types[any(4)], {240.0 * any(8), 200.0 * any(5)});
            for (int wire = 0; wire < 2; ++wire)
                document.connectPorts({{anyNode(), "output"}, {added, document.graph().find(added)->type == "Concat" ? "inputs" : "input"}});
        } else if (what < 7) {
            std::map<NodeId, QPointF> shown{{anyNode(), QPointF(20 * any(90), 20 * any(50))}};
            scene.previewPositions(shown); // as a drag does before it ends
            document.moveNodes({{shown.begin()->first, {shown.begin()->second.x(), shown.begin()->second.y()}}});
            scene.showDocument();
        } else if (what == 7 && document.graph().nodes().size() > 12) {
            document.removeItems({anyNode(), anyNode()});
        } else if (what == 8) {
            document.undoStack()->undo();
        } else {
            document.undoStack()->redo();
        }
        if (document.graph().nodes().empty())
            document.undoStack()->redo();
        const CanvasScene anew(document);
        for (const Link &link : document.graph().links()) {
            QCOMPARE(scene.linkItem(link)->path(), anew.linkItem(link)->path());
            QCOMPARE(scene.linkItem(link)->labelRect(), anew.linkItem(link)->labelRect());
        }
    }
    QVERIFY(document.graph().links().size() > 20);
}

void TestLinkRoute::afterALargeStepWiresAreLaidBitByBit()
{
    test::FakeRegistry registry;
    Document document(registry);
    CanvasScene scene(document);
    std::vector<Node> nodes;
    std::vector<Link> links;
    for (int index = 0; index < 600; ++index) {
        nodes.push_back({.id = NodeId{index + 1}, .type = "ReLU", .position = {240.0 * (index % 21), 140.0 * (index / 21)}});
        if (index > 0)
            links.push_back({{NodeId{index}, "output"}, {NodeId{index + 1}, "input"}});
    }
    document.addNodes(nodes, links, "Paste");
    std::set<NodeId> some;
    for (int id = 100; id < 260; id += 2)
        some.insert(NodeId{id});
    document.removeItems(some);
    QVERIFY(scene.isLayingWires());
    for (const Link &link : document.graph().links()) // from the first moment each leads from its one end to its other
        QCOMPARE(scene.linkItem(link)->path().currentPosition(), scene.portOf(link.to, false)->place);
    document.undoStack()->undo(); // while it is at it
    document.undoStack()->redo();
    const CanvasScene anew(document);
    QTRY_VERIFY(!scene.isLayingWires() && !anew.isLayingWires());
    for (const Link &link : document.graph().links())
        QCOMPARE(scene.linkItem(link)->path(), anew.linkItem(link)->path());
}

QTEST_MAIN(TestLinkRoute)
#include "tst_link_route.moc"
