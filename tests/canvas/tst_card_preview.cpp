// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/canvas_fixture.h"

#include "plots/preview_painting.h"
#include "theme/theme.h"

#include <QPainter>
#include <QSignalSpy>

using namespace netloom;
using test::CanvasFixture;

namespace {

/// A grey picture of 2×2 px: black, white, white, black.
std::shared_ptr<const NodePreview> checks()
{
    auto preview = std::make_shared<NodePreview>();
    preview->kind = NodePreview::Kind::Picture;
    preview->shape = Shape{1, 2, 2};
    preview->tileWidth = preview->tileHeight = 2;
    preview->tiles = {0, 255, 255, 0};
    preview->max = 255;
    return preview;
}

} // namespace

class TestCardPreview : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void cardsGetRoomForPreviewsAndLoseItAgain()
    {
        CanvasFixture hand;
        const NodeId node = hand.add("Conv2d", 100, 100);
        const int before = hand.view.nodeRect(node).height();
        QVERIFY(hand.view.previewRect(node).isEmpty());
        hand.view.setPreviewsShown(true);
        QVERIFY(hand.view.nodeRect(node).height() >= before + int(NodeGeometry::kPreviewHeight));
        QVERIFY(hand.view.nodeRect(node).contains(hand.view.previewRect(node)));
        hand.view.setPreviewsShown(false);
        QCOMPARE(hand.view.nodeRect(node).height(), before);
    }

    void tidyUpLeavesRoomForPreviews()
    {
        CanvasFixture hand;
        hand.view.setPreviewsShown(true);
        const auto nodes = hand.chain({"ToTensor", "Conv2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU", "Flatten", "Linear"});
        hand.view.tidy();
        for (const NodeId one : nodes) {
            for (const NodeId other : nodes)
                QVERIFY(one == other || !hand.view.nodeRect(one).intersects(hand.view.nodeRect(other)));
        }
    }

    void previewsStayWhileABlockIsEnteredAndLeft()
    {
        CanvasFixture hand;
        hand.view.setPreviewsShown(true);
        const auto nodes = hand.chain({"ToTensor", "Conv2d", "ReLU"});
        const auto block = hand.document.collapse({nodes[1], nodes[2]});
        QVERIFY(block.ok());
        CanvasScene &scene = hand.view.canvasScene();
        for (const NodeId node : {nodes[0], nodes[1], *block})
            scene.setPreview(node, checks());
        hand.document.setScope(*block);
        QVERIFY(scene.previewOf(nodes[1]) && scene.previewOf(nodes[1])->preview());
        hand.document.setScope({});
        QVERIFY(scene.previewOf(nodes[0])->preview() && scene.previewOf(*block)->preview());
        QVERIFY(!hand.view.previewRect(*block).isEmpty());
    }

    void enlargedPixelsKeepTheirEdges()
    {
        QImage canvas(100, 100, QImage::Format_RGB32);
        canvas.fill(Qt::red);
        QPainter painter(&canvas);
        paintPreview(painter, QRectF(0, 0, 100, 100), *checks(), themeFont(TextRole::Small));
        painter.end();
        QCOMPARE(canvas.pixelColor(48, 48), QColor(Qt::black));
        QCOMPARE(canvas.pixelColor(52, 48), QColor(Qt::white));
        QCOMPARE(canvas.pixelColor(48, 52), QColor(Qt::white));
    }

    void stalePreviewsAreGreyedUntilFresh()
    {
        CanvasFixture hand;
        const NodeId node = hand.add("Conv2d", 300, 200);
        hand.view.setPreviewsShown(true);
        CanvasScene &scene = hand.view.canvasScene();
        const auto preview = checks();
        scene.setPreview(node, preview);
        const QPoint black = hand.view.previewRect(node).center() - QPoint(10, 10);
        const auto lightness = [&] { return hand.view.grab().toImage().pixelColor(black).lightness(); };
        QVERIFY(lightness() < 20);
        scene.markPreviewStale(node);
        QVERIFY(lightness() > 100);
        scene.setPreview(node, preview); // confirmed as it was
        QVERIFY(lightness() < 20);
    }

    void namesStayLegibleAtHalfSize()
    {
        CanvasFixture hand;
        const NodeId node = hand.add("Conv2d", 300, 200);
        QVERIFY(hand.document.rename(node, "HHH").ok());
        for (const double zoom : {0.6, 0.5, 0.4}) {
            hand.view.setZoom(zoom, hand.view.viewport()->rect().center());
            const QRect card = hand.view.nodeRect(node);
            const QImage header = hand.view.grab(QRect(card.topLeft() + QPoint(3, 3), QSize(card.width() - 6, int(NodeGeometry::kHeader * zoom) - 5))).toImage();
            int rows = 0; // with dark pixels: the height of an H
            for (int y = 0; y < header.height(); ++y) {
                int darkest = 255;
                for (int x = 0; x < header.width(); ++x)
                    darkest = std::min(darkest, header.pixelColor(x, y).lightness());
                rows += darkest < 110;
            }
            QVERIFY2(rows >= 7, qPrintable(QStringLiteral("%1 rows at %2").arg(rows).arg(zoom)));
        }
    }

    void farOutPreviewsDropWithTheText()
    {
        CanvasFixture hand;
        const NodeId node = hand.add("Conv2d", 300, 200);
        hand.view.setPreviewsShown(true);
        hand.view.setZoom(0.25, hand.view.viewport()->rect().center());
        (void)hand.view.grab(); // from the second time on a card's body is a copy on whole pixels
        const QImage without = hand.view.grab().toImage();
        hand.view.canvasScene().setPreview(node, checks());
        QCOMPARE(hand.view.grab().toImage(), without);
    }

    void doubleClickOnAPreviewAsksForTheLargeOne()
    {
        CanvasFixture hand;
        const NodeId node = hand.add("Conv2d", 300, 200);
        hand.view.setPreviewsShown(true);
        QSignalSpy activated(&hand.view, &CanvasView::previewActivated);
        hand.doubleClick(hand.view.previewRect(node).center());
        QCOMPARE(activated.count(), 0); // nothing came out yet
        hand.view.canvasScene().setPreview(node, checks());
        hand.doubleClick(hand.view.previewRect(node).center());
        QCOMPARE(activated.count(), 1);
        QVERIFY(!hand.searchIsOpen());
    }

    void aNodeThatComesBackShowsItsPreviewAgain()
    {
        CanvasFixture hand;
        const NodeId node = hand.add("Conv2d", 300, 200);
        hand.view.setPreviewsShown(true);
        hand.view.canvasScene().setPreview(node, checks());
        hand.document.removeItems({node});
        hand.undo();
        QVERIFY(hand.view.canvasScene().previewOf(node)->preview());
    }
};

QTEST_MAIN(TestCardPreview)
#include "tst_card_preview.moc"
