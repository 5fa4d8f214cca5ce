// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "plots/run_curves_plot.h"
#include "runs/run_settings.h"
#include "runs/runs_model.h"

#include <optional>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSlider;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace netloom {

class RunDetails;
class RunsSort;
class SettingsTable;

/// All runs of a project: a table to search, sort and tag, and below it the selected ones compared: curves over each other, settings side by
/// side. Shows what it is given and asks for the rest by signals.
class RunsView : public QWidget {
    Q_OBJECT
public:
    /// A selected row: a run, or the runs of seeds as one.
    struct Chosen {
        QString key;
        QString name; ///< short, and told apart from the others'
        QColor colour;
        QStringList folders;
    };
    enum class Export { TableCsv, CurvesCsv, CurvesPng, CurvesSvg };

    explicit RunsView(QWidget *parent = nullptr);
    ~RunsView() override;

    void setRuns(std::vector<RunEntry> runs);
    /// Something about the store that people should know; "" for nothing.
    void setNotice(const QString &text);
    /// Whether tags and notes can be kept, or why not.
    void setEditable(bool editable, const QString &reason = {});
    /// What the chosen rows' runs have, in their order; those that are no longer chosen are dropped.
    void setCurves(const QHash<QString, RunCurves> &byFolder);
    void setSettings(std::vector<SettingRow> rows);
    /// What Undo takes back: "2 runs deleted"; "" offers nothing.
    void setUndo(const QString &text);

    std::vector<Chosen> chosen() const { return m_chosen; }
    RunsModel &model() { return *m_model; }
    QTreeView *table() const { return m_table; }
    RunCurvesPlot *curves() const { return m_curves; }
    SettingsTable *settings() const { return m_settings; }
    /// The table as it is shown: its rows, columns and order.
    QString tableCsv() const;
    QStringList shownColumns() const;
    /// Nothing for the usual ones.
    void setShownColumns(const std::optional<QStringList> &ids);
    void select(const QStringList &keys);
    void focusTable();

signals:
    void backRequested();
    void chosenChanged();
    void columnsChanged();
    void startRequested();
    void deleteRequested(const QStringList &folders);
    void undoRequested();
    void tagsEdited(const QStringList &folders, const QString &text);
    void noteEdited(const QStringList &folders, const QString &text);
    void reportRequested(const QString &folder);
    void folderRequested(const QString &folder);
    void openRequested(const QString &folder);
    void resumeRequested(const QString &folder);
    void compareRequested(const QString &folder);
    void exportRequested(netloom::RunsView::Export what);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHeader();
    QWidget *buildTable();
    QWidget *buildComparison();
    QWidget *buildCurveTools();
    QWidget *buildEmpty();
    QToolButton *toolButton(const char *name, const char *icon, const QString &text, const QString &tip);
    void connectParts();
    void fillColumnMenu();
    void fillRunMenu(QMenu &menu);
    void applyColumns();
    void refreshChosen();
    void refreshActions();
    void refreshSentence();
    void refreshPages();
    void setLook();
    std::vector<const RunEntry *> chosenRuns() const;
    const RunEntry *onlyRun() const; ///< the one that is chosen; null where there isn't one
    QString onlyFolder() const; ///< its folder, or ""
    void deleteChosen();

    RunsModel *m_model = nullptr;
    RunsSort *m_sort = nullptr;
    std::vector<Chosen> m_chosen;
    QHash<QString, int> m_colours; ///< by key: runs keep theirs as long as they are chosen
    QHash<QString, RunCurves> m_curvesOf;
    std::optional<QStringList> m_columns;

    QStackedWidget *m_pages = nullptr;
    QLabel *m_count = nullptr;
    QLineEdit *m_search = nullptr;
    QMenu *m_columnMenu = nullptr;
    QToolButton *m_openButton = nullptr;
    QToolButton *m_exportButton = nullptr;
    QToolButton *m_deleteButton = nullptr;
    QPushButton *m_resume = nullptr; ///< seen where the one chosen run ended early
    QPushButton *m_undo = nullptr;
    QLabel *m_notice = nullptr;
    QLabel *m_sentence = nullptr;
    QTreeView *m_table = nullptr;
    RunCurvesPlot *m_curves = nullptr;
    SettingsTable *m_settings = nullptr;
    RunDetails *m_details = nullptr;
    QToolButton *m_training = nullptr, *m_validation = nullptr, *m_log = nullptr;
    QSlider *m_smoothing = nullptr;
};

} // namespace netloom
