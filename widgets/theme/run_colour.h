// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace netloom {

/// Tells runs apart that are shown together: ten colours of the current theme, each at least 4:1 on its panels, then the same ones paler.
QColor runColour(int index);

} // namespace netloom
