// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.h"
#include "support/stripes.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <iostream>
#include <sstream>

using namespace netloom;

namespace {

constexpr int kPatience = 120000; // ms; far more than any command needs

struct Outcome {
    int code = -1;
    QString out;
    QString error;

    /// Standard output as one JSON object a line; fails the test by being empty where a line is no object.
    QList<QJsonObject> events() const
    {
        QList<QJsonObject> found;
        for (const QString &line : out.split('\n', Qt::SkipEmptyParts)) {
            const QJsonObject event = QJsonDocument::fromJson(line.toUtf8()).object();
            if (!event.contains("event"))
                return {};
            found << event;
        }
        return found;
    }
    QByteArray text() const { return (out + "\n--\n" + error).toUtf8(); }
};

QList<QJsonObject> eventsOf(const Outcome &outcome, const QString &kind)
{
    QList<QJsonObject> found;
    for (const QJsonObject &event : outcome.events()) {
        if (event["event"].toString() == kind)
            found << event;
    }
    return found;
}

QString program()
{
    return qEnvironmentVariable("NETLOOM_CLI");
}

/// Takes over a stream's output for as long as it lives.
class Capture {
public:
    explicit Capture(std::ostream &stream) : m_stream(stream), m_old(stream.rdbuf(m_text.rdbuf())) {}
    ~Capture() { m_stream.rdbuf(m_old); }
    QString text() const { return QString::fromStdString(m_text.str()); }

private:
    std::ostringstream m_text;
    std::ostream &m_stream;
    std::streambuf *m_old;
};

/// The command in this process: LibTorch takes half a second to load.
Outcome run(const QStringList &arguments)
{
    std::vector<std::string> words{"netloom-cli"};
    for (const QString &argument : arguments)
        words.push_back(argument.toStdString());
    std::vector<const char *> pointers;
    for (const std::string &word : words)
        pointers.push_back(word.c_str());
    const Capture out(std::cout);
    const Capture error(std::cerr);
    const int code = cli::runCommandLine(int(pointers.size()), pointers.data());
    return {code, out.text(), error.text()};
}

/// The real program.
Outcome runProgram(const QStringList &arguments)
{
    QProcess process;
    process.start(program(), arguments);
    if (!process.waitForFinished(kPatience) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError() + process.errorString().toUtf8()};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class TestCli : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(program()), qPrintable(program()));
        test::writeStripes(m_folder.filePath("data"));
        writeProject("stripes.netloom", {});
        m_train = runProgram({"train", path("stripes.netloom"), "--json", "--epochs", "2", "--set", "conv1.out_channels=6", "--out", path("run")});
        QVERIFY2(m_train.code == 0, m_train.text());
    }

    void searchTellsProgramsItsTrialsAndTheBest()
    {
        const Outcome search = runProgram({"search", path("stripes.netloom"), "--param", "lr=0.001|0.01", "--sampler", "grid", "--epochs", "1", "--jobs", "2", "--json"});
        QVERIFY2(search.code == 0, search.text());
        QCOMPARE(eventsOf(search, "trial_end").size(), 2);
        const QJsonObject end = eventsOf(search, "end").value(0);
        QCOMPARE(end["trials"].toInt(), 2);
        const QJsonObject best = end["best"].toObject();
        QVERIFY(best["values"].toObject().contains("recipe.lr"));
        QVERIFY(QFile::exists(best["run_dir"].toString() + "/weights.safetensors"));
        const Outcome again = runProgram({"search", end["folder"].toString(), "--resume", "--json"}); // nothing is left to train
        QVERIFY2(again.code == 0, again.text());
        QCOMPARE(eventsOf(again, "trial_end").size(), 0);
    }

    void searchRefusesWhatItCantVary_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("reason");
        QTest::newRow("nothing") << QStringList{"--budget", "4"} << "nothing to search over";
        QTest::newRow("no end") << QStringList{"--param", "lr=0.1..1"} << "never end";
        QTest::newRow("budget") << QStringList{"--param", "lr=0.1..1", "--budget", "soon"} << "20m";
        QTest::newRow("name") << QStringList{"--param", "conv9.out_channels=1..4", "--budget", "4"} << "conv1";
        QTest::newRow("pruner") << QStringList{"--param", "lr=0.1..1", "--budget", "4", "--pruner", "asha", "--epochs", "1"} << "train longer";
    }
    void searchRefusesWhatItCantVary()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, reason);
        const Outcome search = run(QStringList{"search", path("stripes.netloom")} + options);
        QCOMPARE(search.code, 2);
        QVERIFY2(search.error.contains(reason), search.text());
    }

    void theDoctorNamesALeak()
    {
        test::writeBytes(m_folder.filePath("leak/train/lying/1.png"), test::stripesPng(false, 1));
        test::writeBytes(m_folder.filePath("leak/train/standing/1.png"), test::stripesPng(true, 1));
        test::writeBytes(m_folder.filePath("leak/test/lying/2.png"), test::stripesPng(false, 1));
        const Outcome doctor = run({"doctor", path("stripes.netloom"), "--data", path("leak"), "--json"});
        QVERIFY2(doctor.code == 0 && doctor.events().size() == 2, doctor.text());
        const QJsonObject finding = doctor.events().front();
        QCOMPARE(finding["trouble"].toString(), QString("leak"));
        QCOMPARE(finding["samples"].toArray(), (QJsonArray{"train/lying/1.png", "test/lying/2.png"}));
        QCOMPARE(finding["exclude"].toArray(), (QJsonArray{"train/lying/1.png"}));
        QCOMPARE(doctor.events().back()["pictures"].toInt(), 3);
        QVERIFY(run({"doctor", path("stripes.netloom"), "--data", path("leak")}).out.contains("test/lying/2.png"));
    }

    void trainingTellsItsStoryInJson()
    {
        QVERIFY2(m_train.events().size() == 4, m_train.text());
        const QJsonObject start = m_train.events().front();
        QCOMPARE(start["event"].toString(), QString("start"));
        QCOMPARE(start["device"].toString(), QString("cpu"));
        QCOMPARE(start["samples"]["train"].toInt(), 48);
        QCOMPARE(start["epochs"].toInt(), 2);
        const QJsonObject epoch = eventsOf(m_train, "epoch").value(1);
        for (const char *field : {"train_loss", "train_accuracy", "val_loss", "val_accuracy", "images_per_second"})
            QVERIFY2(epoch[QLatin1String(field)].isDouble(), field);
        QCOMPARE(epoch["epoch"].toInt(), 2);
        const QJsonObject end = m_train.events().back();
        QVERIFY(end["test_accuracy"].isDouble());
        QCOMPARE(end["run_dir"].toString(), path("run"));
        QVERIFY(QFile::exists(path("run/report.html")));
    }

    void settingChangedTheNetwork()
    {
        const Outcome table = run({"check", path("run/project.netloom")});
        QVERIFY2(table.code == 0, table.text());
        QVERIFY2(table.out.contains(QRegularExpression("conv1 +Conv2d +N×6×6×6 +168 ")), table.text());
    }

    void evaluationAgreesWithTraining()
    {
        const Outcome json = run({"eval", path("run"), "--json"});
        QVERIFY2(json.code == 0, json.text());
        const QJsonObject end = json.events().value(0);
        QCOMPARE(end["test_accuracy"].toDouble(), m_train.events().back()["test_accuracy"].toDouble());
        QCOMPARE(end["confusion"].toArray().size(), 2);
        const Outcome people = run({"eval", path("run"), "--split", "val", "--data", path("data")});
        QVERIFY2(people.code == 0, people.text());
        for (const char *part : {"val accuracy", "precision", "lying", "truth"})
            QVERIFY2(people.out.contains(part), people.text());
    }

    void evaluationPrintsEveryScoreAndWritesItsPage()
    {
        const Outcome json = run({"eval", path("run"), "--json", "--report", path("judged.html")});
        QVERIFY2(json.code == 0, json.text());
        const QJsonObject end = json.events().value(0);
        for (const char *score : {"macro", "micro", "weighted", "kappa", "mcc", "log_loss", "roc_auc_macro", "average_precision_macro", "ece", "calibration", "mistakes"})
            QVERIFY2(end.contains(QLatin1String(score)), score);
        QVERIFY(end["classes"][0]["roc_auc"].isDouble());
        QFile page(path("judged.html"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QVERIFY(page.readAll().contains("Scores for each class"));
        const Outcome people = run({"eval", path("run")});
        for (const char *part : {"ROC AUC, macro", "Cohen's kappa", "MCC", "log loss", "ECE"})
            QVERIFY2(people.out.contains(part), people.text());
    }

    void predictionsAreWrittenAsCsvAndJson()
    {
        const Outcome csv = run({"predict", path("run"), path("data/test/lying"), "-o", path("answers.csv")});
        QVERIFY2(csv.code == 0, csv.text());
        QFile table(path("answers.csv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = table.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 9);
        QCOMPARE(lines.front(), QByteArray("file,answer,probability,\"<standing>, & \"\"tall\"\"\",lying,error"));
        const Outcome json = run({"predict", path("run"), path("data/test/lying"), "-o", path("answers.json")});
        QVERIFY2(json.code == 0, json.text());
        QFile objects(path("answers.json"));
        QVERIFY(objects.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(objects.readAll()).array()[0].toObject()["probabilities"].toObject().size(), 2);
        QVERIFY(run({"predict", path("run"), path("data/test/lying"), "--csv"}).out.startsWith("file,answer,"));
    }

    void predictionListsTheBestClasses()
    {
        const Outcome json = run({"predict", path("run"), path("data/test/lying"), "--top", "1", "--json"});
        QVERIFY2(json.code == 0, json.text());
        QCOMPARE(eventsOf(json, "prediction").size(), 8);
        QCOMPARE(eventsOf(json, "prediction").front()["classes"].toArray().size(), 1);
        test::writeBytes(path("bad.png"), "no picture");
        const Outcome mixed = run({"predict", path("run"), path("bad.png"), path("data/test/lying")});
        QCOMPARE(mixed.code, 1);
        QVERIFY2(mixed.error.contains("bad.png"), mixed.text());
        QVERIFY2(mixed.out.contains("%"), mixed.text());
    }

    void everyTemplateCanBeWrittenAndChecked()
    {
        const Outcome list = run({"templates"});
        QCOMPARE(list.code, 0);
        const QStringList names{"mlp-fashion-mnist", "cnn-fashion-mnist", "cnn-image-folder", "binary-image-folder"};
        for (const QString &name : names) {
            QVERIFY2(list.out.contains(name), list.text());
            const QString file = path(name + ".netloom");
            const Outcome made = run({"new", name, "-o", file, "--data", path("data")});
            QVERIFY2(made.code == 0, made.text());
            const Outcome checked = run({"check", file});
            QVERIFY2(checked.out.contains("total"), checked.text());
            QVERIFY2(checked.code == (name.contains("folder") ? 0 : 1), checked.text()); // the folder holds pictures, no IDX files
        }
    }

    void projectWithoutDataShowsItsTableAllTheSame()
    {
        QVERIFY2(run({"new", "binary-image-folder", "-o", path("empty.netloom")}).code == 0, "new");
        const Outcome checked = run({"check", path("empty.netloom")});
        QVERIFY2(checked.code == 1 && checked.out.contains("BCEWithLogitsLoss"), checked.text());
    }

    void catalogueIsComplete()
    {
        const Outcome people = run({"nodes"});
        const Outcome json = run({"nodes", "--json"});
        QVERIFY2(people.code == 0 && json.code == 0, people.text());
        QVERIFY(json.events().size() > 20);
        for (const QJsonObject &node : json.events()) {
            QVERIFY(people.out.contains(node["type"].toString() + "("));
            QVERIFY(!node["doc"].toString().isEmpty());
        }
        QVERIFY(run({"nodes", "Conv2d"}).out.contains("kernel_size"));
        QVERIFY(run({"nodes", "ResidualBlock"}).out.contains("channels")); // what it shows of the nodes inside
    }

    void helpIsEverywhere()
    {
        for (const QString command : {"", "templates", "new", "check", "train", "eval", "predict", "nodes", "runs"}) {
            const Outcome help = run(command.isEmpty() ? QStringList{"--help"} : QStringList{command, "--help"});
            QVERIFY2(help.code == 0 && help.out.contains("Example"), help.text());
        }
        const Outcome version = runProgram({"--version"});
        QVERIFY2(version.code == 0 && version.out.contains("LibTorch"), version.text());
        QCOMPARE(runProgram({"fly"}).code, 2);
    }

    void wrongUsageExitsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        const QString file = path("stripes.netloom");
        QTest::newRow("nothing") << QStringList{} << "subcommand";
        QTest::newRow("unknown command") << QStringList{"fly"} << "--help";
        QTest::newRow("no file") << QStringList{"train"} << "FILE";
        QTest::newRow("epochs as text") << QStringList{"train", file, "--epochs", "many"} << "whole number";
        QTest::newRow("epochs out of range") << QStringList{"train", file, "--epochs", "0"} << "from 1";
        QTest::newRow("unknown device") << QStringList{"train", file, "--device", "abacus"} << "auto, cpu, cuda";
        QTest::newRow("unknown node") << QStringList{"train", file, "--set", "conf1.out_channels=3"} << "nearest: conv1";
        QTest::newRow("unknown parameter") << QStringList{"train", file, "--set", "conv1.out_chanels=3"} << "nearest: out_channels";
        QTest::newRow("unknown recipe entry, bare") << QStringList{"train", file, "--set", "lrr=3"} << "nearest: lr";
        QTest::newRow("unknown recipe entry") << QStringList{"train", file, "--set", "recipe.lrr=3"} << "nearest: lr";
        QTest::newRow("bad value") << QStringList{"train", file, "--set", "conv1.out_channels=-3"} << "out_channels cannot be -3";
        QTest::newRow("no value") << QStringList{"train", file, "--set", "conv1"} << "NODE.PARAM=VALUE";
        QTest::newRow("unknown template") << QStringList{"new", "rnn", "-o", path("x.netloom")} << "cnn-image-folder";
        QTest::newRow("unknown split") << QStringList{"eval", path("run"), "--split", "half"} << "half";
        QTest::newRow("unknown type") << QStringList{"nodes", "Conv9d"} << "Conv9d";
    }

    void wrongUsageExitsWithTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        const Outcome outcome = run(arguments);
        QVERIFY2(outcome.code == 2, outcome.text());
        QVERIFY2(outcome.error.contains(message), outcome.text());
    }

    void badInputExitsWithOneAndACause_data()
    {
        QTest::addColumn<QString>("change"); // text in the project to replace, "=>", its replacement; "cut" cuts it in half
        QTest::addColumn<QString>("message");
        QTest::newRow("cut in half") << "cut" << "breaks off at line";
        QTest::newRow("data missing") << "data\"}=>gone\"}" << "gone";
        QTest::newRow("kernel larger than its input") << "\"kernel_size\": 3=>\"kernel_size\": 9" << "conv1";
        QTest::newRow("cycle") << "[\"normalize.output\", \"conv1.input\"]=>[\"relu1.output\", \"conv1.input\"]" << "cycle";
        QTest::newRow("no project") << "\"netloom\": 1,=>" << "no Netloom project";
    }

    void badInputExitsWithOneAndACause()
    {
        QFETCH(QString, change);
        QFETCH(QString, message);
        writeProject("bad.netloom", change);
        for (const QStringList &arguments : {QStringList{"check", path("bad.netloom")}, QStringList{"train", path("bad.netloom"), "--json"}}) {
            const Outcome outcome = run(arguments);
            QVERIFY2(outcome.code == 1, outcome.text());
            QVERIFY2((outcome.out + outcome.error).contains(message), outcome.text());
            if (arguments.contains("--json"))
                QVERIFY2(outcome.events().back()["event"].toString() == "failed", outcome.text());
        }
    }

    void missingFilesAndRunsExitWithOne()
    {
        for (const QStringList &arguments : {QStringList{"check", path("none.netloom")}, QStringList{"train", path("none.netloom")},
                 QStringList{"eval", path("none")}, QStringList{"predict", path("none"), path("a.png")}, QStringList{"predict", path("run"), path("a.png")},
                 QStringList{"new", "cnn-image-folder", "-o", path("no/such/folder/x.netloom")}, QStringList{"train", path("stripes.netloom"), "--out", path("run")}}) {
            const Outcome outcome = run(arguments);
            QVERIFY2(outcome.code == 1, outcome.text());
            QVERIFY2(outcome.error.contains(m_folder.path()), outcome.text());
        }
    }

    void diffTellsWhatDiffersAndExitsAsDiffDoes()
    {
        const Outcome same = run({"diff", path("stripes.netloom"), path("stripes.netloom")});
        QVERIFY2(same.code == 0 && same.out.contains("the same"), same.text());
        // The run was trained with other settings than the project has.
        const Outcome table = run({"diff", path("stripes.netloom"), path("run")});
        QVERIFY2(table.code == 1, table.text());
        QVERIFY2(QRegularExpression("~ +conv1 +Conv2d +out_channels +\\d+ +6\n").match(table.out).hasMatch(), table.text());
        QVERIFY2(QRegularExpression("~ +recipe +epochs +\\d+ +2\n").match(table.out).hasMatch(), table.text());
        const Outcome json = run({"diff", path("run"), path("stripes.netloom"), "--json"});
        QVERIFY2(json.code == 1 && json.events().size() == 1, json.text());
        const QJsonObject event = json.events().front();
        QCOMPARE(event["same"].toBool(), false);
        QCOMPARE(event["added"].toArray().size(), 0);
        QCOMPARE(event["changed"][0]["node"].toString(), QString("conv1"));
        QCOMPARE(event["changed"][0]["params"][0]["before"].toString(), QString("6"));
        for (const QStringList &arguments : {QStringList{"diff", path("none.netloom"), path("run")}, QStringList{"diff", path("run"), m_folder.path()},
                 QStringList{"diff", path("run")}}) {
            const Outcome outcome = run(arguments);
            QVERIFY2(outcome.code == 2 && !outcome.error.isEmpty(), outcome.text());
        }
    }

    void interruptKeepsTheRunAndExitsWith130()
    {
        QProcess process;
        process.start(program(), {"train", path("stripes.netloom"), "--json", "--epochs", "10000", "--out", path("interrupted")});
        QByteArray out;
        QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput()).contains("\"epoch\","), kPatience);
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(kPatience));
        out += process.readAllStandardOutput();
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        const QJsonObject end = QJsonDocument::fromJson(out.split('\n').value(out.count('\n') - 1)).object();
        QCOMPARE(end["event"].toString(), QString("end"));
        QVERIFY(end["stopped"].toBool());
        QVERIFY(run({"eval", path("interrupted")}).code == 0);
    }

    void seedsAreRunsOfOneGroupAndRunsAreListedTaggedAndDeleted()
    {
        const QString seeds = path("project/runs/a_seeds");
        QDir().mkpath(path("project"));
        QVERIFY(QFile::copy(path("stripes.netloom"), path("project/stripes.netloom")));
        const Outcome trained = run({"train", path("project/stripes.netloom"), "--data", path("data"), "--epochs", "1", "--seed", "5", "--seeds", "2", "--json", "--out", seeds});
        QVERIFY2(trained.code == 0, trained.text());
        QCOMPARE(trained.events().back()["event"].toString(), QString("seeds"));
        QCOMPARE(trained.events().back()["runs"].toInt(), 2);
        QVERIFY(QFile::exists(seeds + "/seed-5/weights.safetensors") && QFile::exists(seeds + "/seed-6/weights.safetensors"));

        QCOMPARE(run({"runs", "tag", "best, wide", seeds + "/seed-6"}).code, 0);
        const Outcome json = run({"runs", path("project"), "--json", "--filter", "tags:best"});
        QVERIFY2(json.code == 0 && json.events().size() == 2, json.text());
        QCOMPARE(json.events().front()["run"].toString(), QString("a_seeds/seed-6"));
        QCOMPARE(json.events().front()["tags"].toArray(), (QJsonArray{"best", "wide"}));
        QCOMPARE(json.events().front()["recipe"].toObject()["seed"].toString(), QString("6"));
        QCOMPARE(json.events().front()["data"].toString().size(), 16);
        const Outcome csv = run({"runs", path("project/stripes.netloom"), "--csv", "--sort", "seed", "--columns", "run,seed,status"});
        QCOMPARE(csv.out, QString("run,recipe.seed,status\na_seeds/seed-6,6,finished\na_seeds/seed-5,5,finished\n"));
        QCOMPARE(run({"runs", path("project"), "--sort", "colour"}).code, 2);
        QCOMPARE(run({"runs", path("data")}).code, 1);

        QCOMPARE(run({"runs", "delete", "--yes", seeds + "/seed-5"}).code, 0);
        QVERIFY(!QFile::exists(seeds + "/seed-5"));
        QVERIFY(!run({"runs", path("project")}).out.contains("seed-5"));
    }

    void severalLabelsGoThroughEveryCommand()
    {
        QByteArray list = "file,labels,split\n";
        for (int number = 0; number < 36; ++number) {
            const bool standing = number % 2, early = number < 18;
            test::writeBytes(path(QStringLiteral("labelled/%1.png").arg(number)), test::stripesPng(standing, number));
            list += QByteArray::number(number) + ".png," + (standing ? "standing" : "lying") + (early ? ";early," : ",") + (number % 3 ? "train\n" : "test\n");
        }
        test::writeBytes(path("labelled/list.csv"), list);
        QCOMPARE(run({"new", "cnn-image-folder", "-o", path("labelled.netloom"), "--data", path("labelled")}).code, 0);
        const Outcome wrong = run({"check", path("labelled.netloom")});
        QVERIFY2(wrong.code == 1 && wrong.out.contains("use BCEWithLogitsLoss"), wrong.text());
        QFile file(path("labelled.netloom"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray project = file.readAll().replace("CrossEntropyLoss", "BCEWithLogitsLoss").replace("\"label_smoothing\": 0.0", "\"main_head\": false");
        file.close();
        test::writeBytes(path("labelled.netloom"), project);

        const Outcome trained = run({"train", path("labelled.netloom"), "--epochs", "2", "--set", "resize.size=12", "--set", "data.split_column=split", "--json", "--out", path("labelled_run")});
        QVERIFY2(trained.code == 0, trained.text());
        QCOMPARE(eventsOf(trained, "start").first()["labels"].toArray().size(), 3);
        const QJsonObject end = eventsOf(trained, "end").first();
        for (const char *figure : {"test_accuracy", "test_hamming_loss", "test_macro_f1", "test_micro_f1"})
            QVERIFY2(end[QLatin1String(figure)].isDouble(), figure);
        const Outcome judged = run({"eval", path("labelled_run"), "--json"});
        QVERIFY2(judged.code == 0, judged.text());
        const QJsonObject said = eventsOf(judged, "end").first();
        QCOMPARE(said["test_accuracy"], end["test_accuracy"]);
        QCOMPARE(said["hamming_loss"], end["test_hamming_loss"]);
        QCOMPARE(said["labels"].toArray().size(), 3);
        for (const QJsonValue &label : said["labels"].toArray())
            QCOMPARE(label["hits"].toInt() + label["false_alarms"].toInt() + label["misses"].toInt() + label["rest"].toInt(), 12);
        QVERIFY(!said.contains("confusion"));
        QVERIFY(run({"eval", path("labelled_run")}).out.contains("exact match"));
        const Outcome told = run({"predict", path("labelled_run"), path("labelled/3.png"), "--threshold", "0", "--json"});
        const QJsonObject prediction = eventsOf(told, "prediction").first();
        QCOMPARE(prediction["labels"].toArray().size(), 3);
        QCOMPARE(prediction["probabilities"].toObject().size(), 3);
        test::writeBytes(path("labelled_run/threshold.json"), "{\"threshold\": 0}"); // as the window keeps what was chosen there
        const Outcome kept = run({"predict", path("labelled_run"), path("labelled/3.png"), "--csv"});
        QVERIFY2(kept.out.contains("early;lying;standing") && kept.error.contains("from a probability of 0 on"), kept.text());
        QVERIFY(run({"predict", path("labelled_run"), path("labelled/3.png"), "--csv"}).out.startsWith("file,labels,early,lying,standing,error"));
    }

    void runsLieBesideTheProject()
    {
        const Outcome outcome = run({"train", path("stripes.netloom"), "--epochs", "1"});
        QVERIFY2(outcome.code == 0, outcome.text());
        QVERIFY2(outcome.out.contains("epoch 1/1") && outcome.out.contains("test"), outcome.text());
        QVERIFY(!outcome.error.contains('\r'));
        QCOMPARE(QDir(path("runs")).entryList({"*_stripes"}, QDir::Dirs).size(), 1);
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    void writeProject(const QString &name, const QString &change) const
    {
        QString text = QString::fromStdString(test::stripesProject("data"));
        // Normalised as a network should be, so that nothing is said about it.
        text.replace(R"(["to_tensor.output", "conv1.input"])", R"(["to_tensor.output", "normalize.input"], ["normalize.output", "conv1.input"])");
        text.replace(R"({"id": 4,)", R"({"id": 9, "name": "normalize", "type": "Normalize"}, {"id": 4,)");
        if (change == "cut")
            text.truncate(text.size() / 2);
        else if (!change.isEmpty())
            text.replace(change.section("=>", 0, 0), change.section("=>", 1));
        test::writeBytes(path(name), text.toUtf8());
    }

    const QTemporaryDir m_folder;
    Outcome m_train;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
