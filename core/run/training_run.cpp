// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/training_run.h"

#include "model/failure.h"
#include "run/data_paths.h"
#include "run/data_print.h"
#include "run/estimate.h"
#include "run/number_text.h"
#include "run/open_training.h"
#include "run/run_history.h"
#include "runs/run_lock.h"
#include "run/run_writer.h"
#include "run/unfinished_run.h"
#include "train/stopwatch.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace netloom {

namespace {

TrainFailed failedWith(std::string text, NodeId node = {})
{
    return {node, std::move(text)};
}

} // namespace

class TrainingRun::Impl {
public:
    Impl(const NodeRegistry &registry, Project project, Options options, EventSink sink)
        : m_registry(registry), m_options(std::move(options)), m_sink(std::move(sink)), m_writer(registry, m_options.folder)
    {
        m_record.project = std::move(project);
        m_record.projectFile = m_options.projectFile;
        m_record.unsavedTitle = m_options.title;
    }

    Impl(const NodeRegistry &registry, UnfinishedRun unfinished, Options options, EventSink sink)
        : m_registry(registry), m_options(std::move(options)), m_sink(std::move(sink)), m_writer(registry, m_options.folder),
          m_checkpoint(std::move(unfinished.checkpoint)), m_resumed(true), m_record(std::move(unfinished.record))
    {
    }

    ~Impl()
    {
        stop();
        wait();
        if (m_thread.joinable())
            m_thread.join();
    }

    void start()
    {
        const std::lock_guard lock(m_mutex);
        if (m_started)
            return;
        m_started = true;
        m_thread = std::thread([this] { threadMain(); }); // takes the lock before it ends
        m_running = true;
    }

    void pause()
    {
        const std::lock_guard lock(m_mutex);
        m_paused = true;
        if (m_trainer)
            m_trainer->pause();
    }

    void resume(Stretch stretch)
    {
        const std::lock_guard lock(m_mutex);
        m_paused = false;
        m_options.stretch = stretch;
        if (m_trainer)
            m_trainer->resume(stretch);
    }

    void setLr(double lr)
    {
        const std::lock_guard lock(m_mutex);
        if (m_trainer)
            m_trainer->setLr(lr);
    }

    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        if (m_trainer)
            m_trainer->stop();
    }

    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_ended.wait(lock, [this] { return !m_running; });
    }

    bool running() const
    {
        const std::lock_guard lock(m_mutex);
        return m_running;
    }

    const std::filesystem::path &folder() const { return m_options.folder; }
    const Project &project() const { return m_record.project; }

private:
    /// The thread's top function: whatever happens, the last event is an end.
    void threadMain()
    {
        TrainEvent end;
        try {
            end = execute();
        } catch (const std::exception &error) {
            end = failedWith(isLackOfMemory(error) ? failureText(error) : std::string("Training ended because of an unexpected fault: ") + error.what());
        } catch (...) {
            end = failedWith("Training ended because of an unexpected fault.");
        }
        try {
            m_sink(end);
        } catch (...) { // a listener's fault must not take the program down
        }
        const std::lock_guard lock(m_mutex);
        m_running = false;
        m_ended.notify_all();
    }

    TrainEvent execute()
    {
        if (m_record.startedAt.empty())
            m_record.startedAt = nowText();
        m_record.torch = torchVersion();
        if (!m_lock.take(m_options.folder))
            return failedWith("The run in '" + m_options.folder.string() + "' is being trained already, by this or another program.");
        if (m_resumed)
            m_writer.removeLeftovers();
        else if (const Result<Done> free = m_writer.checkFolder(); !free)
            return failedWith(free.error().text);
        std::shared_ptr<BatchSource> batches;
        auto failure = prepare(batches);
        if (!failure) {
            const Result<Done> begun = m_resumed ? m_writer.writeProgress(m_record) : m_writer.begin(m_record);
            if (!begun)
                failure = failedWith(begun.error().text);
        }
        if (failure) {
            std::error_code ignored;
            if (m_options.folderIsOwn)
                std::filesystem::remove(m_options.folder, ignored); // only while it is empty
            return *failure;
        }
        m_lock.take(m_options.folder); // which is there by now
        train(std::move(batches));
        return conclude();
    }

    /// Opens the data, checks the graph and looks at the disk; nothing where all is well.
    std::optional<TrainFailed> prepare(std::shared_ptr<BatchSource> &batches)
    {
        OpenedTraining opened;
        auto failure = openTraining(m_registry, m_record.project, m_options.loader, opened, m_record.facts, m_options.onIssues);
        m_record.inference = std::move(opened.inference);
        if (failure)
            return failure;
        m_record.facts = std::move(opened.facts);
        const std::string before = std::exchange(m_record.dataPrint, dataPrintOf(m_record.project.graph, m_registry, *opened.source));
        m_dataChanged = !before.empty() && before != m_record.dataPrint;
        if (m_dataChanged && !m_options.evenIfDataChanged)
            return otherData();
        batches = std::move(opened.batches);
        m_dataPaths = DataPaths(m_record.project.graph, m_registry);
        if (std::string lack = lackOfDisk(m_record.inference, m_options.folder); !lack.empty())
            return failedWith(std::move(lack));
        return std::nullopt;
    }

    /// The same classes and numbers of samples, but not the same files.
    TrainFailed otherData() const
    {
        const NodeId source = findPipeline(m_record.project.graph, m_registry).source;
        const Node *node = m_record.project.graph.find(source);
        return {source, "The data of " + (node ? nodeTitle(*node) : std::string("the run")) + " has changed since the run began on " + m_record.startedAt.substr(0, 10)
                + ": files were replaced, renamed or written anew. Put it back as it was, start a new training, or go on with it as it is now, which no seed can repeat.",
            true};
    }

    TrainerOptions trainerOptions()
    {
        TrainerOptions options;
        options.checkpoint = std::move(m_checkpoint);
        options.lr = m_options.lr;
        options.stopAfterEpoch = m_options.stopAfterEpoch;
        options.pausesOnTrouble = m_options.pausesOnTrouble;
        options.history = [this] {
            lookAfterData(); // what was learned from what is left of them isn't worth keeping
            return historyText(m_record);
        };
        options.keepCheckpoint = [this](const std::string &bytes) {
            return m_broken ? Result<Done>(Done{}) : m_writer.writeCheckpoint(bytes); // what is broken isn't worth keeping
        };
        return options;
    }

    void train(std::shared_ptr<BatchSource> batches)
    {
        {
            const std::lock_guard lock(m_mutex);
            TrainPlan plan{m_record.project.graph, m_record.project.recipe, m_record.facts};
            m_batches = batches;
            m_trainer = std::make_unique<Trainer>(
                m_registry, std::move(plan), std::move(batches), [this](const TrainEvent &event) { onEvent(event); }, trainerOptions());
            m_trainer->resume(m_options.stretch);
            m_trainer->start();
            if (m_paused)
                m_trainer->pause();
            if (m_stopped)
                m_trainer->stop();
        }
        m_trainer->wait();
    }

    /// On the trainer's thread. The end is kept back until the folder is complete.
    void onEvent(TrainEvent event)
    {
        if (const auto *finished = std::get_if<TrainFinished>(&event)) {
            m_record.finished = *finished;
            m_record.unreadable = finished->unreadable;
            return;
        }
        if (const auto *failed = std::get_if<TrainFailed>(&event)) {
            if (!m_failure)
                m_failure = *failed;
            return;
        }
        if (const auto *started = std::get_if<TrainStarted>(&event))
            m_record.started = *started;
        else if (const auto *filters = std::get_if<FiltersChanged>(&event))
            m_record.filters = filters->filters;
        else if (const auto *change = std::get_if<LearningRateChanged>(&event))
            m_record.lrChanges.push_back(*change);
        else if (auto *resumed = std::get_if<TrainResumed>(&event))
            noteResumption(*resumed);
        else if (const auto *epoch = std::get_if<EpochDone>(&event))
            keepEpoch(*epoch);
        else if (std::holds_alternative<BatchDone>(event))
            lookAfterData();
        m_sink(event);
    }

    void noteResumption(TrainResumed &resumed)
    {
        resumed.epochs = m_record.epochs;
        resumed.dataChanged = m_dataChanged;
        m_record.resumptions.push_back({nowText(), resumed.epoch, resumed.batch, m_dataChanged});
    }

    void keepEpoch(const EpochDone &epoch)
    {
        keepOneMatrix(epoch);
        m_record.unreadable = m_batches->unreadable();
        if (m_failure || !progressIsDue())
            return;
        const Result<Done> written = m_writer.writeProgress(m_record);
        if (!written && m_options.pausesOnTrouble)
            m_trainer->pause(written.error().text); // the next epoch writes all again
        else if (!written)
            fail(failedWith(written.error().text));
    }

    /// Epochs may be shorter than a disk takes to write their files; the last ones come with the end.
    bool progressIsDue()
    {
        constexpr double kSeconds = 1;
        if (m_progressWritten && m_progressWritten->seconds() < kSeconds)
            return false;
        m_progressWritten.emplace();
        return true;
    }

    /// Samples that can't be read any more are left out one by one; where the whole folder is gone, that would be no training.
    void lookAfterData()
    {
        if (m_failure)
            return;
        if (const std::string gone = m_dataPaths.goneSince(*m_batches); !gone.empty())
            fail(failedWith("The data '" + gone + "' isn't there any more: put it back, or connect the disk that it lies on."));
    }

    void fail(TrainFailed failure)
    {
        m_broken = true;
        m_failure = std::move(failure);
        m_trainer->stop();
    }

    /// With many classes a matrix is large: only the one that RunRecord::confusion() gives is kept, and the same of estimates.
    void keepOneMatrix(const EpochDone &epoch)
    {
        const auto drop = [](EpochDone &other) {
            other.confusion = ConfusionMatrix();
            other.estimates = {};
            other.labels = LabelTally();
        };
        const bool first = m_record.epochs.empty();
        if (epoch.best)
            std::ranges::for_each(m_record.epochs, drop);
        m_record.epochs.push_back(epoch);
        if (!epoch.best && !first)
            drop(m_record.epochs.back());
    }

    /// Writes what there is and gives the last event.
    TrainEvent conclude()
    {
        m_record.endedAt = nowText();
        if (m_failure) {
            m_failure->text += wayBack();
            m_record.failure = m_failure->text;
        }
        // After a failure before the first whole epoch the weights are what broke, and of no use to anybody.
        const bool useless = m_failure && m_record.bestEpoch() == 0;
        const std::string weights = useless ? std::string() : m_trainer->weights();
        takeBestFilters(weights);
        const Result<Done> written = m_writer.finish(m_record, weights);
        if (m_failure)
            return *m_failure;
        if (!written)
            return failedWith(written.error().text);
        if (!m_record.finished)
            return failedWith("Training ended without a result.");
        if (!m_record.finished->stopped)
            m_writer.removeCheckpoint();
        return *m_record.finished;
    }

    /// Where a failed run can be taken up again.
    std::string wayBack() const
    {
        const Result<std::string> bytes = readFile(m_options.folder / kCheckpointFile);
        const auto at = bytes ? readCheckpointFacts(*bytes) : Result<CheckpointFacts>(bytes.error());
        if (!at || (at->epoch <= 1 && at->batch == 0 && at->bestEpoch == 0))
            return {};
        return " What was learned until epoch " + std::to_string(at->epoch) + (at->batch > 0 ? ", batch " + std::to_string(at->batch) : "")
            + " is kept: the run can be resumed from there.";
    }

    /// The report shows the filters of the weights that are kept, not the last ones.
    void takeBestFilters(const std::string &weights)
    {
        if (weights.empty() || m_record.filters.count == 0)
            return;
        const auto predictor = Predictor::load(m_registry, m_record.project.graph, m_record.facts, weights, "cpu");
        if (predictor)
            m_record.filters = (*predictor)->filters();
    }

    const NodeRegistry &m_registry;
    Options m_options;
    EventSink m_sink;
    RunWriter m_writer;
    RunLock m_lock;
    std::string m_checkpoint; ///< to go on from; "" starts anew
    bool m_resumed = false;
    bool m_dataChanged = false; ///< since the run that is resumed began
    std::atomic<bool> m_broken = false; ///< read by the thread that writes checkpoints
    DataPaths m_dataPaths;
    RunRecord m_record; ///< touched by the run's thread before and after training, by the trainer's thread in between
    std::optional<TrainFailed> m_failure;
    std::shared_ptr<BatchSource> m_batches;
    std::optional<Stopwatch> m_progressWritten; ///< since then

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_ended;
    bool m_started = false;
    bool m_running = false;
    bool m_paused = false;
    bool m_stopped = false;
    std::unique_ptr<Trainer> m_trainer;
    std::thread m_thread;
};

TrainingRun::TrainingRun(const NodeRegistry &registry, Project project, Options options, EventSink sink)
    : m_impl(std::make_unique<Impl>(registry, std::move(project), std::move(options), std::move(sink)))
{
}

TrainingRun::TrainingRun(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Result<std::unique_ptr<TrainingRun>> TrainingRun::resumed(const NodeRegistry &registry, Options options, EventSink sink)
{
    Result<UnfinishedRun> unfinished = UnfinishedRun::load(registry, options.folder);
    if (!unfinished)
        return unfinished.error();
    options.projectFile = unfinished->record.projectFile;
    return std::unique_ptr<TrainingRun>(
        new TrainingRun(std::make_unique<Impl>(registry, std::move(*unfinished), std::move(options), std::move(sink))));
}

TrainingRun::~TrainingRun() = default;

void TrainingRun::start() { m_impl->start(); }
void TrainingRun::pause() { m_impl->pause(); }
void TrainingRun::resume(Stretch stretch) { m_impl->resume(stretch); }
void TrainingRun::setLr(double lr) { m_impl->setLr(lr); }
const Project &TrainingRun::project() const { return m_impl->project(); }
void TrainingRun::stop() { m_impl->stop(); }
void TrainingRun::wait() { m_impl->wait(); }
bool TrainingRun::running() const { return m_impl->running(); }
const std::filesystem::path &TrainingRun::folder() const { return m_impl->folder(); }

} // namespace netloom
