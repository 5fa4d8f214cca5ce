// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browser/picture_grid.h"
#include "evaluation/shown_evaluation.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace netloom {

class AnswerBars;
class JudgedRows;
class Thumbnails;

/// Judged samples with their truth, answer and probability, as pictures or a table's rows: those of one cell of the confusion matrix or of
/// one class, and before one was chosen all mistakes. Below, the selected one.
class JudgedPane : public QWidget {
    Q_OBJECT
public:
    explicit JudgedPane(Thumbnails &thumbnails, QWidget *parent = nullptr);

    /// All mistakes of @p shown, which must outlive this or the next call; nullptr shows nothing.
    void setEvaluation(const ShownEvaluation *shown);
    /// The same evaluation with other scores: what is shown is chosen anew.
    void scoresChanged();
    void showMistakes();
    /// Samples of the class @p truth that were taken for @p guess, the surest first.
    void showCell(int truth, int guess);
    /// Mistakes about the class: of it, or taken for it.
    void showClass(int label);
    /// Samples about whose label @p label that was said, the surest first.
    void showLabelCell(int label, LabelCell cell);

    /// As they are shown: indices into the data.
    std::vector<int> shownSamples() const;
    PictureGrid *grid() const { return m_grid; }
    QTableView *table() const { return m_table; }
    QString title() const;

signals:
    void mistakesShown();                 ///< nothing is chosen any more
    void browseRequested(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum class Choice { Mistakes, Cell, Class, LabelCell };
    void build();
    QWidget *buildDetails();
    void choose(Choice choice, int truth, int guess);
    void refresh();
    void showSelected();
    const ShownSample *selected() const;
    void browseSelected();
    void askForThumbnails();
    bool takes(int place) const;
    double orderOf(int place) const;
    void nameChoice(qsizetype found);
    void addLook(int place, PictureGrid::Look &look) const;

    Thumbnails &m_thumbnails;
    const ShownEvaluation *m_shown = nullptr;
    Choice m_choice = Choice::Mistakes;
    int m_truth = -1, m_guess = -1;
    LabelCell m_cell = LabelCell::Hits; ///< about the label m_truth
    std::vector<int> m_items; ///< places in the evaluation's samples, as they are shown

    QLabel *m_title = nullptr, *m_note = nullptr;
    QToolButton *m_all = nullptr;
    QStackedWidget *m_stack = nullptr;
    PictureGrid *m_grid = nullptr;
    QTableView *m_table = nullptr;
    JudgedRows *m_rows = nullptr;
    QWidget *m_details = nullptr;
    QLabel *m_name = nullptr, *m_facts = nullptr;
    AnswerBars *m_bars = nullptr;
    QPushButton *m_browse = nullptr;
};

} // namespace netloom
