// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the data browser shows a folder, and how late frames are while it scrolls: browser_times FOLDER [seconds]. A figure for
// people, not a test.
#include "browser/data_browser.h"
#include "browser/picture_grid.h"
#include "desktop/main_window.h"
#include "desktop/thumbnail_store.h"
#include "run/registry.h"
#include "theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace netloom;

namespace {

double residentMb()
{
    QFile file("/proc/self/status");
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

/// Processor time of the calling thread, ms.
double threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

void print(const char *label, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("%-34s %5zu frames  median %5.2f ms  99th percentile %5.2f ms  most %5.2f ms\n", label, times.size(), times[times.size() / 2],
        times[times.size() * 99 / 100], times.back());
    std::fflush(stdout);
}

/// Scrolls by a tenth of a page, or by whole pages, every 16 ms.
void scroll(PictureGrid &grid, const char *label, int step, int seconds)
{
    std::vector<double> wall, busy;
    QTimer frame;
    frame.setTimerType(Qt::PreciseTimer);
    frame.setInterval(16);
    int direction = 1;
    QObject::connect(&frame, &QTimer::timeout, &grid, [&] {
        QElapsedTimer clock;
        clock.start();
        const double before = threadTime();
        QScrollBar *bar = grid.verticalScrollBar();
        if (bar->value() == bar->maximum() || (bar->value() == 0 && !wall.empty()))
            direction = bar->value() == 0 ? 1 : -1;
        bar->setValue(bar->value() + direction * step);
        grid.viewport()->repaint();
        wall.push_back(double(clock.nsecsElapsed()) / 1e6);
        busy.push_back(threadTime() - before);
    });
    frame.start();
    QTest::qWait(seconds * 1000);
    print((std::string(label) + ", wall").c_str(), wall);
    print((std::string(label) + ", processor").c_str(), busy);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    applyTheme(application, ThemeKind::Light);
    if (argc < 2)
        return 2;
    const int seconds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
    const NodeRegistry registry = fullRegistry();
    MainWindow window(registry);
    window.startFromTemplate("cnn-image-folder", argv[1]);
    window.resize(1920, 1080);
    window.show();
    if (!QTest::qWaitFor([&] { return window.document().facts().known; }, 60'000))
        return 1;
    QTest::qWait(500);
    std::printf("before: %.0f MB resident\n", residentMb());
    QElapsedTimer clock;
    clock.start();
    window.commands().action("view.data")->setChecked(true);
    PictureGrid &grid = *window.dataBrowser().grid();
    grid.viewport()->repaint();
    std::printf("%d pictures listed and painted after %lld ms\n", grid.count(), static_cast<long long>(clock.elapsed()));
    auto &store = *window.findChild<ThumbnailStore *>();
    QTest::qWaitFor([&] { return store.isIdle(); }, 60'000);
    std::printf("all that is visible is there after %lld ms (%d thumbnails)\n", static_cast<long long>(clock.elapsed()), store.made());
    scroll(grid, "scrolling smoothly", grid.viewport()->height() / 10, seconds);
    scroll(grid, "page by page", grid.viewport()->height(), seconds);
    QTest::qWaitFor([&] { return store.isIdle(); }, 60'000);
    std::printf("after: %.0f MB resident, %.0f MB of thumbnails, %d made\n", residentMb(), double(store.bytes()) / (1 << 20), store.made());
    return 0;
}
