// SPDX-License-Identifier: GPL-3.0-or-later
// How long it takes from an edit to fresh previews on the cards: preview_times [template]. A figure for people, not a test.
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "desktop/preview_presenter.h"
#include "run/registry.h"
#include "theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

using namespace netloom;

namespace {

constexpr int kTimes = 41;

/// Makes @p edit many times and waits for the previews each time, painted.
bool measure(MainWindow &window, const char *label, const std::function<void(int time)> &edit)
{
    std::vector<double> times, processor;
    QSignalSpy refreshed(&window.previews(), &PreviewPresenter::refreshed);
    for (int time = 0; time < kTimes; ++time) {
        refreshed.clear();
        QElapsedTimer clock;
        clock.start();
        const std::clock_t begin = std::clock();
        edit(time);
        if (!refreshed.wait(60'000))
            return false;
        window.canvas()->viewport()->repaint();
        times.push_back(double(clock.nsecsElapsed()) / 1e6);
        processor.push_back(double(std::clock() - begin) * 1e3 / CLOCKS_PER_SEC);
    }
    std::ranges::sort(times);
    std::ranges::sort(processor);
    std::printf("%-18s median %5.1f ms  most %5.1f ms  processor time: median %5.1f ms\n", label, times[times.size() / 2], times.back(),
        processor[processor.size() / 2]);
    std::fflush(stdout);
    return true;
}

NodeId firstOf(const Document &document, const char *type, bool last = false)
{
    NodeId found;
    for (const auto &[id, node] : document.graph().nodes()) {
        if (node.type == type && (last || !found.valid()))
            found = id;
    }
    return found;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    applyTheme(application, ThemeKind::Light);
    const NodeRegistry registry = fullRegistry();
    MainWindow window(registry);
    window.resize(1920, 1080);
    window.previews().setShown(true);
    QSignalSpy refreshed(&window.previews(), &PreviewPresenter::refreshed);
    if (!window.startFromTemplate(argc > 1 ? argv[1] : "cnn-fashion-mnist"))
        return 2;
    window.show();
    if (!QTest::qWaitFor([&] { return window.document().facts().known; }, 60'000) || !refreshed.wait(60'000))
        return 1;
    Document &document = window.document();
    const NodeId last = firstOf(document, "Dropout");
    const NodeId linear = firstOf(document, "Linear");
    const NodeId convolution = firstOf(document, "Conv2d");
    const auto set = [&](NodeId node, const char *name, ParamValue value) { (void)document.setParam(node, name, value); };
    bool done = measure(window, "next sample", [&](int) { window.previews().step(1); });
    if (last.valid())
        done = done && measure(window, "Dropout's p", [&](int time) { set(last, "p", time % 2 ? 0.25 : 0.5); });
    done = done && measure(window, "Linear's size", [&](int time) { set(linear, "out_features", std::int64_t(100 + time)); });
    if (convolution.valid())
        done = done && measure(window, "Conv2d's channels", [&](int time) { set(convolution, "out_channels", std::int64_t(33 + time)); });
    return done ? 0 : 1;
}
