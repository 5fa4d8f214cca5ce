// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <QWidget>

class QCPGraph;
class QCustomPlot;

namespace netloom {

/// The learning rate over the epochs: what the recipe plans, and while training what it was.
class SchedulePlot : public QWidget {
    Q_OBJECT
public:
    explicit SchedulePlot(QWidget *parent = nullptr);

    /// @p batchesPerEpoch training batches; 0 where the data isn't known yet.
    void setRecipe(const Params &recipe, std::int64_t batchesPerEpoch);
    /// Where training is: @p epoch counts from 0, with its parts.
    void addPoint(double epoch, double lr);
    /// Forgets what was added.
    void clearPoints();

    /// The planned learning rate at an epoch from 0, as drawn.
    double plannedAt(double epoch) const;
    /// A constant rate without a warm-up has no curve worth its room.
    bool isFlat() const { return m_flat; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void style();
    void rescale();

    QCustomPlot *m_plot = nullptr;
    QCPGraph *m_planned = nullptr, *m_done = nullptr;
    double m_epochs = 1;
    bool m_flat = true;
};

} // namespace netloom
