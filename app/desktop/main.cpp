// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"
#include "run/registry.h"
#include "theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <QTimer>

#include <cstdio>

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

} // namespace

int main(int argc, char **argv)
{
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
