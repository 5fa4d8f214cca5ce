// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"
#include "runs/run_lock.h"
#include "support/stripes.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace netloom;

namespace {

constexpr int kPatience = 120000; // ms; far more than a training needs
constexpr int kKills = 20;
constexpr int kKillsInARow = 4; ///< of one run
constexpr std::uint32_t kSeed = 5;
constexpr std::uint32_t kMostEpochs = 70; ///< that a program tells before it is killed
constexpr std::uint32_t kMostWait = 120;  ///< ms, thereafter

} // namespace

/// Programs that are killed without warning, over and over: the run that they leave behind ends as if nothing had happened.
class KillTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;
    QString m_project;

    static QString program() { return qEnvironmentVariable("NETLOOM_CLI"); }
    QString folder(const QString &name) const { return m_home.filePath(name); }

    static QByteArray bytesOf(const QString &file)
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

    /// epoch,split,loss,accuracy and lr of every row.
    static QByteArray metricsOf(const QString &run)
    {
        QByteArray kept;
        for (const QByteArray &line : bytesOf(run + "/metrics.csv").split('\n')) {
            const QByteArrayList fields = line.split(',');
            if (fields.size() == 7)
                kept += fields[0] + ',' + fields[1] + ',' + fields[2] + ',' + fields[3] + ',' + fields[6] + '\n';
        }
        return kept;
    }

    QStringList commandFor(const QString &run) const
    {
        if (QFile::exists(run + "/project.netloom"))
            return {"resume", run, "--json"};
        QDir(run).removeRecursively(); // killed before there was anything
        return {"train", m_project, "--out", run, "--json"};
    }

    /// Runs to the end.
    static QByteArray finish(const QStringList &command)
    {
        QProcess process;
        process.start(program(), command);
        if (!process.waitForFinished(kPatience) || process.exitCode() != 0)
            return "failed: " + process.readAllStandardOutput() + process.readAllStandardError();
        return process.readAllStandardOutput();
    }

    /// Starts @p command and kills it without warning, @p wait ms after @p epochs were told, or after its start where they are below 0. False where
    /// it ended before. @p told is what it calls an epoch.
    static bool killed(const QStringList &command, int epochs, int wait, int number, const QString &run, const QByteArray &told = "\"event\":\"epoch\"")
    {
        QProcess process;
        process.start(program(), command);
        if (!process.waitForStarted())
            return false;
        QByteArray said;
        while (epochs >= 0 && process.state() == QProcess::Running
            && ((!said.contains("\"start\"") && !said.contains("\"search\"")) || said.count(told) < epochs)) {
            process.waitForReadyRead(kPatience);
            said += process.readAllStandardOutput();
        }
        if (process.state() == QProcess::NotRunning || process.waitForFinished(wait))
            return false;
        process.kill();
        process.waitForFinished(kPatience);
        said += process.readAllStandardOutput();
        qInfo("kill %2d of %s: %s, %3d ms after %s, %3d epochs told, %s", number, qPrintable(QFileInfo(run).fileName()), qPrintable(command.front()), wait,
            epochs < 0 ? "the program's start" : qPrintable(QStringLiteral("epoch %1").arg(epochs)), int(said.count(told)),
            QFile::exists(run + "/checkpoint.safetensors") ? "checkpoint there" : "no checkpoint");
        return process.exitStatus() == QProcess::CrashExit;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(QFile::exists(program()));
        qputenv("XDG_CACHE_HOME", m_home.filePath("cache").toUtf8());
        test::writeStripes(m_home.filePath("stripes"));
        QString text = QString::fromStdString(test::stripesProject(m_home.filePath("stripes"), 250));
        text.replace("\"threads\": 1", "\"threads\": 1, \"checkpoint_minutes\": 0.0003"); // 18 ms: in the middle of epochs too
        text.replace("{\"id\": 6,", "{\"id\": 9, \"name\": \"drop\", \"type\": \"Dropout\", \"position\": [240, 400]},\n    {\"id\": 6,");
        text.replace("[\"relu1.output\", \"flatten.input\"]", "[\"relu1.output\", \"drop.input\"], [\"drop.output\", \"flatten.input\"]");
        text.replace("{\"id\": 3,", "{\"id\": 10, \"name\": \"flip\", \"type\": \"RandomHorizontalFlip\", \"position\": [480, 120]},\n    {\"id\": 3,");
        text.replace("[\"resize.output\", \"to_tensor.input\"]", "[\"resize.output\", \"flip.input\"], [\"flip.output\", \"to_tensor.input\"]");
        m_project = m_home.filePath("stripes.netloom");
        test::writeBytes(m_project, text.toUtf8());
    }

    void aRunKilledAtAnyMomentEndsAsIfNothingHadHappened()
    {
        const QString whole = folder("whole");
        const QByteArray output = finish({"train", m_project, "--out", whole, "--json"});
        QVERIFY2(output.contains("\"end\""), output);
        const QByteArray weights = bytesOf(whole + "/weights.safetensors");
        QVERIFY(!weights.isEmpty());
        QVERIFY(!QFile::exists(whole + "/checkpoint.safetensors"));

        std::mt19937 random(kSeed);
        int kills = 0;
        for (int number = 1; kills < kKills; ++number) {
            const QString run = folder(QStringLiteral("killed%1").arg(number));
            for (int row = 0; row < kKillsInARow && kills < kKills; ++row)
                kills += killed(commandFor(run), row == number % kKillsInARow ? -1 : int(random() % kMostEpochs), int(random() % kMostWait), kills + 1, run);
            QVERIFY(!isBeingTrained(run.toStdString()));
            const bool atItsEnd = bytesOf(run + "/run.json").contains("\"status\": \"finished\"");
            const QByteArray rest = atItsEnd ? QByteArray() : finish(commandFor(run));
            QVERIFY2(atItsEnd || rest.contains("\"end\""), rest);
            const qsizetype at = rest.indexOf("{\"event\":\"resumed\"");
            qInfo("run %d: %s, same weights: %s", number, atItsEnd ? "was finished" : at < 0 ? "from the start" : rest.mid(at, rest.indexOf('\n', at) - at).constData(),
                bytesOf(run + "/weights.safetensors") == weights ? "yes" : "NO");
            QVERIFY(bytesOf(run + "/weights.safetensors") == weights);
            QCOMPARE(metricsOf(run), metricsOf(whole));
            QVERIFY(QDir(run).entryList({".*.part"}, QDir::Files | QDir::Hidden).isEmpty());
        }
    }

    void stopsAfterAnEpochAndResumes()
    {
        const QString run = folder("stages");
        QByteArray output = finish({"train", m_project, "--out", run, "--json", "--stop-after-epoch", "20"});
        QVERIFY2(output.contains("\"stopped\":true"), output);
        QVERIFY(bytesOf(run + "/run.json").contains("\"status\": \"stopped\""));
        output = finish({"resume", run, "--json", "--stop-after-epoch", "40"});
        QVERIFY2(output.contains("\"stopped\":true"), output);
        QCOMPARE(output.count("\"event\":\"epoch\""), 20);
        output = finish({"resume", run, "--json"});
        QVERIFY2(output.contains("\"stopped\":false"), output);
        QVERIFY(bytesOf(run + "/weights.safetensors") == bytesOf(folder("whole") + "/weights.safetensors"));
        QCOMPARE(metricsOf(run), metricsOf(folder("whole")));
        output = finish({"resume", run, "--json"});
        QVERIFY2(output.startsWith("failed") && output.contains("nothing to resume"), output);
    }

    /// Journal and trials' folders together know everything, and nothing trains for a search that is gone.
    void aSearchKilledAtAnyMomentEndsAsIfNothingHadHappened()
    {
        constexpr int kSearchKills = 8;
        constexpr std::uint32_t kMostScores = 9;
        const auto search = [&](const QString &name) {
            return QStringList{"search", m_project, "--name", name, "--param", "lr=0.001..0.1:log", "--sampler", "random", "--pruner", "halving", "--epochs", "27",
                "--budget", "4", "--jobs", "1", "--json"};
        };
        const auto bestOf = [](const QByteArray &output) {
            const qsizetype from = output.lastIndexOf("\"best\":");
            return output.mid(from, output.indexOf("\"run_dir\"", from) - from);
        };
        const QByteArray whole = finish(search("whole"));
        QVERIFY2(whole.contains("\"event\":\"end\""), whole);
        std::mt19937 random(kSeed);
        const QString cut = folder("runs/search-cut");
        const auto command = [&] { return QFile::exists(cut + "/search.jsonl") ? QStringList{"search", cut, "--resume", "--json"} : search("cut"); };
        for (int kill = 1; kill <= kSearchKills; ++kill)
            killed(command(), int(random() % kMostScores), int(random() % kMostWait), kill, cut, "\"event\":\"score\"");
        const QByteArray rest = finish(command());
        QVERIFY2(rest.contains("\"event\":\"end\"") && rest.contains("\"failed\":0"), rest);
        QCOMPARE(bestOf(rest), bestOf(whole));
        for (const QString &trial : QDir(folder("runs/search-whole")).entryList({"trial-*"}, QDir::Dirs)) {
            QVERIFY(bytesOf(cut + '/' + trial + "/weights.safetensors") == bytesOf(folder("runs/search-whole/") + trial + "/weights.safetensors"));
            QCOMPARE(metricsOf(cut + '/' + trial), metricsOf(folder("runs/search-whole/") + trial));
        }
    }

    void aTrialEndsWithItsSearch()
    {
        QProcess process;
        process.start(program(), {"search", m_project, "--name", "gone", "--param", "lr=0.01|0.1", "--sampler", "grid", "--epochs", "10000", "--jobs", "1", "--json"});
        QVERIFY(process.waitForStarted());
        const std::string trial = (m_home.filePath("runs/search-gone/trial-001")).toStdString();
        QTRY_VERIFY_WITH_TIMEOUT(isBeingTrained(trial), kPatience);
        process.kill();
        QVERIFY(process.waitForFinished(kPatience));
        QTRY_VERIFY_WITH_TIMEOUT(!isBeingTrained(trial), kPatience);
    }

    void aFullDiskStopsTheRunWhichKeepsItsCheckpoint()
    {
        const QString run = folder("full");
        QVERIFY(finish({"train", m_project, "--out", run, "--json", "--stop-after-epoch", "5"}).contains("\"stopped\":true"));
        const QByteArray checkpoint = bytesOf(run + "/checkpoint.safetensors");
        QProcess process; // no file may grow beyond 4 KiB: the metrics fit, a checkpoint doesn't
        process.start("sh", {"-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" resume \"$1\" --json", program(), run});
        QVERIFY(process.waitForFinished(kPatience));
        const QByteArray output = process.readAllStandardOutput();
        QCOMPARE(process.exitCode(), 1);
        QVERIFY2(output.contains("checkpoint.safetensors") && output.contains("can be resumed"), output);
        QVERIFY(bytesOf(run + "/checkpoint.safetensors") == checkpoint);
        QVERIFY(finish({"resume", run, "--json"}).contains("\"stopped\":false"));
        QVERIFY(bytesOf(run + "/weights.safetensors") == bytesOf(folder("whole") + "/weights.safetensors"));
    }

    void aRunThatIsBeingTrainedIsNotResumed()
    {
        const QString run = folder("busy");
        QProcess process;
        process.start(program(), {"train", m_project, "--out", run, "--json", "--epochs", "10000"});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(run + "/checkpoint.safetensors"), kPatience);
        const QByteArray output = finish({"resume", run, "--json"});
        QVERIFY2(output.contains("being trained already"), output);
        process.kill();
        QVERIFY(process.waitForFinished(kPatience));
    }
};

QTEST_GUILESS_MAIN(KillTest)
#include "tst_kill_resume.moc"
