// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace netloom {

/// What the curves' colours mean, and which epoch was the best, in one quiet line.
class PlotLegend : public QWidget {
    Q_OBJECT
public:
    explicit PlotLegend(QWidget *parent = nullptr);

    /// 0 for none.
    void setBestEpoch(int epoch);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_best = 0;
};

} // namespace netloom
