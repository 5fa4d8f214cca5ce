// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evaluation/shown_evaluation.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSlider;
class QSplitter;
class QTabWidget;
class QToolButton;

namespace netloom {

class ClassTable;
class ConfusionMatrixView;
class EstimatePlot;
class JudgedPane;
class LabelScoreTable;
class SharePlot;
class Thumbnails;
class TryPane;

/// How well a run does: choose run and split, then confusion matrix, classes and curves at the left (or predicted against true numbers),
/// and at the right the samples behind what is clicked. Shows what it is given and asks for the rest by signals.
class EvaluationView : public QWidget {
    Q_OBJECT
public:
    explicit EvaluationView(Thumbnails &thumbnails, QWidget *parent = nullptr);

    /// The runs to choose from, the newest first, and which is chosen.
    struct Run {
        QString title;
        QString toolTip;
    };
    void setRuns(const std::vector<Run> &runs, int chosen);
    int chosenRun() const;
    /// The losses of a network with several, and whose answers are shown; one or none hides the choice.
    void setHeads(const QStringList &names, int chosen);
    /// 0 train, 1 val, 2 test.
    void setSplit(int split);
    int chosenSplit() const;

    /// How far an evaluation is; "" that none goes on.
    void setBusy(const QString &text);
    /// Nothing to show, for this reason.
    void setNothing(const QString &heading, const QString &sentence);
    void setEvaluation(ShownEvaluation evaluation);
    /// What the threshold has changed.
    void setScores(ShownScores scores);
    const ShownEvaluation *evaluation() const { return m_has ? &m_shown : nullptr; }

    /// As a click on it does.
    void openCell(int truth, int guess);
    void openCount(int label, LabelCell cell);
    void showTryPane();

    ConfusionMatrixView *matrix() const { return m_matrix; }
    ClassTable *classTable() const { return m_classes; }
    LabelScoreTable *labelTable() const { return m_labels; }
    JudgedPane *judged() const { return m_judged; }
    SharePlot *roc() const { return m_roc; }
    SharePlot *precisionRecall() const { return m_precisionRecall; }
    TryPane *tryPane() const { return m_try; }
    QSlider *threshold() const { return m_threshold; }
    QString figure(const QString &name) const;

signals:
    void backRequested();
    void runChosen(int run);
    void headChosen(int head);
    void evaluateRequested();
    void stopRequested();
    void thresholdChanged(double threshold);
    void browseRequested(const QString &name);
    void htmlRequested();
    void pdfRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildTools();
    QWidget *buildFigures();
    QWidget *buildThreshold();
    QWidget *buildMatrix();
    QWidget *buildLabels();
    QWidget *buildCurves();
    QWidget *buildNumbers();
    void connectParts();
    void arrangeTabs();
    void showFigures();
    void showMatrix();
    void showJudgement();
    void showCurves();
    void showNumbers();
    void orderClasses();
    void readOut(int truth, int guess);
    void arrange();

    bool m_has = false;
    ShownEvaluation m_shown;

    QComboBox *m_runs = nullptr, *m_heads = nullptr, *m_splits = nullptr;
    QPushButton *m_evaluate = nullptr;
    QLabel *m_busy = nullptr;
    QToolButton *m_stop = nullptr;
    QPushButton *m_report = nullptr;
    QWidget *m_figures = nullptr;
    QHBoxLayout *m_tiles = nullptr;
    QWidget *m_thresholdBox = nullptr;
    QLabel *m_thresholdText = nullptr;
    QSlider *m_threshold = nullptr;
    QSplitter *m_split = nullptr;
    QTabWidget *m_tabs = nullptr;
    QWidget *m_matrixPage = nullptr, *m_curvesPage = nullptr, *m_numbersPage = nullptr, *m_classesPage = nullptr, *m_labelsPage = nullptr;
    ConfusionMatrixView *m_matrix = nullptr;
    QComboBox *m_show = nullptr, *m_order = nullptr, *m_curveClass = nullptr;
    QLabel *m_readOut = nullptr, *m_averages = nullptr, *m_labelAverages = nullptr;
    ClassTable *m_classes = nullptr;
    LabelScoreTable *m_labels = nullptr;
    SharePlot *m_roc = nullptr, *m_precisionRecall = nullptr, *m_reliability = nullptr;
    EstimatePlot *m_estimates = nullptr, *m_residuals = nullptr;
    JudgedPane *m_judged = nullptr;
    TryPane *m_try = nullptr;
};

} // namespace netloom
