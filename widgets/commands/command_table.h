// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

#include <span>

namespace netloom {

/// Where a command's keys hold: in the whole window, or while the canvas has the focus, so that they may be plain letters.
enum class KeyScope { Window, Canvas };

/// Everything that is known of a command. Menus, the sheet of keys, the search for commands and the tests are driven by this record; a new
/// command is one row of the table and the connection of its action.
struct CommandSpec {
    const char *id;   ///< "edit.copy": the action's object name, and what the settings call it
    const char *menu; ///< "&Edit", "&Edit/&Arrange"; menus and their entries come in the order of the table
    const char *text; ///< "&Copy"
    const char *keys; ///< by default; "; " between several
    KeyScope scope = KeyScope::Window;
    const char *icon = "";
    bool startsGroup = false; ///< a line above it in the menu
    bool checkable = false;

    QString shownText() const; ///< translated
    QString plainText() const; ///< without mnemonic and dots: "Copy"
    QString shownMenu() const; ///< "Edit › Arrange"
};

/// A key that is part of a gesture, or means the same everywhere: on the sheet, but not to be changed.
struct FixedKey {
    const char *text;
    const char *shown; ///< "Space, held"
    const char *keys;  ///< that no command can have; "; " between several

    QString shownText() const;
    QString shownKeys() const;
};

std::span<const CommandSpec> allCommands();
std::span<const FixedKey> fixedKeys();
const CommandSpec *findCommand(const QString &id);

/// "Ctrl+N", "Tab, Shift+A" from keys as the table and the settings write them.
QList<QKeySequence> keysFromText(const QString &text);

} // namespace netloom
