// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace netloom {

/// Asks for a file to write that ends in ".@p suffix"; the ending is added where it was not typed, and a file that is there is only
/// taken once the user agreed. "" when they thought better of it.
QString askForSaveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter, const QString &suffix);

} // namespace netloom
