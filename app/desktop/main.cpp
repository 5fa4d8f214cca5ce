// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/bench/canvas_bench.h"
#include "desktop/bench/train_bench.h"
#include "desktop/main_window.h"
#include "run/registry.h"
#include "theme/theme.h"
#include "train/process_settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <string_view>

using namespace netloom;

namespace {

/// The theme of the command line, else the one of last time, else what the system looks like.
ThemeKind wantedTheme(const QCommandLineParser &parser)
{
    const auto asked = themeOfName(parser.value("theme"));
    const auto last = themeOfName(QSettings().value("window/theme").toString());
    const bool systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    return asked.value_or(last.value_or(systemIsDark ? ThemeKind::Dark : ThemeKind::Light));
}

/// Measures the canvas, or training beside the window; with settings, caches and recovery copies of its own, and without a display where there is none.
int bench(int argc, char **argv)
{
    const QTemporaryDir home;
    for (const char *variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(variable, home.path().toUtf8());
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{"bench-canvas", ""}, {"bench-train", "", "file"}, {"frames", "", "count", "240"}, {"theme", "", "theme"}});
    parser.process(application);
    applyTheme(application, themeOfName(parser.value("theme")).value_or(ThemeKind::Light));
    if (parser.isSet("bench-train"))
        return runTrainBench(fullRegistry(), {parser.value("bench-train")});
    return runCanvasBench(fullRegistry(), {parser.value("frames").toInt()});
}

bool isBench(int argc, char **argv)
{
    return argc > 1 && std::string_view(argv[1]).starts_with("--bench-");
}

} // namespace

int main(int argc, char **argv)
{
    keepFreedMemory();
    if (isBench(argc, argv))
        return bench(argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName("Netloom");
    QApplication::setOrganizationName("Netloom");
    QApplication::setApplicationVersion(NETLOOM_VERSION);
    QApplication::setDesktopFileName("netloom");
    QApplication::setQuitOnLastWindowClosed(false);

    QCommandLineParser parser;
    parser.setApplicationDescription("Assemble, train and understand neural networks by drag and drop.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"template", "Start from the template <id>: see netloom-cli templates.", "id"});
    parser.addOption({"data", "The template's data folder.", "folder"});
    parser.addOption({"theme", "light, dark or high-contrast, for this time.", "theme"});
    parser.addPositionalArgument("file", "A project to open.", "[file.netloom]");
    parser.process(application);

    applyTheme(application, wantedTheme(parser));
    const NodeRegistry registry = fullRegistry();
    MainWindow window(registry);
    window.setWindowIcon(QIcon(":/icons/netloom.svg"));
    window.restoreLayout();
    if (parser.isSet("template") && !window.startFromTemplate(parser.value("template"), parser.value("data"))) {
        std::fprintf(stderr, "There is no template '%s': netloom-cli templates lists them.\n", qPrintable(parser.value("template")));
        return 2;
    }
    window.show();
    const QString file = parser.positionalArguments().value(0);
    QTimer::singleShot(0, &window, [&window, file] {
        if (!file.isEmpty())
            window.files().openFile(file);
        window.offerAbandonedWork();
    });
    return QApplication::exec();
}
