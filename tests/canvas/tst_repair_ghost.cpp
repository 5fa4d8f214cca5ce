// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/issue_bubble.h"
#include "canvas/port_tip.h"
#include "canvas/repair_ghost.h"
#include "document/repair_offers.h"
#include "repairs/fix_button.h"
#include "support/canvas_fixture.h"

#include <QToolTip>

using namespace netloom;

namespace {

/// Pictures that go into a Linear layer: Flatten is missing.
struct BrokenFixture : test::CanvasFixture {
    NodeId data, toTensor, normalize, linear, loss;

    BrokenFixture()
    {
        data = add("MNIST", 0, 100);
        toTensor = add("ToTensor", 240, 100);
        normalize = add("Normalize", 480, 100);
        linear = add("Linear", 720, 100);
        loss = add("CrossEntropyLoss", 960, 100);
        connect(data, "image", toTensor, "input");
        connect(toTensor, "output", normalize, "input");
        connect(normalize, "output", linear, "input");
        connect(linear, "output", loss, "input");
        connect(data, "target", loss, "target");
        view.zoomToFit();
    }

    QPoint badge(NodeId id) const
    {
        const NodeItem *item = view.canvasScene().nodeItem(id);
        return view.mapFromScene(item->geometry().badge.translated(item->pos()).center());
    }
    IssueBubble *bubble() const { return view.findChild<IssueBubble *>("issueBubble"); }
    QList<FixButton *> fixes() const
    {
        QList<FixButton *> shown;
        for (FixButton *button : bubble()->findChildren<FixButton *>()) {
            if (button->isVisible())
                shown << button;
        }
        return shown;
    }
    /// The button that says @p text, once the repairs are found.
    FixButton *fix(const QString &text)
    {
        FixButton *found = nullptr;
        (void)QTest::qWaitFor([&] {
            for (FixButton *button : fixes()) {
                if (button->text() == text)
                    found = button;
            }
            return found != nullptr;
        });
        return found;
    }
    void pointAt(const QWidget *button) { QTest::mouseMove(window(), button->mapTo(&view, button->rect().center())); }
    const RepairGhost &ghost() const { return view.canvasScene().repairGhost(); }
};

} // namespace

class RepairGhostTest : public QObject {
    Q_OBJECT

private slots:
    void badgeOpensTheIssuesWithTheirFixes()
    {
        BrokenFixture canvas;
        canvas.click(canvas.badge(canvas.linear));
        QVERIFY(canvas.bubble()->isVisible());
        QCOMPARE(canvas.document.selectedNodes(), std::set<NodeId>{canvas.linear});
        QVERIFY(canvas.fix("Add Flatten before 'linear'"));
        QVERIFY(canvas.view.viewport()->rect().contains(canvas.bubble()->geometry()));
        canvas.key(Qt::Key_Escape);
        QVERIFY(!canvas.bubble()->isVisible());
        QCOMPARE(canvas.document.selectedNodes().size(), std::size_t(1));
    }

    void pointingAtAFixPreviewsItAndAClickAppliesIt()
    {
        BrokenFixture canvas;
        const Graph before = canvas.document.graph();
        const int steps = canvas.steps();
        canvas.click(canvas.badge(canvas.linear));
        FixButton *flatten = canvas.fix("Add Flatten before 'linear'");
        QVERIFY(flatten);
        canvas.pointAt(flatten);
        QTRY_COMPARE(canvas.ghost().newNodes(), std::size_t(1));
        QCOMPARE(canvas.ghost().newLinks(), std::size_t(2));
        QVERIFY(canvas.document.graph() == before);
        // The cards behind make room while it lasts.
        QCOMPARE(canvas.view.canvasScene().nodeItem(canvas.linear)->pos().x(), 1000.0);
        canvas.move({5, canvas.view.viewport()->height() - 5});
        QTRY_COMPARE(canvas.ghost().newNodes(), std::size_t(0));
        QCOMPARE(canvas.view.canvasScene().nodeItem(canvas.linear)->pos().x(), 720.0);

        QTest::mouseClick(flatten, Qt::LeftButton);
        QCOMPARE(canvas.steps(), steps + 1);
        QVERIFY(canvas.document.graph().findByName("flatten"));
        QVERIFY(canvas.document.inference().issues.empty());
        QVERIFY(!canvas.bubble()->isVisible());
        canvas.undo();
        QVERIFY(canvas.document.graph() == before);
    }

    void keyboardFocusPreviewsAndReturnApplies()
    {
        BrokenFixture canvas;
        canvas.click(canvas.badge(canvas.linear));
        FixButton *flatten = canvas.fix("Add Flatten before 'linear'");
        QVERIFY(flatten);
        flatten->setFocus(Qt::TabFocusReason);
        QTRY_COMPARE(canvas.ghost().newNodes(), std::size_t(1));
        QTest::keyClick(flatten, Qt::Key_Return);
        QVERIFY(canvas.document.graph().findByName("flatten"));
        QCOMPARE(canvas.ghost().newNodes(), std::size_t(0));
    }

    void changedParametersAndNodesThatGoAreShown()
    {
        BrokenFixture canvas;
        const NodeId conv = canvas.add("Conv2d", 720, 300);
        const NodeId norm = canvas.add("BatchNorm2d", 960, 300);
        const NodeId relu = canvas.add("ReLU", 1200, 300);
        const NodeId second = canvas.add("ReLU", 1440, 300);
        canvas.connect(canvas.normalize, "output", conv, "input");
        canvas.connect(conv, "output", norm, "input");
        canvas.connect(norm, "output", relu, "input");
        canvas.connect(relu, "output", second, "input");
        const auto issueAt = [&](NodeId node, const char *code) {
            const Issues &issues = canvas.document.inference().issues;
            return *std::ranges::find_if(issues, [&](const Issue &issue) { return issue.node == node && issue.code == code; });
        };
        RepairOffers &repairs = canvas.document.repairs();
        const Issue bias = issueAt(conv, "bias-before-norm");
        QTRY_VERIFY(!repairs.of(bias).empty());
        repairs.preview(bias, 0);
        QCOMPARE(canvas.ghost().changes(), QStringList{QString::fromUtf8("bias on → off")});
        repairs.preview(issueAt(second, "activation-twice"), 0);
        QCOMPARE(canvas.ghost().goneNodes(), std::size_t(1));
        QCOMPARE(canvas.ghost().changes(), QStringList());
        repairs.endPreview();
        QVERIFY(canvas.ghost().area().isEmpty());
    }

    void aFixFitsTheGraphAsItLiesWhenCardsWereMoved()
    {
        BrokenFixture canvas;
        const Issue issue = canvas.document.inference().issues.front();
        QTRY_VERIFY(!canvas.document.repairs().of(issue).empty());
        canvas.document.moveNodes({{canvas.data, {-400, 500}}});
        canvas.document.repairs().apply(issue, 0);
        QVERIFY(canvas.document.graph().findByName("flatten"));
        QCOMPARE(canvas.position(canvas.data), (Point{-400, 500}));
    }

    void clicksInTheBubbleDoNotReachTheCanvas()
    {
        BrokenFixture canvas;
        canvas.click(canvas.badge(canvas.linear));
        const auto selected = canvas.document.selectedNodes();
        canvas.click(canvas.bubble()->geometry().topLeft() + QPoint(3, 3));
        QVERIFY(canvas.bubble()->isVisible());
        QCOMPARE(canvas.document.selectedNodes(), selected);
    }

    void portsAndWiresTellTheirShapeWithNamedAxes()
    {
        BrokenFixture canvas;
        const auto tip = [](QString html) { return html.replace("<br>", "\n").remove(QRegularExpression("<[^>]*>")); };
        QCOMPARE(tip(portTip(canvas.document, {canvas.toTensor, "output"}, true)), QString::fromUtf8("output · tensor\nN × 1 channel × 28 high × 28 wide"));
        QVERIFY(tip(portTip(canvas.document, {canvas.linear, "input"}, false)).startsWith(QString::fromUtf8("input · tensor from normalize\nN × 1 channel × 28 high × 28 wide")));
        QVERIFY(tip(linkTip(canvas.document, {{canvas.data, "target"}, {canvas.loss, "target"}})).startsWith(QString::fromUtf8("mnist → crossentropyloss · target\nN labels")));
        const NodeId relu = canvas.add("ReLU", 0, 400);
        QVERIFY(tip(portTip(canvas.document, {relu, "input"}, false)).contains("Nothing is connected here."));

        QHelpEvent help(QEvent::ToolTip, canvas.port(canvas.normalize, "output"), canvas.view.viewport()->mapToGlobal(canvas.port(canvas.normalize, "output")));
        QApplication::sendEvent(canvas.view.viewport(), &help);
        QVERIFY(tip(QToolTip::text()).contains(QString::fromUtf8("as its input, N×1×28×28")));
    }

    void wiresTellAsMuchAsAskedFor()
    {
        BrokenFixture canvas;
        CanvasScene &scene = canvas.view.canvasScene();
        LinkItem *small = scene.linkItem({{canvas.data, "target"}, {canvas.loss, "target"}});
        LinkItem *large = scene.linkItem({{canvas.toTensor, "output"}, {canvas.normalize, "input"}});
        QVERIFY(large->labelRect());
        QCOMPARE(large->width(), small->width());
        scene.setWireLook({.labels = false, .thickness = true});
        QVERIFY(!large->labelRect());
        QVERIFY(large->width() > small->width() + 2);
        scene.setWireLook({});
        QVERIFY(large->labelRect());
    }

    void cardsShowParametersAndMultiplyAdds()
    {
        BrokenFixture canvas;
        const NodeId flatten = canvas.add("Flatten", 600, 400);
        canvas.connect(canvas.normalize, "output", flatten, "input");
        canvas.connect(flatten, "output", canvas.linear, "input");
        const NodeFace &face = canvas.view.canvasScene().nodeItem(canvas.linear)->face();
        QCOMPARE(face.cost, QString("7,850 parameters"));
        QCOMPARE(face.macs, QString("7.84 k MACs"));
        QVERIFY(canvas.view.canvasScene().nodeItem(flatten)->face().macs.isEmpty());
    }
};

QTEST_MAIN(RepairGhostTest)
#include "tst_repair_ghost.moc"
