// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <QString>

namespace netloom {

/// A parameter's value as people read it: "3×5", "on".
QString valueText(const ParamValue &value);

} // namespace netloom
