// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "desktop/preview_presenter.h"
#include "panels/transform_strip.h"
#include "plots/preview_view.h"
#include "plots/preview_window.h"
#include "run/registry.h"
#include "support/stripes.h"
#include "theme/theme.h"
#include "transforms/transform.h"

#include <QAction>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include <semaphore>

using namespace netloom;

namespace {

/// Holds previews up while it is closed.
struct Gate {
    std::counting_semaphore<> passes{1'000'000};
    void close()
    {
        while (passes.try_acquire()) { }
    }
    void open() { passes.release(1'000'000); }
};

/// All node types, and a transform that waits at @p gate.
NodeRegistry registryWith(Gate &gate)
{
    class Hold final : public Transform {
    public:
        explicit Hold(Gate &gate) : m_gate(gate) {}
        void apply(Sample &, std::mt19937_64 &, bool) const override { m_gate.passes.acquire(); }

    private:
        Gate &m_gate;
    };
    NodeRegistry registry = fullRegistry();
    NodeSpec spec;
    spec.type = "Hold";
    spec.category = Category::Transform;
    spec.doc = "Waits.";
    spec.inputs = {{"input", PortKind::Image}};
    spec.outputs = {{"output", PortKind::Image}};
    spec.params = {ParamDecl::integer("turn", 0)};
    spec.infer = [](const InferInput &input) -> InferResult { return Inferred{{input.in.at(0)}}; };
    spec.buildTransform = [&gate](const Params &, const SourceFacts &) -> std::shared_ptr<Transform> { return std::make_shared<Hold>(gate); };
    registry.add(std::move(spec));
    return registry;
}

} // namespace

class TestPreviews : public QObject {
    Q_OBJECT

private:
    Gate m_gate;
    const NodeRegistry m_registry = registryWith(m_gate);
    QTemporaryDir m_data;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    QWidget *viewport() { return m_window->canvas()->viewport(); }
    NodeId id(const char *name) { return document().graph().findByName(name)->id; }
    template <class Widget>
    Widget *find(const char *name) { return m_window->findChild<Widget *>(name); }
    QString text(const char *name) { return find<QLabel>(name)->text(); }

    const NodePreview *preview(const char *name)
    {
        const CardPreview *card = m_window->canvas()->canvasScene().previewOf(id(name));
        return card ? card->preview() : nullptr;
    }
    QString shape(const char *name)
    {
        const NodePreview *shown = preview(name);
        return shown ? QString::fromStdString(shown->shape.toString()) : QString();
    }
    bool refreshedBy(const std::function<void()> &change)
    {
        QSignalSpy refreshed(&m_window->previews(), &PreviewPresenter::refreshed);
        change();
        return refreshed.wait(10'000);
    }
    void click(const char *button) { QTest::mouseClick(find<QToolButton>(button), Qt::LeftButton); }
    PreviewWindow *enlarge(const char *name)
    {
        QTest::mouseDClick(m_window->windowHandle(), Qt::LeftButton, {},
            viewport()->mapTo(m_window.get(), m_window->canvas()->previewRect(id(name)).center()));
        return find<PreviewWindow>("previewWindow");
    }

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        applyTheme(*qApp, ThemeKind::Light);
        test::writeStripes(m_data.path(), 6, 3, 2);
        test::writeBytes(m_data.filePath("stripes.netloom"), QByteArray::fromStdString(test::stripesProject(m_data.path(), 1)));
    }

    void init()
    {
        m_window = std::make_unique<MainWindow>(m_registry);
        m_window->resize(1280, 900);
        m_window->commands().action("view.previews")->setChecked(true);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QVERIFY(m_window->files().openFile(m_data.filePath("stripes.netloom")));
        QTRY_COMPARE(shape("loss"), "N×2");
    }

    void cleanup() { m_window.reset(); }

    void everyNodeShowsWhatComesOutOfIt()
    {
        QCOMPARE(shape("data"), "3×12×12");
        QCOMPARE(shape("resize"), "3×8×8");
        QCOMPARE(shape("to_tensor"), "N×3×8×8");
        QCOMPARE(shape("conv1"), "N×4×6×6");
        QCOMPARE(shape("flatten"), "N×144");
        QCOMPARE(preview("loss")->names.size(), std::size_t(2));
        QVERIFY(preview("loss")->target >= 0);
        QCOMPARE(text("sampleWeights"), "untrained weights");
        QVERIFY(!text("sampleName").isEmpty() && !text("sampleClass").isEmpty());
    }

    void editsAreFollowed()
    {
        const NodePreview *before = preview("resize");
        document().setSelection({id("conv1")});
        QVERIFY(refreshedBy([this] { QTest::keyClick(find<QWidget>("param_out_channels"), Qt::Key_Up); }));
        QCOMPARE(shape("conv1"), "N×5×6×6");
        QCOMPARE(shape("flatten"), "N×180");
        QCOMPARE(preview("resize"), before); // not computed again
        QVERIFY(refreshedBy([this] { QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); }));
        QCOMPARE(shape("conv1"), "N×4×6×6");
    }

    void randomTransformsShowTheirDraws()
    {
        const NodeId invert = document().addNode("RandomInvert", {});
        const NodeId toTensor = id("to_tensor");
        const Link into = document().graph().linksInto(toTensor).front();
        QVERIFY(refreshedBy([&] {
            document().removeItems({}, {into});
            QVERIFY(!document().connectPorts({into.from, {invert, "input"}}) && !document().connectPorts({{invert, "output"}, into.to}));
            QVERIFY(document().setParam(invert, "p", 1.0).ok());
            document().setSelection({invert});
        }));
        auto *strip = find<TransformStrip>("transformStrip");
        QTRY_VERIFY(strip->isVisible());
        QCOMPARE(strip->drawCount(), 5);
        const NodePreview before = *preview("resize");
        QVERIFY(*strip->draw(0) != before);
        QCOMPARE(*preview(document().graph().find(invert)->name.c_str()), before); // as in evaluation
        QVERIFY(refreshedBy([this] { click("sampleTraining"); }));
        QCOMPARE(*preview(document().graph().find(invert)->name.c_str()), *strip->draw(0));
        QVERIFY(refreshedBy([&] { QVERIFY(document().setParam(invert, "p", 0.5).ok()); }));
        std::set<std::vector<std::uint8_t>> seen;
        for (int draw = 0; draw < 12; ++draw) {
            QVERIFY(refreshedBy([this] { click("drawAgain"); }));
            seen.insert(strip->draw(0)->tiles);
        }
        QCOMPARE(seen.size(), std::size_t(2)); // inverted and as it was
    }

    void whatAnErrorCutsOffShowsWhy()
    {
        QVERIFY(refreshedBy([this] { document().removeItems({id("flatten")}); }));
        QVERIFY(preview("relu1")->kind == NodePreview::Kind::Maps);
        QVERIFY(preview("fc1")->kind == NodePreview::Kind::None);
        QVERIFY(!preview("fc1")->reason.empty());
    }

    void samplesAreChosen()
    {
        const QString first = text("sampleName");
        const NodePreview picture = *preview("data");
        QVERIFY(refreshedBy([this] { click("sampleNext"); }));
        QVERIFY(text("sampleName") != first);
        QVERIFY(*preview("data") != picture);
        QVERIFY(refreshedBy([this] { QTest::keyClick(m_window.get(), Qt::Key_PageUp, Qt::ControlModifier); }));
        QCOMPARE(text("sampleName"), first);
        QVERIFY(refreshedBy([this] { click("samplePrevious"); })); // round the end
        QVERIFY(text("sampleName") != first);
        QVERIFY(refreshedBy([this] { QTest::keyClick(find<QComboBox>("sampleSplit"), Qt::Key_Down); }));
        QVERIFY(text("sampleName").startsWith("test/"));
        QVERIFY(refreshedBy([this] { click("sampleRandom"); }));
        QVERIFY(text("sampleName").startsWith("test/"));
        QVERIFY(!document().isDirty()); // the project is as it was
    }

    void droppedPictureBecomesTheSample()
    {
        const QString file = m_data.filePath("dropped.png");
        test::writeBytes(file, test::stripesPng(true, 5));
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        const QPointF middle(m_window->rect().center());
        QDragEnterEvent enter(middle.toPoint(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QVERIFY(refreshedBy([&] {
            QDropEvent drop(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(m_window.get(), &drop);
        }));
        QCOMPARE(text("sampleName"), "dropped.png");
        QVERIFY(!find<QLabel>("sampleClass")->isVisible());
        QCOMPARE(preview("loss")->target, -1);
        QVERIFY(refreshedBy([this] { click("sampleNext"); })); // back to the data
        QVERIFY(text("sampleName").startsWith("val/"));
    }

    void doubleClickShowsAPreviewLarge()
    {
        PreviewWindow *large = enlarge("conv1");
        QVERIFY(large && QTest::qWaitForWindowExposed(large));
        QCOMPARE(large->node(), id("conv1"));
        QTRY_COMPARE(large->view()->tileCount(), 4);
        auto *readout = large->findChild<QLabel *>("previewReadout");
        QTest::mouseMove(large->windowHandle(), large->view()->viewport()->mapTo(large, large->view()->tileRect(2).center().toPoint()));
        QTRY_VERIFY2(readout->text().startsWith("Map 2 · row 3, column 3: "), qPrintable(readout->text()));

        QVERIFY(document().setParam(id("conv1"), "out_channels", std::int64_t(7)).ok());
        QTRY_COMPARE(large->view()->tileCount(), 7); // follows
        const QPointer<PreviewWindow> watched(large);
        document().removeItems({id("conv1")});
        QTRY_VERIFY(watched.isNull());
        document().undoStack()->undo();
        QTRY_COMPARE(shape("conv1"), "N×7×6×6");
    }

    void escapeClosesALargePreview()
    {
        document().setSelection({id("loss")});
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        const QPointer<PreviewWindow> large(find<PreviewWindow>("previewWindow"));
        QVERIFY(large);
        QTRY_VERIFY(large->view()->readoutAt(large->view()->barRect(1).center()).startsWith("Number 1 "));
        QTest::keyClick(large, Qt::Key_Escape);
        QTRY_VERIFY(large.isNull());
    }

    void previewsAreTurnedOffAndOn()
    {
        const NodeItem *card = m_window->canvas()->canvasScene().nodeItem(id("conv1"));
        const double tall = card->cardRect().height();
        QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(card->cardRect().height() < tall);
        QVERIFY(m_window->canvas()->previewRect(id("conv1")).isEmpty());
        QVERIFY(!find<QWidget>("sampleBar")->isVisible());
        QVERIFY(!preview("conv1"));
        QVERIFY(refreshedBy([this] { QTest::keyClick(m_window.get(), Qt::Key_I, Qt::ControlModifier | Qt::AltModifier); }));
        QCOMPARE(card->cardRect().height(), tall);
        QCOMPARE(shape("conv1"), "N×4×6×6");
    }

    void trainedWeightsAreUsedOnceATrainingHasEnded()
    {
        const NodePreview untrained = *preview("conv1");
        m_window->startTraining();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().active(), 60'000);
        QTRY_COMPARE(text("sampleWeights"), "trained weights");
        QVERIFY(*preview("conv1") != untrained);
        QVERIFY(document().setParam(id("conv1"), "out_channels", std::int64_t(9)).ok());
        QTRY_COMPARE(text("sampleWeights"), "untrained weights"); // neither layer fits any more
        QVERIFY(m_window->files().openFile(m_data.filePath("stripes.netloom")));
        QTRY_COMPARE(shape("conv1"), "N×4×6×6");
        QCOMPARE(text("sampleWeights"), "untrained weights");
    }

    void whatTakesLongIsGreyedUntilItIsFresh()
    {
        const NodeId hold = document().addNode("Hold", {0, 0});
        document().connectPorts({{id("resize"), "output"}, {hold, "input"}});
        QVERIFY(refreshedBy([&] { document().connectPorts({{hold, "output"}, {id("to_tensor"), "input"}}); }));
        CanvasScene &scene = m_window->canvas()->canvasScene();
        m_gate.close();
        QVERIFY(document().setParam(hold, "turn", std::int64_t(1)).ok());
        QTRY_VERIFY(scene.previewOf(id("loss"))->isStale());
        QVERIFY(scene.previewOf(hold)->isStale());
        QVERIFY(!scene.previewOf(id("resize"))->isStale()); // comes before it
        QVERIFY(preview("loss")->kind == NodePreview::Kind::Bars); // the old one
        m_gate.open();
        QTRY_VERIFY(!scene.previewOf(id("loss"))->isStale());
    }

    void theNewestRequestWins()
    {
        PreviewSession session(m_registry);
        QSignalSpy updated(&session, &PreviewSession::updated);
        PreviewRequest request{document().graph(), document().facts(), m_window->previews().cursor().sample(), {}, {}};
        quint64 last = 0;
        for (std::int64_t channels = 1; channels <= 8; ++channels) {
            request.graph.setParam(id("conv1"), "out_channels", channels);
            last = session.request(request);
        }
        std::map<NodeId, std::shared_ptr<const NodePreview>> previews;
        const auto answered = [&] {
            while (!updated.isEmpty()) {
                const auto update = updated.takeFirst().first().value<PreviewUpdate>();
                for (const auto &[node, one] : update.previews)
                    previews[node] = one;
                if (update.complete && update.revision == last)
                    return true;
            }
            return false;
        };
        QVERIFY(QTest::qWaitFor(answered, 10'000));
        QCOMPARE(previews.at(id("conv1"))->tileCount(), 8);
    }
};

QTEST_MAIN(TestPreviews)
#include "tst_previews.moc"
