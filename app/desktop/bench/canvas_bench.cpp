// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/bench/canvas_bench.h"

#include "canvas/canvas_view.h"
#include "desktop/bench/figures.h"
#include "desktop/main_window.h"
#include "document/clipboard.h"
#include "project/bench_network.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QUndoStack>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace netloom {

namespace {

constexpr QSize kWindow(1920, 1080);
constexpr double kFrameGoal = 16;
constexpr double kInferenceGoal = 5;
constexpr double kOpenGoal = 300;
constexpr double kUndoGoal = 50;
constexpr int kNotch = 120; ///< of a wheel

using Values = std::vector<std::int64_t>;

/// A hand on the canvas whose every move is followed until it is painted.
class BenchHand : public QObject {
public:
    explicit BenchHand(CanvasView &view) : m_view(view) { view.viewport()->installEventFilter(this); }

    void press(QPoint at, Qt::MouseButton button)
    {
        m_button = button;
        send(QEvent::MouseButtonPress, at, button, button);
    }
    void move(QPoint to) { send(QEvent::MouseMove, to, Qt::NoButton, m_button); }
    void release(QPoint at) { send(QEvent::MouseButtonRelease, at, m_button, Qt::NoButton); }
    void wheel(QPoint at, int delta)
    {
        QWheelEvent event(at, m_view.viewport()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view.viewport(), &event);
        paint();
    }

    /// Does all that waits, and paints the whole canvas, once, and whatever else changed in the window.
    void paint()
    {
        m_painted = false;
        m_view.viewport()->update();
        QApplication::processEvents();
        if (!m_painted)
            m_view.viewport()->repaint();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        m_painted |= event->type() == QEvent::Paint;
        return QObject::eventFilter(watched, event);
    }

private:
    void send(QEvent::Type type, QPoint at, Qt::MouseButton button, Qt::MouseButtons buttons)
    {
        QMouseEvent event(type, at, m_view.viewport()->mapToGlobal(at), button, buttons, Qt::NoModifier);
        QApplication::sendEvent(m_view.viewport(), &event);
        paint();
    }

    CanvasView &m_view;
    Qt::MouseButton m_button = Qt::LeftButton;
    bool m_painted = false;
};

class CanvasBench {
public:
    CanvasBench(const NodeRegistry &registry, Graph graph, int frames)
        : m_registry(registry), m_graph(std::move(graph)), m_window(registry), m_hand(*m_window.canvas()), m_frames(frames),
          m_times(std::clamp(frames / 10, 2, 20))
    {
        m_window.resize(kWindow);
        m_window.show();
        m_hand.paint();
    }

    void run()
    {
        open();
        for (const auto &[name, what, zoom] : {std::tuple{"pan_whole", "pan, the whole network in view", CanvasView::kMinZoom},
                 {"pan_40", "pan at 40 %", 0.4}, {"pan_100", "pan at 100 %", 1.0}})
            pan(name, what, zoom);
        zoom();
        drag("drag_node", "drag one node at 100 %", 1, 1.0);
        drag("drag_50_nodes", "drag 50 nodes at 40 %", 50, 0.4);
        infer();
        edit();
        paste();
    }

private:
    CanvasView &view() { return *m_window.canvas(); }
    Document &document() { return m_window.document(); }
    QPoint middle() { return view().viewport()->rect().center(); }

    void open()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("bench.netloom");
        Project project;
        project.graph = m_graph;
        (void)saveProject(project, m_registry, file.toStdString());
        Figure figure{"open", "open the file, until it is painted", kOpenGoal, {}};
        for (int time = 0; time < m_times; ++time) {
            m_window.files().startNew({}, "bench");
            m_hand.paint();
            figure.measure([&] {
                m_window.files().openFile(file);
                m_hand.paint();
            });
        }
        printFigure(figure);
    }

    void lookAt(double zoom)
    {
        view().zoomToFit();
        view().setViewState({view().visibleScene().center(), zoom, false});
        m_hand.paint();
    }

    void pan(const char *name, const char *what, double zoom)
    {
        lookAt(zoom);
        Figure figure{name, what, kFrameGoal, {}};
        m_hand.press(middle(), Qt::MiddleButton);
        for (int frame = 0; frame < m_frames; ++frame)
            figure.measure([&] { m_hand.move(middle() + onCircle(frame, 250)); });
        m_hand.release(middle());
        printFigure(figure);
    }

    /// From the whole network to 100 % and back, notch by notch.
    void zoom()
    {
        lookAt(CanvasView::kMinZoom);
        Figure figure{"zoom", "zoom from the whole network to 100 % and back", kFrameGoal, {}};
        int direction = 1;
        for (int frame = 0; frame < m_frames; ++frame) {
            figure.measure([&] { m_hand.wheel(middle() + QPoint(120, -40), direction * kNotch); });
            if (view().zoom() >= 1)
                direction = -1;
            else if (view().zoom() <= CanvasView::kMinZoom)
                direction = 1;
        }
        printFigure(figure);
    }

    /// Drags of 60 frames each, the press and the drop among them.
    void drag(const char *name, const char *what, std::size_t count, double zoom)
    {
        lookAt(zoom);
        const std::vector<NodeId> nodes = nodesInTheMiddle(count);
        document().setSelection({nodes.begin(), nodes.end()});
        Figure figure{name, what, kFrameGoal, {}};
        constexpr int kFrames = 60;
        QPoint grip;
        for (int frame = 0; frame < m_frames; ++frame) {
            const int step = frame % kFrames;
            if (step == 0)
                grip = view().nodeRect(nodes.front()).center();
            const bool last = step == kFrames - 1 || frame == m_frames - 1;
            figure.measure([&] {
                if (step == 0)
                    m_hand.press(grip, Qt::LeftButton);
                else if (last)
                    m_hand.release(grip + onCircle(step, 40));
                else
                    m_hand.move(grip + onCircle(step, 40));
            });
        }
        printFigure(figure);
        document().undoStack()->setIndex(0);
    }

    static QPoint onCircle(int frame, double radius)
    {
        const double angle = frame * std::numbers::pi / 20;
        return {qRound(radius * std::cos(angle)), qRound(radius * std::sin(angle))};
    }

    std::vector<NodeId> nodesInTheMiddle(std::size_t count)
    {
        std::vector<NodeId> nodes = document().graph().childrenOf({});
        const QPointF centre = view().visibleScene().center();
        std::ranges::sort(nodes, {}, [&](NodeId id) {
            const QPointF way = view().canvasScene().nodeItem(id)->cardRect().center() - centre;
            return std::hypot(way.x(), way.y());
        });
        nodes.resize(count);
        return nodes;
    }

    /// Another size of the pictures, which changes the shapes on nearly every wire.
    void setPictureSize(Document &document, int round)
    {
        const NodeId resize = document.graph().findByName("resize")->id;
        const std::int64_t size = round % 2 ? 224 : 256;
        (void)document.setParam(resize, "size", Values{size, size});
    }

    void infer()
    {
        Document alone(m_registry);
        Project project;
        project.graph = m_graph;
        alone.setProject(std::move(project));
        Figure figure{"inference", "inference after an edit: the document's new shapes", kInferenceGoal, {}};
        for (int round = 0; round < m_frames; ++round)
            figure.measure([&] { setPictureSize(alone, round); });
        printFigure(figure);
    }

    void edit()
    {
        lookAt(0.5);
        Figure figure{"edit", "an edit that changes every shape, until it is painted", {}, {}};
        for (int round = 0; round < m_times; ++round) {
            figure.measure([&] {
                setPictureSize(document(), round);
                m_hand.paint();
            });
        }
        printFigure(figure);
    }

    void paste()
    {
        constexpr std::size_t kNodes = 500;
        lookAt(CanvasView::kMinZoom);
        const std::vector<NodeId> nodes = nodesInTheMiddle(kNodes);
        Figure pasted{"paste", "paste 500 nodes, until they are painted", {}, {}};
        Figure undone{"undo_paste", "undo the paste of 500 nodes, until it is painted", kUndoGoal, {}};
        Figure redone{"redo_paste", "redo it, until it is painted", {}, {}};
        for (int round = 0; round < m_times; ++round) {
            pasted.measure([&] {
                document().setSelection({nodes.begin(), nodes.end()});
                (void)duplicateSelection(document()); // a paste that leaves people's clipboard alone
                m_hand.paint();
            });
            undone.measure([&] { step(&QUndoStack::undo); });
            redone.measure([&] { step(&QUndoStack::redo); });
            step(&QUndoStack::undo);
        }
        for (const Figure &figure : {pasted, undone, redone})
            printFigure(figure);
    }

    void step(void (QUndoStack::*go)())
    {
        (document().undoStack()->*go)();
        m_hand.paint();
    }

    const NodeRegistry &m_registry;
    const Graph m_graph;
    MainWindow m_window;
    BenchHand m_hand;
    int m_frames; ///< per figure of frame times
    int m_times;  ///< per figure of longer things
};

} // namespace

int runCanvasBench(const NodeRegistry &registry, const CanvasBenchOptions &options)
{
    const Graph graph = benchNetwork(registry);
    const QJsonObject start{{"event", "bench"}, {"nodes", int(graph.nodes().size())}, {"wires", int(graph.links().size())},
        {"width", kWindow.width()}, {"height", kWindow.height()}, {"platform", QApplication::platformName()}};
    std::printf("%s\n", QJsonDocument(start).toJson(QJsonDocument::Compact).constData());
    CanvasBench bench(registry, graph, std::max(2, options.frames));
    bench.run();
    return 0;
}

} // namespace netloom
