// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/training_run.h"

#include "project/templates.h"
#include "run/evaluation_report.h"
#include "run/prediction.h"
#include "run/registry.h"
#include "run/run_list.h"
#include "run/sample_losses.h"
#include "support/stripes.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <numeric>

using namespace netloom;

namespace {

/// A project's training from start to end, with its events.
struct Trained {
    std::filesystem::path folder;
    std::vector<TrainEvent> events;
    bool completeAtEnd = false; ///< the folder had its report when the last event came

    template <class Event>
    const Event *last() const
    {
        return events.empty() ? nullptr : std::get_if<Event>(&events.back());
    }
    template <class Event>
    std::vector<Event> all() const
    {
        std::vector<Event> found;
        for (const TrainEvent &event : events) {
            if (const auto *one = std::get_if<Event>(&event))
                found.push_back(*one);
        }
        return found;
    }
    QString file(const char *name) const
    {
        const Result<std::string> bytes = readFile(folder / name);
        return bytes ? QString::fromStdString(*bytes) : QString();
    }
};

using Reaction = std::function<void(TrainingRun &, const TrainEvent &)>;

Trained train(const NodeRegistry &registry, Project project, const std::filesystem::path &folder, const Reaction &react = {})
{
    Trained trained;
    trained.folder = folder;
    std::unique_ptr<TrainingRun> run;
    TrainingRun::Options options;
    options.folder = folder;
    options.projectFile = "/somewhere/stripes.netloom";
    run = std::make_unique<TrainingRun>(registry, std::move(project), options, [&](const TrainEvent &event) {
        trained.events.push_back(event);
        trained.completeAtEnd = std::filesystem::exists(folder / "report.html");
        if (react)
            react(*run, event);
    });
    run->start();
    run->wait();
    return trained;
}

std::int64_t sum(const ConfusionMatrix &confusion)
{
    return std::accumulate(confusion.counts.begin(), confusion.counts.end(), std::int64_t(0));
}

} // namespace

class TestTrainingRun : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        writeStripes(m_data.path());
        m_trained = train(m_registry, project(), runFolder("whole"));
        QVERIFY2(m_trained.last<TrainFinished>(), failureOf(m_trained).c_str());
    }

    void folderIsCompleteBeforeTheLastEvent()
    {
        QVERIFY(m_trained.completeAtEnd);
        for (const char *name : {"project.netloom", "weights.safetensors", "run.json", "metrics.csv", "confusion.csv", "report.html"})
            QVERIFY2(std::filesystem::file_size(m_trained.folder / name) > 0, name);
        QVERIFY(std::holds_alternative<TrainStarted>(m_trained.events.front()));
    }

    void runOfAnUnsavedProjectIsCalledAsItsTemplate()
    {
        TrainingRun::Options options;
        options.folder = runFolder("unsaved");
        options.title = "Two stripes";
        options.stopAfterEpoch = 1;
        {
            TrainingRun run(m_registry, project(), options, [](const TrainEvent &) {});
            run.start();
            run.wait();
        }
        QCOMPARE(readRunFolder(options.folder)->entry.title, std::string("Two stripes"));
        options.stopAfterEpoch = 0;
        const auto resumed = TrainingRun::resumed(m_registry, options, [](const TrainEvent &) {});
        QVERIFY(resumed.ok());
        (*resumed)->start();
        (*resumed)->wait();
        const auto whole = readRunFolder(options.folder);
        QCOMPARE(whole->entry.title, std::string("Two stripes"));
        QVERIFY(whole->entry.status == "finished" && whole->entry.project.empty());
    }

    void runsAreListedNewestFirstAndOtherFoldersLeftOut()
    {
        const std::filesystem::path base = m_trained.folder.parent_path() / "listed";
        for (const char *name : {"a", "b", "empty", "broken"})
            std::filesystem::create_directories(base / name);
        for (const char *name : {"a", "b"})
            std::filesystem::copy_file(m_trained.folder / "project.netloom", base / name / "project.netloom");
        QByteArray facts = m_trained.file("run.json").toUtf8();
        test::writeBytes(QString::fromStdString((base / "a" / "run.json").string()), facts);
        facts.replace("\"started\": \"2", "\"started\": \"1"); // a thousand years ago
        test::writeBytes(QString::fromStdString((base / "b" / "run.json").string()), facts);
        test::writeBytes(QString::fromStdString((base / "broken" / "run.json").string()), "{");
        test::writeBytes(QString::fromStdString((base / "broken" / "project.netloom").string()), "{");
        const auto runs = listRuns(base);
        QCOMPARE(runs.size(), std::size_t(2));
        QCOMPARE(runs[0].folder, base / "a");
        QCOMPARE(runs[1].folder, base / "b");
        QCOMPARE(runs[0].status, std::string("finished"));
        QCOMPARE(runs[0].epochs, std::int64_t(3));
        QVERIFY(runs[0].accuracy && *runs[0].accuracy == m_trained.last<TrainFinished>()->test->accuracy);
        QVERIFY(loadProjectOrRun(m_registry, base / "a").ok());
        QVERIFY(!loadProjectOrRun(m_registry, base / "empty").ok());
        QVERIFY(listRuns(base / "none").empty());
    }

    void metricsHoldEveryEpochAndTheTest()
    {
        const QStringList lines = m_trained.file("metrics.csv").split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 3 * 2 + 1);
        QCOMPARE(lines[0], QString("epoch,split,loss,accuracy,seconds,images_per_second,lr"));
        const EpochDone first = m_trained.all<EpochDone>().front();
        QVERIFY(lines[1].startsWith("1,train,"));
        QCOMPARE(lines[1].split(',')[2].toDouble(), first.train.loss);
        QCOMPARE(lines[2].split(',')[3].toDouble(), first.val->accuracy);
        const TrainFinished end = *m_trained.last<TrainFinished>();
        QVERIFY(lines.last().startsWith(QStringLiteral("%1,test,").arg(end.bestEpoch)));
        QCOMPARE(lines.last().split(',')[3].toDouble(), end.test->accuracy);
    }

    void confusionMatrixIsTheTests()
    {
        const TrainFinished end = *m_trained.last<TrainFinished>();
        QCOMPARE(sum(end.confusion), 16);
        const QString expected = QStringLiteral("\"<standing>, & \"\"tall\"\"\",lying\n%1,%2\n%3,%4\n")
                                     .arg(end.confusion.at(0, 0)).arg(end.confusion.at(0, 1))
                                     .arg(end.confusion.at(1, 0)).arg(end.confusion.at(1, 1));
        QCOMPARE(m_trained.file("confusion.csv"), expected);
    }

    void stripesAreLearned()
    {
        QVERIFY(m_trained.last<TrainFinished>()->test->accuracy > 0.9);
    }

    void reportIsSelfContainedAndEscaped()
    {
        const QString report = m_trained.file("report.html");
        QVERIFY(report.contains("&lt;standing&gt;, &amp; &quot;tall&quot;"));
        QVERIFY(!report.contains("<standing>"));
        QVERIFY(!report.contains("http"));
        QVERIFY(!report.contains("<script"));
        for (const char *part : {"<polyline class=\"curve train\"", "<polyline class=\"curve val\"", "data:image/png;base64,iVBOR", "conv1",
                 "class=\"confusion", "precision", "multiply-adds", "batch_size", "LibTorch", "stripes"})
            QVERIFY2(report.contains(part), part);
    }

    void projectCopyFindsTheSameData()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        QVERIFY2(run.ok(), run.ok() ? "" : run.error().text.c_str());
        QCOMPARE(dataFolder(run->project, m_registry), m_data.path().toStdString());
        QCOMPARE(run->facts.classNames, (std::vector<std::string>{kStandingName, "lying"}));
    }

    void evaluationGivesTheRunsOwnResult()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        std::int64_t lastDone = 0;
        const auto evaluation = evaluateRun(m_registry, *run, Split::Test, {}, [&](std::int64_t done, std::int64_t) { lastDone = done; return true; });
        QVERIFY2(evaluation.ok(), evaluation.ok() ? "" : evaluation.error().text.c_str());
        const TrainFinished end = *m_trained.last<TrainFinished>();
        QCOMPARE(evaluation->result.accuracy, end.test->accuracy);
        QVERIFY(std::abs(evaluation->result.loss - end.test->loss) < 1e-6);
        QVERIFY(evaluation->confusion == end.confusion);
        QVERIFY(lastDone > 0);
    }

    void lossesOfSamplesMakeTheEvaluationsLoss()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        const auto source = openSource(run->project.graph, m_registry);
        const auto losses = sampleLosses(m_registry, *run, *source, [](auto, auto) { return true; });
        QVERIFY2(losses.ok(), losses.ok() ? "" : losses.error().text.c_str());
        QCOMPARE(std::int64_t(losses->size()), (*source)->size());
        double sum = 0;
        int right = 0, count = 0;
        for (const SampleLoss &loss : *losses) {
            if ((*source)->split(loss.sample) != Split::Test)
                continue;
            sum += loss.loss;
            right += loss.guess == (*source)->label(loss.sample);
            ++count;
        }
        const TrainFinished end = *m_trained.last<TrainFinished>();
        QVERIFY(std::abs(sum / count - end.test->loss) < 1e-5);
        QCOMPARE(double(right) / count, end.test->accuracy);
        const auto stopped = sampleLosses(m_registry, *run, *source, [](auto, auto) { return false; });
        QVERIFY(stopped.ok() && stopped->size() < losses->size());
    }

    void predictionPreparesPicturesAsEvaluationDoes()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        ConfusionMatrix confusion(2);
        for (std::int64_t truth = 0; truth < 2; ++truth) {
            const std::string folder = m_data.path().toStdString() + "/test/" + run->facts.classNames[std::size_t(truth)];
            const auto predictions = predictFiles(m_registry, *run, {folder});
            QVERIFY(predictions.ok());
            QCOMPARE(predictions->size(), std::size_t(8));
            for (const Prediction &prediction : *predictions) {
                QVERIFY2(prediction.error.empty(), prediction.error.c_str());
                QVERIFY(std::abs(prediction.probabilities[0] + prediction.probabilities[1] - 1) < 1e-5);
                confusion.add(truth, prediction.probabilities[1] > prediction.probabilities[0] ? 1 : 0);
            }
        }
        QVERIFY(confusion == m_trained.last<TrainFinished>()->confusion);
    }

    void predictionNamesWhatItCannotRead()
    {
        const QTemporaryDir folder;
        test::writeBytes(folder.filePath("text.jpg"), "no picture at all");
        test::writeBytes(folder.filePath("good.png"), test::stripesPng(true, 1));
        QVERIFY(QDir(folder.path()).mkdir("empty"));
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        const std::string base = folder.path().toStdString();
        const auto predictions = predictFiles(m_registry, *run, {base + "/text.jpg", base + "/none.png", base + "/empty", base + "/good.png"});
        QVERIFY(predictions.ok());
        QCOMPARE(predictions->size(), std::size_t(4));
        for (std::size_t index : {0, 1, 2})
            QVERIFY2((*predictions)[index].error.find((*predictions)[index].file) != std::string::npos, (*predictions)[index].error.c_str());
        QVERIFY((*predictions)[3].error.empty());
    }

    void otherClassesAreRefused()
    {
        const QTemporaryDir other;
        for (const char *name : {"cats", "dogs"})
            test::writeBytes(other.filePath(QStringLiteral("test/%1/a.png").arg(name)), test::stripesPng(true, 1));
        for (const char *name : {"cats", "dogs"})
            test::writeBytes(other.filePath(QStringLiteral("train/%1/a.png").arg(name)), test::stripesPng(true, 1));
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        const auto evaluation = evaluateRun(m_registry, *run, Split::Test, other.path().toStdString());
        QVERIFY(!evaluation.ok());
        QVERIFY2(evaluation.error().text.find("'cats', 'dogs'") != std::string::npos, evaluation.error().text.c_str());
    }

    void stopKeepsWhatWasLearned()
    {
        const Trained stopped = train(m_registry, project(1000), runFolder("stopped"), [](TrainingRun &run, const TrainEvent &event) {
            if (std::holds_alternative<EpochDone>(event))
                run.stop();
        });
        const auto *end = stopped.last<TrainFinished>();
        QVERIFY2(end, failureOf(stopped).c_str());
        QVERIFY(end->stopped);
        QVERIFY(stopped.all<EpochDone>().size() < 10);
        QVERIFY(stopped.file("report.html").contains("chip stopped"));
        QVERIFY(stopped.file("run.json").contains("\"status\": \"stopped\""));
        QVERIFY(FinishedRun::load(m_registry, stopped.folder).ok());
    }

    void stopBeforeTheFirstBatchEndsToo()
    {
        TrainFinished end;
        {
            TrainingRun::Options options;
            options.folder = runFolder("early");
            TrainingRun run(m_registry, project(1000), options, [&](const TrainEvent &event) {
                if (const auto *finished = std::get_if<TrainFinished>(&event))
                    end = *finished;
            });
            run.start();
            run.stop();
        }
        QVERIFY(end.stopped);
    }

    void whatCannotBeTrainedSaysWhy_data()
    {
        QTest::addColumn<QString>("change"); // text in the project to replace, "=>", its replacement
        QTest::addColumn<QString>("cause");
        QTest::newRow("no folder chosen") << m_data.path() + "=>" << "data";
        QTest::newRow("folder gone") << m_data.path() + "=>/nowhere/at/all" << "/nowhere/at/all";
        QTest::newRow("kernel too large") << "\"kernel_size\": 3=>\"kernel_size\": 99" << "conv1";
        QTest::newRow("no loss") << "CrossEntropyLoss=>ReLU" << "loss";
        QTest::newRow("unknown type") << "\"ReLU\"=>\"QuantumLayer\"" << "relu1";
    }

    void whatCannotBeTrainedSaysWhy()
    {
        QFETCH(QString, change);
        QFETCH(QString, cause);
        QString text = QString::fromStdString(test::stripesProject(m_data.path()));
        text.replace(change.section("=>", 0, 0), change.section("=>", 1));
        const auto loaded = projectFromJson(text.toStdString(), m_registry, {});
        QVERIFY(loaded.ok());
        const Trained failed = train(m_registry, loaded->project, runFolder("failed"));
        const auto *end = failed.last<TrainFailed>();
        QVERIFY(end);
        QCOMPARE(failed.events.size(), std::size_t(1));
        QVERIFY2(end->text.find(cause.toStdString()) != std::string::npos, end->text.c_str());
        QVERIFY(!std::filesystem::exists(failed.folder));
    }

    void folderInUseIsRefused()
    {
        const Trained failed = train(m_registry, project(), m_trained.folder);
        QVERIFY(failed.last<TrainFailed>());
        QVERIFY(failureOf(failed).find("holds files already") != std::string::npos);
    }

    void vanishedFolderEndsTheRunWithTheCause()
    {
        const Trained failed = train(m_registry, project(50), runFolder("vanished"), [this](TrainingRun &, const TrainEvent &event) {
            if (std::holds_alternative<TrainStarted>(event))
                std::filesystem::remove_all(runFolder("vanished"));
        });
        QVERIFY(failed.last<TrainFailed>());
        QVERIFY2(failureOf(failed).find("there any more") != std::string::npos, failureOf(failed).c_str());
        QVERIFY(failed.all<EpochDone>().size() < 10);
    }

    void unreadablePicturesAreListed()
    {
        const QTemporaryDir data;
        writeStripes(data.path(), 8, 4, 4);
        test::writeBytes(data.filePath("train/lying/broken.png"), "not a picture");
        const Trained trained = train(m_registry, *loadedProject(data.path(), 1), runFolder("broken"));
        const auto *end = trained.last<TrainFinished>();
        QVERIFY2(end, failureOf(trained).c_str());
        QVERIFY(trained.file("report.html").contains("broken.png"));
        QVERIFY(trained.file("run.json").contains("broken.png"));
    }

    void halfARunIsRefusedWithTheCause_data()
    {
        QTest::addColumn<QString>("missing");
        QTest::addColumn<QString>("cause");
        QTest::newRow("facts") << "run.json" << "no run";
        QTest::newRow("weights") << "weights.safetensors" << "no weights";
        QTest::newRow("project") << "project.netloom" << "does not exist";
    }

    void halfARunIsRefusedWithTheCause()
    {
        QFETCH(QString, missing);
        QFETCH(QString, cause);
        const std::filesystem::path copy = runFolder("half");
        std::filesystem::copy(m_trained.folder, copy);
        std::filesystem::remove(copy / missing.toStdString());
        const auto run = FinishedRun::load(m_registry, copy);
        std::filesystem::remove_all(copy);
        QVERIFY(!run.ok());
        QVERIFY2(run.error().text.find(cause.toStdString()) != std::string::npos, run.error().text.c_str());
    }

    void tablesNewRowsAreAnsweredAsInTraining()
    {
        QByteArray rows = "size,word,side\n";
        for (int row = 0; row < 80; ++row)
            rows += QByteArray::number(row % 40) + (row % 3 ? ",p," : ",q,") + (row % 40 < 20 ? "left\n" : "right\n");
        const QTemporaryDir folder;
        test::writeBytes(folder.filePath("rows.csv"), rows);
        test::writeBytes(folder.filePath("new.csv"), "word,size\nq,1\nq,38\nunknown,39\np\n");
        const std::string base = folder.path().toStdString();
        Project table = makeProject(*findTemplate("table-classification"), m_registry, base + "/rows.csv");
        table.recipe.set("epochs", std::int64_t(30));
        const Trained trained = train(m_registry, std::move(table), runFolder("table"));
        QVERIFY2(trained.last<TrainFinished>(), failureOf(trained).c_str());
        const auto run = FinishedRun::load(m_registry, trained.folder);
        QVERIFY(run.ok());
        QCOMPARE(run->facts.columns.size(), std::size_t(3)); // size, word = p, word = q
        QCOMPARE(run->facts.targetName, std::string("side"));
        const auto predictions = predictFiles(m_registry, *run, {base + "/new.csv"});
        QVERIFY(predictions.ok());
        QCOMPARE(predictions->size(), std::size_t(4));
        const std::array<bool, 3> right{false, true, true};
        for (std::size_t row = 0; row < right.size(); ++row) {
            const Prediction &prediction = (*predictions)[row];
            QCOMPARE(prediction.file, base + "/new.csv:" + std::to_string(row + 2));
            QCOMPARE(prediction.probabilities.at(1) > 0.5, right[row]);
        }
        QVERIFY((*predictions)[3].error.find("has 1 cell in line 5") != std::string::npos);
    }

    /// On another table, whose own rows would give other values, as a prediction has it.
    void evaluationFillsMissingCellsAsTheTrainingDid()
    {
        QByteArray rows = "size,side,split\n", others = rows;
        for (int row = 0; row < 60; ++row) {
            const QByteArray rest = (row % 20 < 10 ? ",left," : ",right,") + QByteArray(row % 3 ? "train\n" : "test\n");
            rows += (row % 7 ? QByteArray::number(row % 20) : QByteArray()) + rest;
            others += (row % 4 ? QByteArray::number(100 + row % 20) : QByteArray()) + rest;
        }
        const QTemporaryDir folder;
        test::writeBytes(folder.filePath("rows.csv"), rows);
        test::writeBytes(folder.filePath("others.csv"), others);
        const std::string base = folder.path().toStdString();
        Project table = makeProject(*findTemplate("table-classification"), m_registry, base + "/rows.csv");
        for (const auto &[id, node] : table.graph.nodes()) {
            if (node.type == "CSVTable") {
                table.graph.setParam(id, "target", std::string("side"));
                table.graph.setParam(id, "split_column", std::string("split"));
            }
        }
        table.recipe.set("epochs", std::int64_t(2));
        const Trained trained = train(m_registry, std::move(table), runFolder("filled"));
        QVERIFY2(trained.last<TrainFinished>(), failureOf(trained).c_str());
        const auto run = FinishedRun::load(m_registry, trained.folder);
        const auto evaluation = evaluateRun(m_registry, *run, Split::Test, base + "/others.csv");
        QVERIFY2(evaluation.ok(), evaluation.ok() ? "" : evaluation.error().text.c_str());
        const auto predictions = predictFiles(m_registry, *run, {base + "/others.csv"});
        QVERIFY(predictions.ok());
        QCOMPARE(predictions->size(), std::size_t(60));
        QCOMPARE(evaluation->scores.samples().size(), std::size_t(20));
        for (std::size_t row = 0; row < evaluation->scores.samples().size(); ++row) {
            const auto sample = std::size_t(evaluation->scores.samples()[row].sample);
            QVERIFY(std::abs((*predictions)[sample].probabilities[1] - double(evaluation->scores.probability(row, 1))) < 1e-5);
        }
    }

    void evaluationKeepsWhatTheNetworkSaidOfEverySample()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        const auto evaluation = evaluateRun(m_registry, *run, Split::Test);
        QVERIFY(evaluation.ok());
        QCOMPARE(evaluation->scores.confusion(), evaluation->confusion);
        QCOMPARE(evaluation->classification.accuracy, evaluation->result.accuracy);
        QVERIFY(std::abs(evaluation->probability.logLoss - evaluation->result.loss) < 1e-5);
        for (const JudgedSample &judged : evaluation->scores.samples())
            QCOMPARE(judged.truth, std::int32_t(evaluation->source->label(judged.sample)));
        const auto ended = evaluateRun(m_registry, *run, Split::Test, {}, [](auto, auto) { return false; });
        QVERIFY(!ended.ok());
        QCOMPARE(ended.error().text, std::string(kEvaluationEnded));
    }

    void anotherThresholdJudgesTheSameProbabilitiesAnew()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        const auto evaluation = evaluateRun(m_registry, *run, Split::Test);
        QVERIFY(!QString::fromStdString(evaluationHtml({*evaluation}, "run")).contains("is the answer from"));
        const Evaluation second = judgedAt(*evaluation, 0); // the second class always
        QCOMPARE(second.confusion.at(0, 0) + second.confusion.at(1, 0), std::int64_t(0));
        QCOMPARE(second.classification.accuracy, 0.5);
        const auto mistakes = confidentMistakes(second, 1000);
        QCOMPARE(std::int64_t(mistakes.size()), second.confusion.at(0, 1));
        for (const std::size_t row : mistakes)
            QCOMPARE(second.scores.samples()[row].confidence, evaluation->scores.probability(row, 1));
        QVERIFY(QString::fromStdString(evaluationHtml({second}, "run")).contains(QString::fromUtf8("“lying” is the answer from a probability of 0 % on.")));
    }

    void evaluationsReportHasEverythingOnOnePage()
    {
        const auto run = FinishedRun::load(m_registry, m_trained.folder);
        const auto evaluation = evaluateRun(m_registry, *run, Split::Train);
        const QString html = QString::fromStdString(evaluationHtml({*evaluation}, "<run>"));
        for (const char *part : {"&lt;run&gt;", "ROC AUC", "MCC", "ECE", "Reliability", "Confusion matrix", "average precision"})
            QVERIFY2(html.contains(part), part);
        QVERIFY(!html.contains("http") && !html.contains("<standing>"));
        const auto mistakes = confidentMistakes(*evaluation, 1000);
        QCOMPARE(html.contains("data:image/png"), !mistakes.empty());
    }

    void everyRunGetsAFolderOfItsOwn()
    {
        const QTemporaryDir base;
        const auto first = makeRunFolder(base.path().toStdString(), "a/b");
        QVERIFY(first.filename().string().ends_with("_a_b"));
        QVERIFY(std::filesystem::is_directory(first));
        QVERIFY(makeRunFolder(base.path().toStdString(), "a/b") != first);
        std::string name(79, 'x');
        name += "é";
        QVERIFY(makeRunFolder(base.path().toStdString(), name).string().ends_with("xx")); // not half a character
    }

private:
    using LoadedOrNot = std::optional<Project>;

    LoadedOrNot loadedProject(const QString &data, int epochs) const
    {
        auto loaded = projectFromJson(test::stripesProject(data, epochs), m_registry, {});
        return loaded ? LoadedOrNot(loaded->project) : std::nullopt;
    }
    Project project(int epochs = 3) const { return *loadedProject(m_data.path(), epochs); }
    std::filesystem::path runFolder(const char *name) const { return m_runs.filePath(name).toStdString(); }
    static void writeStripes(const QString &root, int train = 24, int val = 6, int test = 8) { test::writeStripes(root, train, val, test); }
    static std::string failureOf(const Trained &trained)
    {
        const auto *failed = trained.last<TrainFailed>();
        return failed ? failed->text : std::string("it did not fail");
    }

    const std::string kStandingName = test::kStandingClass.toStdString();
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_data;
    const QTemporaryDir m_runs;
    Trained m_trained;
};

QTEST_APPLESS_MAIN(TestTrainingRun)
#include "tst_training_run.moc"
