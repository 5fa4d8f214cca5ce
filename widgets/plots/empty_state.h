// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace netloom {

/// Paints what a view shows while it has nothing to show: a quiet icon, a heading and a sentence about how to get something.
void paintEmptyState(QPainter &painter, const QRect &rect, const QString &icon, const QString &heading, const QString &sentence);

} // namespace netloom
