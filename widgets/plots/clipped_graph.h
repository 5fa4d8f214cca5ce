// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace netloom {

/// A curve that is painted quickly, however much it jumps up and down: nothing far outside of the plot, where peaks that are a thousand times
/// as high as what people zoom into would take seconds, and a piece at a time.
class ClippedGraph : public QCPGraph {
    Q_OBJECT
public:
    using QCPGraph::QCPGraph;

protected:
    void drawLinePlot(QCPPainter *painter, const QVector<QPointF> &lines) const override;
};

/// The line through @p points, cut where it leaves the band from @p top to @p bottom: the same within, along the edges outside.
QVector<QPointF> clippedToBand(const QVector<QPointF> &points, double top, double bottom);

} // namespace netloom
