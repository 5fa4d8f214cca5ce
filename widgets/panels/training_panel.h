// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QTabWidget;

namespace netloom {

class ConfusionMatrixView;
class CurvesPlot;
class EstimatePlot;
class FilterGrid;
class ParamForm;
class SchedulePlot;
class ScoreTile;
class ShareBars;

/// What is trained.
struct RunOutline {
    int epochs = 0;                       ///< planned
    QStringList classNames = {};
    std::optional<QString> number = {};   ///< the name of the number that is learned, in the place of classes
    bool rows = false;                    ///< the samples are a table's rows, not pictures
    bool severalLabels = false;           ///< a sample may have any number of the classes
};

/// How near predicted numbers come to the true ones; errors in the number's own unit.
struct NumberFigures {
    double r2 = 0, mae = 0, rmse = 0;
};

/// What the recipe's rules did to the last steps.
struct RuleFigures {
    double gradientNorm = 0;         ///< the length of all gradients together
    std::optional<double> clipped;   ///< 0..1: of the steps, or of the numbers
    std::optional<double> penalty;   ///< what L1 and L2 would add to the loss
    std::optional<double> atMaxNorm; ///< 0..1: of the units
};

/// What is known after a batch.
struct BatchProgress {
    int epoch = 0;             ///< from 1
    std::int64_t batch = 0;    ///< from 1, inside the pass
    std::int64_t batches = 0;  ///< in the pass
    bool validation = false;   ///< a pass over validation (or test) samples: no point on the training curve
    double loss = 0;
    double accuracy = 0;       ///< 0..1
    double imagesPerSecond = 0;
    double secondsLeft = 0;
    std::optional<NumberFigures> numbers = {}; ///< in the place of the accuracy, where a number is learned
    double lr = 0;             ///< of the last step; 0 where it isn't known
    std::optional<RuleFigures> rules = {}; ///< not after every batch
};

/// What is known after an epoch.
struct EpochScore {
    int epoch = 0; ///< from 1
    double trainLoss = 0, trainAccuracy = 0;
    std::optional<double> valLoss, valAccuracy;
    bool best = false;
    std::optional<NumberFigures> trainNumbers = {}, valNumbers = {}; ///< in the place of the accuracies, where a number is learned
    int waited = 0;            ///< with early stopping: epochs since the last improvement
    std::int64_t averaged = 0; ///< with EMA or SWA: how many weights the average is made of
};

/// How a run ended.
struct RunOutcome {
    bool stopped = false; ///< by hand
    int bestEpoch = 0;    ///< 0 when no epoch was finished
    std::optional<double> testLoss, testAccuracy;
    QString folder;       ///< of the run; "" offers no report
    int unreadable = 0;   ///< samples left out
    std::optional<NumberFigures> testNumbers = {}; ///< where a number is learned
    bool stoppedEarly = false; ///< by early stopping
};

/// "about 40 s left", "about 3 min left"; "" when unknown.
QString timeLeftText(double seconds);

/// How to train, and training as it goes: recipe, start, pause and stop, progress, curves, confusion matrix (or predicted against true
/// numbers), filters. It holds no thread and no trainer: the receiver of its signals does, and tells it what happened.
class TrainingPanel : public QWidget {
    Q_OBJECT
public:
    enum class State { Idle, Preparing, Running, Paused, Stopping, Done, Failed };

    explicit TrainingPanel(Document &document, QWidget *parent = nullptr);
    ~TrainingPanel() override;

    State state() const { return m_state; }
    /// @p message is shown beside the progress bar; "" shows the state's own words.
    void setState(State state, const QString &message = {});
    /// @p fraction 0..1, below 0 for "busy"; for what isn't a batch, such as preparing the data.
    void setProgress(double fraction, const QString &text);

    /// Clears curves and figures for a new run.
    void beginRun(const RunOutline &outline);
    void addBatch(const BatchProgress &batch);
    void addEpoch(const EpochScore &score);
    /// Row-major, rows are the truth; @p caption says of what: "Epoch 3, validation".
    void setConfusion(int classes, const std::vector<std::int64_t> &counts, const QString &caption);
    /// True and predicted numbers of some samples, in the place of the confusion matrix.
    void setEstimates(const std::vector<std::pair<double, double>> &estimates, const QString &caption);
    /// F1 of every label, in the place of the confusion matrix.
    void setLabelScores(const std::vector<double> &f1, const QString &caption);
    void setFilters(const QString &layer, int count, int channels, int height, int width, const std::vector<float> &values);
    void setResult(const RunOutcome &outcome);

    /// What a training will take, about; shown while nothing runs. @p warning: it can't go well.
    void setForecast(const QString &text, const QString &toolTip, bool warning = false);
    /// What the button beside Stop offers.
    void setMoreActions(const QList<QAction *> &actions);
    /// Offers to take up a run that was cut off; "" takes the offer away.
    void offerResume(const QString &text);
    /// A change on the way, at @p epoch (0.25 is a quarter through the first one).
    void markChange(double epoch, const QString &text);

    CurvesPlot *curves() const { return m_curves; }
    ConfusionMatrixView *confusion() const { return m_confusion; }
    EstimatePlot *estimates() const { return m_estimates; }
    ShareBars *labelScores() const { return m_labelScores; }
    FilterGrid *filters() const { return m_filters; }

signals:
    void startRequested();
    /// The weights that training is to start from are to be chosen.
    void startWeightsRequested();
    void repeatRequested(); ///< with several seeds
    void pauseRequested(bool paused);
    void stopRequested();
    void resumeRunRequested(); ///< the one that was offered
    void keepRunRequested();   ///< as it is
    void openReportRequested();
    void openFolderRequested();
    /// A field of the recipe is to be searched over.
    void searchRequested(const QString &name);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeRecipe();
    QWidget *makeTopBar();
    QWidget *makeButtons();
    QWidget *makeOffer();
    QWidget *makeConfusion();
    void makeViews();
    void arrange();
    void refreshCaption();
    void nameTabs();
    void clearResults();
    void refreshRecipe();
    void refreshSchedule();
    void showRules(const BatchProgress &batch);
    void clearNotes();
    void refreshState();
    void showStatus(const QString &status, const QString &detail, bool failed = false);
    void editRecipe(const QString &name, const ParamValue &value, bool continues);
    QString reasonNotToStart() const;
    void refreshMeasures();
    bool learnsNumber() const { return m_run.number.has_value(); }
    enum class Pass { Training, Validation };
    void showScores(Pass pass, double accuracy, double loss, const std::optional<NumberFigures> &numbers);
    void showScores(const EpochScore &epoch);
    bool active() const;

    enum class Arrangement { None, Tabs, CurvesApart, AllApart };

    Document &m_document;
    State m_state = State::Idle;
    QString m_message;
    RunOutline m_run; ///< before the first run what the data says
    int m_gesture = 0;
    bool m_validated = false; ///< a validation score is shown
    std::optional<EpochScore> m_best; ///< the best epoch so far
    Arrangement m_arrangement = Arrangement::None;

    QString m_forecast, m_forecastDetails;
    bool m_forecastWarns = false;

    ParamForm *m_recipe = nullptr;
    SchedulePlot *m_schedule = nullptr;
    QPushButton *m_start = nullptr, *m_repeat = nullptr, *m_pause = nullptr, *m_stop = nullptr;
    QPushButton *m_more = nullptr;
    QWidget *m_offer = nullptr;
    QLabel *m_offerText = nullptr;
    QPushButton *m_report = nullptr, *m_folder = nullptr;
    QLabel *m_status = nullptr, *m_detail = nullptr;
    QProgressBar *m_bar = nullptr;
    ScoreTile *m_accuracyTile = nullptr, *m_lossTile = nullptr, *m_testTile = nullptr;
    QWidget *m_recipeBox = nullptr, *m_confusionBox = nullptr;
    QSplitter *m_split = nullptr;
    QTabWidget *m_tabs = nullptr;
    CurvesPlot *m_curves = nullptr;
    ConfusionMatrixView *m_confusion = nullptr;
    EstimatePlot *m_estimates = nullptr; ///< takes the matrix' place where a number is learned
    ShareBars *m_labelScores = nullptr;  ///< the same where samples have several labels
    QLabel *m_confusionCaption = nullptr;
    QString m_caption; ///< of what the confusion matrix or the estimates are
    FilterGrid *m_filters = nullptr;
};

} // namespace netloom
