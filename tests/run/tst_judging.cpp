// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graph_edits.h"
#include "project/templates.h"
#include "run/chosen_threshold.h"
#include "run/evaluation_report.h"
#include "run/prediction.h"
#include "run/registry.h"
#include "run/sample_losses.h"
#include "run/training_run.h"
#include "support/stripes.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace netloom;

/// What is known of a run at its end, and what judging it later says: several labels, several heads, other tables.
class TestJudging : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_folder;
    std::optional<TrainFinished> m_labelled; ///< the end of the run in "labels"
    std::string m_failure;

    std::string path(const QString &name) const { return m_folder.filePath(name).toStdString(); }

    /// Trains to the end; nothing where it fails, and m_failure says why.
    std::optional<TrainFinished> train(Project project, const QString &name)
    {
        std::optional<TrainFinished> finished;
        m_failure.clear();
        TrainingRun::Options options;
        options.folder = path(name);
        TrainingRun run(m_registry, std::move(project), options, [&](const TrainEvent &event) {
            if (const auto *end = std::get_if<TrainFinished>(&event))
                finished = *end;
            if (const auto *failed = std::get_if<TrainFailed>(&event))
                m_failure = failed->text;
        });
        run.start();
        run.wait();
        return finished;
    }

    /// Few small pictures of up to three of five shapes.
    Project shapesProject() const
    {
        Project project = makeProject(*findTemplate("multi-label-shapes"), m_registry);
        const NodeId data = project.graph.findByName("data")->id;
        project.graph.setParam(data, "count", std::int64_t(30));
        project.graph.setParam(data, "side", std::int64_t(24));
        project.recipe.set("epochs", std::int64_t(3));
        project.recipe.set("threads", std::int64_t(1));
        return project;
    }

    FinishedRun run(const QString &name) const { return *FinishedRun::load(m_registry, path(name)); }

    /// The stripes with a second loss beside the main one.
    Project twoHeads() const
    {
        QString text = QString::fromStdString(test::stripesProject(m_folder.filePath("data"), 2));
        text.replace(R"("name": "loss", "type": "CrossEntropyLoss", "position": [960, 220]})",
            R"("name": "loss", "type": "CrossEntropyLoss", "position": [960, 220], "params": {"main_head": true}},
               {"id": 9, "name": "side", "type": "Linear", "position": [720, 440], "params": {"out_features": "classes"}},
               {"id": 10, "name": "side_loss", "type": "BCEWithLogitsLoss", "position": [960, 440], "params": {"loss_weight": 0.5}})");
        text.replace(R"(["data.target", "loss.target"])",
            R"(["data.target", "loss.target"], ["flatten.output", "side.input"], ["side.output", "side_loss.input"], ["data.target", "side_loss.target"])");
        return projectFromJson(text.toStdString(), m_registry, {})->project;
    }

private slots:
    void initTestCase()
    {
        m_labelled = train(shapesProject(), "labels");
        QVERIFY2(m_labelled && m_labelled->test, m_failure.c_str());
    }

    void severalLabelsAreLearnedAndKept()
    {
        const PassResult &test = *m_labelled->test;
        QVERIFY(test.labels && !m_labelled->labels.empty());
        QCOMPARE(m_labelled->labels.samples, test.samples);
        QCOMPARE(test.accuracy, test.labels->exactMatch);
        QCOMPARE(labelScores(m_labelled->labels), *test.labels);
        QCOMPARE(m_labelled->confusion.classes, std::int64_t(0));
        const FinishedRun kept = run("labels");
        QVERIFY(kept.facts.severalLabels);
        QCOMPARE(kept.facts.total("test"), test.samples);
        QVERIFY(std::filesystem::exists(path("labels/labels.csv")) && !std::filesystem::exists(path("labels/confusion.csv")));
        const QString metrics = QString::fromStdString(*readFile(path("labels/metrics.csv")));
        QVERIFY(metrics.startsWith("epoch,split,loss,accuracy,hamming_loss,macro_f1,micro_f1,"));
        QVERIFY(QString::fromStdString(*readFile(path("labels/report.html"))).contains("Scores for each label"));
    }

    void judgingSaysOfLabelsWhatTheTestSaid()
    {
        const auto evaluation = evaluateRun(m_registry, run("labels"), Split::Test);
        QVERIFY2(evaluation.ok(), evaluation.ok() ? "" : evaluation.error().text.c_str());
        QVERIFY(evaluation->severalLabels());
        QCOMPARE(evaluation->tally, m_labelled->labels);
        QCOMPARE(evaluation->labels.tally(), evaluation->tally);
        QVERIFY(std::abs(evaluation->result.loss - m_labelled->test->loss) < 1e-5);
        double loss = 0; // as PyTorch defines it, from the probabilities
        for (std::size_t row = 0; row < evaluation->labels.samples().size(); ++row) {
            const std::int64_t sample = evaluation->labels.samples()[row];
            QCOMPARE(trueLabels(evaluation->labels, row), evaluation->source->labels(sample));
            for (std::int64_t label = 0; label < evaluation->labels.labelCount(); ++label) {
                const double p = evaluation->labels.probability(row, label);
                loss -= std::log(evaluation->labels.truth(row, label) ? p : 1 - p) / double(evaluation->labels.labelCount());
            }
        }
        QVERIFY(std::abs(loss / double(evaluation->labels.samples().size()) - evaluation->result.loss) < 1e-4);
        const QString html = QString::fromStdString(evaluationHtml({*evaluation}, "run"));
        QVERIFY(html.contains("exact match") && html.contains("Hamming loss") && !html.contains("Confusion matrix"));
        QVERIFY(html.contains("A label counts as said from a probability of 50 % on."));

        const Evaluation all = judgedAt(*evaluation, 0);
        QCOMPARE(all.labelScores.macro.recall, 1.0);
        QCOMPARE(all.tally, evaluation->labels.tally(0));
        QVERIFY(QString::fromStdString(evaluationHtml({all}, "run")).contains("A label counts as said from a probability of 0 % on."));
    }

    void predictionGivesAllProbabilitiesAndTheLabelsFromTheThreshold()
    {
        const FinishedRun finished = run("labels");
        const auto evaluation = evaluateRun(m_registry, finished, Split::Test);
        auto predictor = RunPredictor::load(m_registry, finished);
        QVERIFY(predictor.ok());
        std::vector<Prediction> predictions;
        for (std::size_t row = 0; row < 5; ++row) {
            Prediction one = (*predictor)->answer(*evaluation->source->read(evaluation->labels.samples()[row]));
            one.file = std::to_string(row) + ".png";
            QCOMPARE(one.probabilities.size(), std::size_t(5));
            for (std::size_t label = 0; label < 5; ++label)
                QVERIFY(std::abs(one.probabilities[label] - double(evaluation->labels.probability(row, std::int64_t(label)))) < 1e-5);
            predictions.push_back(std::move(one));
        }
        const QStringList csv = QString::fromStdString(predictionsCsv(predictions, finished.facts, 0)).split('\n');
        QCOMPARE(csv[0], QString("file,labels,circle,square,triangle,star,cross,error"));
        QVERIFY(csv[1].startsWith("0.png,circle;square;triangle;star;cross,"));
        QVERIFY(QString::fromStdString(predictionsJson(predictions, finished.facts, 1)).contains("\"labels\": []"));
    }

    void theThresholdThatWasChosenIsOfTheRun()
    {
        QCOMPARE(run("labels").threshold, kUsualThreshold);
        QVERIFY(keepThreshold(path("labels"), 0.25).ok());
        QCOMPARE(run("labels").threshold, 0.25);
        QVERIFY(writeFileAtomically(path("labels/threshold.json"), "{\"threshold\": \"much\"}").ok());
        QCOMPARE(run("labels").threshold, kUsualThreshold);
        QVERIFY(keepThreshold(path("labels"), kUsualThreshold).ok());
        QVERIFY(!std::filesystem::exists(path("labels/threshold.json")));

        SourceFacts two;
        two.classNames = {"no", "yes"};
        QVERIFY(hasThreshold(two));
        const std::vector<Prediction> one{{.file = "a.png", .probabilities = {0.7, 0.3}}};
        const auto answer = [&](double threshold) { return QString::fromStdString(predictionsCsv(one, two, threshold)).split('\n')[1]; };
        QCOMPARE(answer(kUsualThreshold), QString("a.png,no,0.7,0.7,0.3,"));
        QCOMPARE(answer(0.3), QString("a.png,yes,0.3,0.7,0.3,"));
        QCOMPARE(one[0].bestLabels(2, 0.31), (std::vector<std::size_t>{0, 1}));
    }

    void lossesOfSamplesAreMeansOverTheirLabels()
    {
        const FinishedRun finished = run("labels");
        const auto evaluation = evaluateRun(m_registry, finished, Split::Train);
        const auto losses = sampleLosses(m_registry, finished, evaluation->source, [](auto, auto) { return true; });
        QVERIFY(losses.ok());
        double sum = 0;
        for (const SampleLoss &loss : *losses)
            sum += evaluation->source->split(loss.sample) == Split::Train ? loss.loss : 0;
        QVERIFY(std::abs(sum / double(evaluation->result.samples) - evaluation->result.loss) < 1e-4);
    }

    void mixingSeveralLabelsIsLearned()
    {
        Project project = shapesProject();
        const Node &normalize = *project.graph.findByName("normalize");
        QVERIFY(insertInLink(project.graph, m_registry, project.graph.linksFrom(normalize.id).front(), {{"MixUp", {}}}));
        project.recipe.set("epochs", std::int64_t(1));
        const auto finished = train(std::move(project), "mixed");
        QVERIFY2(finished && finished->test && finished->test->labels, m_failure.c_str());
    }

    void everyHeadIsJudged()
    {
        test::writeStripes(m_folder.filePath("data"));
        const auto finished = train(twoHeads(), "heads");
        QVERIFY2(finished, m_failure.c_str());
        QCOMPARE(finished->heads.size(), std::size_t(2));
        QCOMPARE(finished->heads[0].name, std::string("loss"));
        QCOMPARE(finished->heads[1].name, std::string("side_loss"));
        QCOMPARE(finished->heads[0].result.accuracy, finished->test->accuracy);
        QVERIFY(std::abs(finished->test->loss - finished->heads[0].result.loss - 0.5 * finished->heads[1].result.loss) < 1e-5);
        const auto heads = evaluateHeads(m_registry, run("heads"), Split::Test);
        QVERIFY2(heads.ok(), heads.ok() ? "" : heads.error().text.c_str());
        QCOMPARE(heads->size(), std::size_t(2));
        for (std::size_t head = 0; head < 2; ++head) {
            QCOMPARE((*heads)[head].head, finished->heads[head].name);
            QCOMPARE((*heads)[head].result.accuracy, finished->heads[head].result.accuracy);
            QVERIFY(std::abs((*heads)[head].result.loss - finished->heads[head].result.loss) < 1e-5);
            QCOMPARE((*heads)[head].scores.confusion(), (*heads)[head].confusion);
        }
        QVERIFY((*heads)[0].scores.probability(0, 0) != (*heads)[1].scores.probability(0, 0));
        QVERIFY(QString::fromStdString(evaluationHtml(*heads, "run")).contains(QRegularExpression("Head .{1,6}side_loss")));
        QVERIFY(QString::fromStdString(*readFile(path("heads/report.html"))).contains("side_loss"));
    }

    void anotherTableMayHoldFewerClassesAndOtherColumns()
    {
        QByteArray rows = "colour,size,kind\n", others = "note,size,colour,kind\n";
        const char *const colours[] = {"red", "green", "blue"}, *const kinds[] = {"c", "a", "b"};
        for (int row = 0; row < 90; ++row)
            rows += QByteArray(colours[row % 3]) + ',' + QByteArray::number(row % 3 * 10 + row % 4) + ',' + kinds[row % 3] + '\n';
        for (int row = 0; row < 40; ++row) // neither "green" nor its class "a"
            others += "x" + QByteArray::number(row) + ',' + QByteArray::number(row % 2 * 20 + row % 4) + ',' + colours[row % 2 * 2] + ',' + (row == 5 ? "new" : kinds[row % 2 * 2]) + '\n';
        test::writeBytes(m_folder.filePath("rows.csv"), rows);
        test::writeBytes(m_folder.filePath("others.csv"), others);
        Project project = makeProject(*findTemplate("table-classification"), m_registry, path("rows.csv"));
        project.recipe.set("epochs", std::int64_t(15));
        QVERIFY2(train(std::move(project), "table"), m_failure.c_str());
        const auto evaluation = evaluateRun(m_registry, run("table"), Split::Train, path("others.csv"));
        QVERIFY2(evaluation.ok(), evaluation.ok() ? "" : evaluation.error().text.c_str());
        QCOMPARE(evaluation->classNames, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(evaluation->confusion.at(0, 0) + evaluation->confusion.at(0, 1) + evaluation->confusion.at(0, 2), std::int64_t(0));
        QVERIFY2(evaluation->result.accuracy > 0.9, qPrintable(QString::number(evaluation->result.accuracy))); // its words and numbers mean what they meant
        QCOMPARE(evaluation->unreadable.size(), std::size_t(1));
        QVERIFY2(evaluation->unreadable.front().find("'new' in line 7") != std::string::npos, evaluation->unreadable.front().c_str());
    }

    void picturesOfFewerClassesAreJudgedByTheirNames()
    {
        test::writeStripes(m_folder.filePath("data"));
        auto loaded = projectFromJson(test::stripesProject(m_folder.filePath("data"), 3), m_registry, {});
        QVERIFY2(train(loaded->project, "stripes"), m_failure.c_str());
        for (int number = 0; number < 6; ++number) {
            test::writeBytes(m_folder.filePath(QStringLiteral("fewer/train/%1/%2.png").arg(test::kLyingClass).arg(number)), test::stripesPng(false, number));
            test::writeBytes(m_folder.filePath(QStringLiteral("fewer/test/%1/%2.png").arg(test::kLyingClass).arg(number)), test::stripesPng(false, number + 30));
        }
        const auto evaluation = evaluateRun(m_registry, run("stripes"), Split::Test, path("fewer"));
        QVERIFY2(evaluation.ok(), evaluation.ok() ? "" : evaluation.error().text.c_str());
        const auto lying = std::int64_t(std::ranges::find(evaluation->classNames, test::kLyingClass.toStdString()) - evaluation->classNames.begin());
        QCOMPARE(evaluation->confusion.at(lying, 0) + evaluation->confusion.at(lying, 1), std::int64_t(6));
    }
};

QTEST_APPLESS_MAIN(TestJudging)
#include "tst_judging.moc"
