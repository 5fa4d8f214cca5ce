// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"
#include "run/estimate.h"
#include "run/finished_run.h"
#include "run/open_training.h"
#include "run/registry.h"
#include "run/run_list.h"
#include "run/training_run.h"
#include "run/unfinished_run.h"
#include "support/stripes.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace netloom;
namespace fs = std::filesystem;

/// What goes wrong from outside stops or pauses a run with a message, keeps its last good state, and the run goes on once it is mended.
class FailuresTest : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_home;

    fs::path path(const char *name) const { return m_home.filePath(name).toStdString(); }

    Project project(const char *data, int epochs) const
    {
        auto loaded = projectFromJson(test::stripesProject(m_home.filePath(data), epochs), m_registry, {});
        return loaded->project;
    }

    struct Outcome {
        std::vector<TrainEvent> events;
        std::string failure() const
        {
            const auto *failed = std::get_if<TrainFailed>(&events.back());
            return failed ? failed->text : std::string();
        }
    };
    using Reaction = std::function<void(TrainingRun &, const TrainEvent &)>;

    Outcome train(const Project &project, TrainingRun::Options options, const Reaction &react = {}) const
    {
        Outcome outcome;
        TrainingRun *running = nullptr;
        TrainingRun run(m_registry, project, std::move(options), [&](const TrainEvent &event) {
            outcome.events.push_back(event);
            if (react)
                react(*running, event);
        });
        running = &run;
        run.start();
        run.wait();
        return outcome;
    }

    Outcome resume(const fs::path &folder, const Reaction &react = {}, bool evenIfDataChanged = false) const
    {
        Outcome outcome;
        TrainingRun *running = nullptr;
        TrainingRun::Options options;
        options.folder = folder;
        options.evenIfDataChanged = evenIfDataChanged;
        auto run = TrainingRun::resumed(m_registry, options, [&](const TrainEvent &event) {
            outcome.events.push_back(event);
            if (react)
                react(*running, event);
        });
        if (!run) {
            outcome.events.push_back(TrainFailed{{}, run.error().text});
            return outcome;
        }
        running = run->get();
        (*run)->start();
        (*run)->wait();
        return outcome;
    }

private slots:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_home.filePath("cache").toUtf8());
        test::writeStripes(m_home.filePath("data"));
    }

    void dataThatVanishesStopsTheRunWhichIsResumedOnceItIsBack()
    {
        const Project wanted = project("data", 12);
        TrainingRun::Options options;
        options.folder = path("whole");
        QCOMPARE(train(wanted, options).failure(), std::string());

        options.folder = path("gone");
        options.loader.cacheBytes = 0; // every picture is read again
        const Outcome outcome = train(wanted, options, [this](TrainingRun &, const TrainEvent &event) {
            const auto *epoch = std::get_if<EpochDone>(&event);
            if (epoch && epoch->epoch == 4)
                fs::rename(path("data"), path("elsewhere"));
        });
        fs::rename(path("elsewhere"), path("data"));
        QVERIFY2(outcome.failure().find("put it back") != std::string::npos || outcome.failure().find("check the data folder") != std::string::npos,
            outcome.failure().c_str());
        QVERIFY2(outcome.failure().find("can be resumed") != std::string::npos, outcome.failure().c_str());
        QCOMPARE(resume(path("gone")).failure(), std::string());
        QVERIFY(*readFile(path("gone") / "weights.safetensors") == *readFile(path("whole") / "weights.safetensors"));
    }

    void otherDataIsToldBeforeARunIsResumed()
    {
        TrainingRun::Options options;
        options.folder = path("other");
        options.stopAfterEpoch = 2;
        test::writeStripes(m_home.filePath("changing"));
        train(project("changing", 5), options);
        fs::remove_all(path("changing") / "train" / "lying");
        test::writeStripes(m_home.filePath("changing"), 3);
        const std::string failure = resume(path("other")).failure();
        QVERIFY2(failure.find("training samples") != std::string::npos, failure.c_str());
        QVERIFY(fs::exists(path("other") / "checkpoint.safetensors"));
    }

    void anotherPictureIsToldBeforeARunIsResumed()
    {
        TrainingRun::Options options;
        options.folder = path("another");
        options.stopAfterEpoch = 2;
        test::writeStripes(m_home.filePath("edited"));
        train(project("edited", 5), options);
        QCOMPARE(resume(path("another"), [](TrainingRun &run, const TrainEvent &event) {
            if (std::holds_alternative<TrainResumed>(event))
                run.stop();
        }).failure(), std::string()); // the same data

        const std::string checkpoint = *readFile(path("another") / "checkpoint.safetensors"), facts = *readFile(path("another") / "run.json");
        test::writeBytes(m_home.filePath("edited/train/lying/0.png"), test::stripesPng(true, 40));
        const Outcome refused = resume(path("another"));
        QVERIFY2(refused.failure().find("The data of ImageFolder 'data' has changed since the run began") != std::string::npos, refused.failure().c_str());
        QVERIFY2(refused.failure().find("Put it back as it was") != std::string::npos, refused.failure().c_str());
        QVERIFY(std::get<TrainFailed>(refused.events.back()).dataChanged);
        QVERIFY(*readFile(path("another") / "checkpoint.safetensors") == checkpoint);
        QVERIFY(*readFile(path("another") / "run.json") == facts);

        const Outcome forced = resume(path("another"), {}, true);
        QCOMPARE(forced.failure(), std::string());
        const auto resumed = std::ranges::find_if(forced.events, [](const TrainEvent &event) { return std::holds_alternative<TrainResumed>(event); });
        QVERIFY(resumed != forced.events.end() && std::get<TrainResumed>(*resumed).dataChanged);
        QVERIFY(readFile(path("another") / "run.json")->find("\"data_changed\": true") != std::string::npos);
        QVERIFY(readFile(path("another") / "report.html")->find("with data that had changed") != std::string::npos);
    }

    void aVanishedRunFolderIsToldAndMadeAgainAtTheEnd()
    {
        TrainingRun::Options options;
        options.folder = path("lost");
        bool removed = false;
        const Outcome outcome = train(project("data", 2000), options, [&](TrainingRun &, const TrainEvent &event) {
            if (std::holds_alternative<EpochDone>(event) && !removed)
                removed = fs::remove_all(path("lost")) > 0;
        });
        QVERIFY2(outcome.failure().find("isn't there any more") != std::string::npos, outcome.failure().c_str());
        QVERIFY(fs::exists(path("lost") / "weights.safetensors"));
        QVERIFY(fs::exists(path("lost") / "report.html"));
    }

    void inTheWindowTroubleOnlyPauses()
    {
        TrainingRun::Options options;
        options.folder = path("paused");
        options.pausesOnTrouble = true;
        bool removed = false;
        std::string reason;
        const Outcome outcome = train(project("data", 40), options, [&](TrainingRun &run, const TrainEvent &event) {
            if (std::holds_alternative<EpochDone>(event) && !removed) {
                removed = true;
                fs::rename(path("paused"), path("aside"));
            }
            const auto *pause = std::get_if<TrainPaused>(&event);
            if (pause && pause->paused) {
                reason = pause->reason;
                fs::rename(path("aside"), path("paused"));
                run.resume();
            }
        });
        QVERIFY2(outcome.failure().empty(), outcome.failure().c_str());
        QVERIFY2(reason.find("put it back") != std::string::npos, reason.c_str());
        QVERIFY(fs::exists(path("paused") / "weights.safetensors"));
    }

    void lossThatIsNoNumberKeepsTheLastGoodState()
    {
        Project wild = project("data", 200);
        wild.recipe.set("optimizer", std::string("SGD"));
        wild.recipe.set("lr", 0.01);
        TrainingRun::Options options;
        options.folder = path("wild");
        const Outcome outcome = train(wild, options, [](TrainingRun &run, const TrainEvent &event) {
            if (const auto *epoch = std::get_if<EpochDone>(&event); epoch && epoch->epoch == 3)
                run.setLr(1e30);
        });
        QVERIFY2(outcome.failure().find("Lower lr (now 1e+30)") != std::string::npos, outcome.failure().c_str());
        QVERIFY2(outcome.failure().find("can be resumed from there") != std::string::npos, outcome.failure().c_str());
        const auto run = FinishedRun::load(m_registry, path("wild")); // the best epoch's
        QVERIFY2(run.ok(), run.ok() ? "" : run.error().text.c_str());
    }

    void changesOfTheLearningRateAreKeptInTheRun()
    {
        TrainingRun::Options options;
        options.folder = path("changed");
        const Outcome outcome = train(project("data", 6), options, [](TrainingRun &run, const TrainEvent &event) {
            if (const auto *epoch = std::get_if<EpochDone>(&event); epoch && epoch->epoch == 3)
                run.setLr(0.0005);
        });
        QVERIFY(outcome.failure().empty());
        const QString facts = QString::fromStdString(*readFile(path("changed") / "run.json"));
        QVERIFY2(facts.contains("\"lr_changes\"") && facts.contains("0.0005"), qPrintable(facts));
        const QStringList rows = QString::fromStdString(*readFile(path("changed") / "metrics.csv")).split('\n');
        QCOMPARE(rows.filter(QRegularExpression("^3,train,")).value(0).section(',', -1).toDouble(), 0.01);
        QCOMPARE(rows.filter(QRegularExpression("^4,train,")).value(0).section(',', -1).toDouble(), 0.0005);
        QVERIFY(QString::fromStdString(*readFile(path("changed") / "report.html")).contains("lr set to 0.0005"));
    }

    void anInterruptedRunIsListedAndCanBeKeptAsItIs()
    {
        TrainingRun::Options options;
        options.folder = path("runs") / "cut";
        options.stopAfterEpoch = 3;
        train(project("data", 9), options);
        // As a crash leaves it.
        QByteArray facts = QByteArray::fromStdString(*readFile(options.folder / "run.json"));
        facts.replace("\"status\": \"stopped\"", "\"status\": \"running\"");
        test::writeBytes(QString::fromStdString((options.folder / "run.json").string()), facts);
        fs::remove(options.folder / "weights.safetensors");
        fs::remove(options.folder / "report.html");
        QCOMPARE(listRuns(path("runs")).at(0).status, std::string("interrupted"));
        QVERIFY(keepAsItIs(m_registry, options.folder).ok());
        QCOMPARE(listRuns(path("runs")).at(0).status, std::string("stopped"));
        QVERIFY(FinishedRun::load(m_registry, options.folder).ok());
        QVERIFY(fs::exists(options.folder / "report.html"));
        QCOMPARE(resume(options.folder).failure(), std::string()); // and still be resumed
        QCOMPARE(listRuns(path("runs")).at(0).status, std::string("finished"));
    }

    void oneBatchIsLearnedByHeartOrTheReasonsAreTold()
    {
        const GoesOn on = [](std::int64_t, std::int64_t) { return true; };
        Project good = project("data", 1);
        const auto learned = overfitOneBatch(m_registry, good, on);
        QVERIFY2(learned.ok(), learned.ok() ? "" : learned.error().text.c_str());
        QVERIFY2(learned->learned, learned->text.c_str());
        QVERIFY(learned->text.find("learned by heart in") != std::string::npos);
        QVERIFY(learned->lastLoss < learned->firstLoss / 2);
        good.recipe.set("lr", 1e-9);
        const auto stuck = overfitOneBatch(m_registry, good, on);
        QVERIFY(stuck.ok() && !stuck->learned);
        QVERIFY2(stuck->text.find("Try another lr") != std::string::npos, stuck->text.c_str());
        QVERIFY(!overfitOneBatch(m_registry, good, [](std::int64_t done, std::int64_t) { return done < 3; }).ok());
    }

    void aLearningRateIsFoundWhereTheLossFalls()
    {
        const Project wanted = project("data", 1);
        const auto found = searchLearningRate(m_registry, wanted, [](std::int64_t, std::int64_t) { return true; });
        QVERIFY2(found.ok(), found.ok() ? "" : found.error().text.c_str());
        QVERIFY(found->suggestion);
        QVERIFY2(*found->suggestion > 1e-5 && *found->suggestion < 1, QByteArray::number(*found->suggestion));
        QVERIFY(std::ranges::is_sorted(found->points, {}, &LrPoint::lr));
        QCOMPARE(found->points.front().lr, 1e-7);
    }

    void estimatesAreOfTheRightOrder()
    {
        const Project wanted = project("data", 12);
        const auto source = openSource(wanted.graph, m_registry);
        const SourceFacts facts = (*source)->facts();
        const Inference inference = inferShapes(wanted.graph, m_registry, facts);
        TrainPlan plan{wanted.graph, wanted.recipe, facts};
        plan.recipe.set("batch_size", std::int64_t{7}); // of a network that nobody trained yet
        const TrainingEstimate guessed = estimateTraining(m_registry, plan, inference, path("nowhere"));
        QVERIFY(!guessed.measured && guessed.seconds > 0.001 && guessed.seconds < 60);
        QVERIFY(guessed.memoryBytes > 1e8 && guessed.memoryBytes < 1e10);
        QVERIFY(guessed.freeDiskBytes > 0);
        plan.recipe.set("batch_size", wanted.recipe.integer("batch_size"));
        TrainingRun::Options options;
        options.folder = path("measured");
        train(wanted, options);
        QVERIFY(estimateTraining(m_registry, plan, inference, path("nowhere")).measured);
        Inference huge = inference;
        huge.totalParameters = std::int64_t(1) << 50;
        QVERIFY(lackOfDisk(huge, path("nowhere")).find("free some space") != std::string::npos);
        QVERIFY(lackOfDisk(inference, path("nowhere")).empty());
    }
};

QTEST_GUILESS_MAIN(FailuresTest)
#include "tst_failures.moc"
