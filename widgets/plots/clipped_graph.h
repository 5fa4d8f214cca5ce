// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <qcustomplot.h>

namespace netloom {

/// A curve of which nothing far outside of the plot is painted: where people zoom into small values, peaks that are some thousand times as
/// high would take seconds.
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
