// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/curve_series.h"

#include <QImage>
#include <QString>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCPAxisRect;
class QCPGraph;
class QCPItemLine;
class QCPItemText;
class QCPTextElement;
class QCustomPlot;

namespace netloom {

class CurveZoom;
class EpochCursor;
class PlotLegend;

/// Live loss and accuracy over the epochs, for training and validation: two plots with one time axis. Where a number is learned, R²
/// takes the place of accuracy. Points of single batches lie at fractional epochs. No extremum is lost, however many points come. Can be
/// zoomed into; what comes then doesn't move the part that is looked at.
class CurvesPlot : public QWidget {
    Q_OBJECT
public:
    /// What is drawn beside the loss, as a share of 1 where all is right.
    enum class Score { Accuracy, R2 };

    explicit CurvesPlot(QWidget *parent = nullptr);
    ~CurvesPlot() override;

    /// Call while it is empty.
    void setScore(Score score);
    /// Epochs planned: the width of the time axis. 0 lets it grow.
    void setEpochs(int epochs);
    /// A point inside an epoch: @p epoch 0.25 is a quarter through the first one. A score that isn't finite is left out.
    void addBatch(double epoch, double loss, double score);
    /// The end of an epoch, counted from 1.
    void addEpoch(int epoch, double trainLoss, double trainScore, std::optional<double> valLoss, std::optional<double> valScore);
    /// Marks the best epoch so far; 0 takes the mark away.
    void markBest(int epoch);
    /// A line at @p epoch (0.25 is a quarter through the first one) with a few words: something was changed there.
    void addMark(double epoch, const QString &text);
    /// The words of all marks.
    QStringList marks() const;
    void clear();
    bool isEmpty() const;

    /// Epoch rows: "epoch,train_loss,train_accuracy,val_loss,val_accuracy", or with r2 in the place of accuracy.
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
        double trainLoss = 0, trainScore = 0;
        std::optional<double> valLoss, valScore;
    };
    struct Panel {
        QCPAxisRect *rect = nullptr;
        QCPGraph *batches = nullptr, *train = nullptr, *val = nullptr;
        QCPItemLine *best = nullptr;
        std::vector<std::pair<QCPItemLine *, QCPItemText *>> marks;
        QCPTextElement *title = nullptr;
        CurveSeries series;
    };

    void styleDots(Panel &panel); ///< of the epochs, while they are far enough apart to be told apart
    void styleMarks(Panel &panel);
    void buildPanel(Panel &panel, const QString &title);
    void stylePanel(Panel &panel);
    void styleAll();
    void styleScale(); ///< of the score's axis
    void arrange();
    void replot();
    void appendBatch(Panel &panel, double x, double y);
    void rescale();
    /// " accuracy 91.3 %" or " R² 0.913".
    QString scoreText(double score) const;
    void rescaleScore(double lowest, double highest);

    QCustomPlot *m_plot = nullptr;
    std::unique_ptr<EpochCursor> m_cursor;
    CurveZoom *m_zoom = nullptr;
    PlotLegend *m_legend = nullptr;
    Panel m_loss, m_score;
    Score m_measure = Score::Accuracy;
    std::vector<EpochRow> m_epochs;
    int m_planned = 0;
    int m_best = 0;
    bool m_sideBySide = false;
};

} // namespace netloom
