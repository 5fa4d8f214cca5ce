// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_entry.h"

#include <QColor>
#include <QImage>
#include <QWidget>

#include <memory>

class QCPAxisRect;
class QCPGraph;
class QCPItemTracer;
class QCPLegend;
class QCPTextElement;
class QCustomPlot;

namespace netloom {

class CurveZoom;
class EpochCursor;

/// The curves of several runs over each other: loss and score, for training (dashed) and validation. Several runs of one group are one
/// curve, their mean, in a band of one standard deviation. No extremum is lost, however many points there are, and however far people zoom in.
class RunCurvesPlot : public QWidget {
    Q_OBJECT
public:
    /// One run, or several that are shown as one.
    struct Line {
        QString name;
        QColor colour;
        std::vector<RunCurves> runs;
    };
    /// What is drawn of the curves, and how.
    struct Look {
        bool training = true;
        bool validation = true;
        bool logarithmic = false; ///< the loss
        double smoothing = 0;     ///< 0 to 1: the weight of what came before
        friend bool operator==(const Look &, const Look &) = default;
    };

    explicit RunCurvesPlot(QWidget *parent = nullptr);
    ~RunCurvesPlot() override;

    void setLines(std::vector<Line> lines);
    void setLook(const Look &look);
    const Look &look() const { return m_look; }
    bool isEmpty() const { return m_lines.empty(); }

    /// What the runs have at the epoch nearest to @p epoch, a line for each, as the hover shows it.
    QString valuesAt(double epoch) const;
    /// "Best: lr 0.01, 91.4 % in epoch 7"; "" where there are no validation scores.
    QString bestText() const;

    QImage toImage();
    /// False where it can't be written.
    bool saveSvg(const QString &path);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Panel {
        QCPAxisRect *rect = nullptr;
        QCPTextElement *title = nullptr;
        std::string measure; ///< "loss", "accuracy", "r2"
    };
    /// A graph with the points that it draws some of.
    struct Drawn {
        QCPGraph *graph = nullptr;
        CurvePoints points;
        const Panel *panel = nullptr;
    };
    struct Best {
        const Line *line = nullptr;
        double epoch = 0, value = 0;
    };

    void buildPanel(Panel &panel);
    void style();
    void rebuild();
    void addLine(const Line &line, Panel &panel);
    void addCurve(const Line &line, Panel &panel, const std::string &split, bool legend);
    QCPGraph *addGraph(Panel &panel, const QPen &pen, CurvePoints points);
    void addBest(const Line &line, Panel &panel, bool ofAll);
    void fitAxes();
    /// Gives the graphs as many points as @p columns pixels can show.
    void fill(int columns);
    std::string measureOfScore() const;
    Best bestOf(const Line &line, const std::string &measure) const;
    Best bestOfAll(const std::string &measure) const;
    CurvePoints meanOf(const Line &line, const std::string &curve) const;
    QString valueText(const std::string &measure, double value) const;

    std::vector<Line> m_lines;
    Look m_look;
    QCustomPlot *m_plot = nullptr;
    std::unique_ptr<EpochCursor> m_cursor;
    CurveZoom *m_zoom = nullptr;
    QCPLegend *m_legend = nullptr;
    Panel m_loss, m_score;
    std::vector<Drawn> m_drawn;
    int m_filledFor = 0; ///< columns
};

} // namespace netloom
