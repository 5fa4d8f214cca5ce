// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/run_lines.h"

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

    void setLines(std::vector<RunLine> lines);
    void setLook(const Look &look);
    const Look &look() const { return m_look; }
    const RunLines &lines() const { return m_lines; }
    bool isEmpty() const { return m_lines.isEmpty(); }

    /// What the runs have at the epoch nearest to @p epoch, a line for each, as the hover shows it.
    QString valuesAt(double epoch) const;

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

    void buildPanel(Panel &panel);
    void style();
    void rebuild();
    void addLine(const RunLine &line, Panel &panel);
    void addCurve(const RunLine &line, Panel &panel, const std::string &split, bool legend);
    QCPGraph *addGraph(Panel &panel, const QPen &pen, CurvePoints points);
    void addBest(const RunLine &line, Panel &panel, bool ofAll);
    void fitAxes();
    /// Gives the graphs as many points as @p columns pixels can show.
    void fill(int columns);

    RunLines m_lines;
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
