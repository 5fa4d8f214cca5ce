// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>

namespace netloom::test {

/// For tests of the whole window: settings in @p folder and files apart from people's own, Qt's own dialogs, the light theme.
inline void useOwnSettings(const QString &folder)
{
    QStandardPaths::setTestModeEnabled(true);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder);
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    applyTheme(*qApp, ThemeKind::Light);
}

} // namespace netloom::test
