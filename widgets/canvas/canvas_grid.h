// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

class QPainter;

namespace netloom {

struct Theme;

/// Paints the canvas and its dots over @p exposed (scene coordinates). Far out the dots fade, then every fifth is left.
void paintGrid(QPainter &painter, const QRectF &exposed, const Theme &theme);

} // namespace netloom
