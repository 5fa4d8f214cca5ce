// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace netloom {

/// Paints the picture of a template into @p area, in the colours of the current theme.
void paintTemplatePicture(QPainter &painter, const QRectF &area, const QString &templateId);

} // namespace netloom
