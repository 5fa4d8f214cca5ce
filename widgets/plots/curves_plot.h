// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/curve_series.h"

#include <QImage>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QCPAxisRect;
class QCPGraph;
class QCPItemLine;
class QCPTextElement;
class QCustomPlot;

namespace netloom {

class PlotLegend;

/// Live loss and accuracy over the epochs, for training and validation: two plots with one time axis. Points of single
/// batches lie at fractional epochs. No extremum is lost, however many points come.
class CurvesPlot : public QWidget {
    Q_OBJECT
public:
    explicit CurvesPlot(QWidget *parent = nullptr);
    ~CurvesPlot() override;

    /// Epochs planned: the width of the time axis. 0 lets it grow.
    void setEpochs(int epochs);
    /// A point inside an epoch: @p epoch 0.25 is a quarter through the first one. Accuracies are 0..1.
    void addBatch(double epoch, double loss, double accuracy);
    /// The end of an epoch, counted from 1.
    void addEpoch(int epoch, double trainLoss, double trainAccuracy, std::optional<double> valLoss, std::optional<double> valAccuracy);
    /// Marks the best epoch so far; 0 takes the mark away.
    void markBest(int epoch);
    void clear();
    bool isEmpty() const;

    /// Epoch rows: "epoch,train_loss,train_accuracy,val_loss,val_accuracy".
    QString toCsv() const;
    QImage toImage();

    /// "epoch 2.4 · train loss 0.31 · ..." for the point of time @p epoch, as the hover shows it.
    QString valuesAt(double epoch) const;

signals:
    /// From the context menu; the receiver asks for the file.
    void exportImageRequested(const QImage &image);
    void exportCsvRequested(const QString &csv);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct EpochRow {
        int epoch = 0;
        double trainLoss = 0, trainAccuracy = 0;
        std::optional<double> valLoss, valAccuracy;
    };
    struct Panel {
        QCPAxisRect *rect = nullptr;
        QCPGraph *batches = nullptr, *train = nullptr, *val = nullptr;
        QCPItemLine *best = nullptr, *cursor = nullptr;
        QCPTextElement *title = nullptr;
        CurveSeries series;
    };

    void buildPanel(Panel &panel, const QString &title);
    void stylePanel(Panel &panel);
    void styleAll();
    void arrange();
    void replot();
    void appendBatch(Panel &panel, double x, double y);
    void rescale();
    void hover(const QPoint &position);
    void leave();

    QCustomPlot *m_plot = nullptr;
    PlotLegend *m_legend = nullptr;
    Panel m_loss, m_accuracy;
    std::vector<EpochRow> m_epochs;
    int m_planned = 0;
    int m_best = 0;
    bool m_sideBySide = false;
};

} // namespace netloom
