// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/search_popup.h"

class QAction;
class QMenuBar;

namespace netloom {

/// Every command of the menus that can be given now, with its menu's name and its shortcut.
QList<QAction *> commandsOf(const QMenuBar &menus);
/// Those of @p commands that answer @p text, the ones that begin with it first; keys are indices into @p commands.
QList<SearchEntry> searchCommands(const QList<QAction *> &commands, const QString &text);

} // namespace netloom
