// SPDX-License-Identifier: GPL-3.0-or-later
// How late the window's frames are, idle and while training: frame_times [seconds]. A figure for people, not a test.
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "run/registry.h"
#include "theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace netloom;

namespace {

/// Repaints the canvas and moves a node every 16 ms, as a hand would, and measures by how much each frame is late.
void measure(MainWindow &window, const char *label, int seconds)
{
    constexpr double kFrame = 16;
    const NodeId moved = window.document().graph().nodes().begin()->first;
    std::vector<double> late;
    QElapsedTimer clock;
    QTimer frame;
    frame.setTimerType(Qt::PreciseTimer);
    frame.setInterval(int(kFrame));
    QObject::connect(&frame, &QTimer::timeout, &window, [&] {
        if (clock.isValid())
            late.push_back(std::max(0.0, double(clock.nsecsElapsed()) / 1e6 - kFrame));
        clock.start();
        window.document().moveNodes({{moved, Point{double(late.size() % 50), 0}}}, 1);
        window.canvas()->viewport()->repaint();
    });
    frame.start();
    QTest::qWait(seconds * 1000);
    std::ranges::sort(late);
    std::printf("%-8s frames %5zu  late by: median %5.1f ms  99th percentile %5.1f ms  most %5.1f ms\n", label, late.size(),
        late[late.size() / 2], late[late.size() * 99 / 100], late.back());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    applyTheme(application, ThemeKind::Light);
    const int seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 20;
    const NodeRegistry registry = fullRegistry();
    MainWindow window(registry);
    window.startFromTemplate("cnn-fashion-mnist");
    window.show();
    QTest::qWait(2000);
    measure(window, "idle", seconds);
    window.startTraining();
    QTest::qWait(3000);
    measure(window, "training", seconds);
    window.session().stop();
    return QTest::qWaitFor([&] { return !window.session().active(); }, 60000) ? 0 : 1;
}
