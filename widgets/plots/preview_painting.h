// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_preview.h"

#include <QFont>
#include <QImage>
#include <QRectF>
#include <QString>

class QPainter;

namespace netloom {

/// The tile @p index of a preview, one pixel each.
QImage previewTile(const NodePreview &preview, std::int64_t index);

/// Draws a preview small: a picture, the first feature maps side by side, bars, or the most probable classes. Pixels that
/// are enlarged keep their edges.
void paintPreview(QPainter &painter, const QRectF &rect, const NodePreview &preview, const QFont &font);

/// "32 maps of 28×28" and the range of the numbers, for tool tips and headings.
QString previewSummary(const NodePreview &preview);
/// A number with about four digits: "0.4821", "−12.5".
QString previewNumber(double number);

/// Draws @p image into @p rect: with hard edges where it grows, smoothly where it shrinks.
void drawPixels(QPainter &painter, const QRectF &rect, const QImage &image);

} // namespace netloom
