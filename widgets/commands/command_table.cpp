// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/command_table.h"

#include <QCoreApplication>

#include <algorithm>

namespace netloom {

namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("Commands", text)

constexpr auto kWindow = KeyScope::Window;
constexpr auto kCanvas = KeyScope::Canvas;
constexpr bool kGroup = true;
constexpr bool kCheck = true;

constexpr const char *kFile = TEXT("&File");
constexpr const char *kEdit = TEXT("&Edit");
constexpr const char *kArrange = TEXT("&Edit/A&rrange");
constexpr const char *kView = TEXT("&View");
constexpr const char *kWires = TEXT("&View/&Wires");
constexpr const char *kTheme = TEXT("&View/Th&eme");
constexpr const char *kTrain = TEXT("&Train");
constexpr const char *kHelp = TEXT("&Help");

constexpr CommandSpec kCommands[] = {
    {"file.new", kFile, TEXT("&New from template…"), "Ctrl+N", kWindow, "new"},
    {"file.open", kFile, TEXT("&Open…"), "Ctrl+O", kWindow, "open"},
    {"file.save", kFile, TEXT("&Save"), "Ctrl+S", kWindow, "save", kGroup},
    {"file.saveAs", kFile, TEXT("Save &as…"), "Ctrl+Shift+S"},
    {"file.collect", kFile, TEXT("&Collect pictures…"), "", kWindow, "camera", kGroup},
    {"file.importBlock", kFile, TEXT("&Import a block…"), ""},
    {"file.quit", kFile, TEXT("&Quit"), "Ctrl+Q", kWindow, "", kGroup},

    {"edit.undo", kEdit, TEXT("&Undo"), "Ctrl+Z", kWindow, "undo"},
    {"edit.redo", kEdit, TEXT("&Redo"), "Ctrl+Shift+Z; Ctrl+Y", kWindow, "redo"},
    {"edit.cut", kEdit, TEXT("Cu&t"), "Ctrl+X; Shift+Del", kCanvas, "", kGroup},
    {"edit.copy", kEdit, TEXT("&Copy"), "Ctrl+C; Ctrl+Ins", kCanvas, "copy"},
    {"edit.paste", kEdit, TEXT("&Paste"), "Ctrl+V; Shift+Ins", kCanvas},
    {"edit.pasteWithWires", kEdit, TEXT("Paste &keeping incoming wires"), "Ctrl+Shift+V", kCanvas},
    {"edit.duplicate", kEdit, TEXT("&Duplicate"), "Ctrl+D", kCanvas},
    {"edit.delete", kEdit, TEXT("De&lete"), "Del; Backspace", kCanvas, "trash"},
    {"edit.rename", kEdit, TEXT("Rena&me"), "F2", kCanvas},
    {"edit.selectAll", kEdit, TEXT("Select &all"), "Ctrl+A", kCanvas},
    {"edit.addNode", kEdit, TEXT("Add a &node…"), "Shift+A", kCanvas, "plus", kGroup},
    {"edit.addAfter", kEdit, TEXT("Add a node &behind the selection…"), "Tab", kCanvas},
    {"edit.wire", kEdit, TEXT("Draw a &wire…"), "C", kCanvas, "link"},
    {"edit.findNode", kEdit, TEXT("&Find a node…"), "Ctrl+F", kWindow, "search"},
    {"edit.findType", kEdit, TEXT("Find a node t&ype"), "Ctrl+P"},
    {"edit.parameters", kEdit, TEXT("Edit para&meters"), "Return; Enter", kCanvas},
    {"edit.bypass", kEdit, TEXT("B&ypass"), "Ctrl+B", kCanvas, "", kGroup},
    {"edit.makeBlock", kEdit, TEXT("Make a bl&ock"), "Ctrl+Shift+E", kCanvas},
    {"edit.frame", kEdit, TEXT("Draw a f&rame"), "Ctrl+G", kCanvas},
    {"edit.openUp", kEdit, TEXT("Open &up the block"), "Ctrl+Alt+E", kCanvas},
    {"edit.enter", kEdit, TEXT("&Enter the block"), "Alt+Down", kCanvas},
    {"edit.leave", kEdit, TEXT("Lea&ve the block"), "Alt+Up", kCanvas},
    {"edit.saveBlock", kEdit, TEXT("Save to My Bloc&ks…"), "Ctrl+Alt+S", kCanvas},
    {"edit.tidy", kEdit, TEXT("T&idy up"), "Ctrl+L", kCanvas, "", kGroup},
    {"arrange.left", kArrange, TEXT("Align &left edges"), "Ctrl+Shift+Left", kCanvas},
    {"arrange.centre", kArrange, TEXT("Align &centres"), "Ctrl+Shift+C", kCanvas},
    {"arrange.right", kArrange, TEXT("Align &right edges"), "Ctrl+Shift+Right", kCanvas},
    {"arrange.top", kArrange, TEXT("Align &top edges"), "Ctrl+Shift+Up", kCanvas},
    {"arrange.middle", kArrange, TEXT("Align &middles"), "Ctrl+Shift+M", kCanvas},
    {"arrange.bottom", kArrange, TEXT("Align &bottom edges"), "Ctrl+Shift+Down", kCanvas},
    {"arrange.horizontally", kArrange, TEXT("Distribute &horizontally"), "Ctrl+Alt+H", kCanvas, "", kGroup},
    {"arrange.vertically", kArrange, TEXT("Distribute &vertically"), "Ctrl+Alt+V", kCanvas},
    {"arrange.straighten", kArrange, TEXT("&Straighten wires"), "Q", kCanvas, "", kGroup},

    {"view.fit", kView, TEXT("&Fit all"), "Home", kCanvas, "fit"},
    {"view.fitSelection", kView, TEXT("Fit &selection"), ".", kCanvas},
    {"view.zoomIn", kView, TEXT("Zoom &in"), "Ctrl++; Ctrl+=; +", kWindow, "zoom-in"},
    {"view.zoomOut", kView, TEXT("Zoom &out"), "Ctrl+-; -", kWindow, "zoom-out"},
    {"view.fullSize", kView, TEXT("Zoom to 100 %"), "Ctrl+0"},
    {"view.palette", kView, TEXT("&Palette"), "Ctrl+1", kWindow, "", kGroup, kCheck},
    {"view.side", kView, TEXT("&Right panel"), "Ctrl+2", kWindow, "", false, kCheck},
    {"view.training", kView, TEXT("&Training"), "Ctrl+3", kWindow, "", false, kCheck},
    {"view.inspector", kView, TEXT("I&nspector"), "Ctrl+4", kWindow, "", kGroup},
    {"view.issues", kView, TEXT("Iss&ues"), "Ctrl+5"},
    {"view.history", kView, TEXT("&History"), "Ctrl+Shift+H"},
    {"view.compare", kView, TEXT("&Compare with…"), "Ctrl+Alt+C", kWindow, "compare"},
    {"view.stopComparing", kView, TEXT("Stop c&omparing"), ""},
    {"view.alone", kView, TEXT("Canvas &alone"), "F", kCanvas, "", kGroup, kCheck},
    {"view.reduceMotion", kView, TEXT("Reduce &motion"), "", kWindow, "", false, kCheck},
    {"view.previews", kView, TEXT("P&reviews on nodes"), "Ctrl+Alt+I", kWindow, "image", kGroup, kCheck},
    {"view.enlarge", kView, TEXT("&Enlarge the preview"), "Ctrl+E"},
    {"view.nextSample", kView, TEXT("&Next sample"), "Ctrl+PgDown"},
    {"view.previousSample", kView, TEXT("Pre&vious sample"), "Ctrl+PgUp"},
    {"view.anySample", kView, TEXT("An&y sample"), ""},
    {"view.pictureSample", kView, TEXT("Pict&ure file as sample…"), ""},
    {"view.data", kView, TEXT("&Data"), "Ctrl+9", kWindow, "grid", kGroup, kCheck},
    {"view.evaluation", kView, TEXT("E&valuation"), "Ctrl+7", kWindow, "report", false, kCheck},
    {"view.runs", kView, TEXT("R&uns"), "Ctrl+8", kWindow, "table", false, kCheck},
    {"view.search", kView, TEXT("Sear&ch"), "Ctrl+6", kWindow, "tune", false, kCheck},
    {"wires.labels", kWires, TEXT("&Labels"), "", kWindow, "", false, kCheck},
    {"wires.thickness", kWires, TEXT("&Thickness by size"), "", kWindow, "", false, kCheck},
    {"theme.light", kTheme, TEXT("&Light"), "", kWindow, "", false, kCheck},
    {"theme.dark", kTheme, TEXT("&Dark"), "", kWindow, "", false, kCheck},
    {"theme.highContrast", kTheme, TEXT("&High contrast"), "", kWindow, "", false, kCheck},
    {"theme.next", kTheme, TEXT("&Next theme"), "Ctrl+Shift+D", kWindow, "moon", kGroup},

    {"train.start", kTrain, TEXT("&Start"), "Ctrl+Return", kWindow, "play"},
    {"train.seeds", kTrain, TEXT("&Repeat with several seeds…"), "Ctrl+Alt+R", kWindow, "dice"},
    {"train.pause", kTrain, TEXT("&Pause or resume"), "Ctrl+Alt+P", kWindow, "pause"},
    {"train.stop", kTrain, TEXT("S&top"), "Ctrl+Alt+Return", kWindow, "stop"},
    {"train.batch", kTrain, TEXT("One &batch"), "Ctrl+Alt+B", kWindow, "", kGroup},
    {"train.epoch", kTrain, TEXT("One &epoch"), "Ctrl+Alt+N"},
    {"train.lr", kTrain, TEXT("&Change learning rate…"), "Ctrl+Alt+L"},
    {"train.findLr", kTrain, TEXT("Find learning ra&te…"), "", kWindow, "search", kGroup},
    {"train.overfit", kTrain, TEXT("&Overfit one batch…"), "", kWindow, "check"},
    {"train.lookAgain", kTrain, TEXT("&Look at the data again"), "F5", kWindow, "reset", kGroup},
    {"train.examine", kTrain, TEXT("&Examine the data"), "", kWindow, "mend"},
    {"train.report", kTrain, TEXT("Open &report"), "Ctrl+R", kWindow, "chart", kGroup},
    {"train.folder", kTrain, TEXT("Open run &folder"), "", kWindow, "folder"},

    {"help.quickStart", kHelp, TEXT("&Quick start"), "F1", kWindow, "help"},
    {"help.canvas", kHelp, TEXT("The &canvas"), ""},
    {"help.evaluation", kHelp, TEXT("&Judging a run"), ""},
    {"help.search", kHelp, TEXT("&Searching"), ""},
    {"help.findCommand", kHelp, TEXT("&Find a command…"), "Ctrl+Shift+P", kWindow, "search"},
    {"help.keys", kHelp, TEXT("&Keyboard shortcuts"), "?"},
    {"help.about", kHelp, TEXT("&About Netloom"), "", kWindow, "", kGroup},
};

constexpr FixedKey kFixedKeys[] = {
    {TEXT("Add a node where the pointer is"), TEXT("Space, tapped"), "Space"},
    {TEXT("Move the view"), TEXT("Space, held while dragging"), ""},
    {TEXT("Go from node to node along the wires"), TEXT("arrow keys"), "Left; Right; Up; Down"},
    {TEXT("Move the selected nodes by a step of the grid"), TEXT("Shift and arrow keys"), "Shift+Left; Shift+Right; Shift+Up; Shift+Down"},
    {TEXT("End what the hand is at, then the selection"), TEXT("Esc"), "Esc"},
    {TEXT("Move a frame and what lies in it"), TEXT("drag its title"), ""},
    {TEXT("Select one more, or one less"), TEXT("Shift or Ctrl, held while clicking"), ""},
    {TEXT("Drop a node beside a wire, not into it"), TEXT("Alt, held while dragging"), ""},
    {TEXT("Connect two nodes without aiming"), TEXT("Alt, held while dragging with the right button"), ""},
    {TEXT("Cut wires"), TEXT("Ctrl, held while dragging with the right button"), ""},
};

#undef TEXT

QString translated(const char *text)
{
    return QCoreApplication::translate("Commands", text);
}

} // namespace

QString CommandSpec::shownText() const
{
    return translated(text);
}

QString CommandSpec::plainText() const
{
    return shownText().remove('&').remove(QStringLiteral("…"));
}

QString CommandSpec::shownMenu() const
{
    return translated(menu).remove('&').replace('/', QStringLiteral(" › "));
}

QString FixedKey::shownText() const
{
    return translated(text);
}

QString FixedKey::shownKeys() const
{
    return translated(shown);
}

std::span<const CommandSpec> allCommands()
{
    return kCommands;
}

std::span<const FixedKey> fixedKeys()
{
    return kFixedKeys;
}

const CommandSpec *findCommand(const QString &id)
{
    const auto found = std::ranges::find_if(kCommands, [&](const CommandSpec &spec) { return id == QLatin1String(spec.id); });
    return found == std::end(kCommands) ? nullptr : found;
}

QList<QKeySequence> keysFromText(const QString &text)
{
    QList<QKeySequence> keys = QKeySequence::listFromString(text, QKeySequence::PortableText);
    keys.removeIf([](const QKeySequence &key) { return key.isEmpty() || key[0].key() == Qt::Key_unknown; });
    return keys;
}

} // namespace netloom
