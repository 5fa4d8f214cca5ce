// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/link_route.h"

#include <QTest>

#include <algorithm>

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
    const LinkRoute route = routeLink(between(source, target), cards);
    for (const QRectF &body : cards)
        QVERIFY(!runsOver(route.path, body));
    QCOMPARE(route.path.pointAtPercent(0), QPointF(160, 60));
    QCOMPARE(route.path.currentPosition(), target.topLeft() + QPointF(0, 60));
}

void TestLinkRoute::neighboursAreJoinedDirectly()
{
    const LinkRoute route = routeLink(between(card(0, 0), card(240, 40)), {card(0, 0), card(240, 40)});
    QVERIFY(!route.run);
    QCOMPARE(route.path.elementCount(), 4);
}

void TestLinkRoute::levelStretchesKeepApart()
{
    const std::vector<QRectF> cards{card(0, 0), card(240, 0), card(480, 0)};
    const LinkRoute first = routeLink(between(cards[0], cards[2]), cards);
    QVERIFY(first.run);
    const LinkRoute second = routeLink(between(cards[0], cards[2]), cards, {*first.run});
    QVERIFY(second.run);
    QVERIFY(std::abs(second.run->y1() - first.run->y1()) >= 9);
}

void TestLinkRoute::labelTouchesNoCardAndNoLabel()
{
    const std::vector<QRectF> cards{card(0, 0), card(480, 0)};
    const LinkRoute route = routeLink(between(cards[0], cards[1]), cards);
    const auto first = placeLabel(route.path, {70, 16}, cards, {});
    QVERIFY(first);
    const auto second = placeLabel(route.path, {70, 16}, cards, {*first});
    QVERIFY(second);
    QVERIFY(!second->intersects(*first));
    for (const QRectF &body : cards)
        QVERIFY(!first->intersects(body) && !second->intersects(body));
}

void TestLinkRoute::labelIsLeftOutWhereThereIsNoRoom()
{
    const std::vector<QRectF> cards{card(0, 0), card(200, 0)};
    const LinkRoute route = routeLink(between(cards[0], cards[1]), cards);
    QVERIFY(!placeLabel(route.path, {70, 16}, cards, {}));
    QVERIFY(placeLabel(route.path, {20, 16}, cards, {}));
}

QTEST_MAIN(TestLinkRoute)
#include "tst_link_route.moc"
