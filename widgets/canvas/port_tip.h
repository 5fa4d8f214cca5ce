// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "document/document.h"

namespace netloom {

/// What a port says under the hand, as rich text: the shape with named axes, and how each size came about with the numbers in place. An
/// input tells of the wires that come in.
QString portTip(const Document &document, const PortRef &port, bool output);
/// The same of a wire.
QString linkTip(const Document &document, const Link &link);

} // namespace netloom
