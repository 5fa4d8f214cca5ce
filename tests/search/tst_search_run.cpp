// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "graph/structure.h"
#include "project/template_builder.h"
#include "run/registry.h"
#include "run/run_list.h"
#include "run/search_run.h"
#include "search/trial_project.h"
#include "support/run_folders.h"

#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace netloom;

namespace fs = std::filesystem;

namespace {

/// Two spirals and a small network.
Project spirals(const NodeRegistry &registry)
{
    Project project;
    project.graph = buildChain({{{"Generated", "data", {{"shape", std::string("spirals")}, {"samples", std::int64_t(120)}}}},
                                   {{"Linear", "fc1", {{"out_features", std::int64_t(8)}}}, {"ReLU", "act1", {}}, {"Dropout", "dropout1", {}},
                                       {"Linear", "out", {{"out_features", std::string("classes")}}}, {"CrossEntropyLoss", "loss", {}}}},
        registry);
    project.recipe.set("epochs", std::int64_t(9));
    project.recipe.set("trial", false);
    return project;
}

/// Scores by the learning rate, without training. Hooks let a test look in.
class FakeWorker : public TrialWorker {
public:
    std::function<TrialEnd(const TrialJob &)> onTrain;
    int most = 0; ///< at a time

    TrialEnd train(const TrialJob &job, const Watcher &watcher) override
    {
        {
            const std::lock_guard lock(m_mutex);
            most = std::max(most, ++m_running);
            jobs.push_back(job);
        }
        TrialEnd end = onTrain ? onTrain(job) : TrialEnd{};
        for (std::int64_t epoch = job.fromEpoch + 1; end.problem.empty() && !end.stopped && epoch <= job.toEpoch; ++epoch)
            watcher.scored({epoch, 1 - std::abs(job.project.recipe.real("lr") - 0.01) - 0.1 / double(epoch), 0.5});
        const std::lock_guard lock(m_mutex);
        --m_running;
        end.peakMemory = 100 << 20;
        return end;
    }

    std::vector<TrialJob> jobs;

private:
    std::mutex m_mutex;
    int m_running = 0;
};

} // namespace

class TestSearchRun : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    const Project m_project = spirals(m_registry);
    SourceFacts m_facts;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::vector<SearchEvent> m_events;
    std::shared_ptr<FakeWorker> m_worker;

    SearchSettings settings(const std::vector<std::string> &axes)
    {
        SearchSettings settings;
        for (const std::string &axis : axes)
            settings.axes.push_back(readAxis(m_project, m_registry, axis).value());
        settings.sampler = SamplerKind::Random;
        settings.trials = 8;
        settings.fullEpochs = 2;
        settings.jobs = 1;
        return settings;
    }

    std::filesystem::path folder() const { return m_folder->filePath("runs/search-a").toStdString(); }

    SearchRun::Options options()
    {
        return {.folder = folder(), .program = qEnvironmentVariable("NETLOOM_CLI").toStdString(), .worker = m_worker, .threads = 4,
            .freeMemory = [] { return std::int64_t(8) << 30; }};
    }

    std::unique_ptr<SearchRun> begin(const SearchSettings &settings, const SearchRun::Options &options)
    {
        auto run = SearchRun::begin(m_registry, m_project, m_facts, "spirals.netloom", settings, options,
            [this](const SearchEvent &event) { m_events.push_back(event); });
        if (!run)
            qFatal("%s", run.error().text.c_str());
        return std::move(*run);
    }

    std::vector<SearchTrial> finish(SearchRun &run)
    {
        run.start();
        run.wait();
        return run.trials();
    }

private slots:
    void initTestCase() { m_facts = openSource(m_project.graph, m_registry).value()->facts(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_worker = std::make_shared<FakeWorker>();
        m_events.clear();
    }

    void axesAreReadOrRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read"); // the range, or a part of the refusal
        QTest::addColumn<bool>("ok");
        QTest::newRow("recipe") << "lr=1e-4..1e-1:log" << "0.0001..0.1:log" << true;
        QTest::newRow("choices") << "fc1.out_features=32|64|128" << "32|64|128" << true;
        QTest::newRow("step") << "fc1.out_features=8..64:step=8" << "8..64:step=8" << true;
        QTest::newRow("words") << "optimizer=SGD|Adam" << "SGD|Adam" << true;
        QTest::newRow("types") << "act1.type=ReLU|Tanh" << "ReLU|Tanh" << true;
        QTest::newRow("other node") << "fc9.out_features=1..4" << "the nearest: fc1" << false;
        QTest::newRow("other field") << "lrr=1..2" << "the nearest: lr" << false;
        QTest::newRow("outside") << "dropout1.p=0.1..1.5" << "1.5" << false;
        QTest::newRow("log from zero") << "weight_decay=0..1:log" << "begin above 0" << false;
        QTest::newRow("fraction") << "batch_size=1..2.5" << "whole numbers" << false;
        QTest::newRow("epochs") << "epochs=1..9" << "--epochs" << false;
        QTest::newRow("no values") << "lr" << "NAME=LOW..HIGH" << false;
        QTest::newRow("other type") << "act1.type=ReLU|Tank" << "Tanh" << false;
        QTest::newRow("twice") << "batch_size=8|8" << "twice" << false;
    }
    void axesAreReadOrRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, read);
        QFETCH(bool, ok);
        const Result<SearchAxis> axis = readAxis(m_project, m_registry, text.toStdString());
        QVERIFY2(axis.ok() == ok, axis.ok() ? "it was read" : axis.error().text.c_str());
        const std::string got = axis.ok() ? rangeText(*axis) : axis.error().text;
        QVERIFY2(ok ? got == read.toStdString() : got.find(read.toStdString()) != std::string::npos, got.c_str());
    }

    void everyChoiceOffersARangeThatFits()
    {
        const auto choices = searchChoices(m_project, m_registry);
        QVERIFY(choices.size() > 8);
        for (const SearchChoice &choice : choices) {
            if (choice.axis.target != SearchAxis::Target::Switch) {
                const Result<SearchAxis> read = readAxis(m_project, m_registry, choice.axis.name + "=" + rangeText(choice.axis));
                QVERIFY2(read.ok(), (choice.axis.name + ": " + (read.ok() ? "" : read.error().text)).c_str());
            }
            for (const double unit : {0.0, 0.5, 1.0})
                QVERIFY(trialProject(m_project, m_registry, {choice.axis}, {choice.axis.fromUnit(unit)}).ok());
        }
    }

    void alternativesAreTypesThatFit()
    {
        const auto names = [&](const SearchAxis &axis) {
            std::vector<std::string> names;
            for (const SearchAlternative &one : searchAlternatives(m_project, m_registry, m_facts, axis))
                names.push_back(one.name);
            return names;
        };
        const auto has = [](const std::vector<std::string> &names, const char *name) { return std::ranges::find(names, name) != names.end(); };
        const auto types = names(readAxis(m_project, m_registry, "act1.type=ReLU|Tanh").value());
        QCOMPARE(types.front(), std::string("LeakyReLU")); // its own kind first
        QVERIFY(has(types, "Dropout") && has(types, "BatchNorm1d") && has(types, "Linear"));
        for (const char *no : {"ReLU", "Tanh", "Conv2d", "MaxPool2d", "Add", "CrossEntropyLoss", "Block"})
            QVERIFY2(!has(types, no), no);
        const auto losses = names(readAxis(m_project, m_registry, "loss.type=CrossEntropyLoss").value());
        QVERIFY(has(losses, "FocalLoss") && !has(losses, "ReLU"));
        QCOMPARE(names(readOneOf(m_project, m_registry, "act1|dropout1").value()), (std::vector<std::string>{"fc1", "out"}));
        QCOMPARE(readOneOf(m_project, m_registry, "act1 | dropout1")->name, std::string("act1|dropout1"));
        QVERIFY(!readOneOf(m_project, m_registry, "act1|act1").ok());
    }

    void valuesGoWhereTheyBelong()
    {
        std::vector<SearchAxis> axes{readAxis(m_project, m_registry, "lr=0.1..1").value(), readAxis(m_project, m_registry, "fc1.out_features=4|16").value(),
            readSwitch(m_project, m_registry, "dropout1").value(), readAxis(m_project, m_registry, "act1.type=ReLU|Tanh").value(),
            readOneOf(m_project, m_registry, "act1|dropout1").value()};
        axes.erase(axes.begin() + 2);
        const Project trial = trialProject(m_project, m_registry, axes, {0.5, 1, 1, 0}).value();
        QCOMPARE(trial.recipe.real("lr"), 0.5);
        QCOMPARE(trial.graph.findByName("fc1")->params.integer("out_features"), 16);
        QCOMPARE(trial.graph.findByName("act1")->type, std::string("Tanh"));
        QVERIFY(!trial.graph.findByName("act1")->bypassed);
        QVERIFY(trial.graph.findByName("dropout1")->bypassed);
        QVERIFY(!readSwitch(m_project, m_registry, "loss").ok());
    }

    void jobsRunSideBySideWithSharedThreads()
    {
        std::mutex mutex;
        std::condition_variable both;
        int inside = 0;
        m_worker->onTrain = [&](const TrialJob &job) {
            std::unique_lock lock(mutex);
            ++inside;
            both.notify_all();
            if (job.folder.filename() != "trial-001") // that one runs alone, to show what it needs
                both.wait_for(lock, std::chrono::seconds(10), [&] { return inside >= 3; });
            return TrialEnd{};
        };
        SearchSettings two = settings({"lr=0.001..0.1:log"});
        two.jobs = 2;
        const auto run = begin(two, options());
        const auto trials = finish(*run);
        QCOMPARE(trials.size(), 8u);
        QCOMPARE(m_worker->most, 2);
        for (const TrialJob &job : m_worker->jobs)
            QCOMPARE(job.threads, 2);
        for (const SearchTrial &trial : trials) {
            QVERIFY(trial.state == TrialState::Finished);
            QVERIFY(trial.cost.parameters > 0);
        }
        QCOMPARE(int(m_events.back().what), int(SearchEvent::What::Over));
    }

    void failureStaysWithItsTrial()
    {
        m_worker->onTrain = [](const TrialJob &job) { return TrialEnd{false, job.folder.filename() == "trial-003" ? "It broke down." : "", 0}; };
        const auto run = begin(settings({"lr=0.001..0.1:log"}), options());
        const auto trials = finish(*run);
        QCOMPARE(trials.size(), 8u);
        QVERIFY(trials[2].state == TrialState::Failed);
        QCOMPARE(trials[2].problem, std::string("It broke down."));
        QCOMPARE(std::ranges::count(trials, TrialState::Finished, &SearchTrial::state), 7);
    }

    void networkThatDoesNotFitFailsBeforeItIsTrained()
    {
        SearchSettings grid = settings({"lr=0.01|0.1", "out.out_features=3|4"});
        grid.sampler = SamplerKind::Grid;
        const auto run = begin(grid, options());
        const auto trials = finish(*run);
        QCOMPARE(trials.size(), 4u);
        QCOMPARE(m_worker->jobs.size(), std::size_t(std::ranges::count(trials, TrialState::Finished, &SearchTrial::state)));
        QCOMPARE(m_worker->jobs.size(), 2u);
        const auto failed = std::ranges::find(trials, TrialState::Failed, &SearchTrial::state);
        QVERIFY2(failed->problem.find("'out'") != std::string::npos || failed->problem.find("'loss'") != std::string::npos, failed->problem.c_str());
    }

    void foldsAreTrainedInTurnAndAveraged()
    {
        SearchSettings folded = settings({"lr=0.001..0.1:log"});
        folded.folds = 3;
        folded.trials = 2;
        const auto run = begin(folded, options());
        const auto trials = finish(*run);
        QCOMPARE(m_worker->jobs.size(), 6u);
        QCOMPARE(m_worker->jobs[4].folder, folder() / "trial-002" / "fold-2");
        QCOMPARE(m_worker->jobs[4].project.graph.findByName("data")->params.integer("fold"), 2);
        QCOMPARE(m_worker->jobs[4].project.graph.findByName("data")->params.text("split"), std::string("k-fold"));
        QCOMPARE(trials[1].curve.size(), 2u);
    }

    /// A trial is not begun while it would not fit, and is once it does.
    void trialWaitsForMemory()
    {
        std::atomic<std::int64_t> free{50 << 20}; // less than the 100 MB that the first trial had
        SearchRun::Options few = options();
        few.freeMemory = [&] { return free.load(); };
        SearchSettings two = settings({"lr=0.001..0.1:log"});
        two.trials = 2;
        std::mutex mutex;
        std::condition_variable changed;
        bool held = false;
        auto made = SearchRun::begin(m_registry, m_project, m_facts, "", two, few, [&](const SearchEvent &event) {
            const std::lock_guard lock(mutex);
            held |= event.what == SearchEvent::What::Held;
            changed.notify_all();
        });
        SearchRun &run = **made;
        run.start();
        {
            std::unique_lock lock(mutex);
            QVERIFY(changed.wait_for(lock, std::chrono::seconds(20), [&] { return held; }));
        }
        QCOMPARE(run.trials().size(), 1u);
        free = std::int64_t(1) << 30;
        run.wait();
        QCOMPARE(run.trials().size(), 2u);
    }

    void cancelledSearchGoesOnWhereItWas()
    {
        SearchSettings asha = settings({"lr=0.001..0.1:log"});
        asha.pruner = PrunerKind::Asha;
        asha.fullEpochs = 9;
        asha.trials = 9;
        std::unique_ptr<SearchRun> run;
        int trained = 0;
        m_worker->onTrain = [&](const TrialJob &) {
            if (++trained == 6)
                run->cancel();
            return TrialEnd{trained >= 6, "", 0};
        };
        run = begin(asha, options());
        finish(*run);
        QCOMPARE(m_worker->jobs.size(), 6u);
        run.reset();
        m_worker->onTrain = nullptr;
        auto again = SearchRun::resume(m_registry, options(), 0, 0, [](const SearchEvent &) {});
        QVERIFY2(again.ok(), again.ok() ? "" : again.error().text.c_str());
        const auto trials = finish(**again);
        QCOMPARE(trials.size(), 9u);
        QCOMPARE(m_worker->jobs[6].folder, m_worker->jobs[5].folder);
        QVERIFY(std::ranges::count(trials, TrialState::Finished, &SearchTrial::state) >= 1);
        QCOMPARE(std::ranges::count(trials, TrialState::Waiting, &SearchTrial::state), 0);
        for (const TrialJob &job : m_worker->jobs)
            QVERIFY(job.fromEpoch == 0 || job.toEpoch == 3 * job.fromEpoch);
    }

    /// A search that was ended before its first step leaves its folder to the next; the project of one that has begun stays as it is.
    void folderOfASearchThatTookNoStepIsUsed()
    {
        const fs::path runs = m_folder->filePath("runs").toStdString(), folder = runs / "search-s";
        fs::create_directories(folder);
        QVERIFY(saveProject(m_project, m_registry, folder / kSearchedProject).ok());
        QVERIFY(writeFileAtomically(folder / kSearchFile, "{\"eve").ok());
        QVERIFY(listSearches(runs).empty());
        QCOMPARE(freeSearchFolder(runs, "s"), folder);
        const auto refused = SearchRun::resume(m_registry, {.folder = folder, .worker = m_worker}, 0, 0, [](const SearchEvent &) {});
        QVERIFY(!refused.ok() && refused.error().text.starts_with("There is nothing to go on with"));
        SearchSettings one = settings({"lr=0.01|0.02"});
        one.trials = 1;
        const auto start = [&](const Project &project) { return SearchRun::begin(m_registry, project, m_facts, {}, one, {.folder = folder, .worker = m_worker}, [](const SearchEvent &) {}); };
        auto run = start(m_project);
        QVERIFY2(run.ok(), run.ok() ? "" : run.error().text.c_str());
        QCOMPARE(freeSearchFolder(runs, "s"), runs / "search-s-2");
        Project other = m_project;
        other.recipe.set("epochs", std::int64_t(77));
        QVERIFY(!start(other).ok());
        QCOMPARE(searchedProject(m_registry, folder)->recipe.integer("epochs"), m_project.recipe.integer("epochs"));
    }

    void trialsThatWereTrainedOnAreFound()
    {
        SearchSettings asha = settings({"lr=0.01|0.02"});
        const fs::path folder = m_folder->path().toStdString();
        std::vector<SearchTrial> trials(3);
        for (std::size_t at = 0; at < trials.size(); ++at) {
            trials[at].number = std::int64_t(at) + 1;
            trials[at].rung = 0;
            trials[at].state = at == 2 ? TrialState::Running : TrialState::Stopped;
            trials[at].curve = {{3, 0.5, 0.5}};
            test::writeRunFolder(QString::fromStdString(trialFolder(folder, trials[at].number).string()), {.status = "stopped", .epochs = at == 1 ? 3 : 9});
        }
        QCOMPARE(trainedOn(folder, asha, trials), (std::map<std::int64_t, std::int64_t>{{1, 9}}));
    }

    /// Real processes: each trial is a run of its own, and one that is killed fails alone.
    void trialsAreRunsOfTheirOwn()
    {
        SearchRun::Options real = options();
        real.worker = nullptr;
        SearchSettings grid = settings({"lr=0.01|0.1"});
        grid.sampler = SamplerKind::Grid;
        grid.jobs = 2;
        const auto run = begin(grid, real);
        const auto trials = finish(*run);
        QCOMPARE(trials.size(), 2u);
        for (const SearchTrial &trial : trials) {
            QVERIFY2(trial.state == TrialState::Finished, trial.problem.c_str());
            QCOMPARE(trial.epochs(), 2);
            QVERIFY(trial.memory > (10 << 20));
        }
        QCOMPARE(listRuns(folder()).size(), 2u);
        QCOMPARE(loadProjectOrRun(m_registry, trialFolder(folder(), 2))->project.recipe.real("lr"), 0.1);
        QCOMPARE(listSearches(folder().parent_path()), std::vector{folder()});
    }

    /// A search that is killed when a trial's process has ended, and before its journal says so, finds the trial in its folder.
    void trainingThatTheJournalDoesNotKnowIsAdopted_data()
    {
        QTest::addColumn<QString>("lastKept"); // of the journal
        QTest::newRow("first rung, no score") << "\"event\": \"cost\"";
        QTest::newRow("resumed, no score") << "\"to_epoch\": 3";
        QTest::newRow("resumed, a score") << "\"epoch\": 2";
    }
    void trainingThatTheJournalDoesNotKnowIsAdopted()
    {
        QFETCH(QString, lastKept);
        SearchRun::Options real = options();
        real.worker = nullptr;
        SearchSettings one = settings({"lr=0.01|0.1"});
        one.pruner = PrunerKind::SuccessiveHalving;
        one.fullEpochs = 3;
        one.trials = 1;
        const std::vector<SearchTrial> whole = finish(*begin(one, real));
        QVERIFY2(whole[0].state == TrialState::Finished, whole[0].problem.c_str());
        QCOMPARE(whole[0].curve.size(), 3u);
        QCOMPARE(whole[0].atRung.size(), 2u);

        QFile journal(QString::fromStdString((folder() / kSearchFile).string()));
        QVERIFY(journal.open(QIODevice::ReadWrite));
        const QByteArray text = journal.readAll();
        const auto kept = text.indexOf(lastKept.toUtf8());
        QVERIFY(kept > 0);
        QVERIFY(journal.resize(text.indexOf('\n', kept) + 1));
        journal.close();
        const auto run = trialFolder(folder(), 1);
        const auto written = std::filesystem::last_write_time(run / kFactsFile);
        auto again = SearchRun::resume(m_registry, real, 0, 0, [](const SearchEvent &) {});
        QVERIFY2(again.ok(), again.ok() ? "" : again.error().text.c_str());
        const std::vector<SearchTrial> trials = finish(**again);
        QCOMPARE(trials.size(), 1u);
        QVERIFY2(trials[0].state == TrialState::Finished, trials[0].problem.c_str());
        QCOMPARE(trials[0].curve, whole[0].curve);
        QCOMPARE(trials[0].atRung.back(), whole[0].atRung.back());
        QVERIFY(trials[0].seconds > 0);
        QVERIFY(std::filesystem::last_write_time(run / kFactsFile) == written); // nothing was trained again
    }

    /// What another search left in the folder is no trial of this one.
    void folderOfAnotherTrainingIsNotAdopted()
    {
        SearchRun::Options real = options();
        real.worker = nullptr;
        SearchSettings one = settings({"lr=0.01|0.1"});
        one.sampler = SamplerKind::Grid;
        one.trials = 1;
        finish(*begin(one, real));
        std::filesystem::remove(folder() / kSearchFile);
        one.axes = {readAxis(m_project, m_registry, "lr=0.2|0.3").value()};
        const auto trials = finish(*begin(one, real));
        QVERIFY2(trials[0].state == TrialState::Finished, trials[0].problem.c_str());
        QCOMPARE(loadProjectOrRun(m_registry, trialFolder(folder(), 1))->project.recipe.real("lr"), 0.2);
    }

    void crashOfAProcessIsASentence()
    {
        SearchRun::Options broken = options();
        broken.worker = nullptr;
        broken.program = m_folder->filePath("crash").toStdString();
        QFile script(m_folder->filePath("crash"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nkill -SEGV $$\n");
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        script.close();
        SearchSettings two = settings({"lr=0.001..0.1:log"});
        two.trials = 2;
        const auto run = begin(two, broken);
        const auto trials = finish(*run);
        QCOMPARE(trials.size(), 2u);
        for (const SearchTrial &trial : trials)
            QVERIFY2(trial.problem.find("broke down") != std::string::npos, trial.problem.c_str());
    }
};

QTEST_GUILESS_MAIN(TestSearchRun)
#include "tst_search_run.moc"
