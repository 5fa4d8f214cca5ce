// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/comparison_ghost.h"
#include "document/comparison.h"
#include "support/canvas_fixture.h"

using namespace netloom;

namespace {

/// A chain that was otherwise before: what the document has now is compared with what it had when compare() was called.
struct ComparedFixture : test::CanvasFixture {
    std::vector<NodeId> nodes;

    ComparedFixture() : nodes(chain({"MNIST", "ToTensor", "Conv2d", "ReLU", "Flatten", "Linear"}))
    {
        document.connectPorts({{nodes[0], "image"}, {nodes[1], "input"}});
        view.zoomToFit();
    }

    Comparison &comparison() { return document.comparison(); }
    void compare() { comparison().start(document.project(), "the run of today"); }
    const ComparisonGhost &ghost() const { return view.canvasScene().comparisonGhost(); }
    std::optional<DiffMark> mark(NodeId id) const { return view.canvasScene().nodeItem(id)->diffMark(); }
    std::optional<DiffMark> mark(NodeId from, NodeId to) const
    {
        return view.canvasScene().linkItem({{from, "output"}, {to, "input"}})->diffMark();
    }
    /// How much of @p colour there is around a card's outline.
    int shown(NodeId id, const QColor &colour) const
    {
        const QImage picture = view.viewport()->grab(view.nodeRect(id).adjusted(-12, -12, 12, 12)).toImage();
        int count = 0;
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                count += picture.pixelColor(x, y) == colour;
        }
        return count;
    }
};

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void cardsAndWiresSayWhatBecameOfThem()
    {
        ComparedFixture canvas;
        QVERIFY(!canvas.mark(canvas.nodes[2]));
        canvas.compare();
        for (const NodeId id : canvas.nodes)
            QCOMPARE(canvas.mark(id), DiffMark::Unchanged);
        QVERIFY(canvas.comparison().isSame());
        QCOMPARE(canvas.shown(canvas.nodes[2], Theme::current().warning), 0);

        (void)canvas.document.setParam(canvas.nodes[2], "out_channels", std::int64_t(7));
        const NodeId added = canvas.add("ReLU", 400, 400);
        canvas.connect(canvas.nodes[2], "output", added, "input");
        QCOMPARE(canvas.mark(canvas.nodes[2]), DiffMark::Changed);
        QCOMPARE(canvas.mark(added), DiffMark::Added);
        QCOMPARE(canvas.mark(canvas.nodes[3]), DiffMark::Unchanged);
        QCOMPARE(canvas.mark(canvas.nodes[2], added), DiffMark::Added);
        QCOMPARE(canvas.mark(canvas.nodes[2], canvas.nodes[3]), DiffMark::Unchanged);
        QVERIFY(canvas.shown(canvas.nodes[2], Theme::current().warning) > 50);
        QVERIFY(canvas.shown(added, Theme::current().success) > 50);
        QVERIFY(canvas.view.canvasScene().nodeItem(canvas.nodes[3])->opacity() < 0.9);
        QCOMPARE(canvas.view.canvasScene().nodeItem(added)->opacity(), 1.0);

        canvas.undo();
        canvas.undo();
        canvas.undo();
        QVERIFY(canvas.comparison().isSame());
    }

    void whatIsGoneShowsAsAGhostWhereItWas()
    {
        ComparedFixture canvas;
        canvas.compare();
        const QRectF was = canvas.view.canvasScene().nodeItem(canvas.nodes[3])->cardRect();
        canvas.click(canvas.header(canvas.nodes[3]));
        canvas.key(Qt::Key_Delete);
        QCOMPARE(canvas.ghost().nodes(), std::size_t(1));
        QCOMPARE(canvas.ghost().links(), std::size_t(2));
        QCOMPARE(canvas.ghost().cardOf(canvas.nodes[3]).topLeft(), was.topLeft());
        // It moves with what led to it, and keeps clear of cards.
        canvas.document.moveNodes({{canvas.nodes[2], {canvas.position(canvas.nodes[2]).x, 300}}});
        QCOMPARE(canvas.ghost().cardOf(canvas.nodes[3]).topLeft(), was.topLeft() + QPointF(0, 200));
        const NodeId over = canvas.add("Flatten", was.left(), was.top() + 200);
        const QRectF ghost = canvas.ghost().cardOf(canvas.nodes[3]);
        QVERIFY(!ghost.intersects(canvas.view.canvasScene().nodeItem(over)->cardRect()));
        QVERIFY(canvas.view.canvasScene().cardsRect().contains(ghost));
        canvas.undo();
        canvas.undo();
        canvas.undo();
        QCOMPARE(canvas.ghost().nodes(), std::size_t(0));
        QVERIFY(canvas.ghost().area().isEmpty());
    }

    void aWireThatWentIsAGhostToo()
    {
        ComparedFixture canvas;
        canvas.compare();
        canvas.document.removeItems({}, {{{canvas.nodes[3], "output"}, {canvas.nodes[4], "input"}}});
        QCOMPARE(canvas.ghost().nodes(), std::size_t(0));
        QCOMPARE(canvas.ghost().links(), std::size_t(1));
    }

    void changesInsideABlockLeadTheWayIn()
    {
        ComparedFixture canvas;
        const NodeId block = *canvas.document.collapse({canvas.nodes[2], canvas.nodes[3]});
        canvas.compare();
        QCOMPARE(canvas.mark(block), DiffMark::Unchanged);
        canvas.document.setScope(block);
        (void)canvas.document.setParam(canvas.nodes[2], "out_channels", std::int64_t(7));
        canvas.document.removeItems({canvas.nodes[3]});
        QCOMPARE(canvas.mark(canvas.nodes[2]), DiffMark::Changed);
        QCOMPARE(canvas.ghost().nodes(), std::size_t(1));
        canvas.document.setScope({});
        QCOMPARE(canvas.mark(block), DiffMark::Changed);
        QCOMPARE(canvas.ghost().nodes(), std::size_t(0));
        canvas.view.centerOnRemoved(canvas.nodes[3]);
        QCOMPARE(canvas.document.scope(), block);
        QVERIFY(canvas.view.visibleScene().contains(canvas.ghost().cardOf(canvas.nodes[3]).center()));
    }

    void escEndsItOnceNothingElseIsToBeEnded()
    {
        ComparedFixture canvas;
        const NodeId block = *canvas.document.collapse({canvas.nodes[2], canvas.nodes[3]});
        canvas.compare();
        canvas.document.setScope(block);
        canvas.click(canvas.header(canvas.nodes[2]));
        canvas.key(Qt::Key_Escape);
        QVERIFY(canvas.document.selectedNodes().empty());
        canvas.key(Qt::Key_Escape);
        QVERIFY(!canvas.document.scope().valid());
        QVERIFY(canvas.comparison().isActive());
        canvas.document.setSelection({});
        canvas.key(Qt::Key_Escape);
        QVERIFY(!canvas.comparison().isActive());
        QVERIFY(!canvas.mark(canvas.nodes[1]));
        QCOMPARE(canvas.view.canvasScene().nodeItem(canvas.nodes[1])->opacity(), 1.0);
    }

    void anotherProjectEndsIt()
    {
        ComparedFixture canvas;
        canvas.compare();
        canvas.document.setProject({});
        QVERIFY(!canvas.comparison().isActive());
    }

    void breadcrumbStaysWhereTheViewScrolls()
    {
        ComparedFixture canvas;
        canvas.document.setScope(*canvas.document.collapse({canvas.nodes[2], canvas.nodes[3]}));
        const QWidget *breadcrumb = canvas.view.findChild<QWidget *>("breadcrumb");
        const QPoint place = breadcrumb->pos();
        canvas.view.scrollBy({150, 90});
        QCOMPARE(breadcrumb->pos(), place);
    }
};

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
