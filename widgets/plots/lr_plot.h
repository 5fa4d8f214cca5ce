// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace netloom {

/// The loss over a learning rate that grows, on a logarithmic axis, with a line at the learning rate that is chosen. A click chooses another.
class LrPlot : public QWidget {
    Q_OBJECT
public:
    struct Point {
        double lr = 0;
        double loss = 0;
    };

    explicit LrPlot(QWidget *parent = nullptr);

    void setPoints(const std::vector<Point> &points);
    /// Nothing takes the line away.
    void choose(std::optional<double> lr);
    std::optional<double> chosen() const { return m_chosen; }
    /// Where @p lr lies, in this widget's coordinates.
    QPoint positionOf(double lr) const;

signals:
    void chosenByHand(double lr);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void style();

    QCustomPlot *m_plot = nullptr;
    QCPGraph *m_curve = nullptr;
    QCPItemStraightLine *m_line = nullptr;
    QCPItemText *m_words = nullptr;
    std::optional<double> m_chosen;
};

} // namespace netloom
