// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_store.h"

#include "runs/fingerprint.h"
#include "runs/run_lock.h"
#include "support/run_folders.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace netloom;

/// The store of a project's runs: what comes in, what stays, what several do at once, and what becomes of a broken one.
class TestRunStore : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString base() const { return m_folder->filePath("runs"); }
    QString folder(const QString &name) const { return base() + '/' + name; }
    std::filesystem::path path(const QString &name) const { return folder(name).toStdString(); }
    std::unique_ptr<RunStore> open() const { return std::make_unique<RunStore>(base().toStdString()); }
    static std::vector<RunEntry> listed(RunStore &store)
    {
        const auto runs = store.list();
        return runs ? *runs : std::vector<RunEntry>();
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aRunComesInWithAllThatItsFolderTells()
    {
        test::writeRunFolder(folder("one"), {.lr = 0.25, .seed = 7});
        const auto store = open();
        QVERIFY(store->isLasting() && store->update(path("one")).ok());
        const auto runs = listed(*open());
        QCOMPARE(runs.size(), std::size_t(1));
        const RunEntry &run = runs[0];
        QCOMPARE(run.folder, path("one"));
        QCOMPARE(run.recipe.at("lr"), std::string("0.25"));
        QCOMPARE(run.recipe.at("seed"), std::string("7"));
        QCOMPARE(run.figure("test_accuracy"), std::optional(0.9));
        QCOMPARE(run.figure("val_accuracy"), std::optional(0.9));
        QCOMPARE(run.seconds, 10.0);
        QCOMPARE(run.torch, std::string("1.13"));
        QCOMPARE(run.dataPrint, std::string("0123456789abcdef"));
        const RunCurves curves = store->curves(path("one"));
        QCOMPARE(curves.at("train_loss").size(), std::size_t(5));
        QCOMPARE(curves.at("train_loss")[1].second, 0.4 * (1 - 0.1));
        QVERIFY(store->network(path("one")).find("\"seed\": 7") != std::string::npos);
    }

    void foldersAreAdoptedAtBothDepthsAndFollowedAsTheyChange()
    {
        test::writeRunFolder(folder("old"));
        test::writeRunFolder(folder("search-first/trial-001"));
        test::writeRunFolder(folder("two_seeds/seed-1"));
        test::writeRunFolder(folder(".trash/gone"));
        QDir().mkpath(folder("empty"));
        const auto store = open();
        QVERIFY(store->adoptFolders().ok());
        auto runs = listed(*store);
        QCOMPARE(runs.size(), std::size_t(3));
        const auto trial = std::ranges::find(runs, std::string("search-first"), &RunEntry::group);
        QVERIFY(trial != runs.end() && !trial->isOfSeeds);
        QVERIFY(std::ranges::find(runs, std::string("two_seeds"), &RunEntry::group)->isOfSeeds);

        QVERIFY(store->setTags(path("old"), {"best", "of all"}).ok());
        QVERIFY(store->setNote(path("old"), "wider").ok());
        QVERIFY(!store->setNote(path("none"), "wider").ok());
        test::writeRunFolder(folder("old"), {.epochs = 9, .accuracy = 0.95});
        QDir(folder("search-first")).removeRecursively();
        QVERIFY(store->adoptFolders().ok());
        runs = listed(*store);
        QCOMPARE(runs.size(), std::size_t(2));
        const auto old = std::ranges::find(runs, path("old"), &RunEntry::folder);
        QCOMPARE(old->accuracy, std::optional(0.95));
        QCOMPARE(old->tags, (std::vector<std::string>{"best", "of all"}));
        QCOMPARE(old->note, std::string("wider"));
        QCOMPARE(store->curves(path("old")).at("val_loss").size(), std::size_t(9));
    }

    void aFolderThatComesBackHasItsTags()
    {
        test::writeRunFolder(folder("one"));
        const auto store = open();
        QVERIFY(store->adoptFolders().ok() && store->setTags(path("one"), {"keep"}).ok());
        QVERIFY(QDir().rename(folder("one"), m_folder->filePath("away")));
        QVERIFY(store->adoptFolders().ok());
        QVERIFY(listed(*store).empty());
        QVERIFY(QDir().rename(m_folder->filePath("away"), folder("one")));
        QVERIFY(store->adoptFolders().ok());
        QCOMPARE(listed(*store).at(0).tags, std::vector<std::string>{"keep"});
    }

    void theProjectsFolderCanBeMoved()
    {
        test::writeRunFolder(folder("one"));
        {
            const auto store = open();
            QVERIFY(store->adoptFolders().ok() && store->setTags(path("one"), {"keep"}).ok());
        }
        const QTemporaryDir other;
        const QString moved = other.filePath("elsewhere");
        QVERIFY(QProcess::execute("cp", {"-r", base(), moved}) == 0);
        RunStore store(moved.toStdString());
        QCOMPARE(listed(store).at(0).folder, std::filesystem::path((moved + "/one").toStdString()));
        QCOMPARE(listed(store).at(0).tags, std::vector<std::string>{"keep"});
    }

    void aRunWhoseProcessDiedIsInterrupted()
    {
        test::writeRunFolder(folder("one"), {.status = "running"});
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = fork();
        if (child == 0) {
            RunLock lock;
            const char told = lock.take(path("one")) ? 'y' : 'n';
            (void)!::write(ready[1], &told, 1);
            ::pause();
            ::_exit(0);
        }
        char told = 0;
        QCOMPARE(::read(ready[0], &told, 1), ssize_t(1));
        QCOMPARE(told, 'y');
        const auto store = open();
        QVERIFY(store->adoptFolders().ok());
        QCOMPARE(listed(*store).at(0).status, std::string("running"));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        QVERIFY(store->adoptFolders().ok());
        QCOMPARE(listed(*store).at(0).status, std::string("interrupted"));
        RunLock resumed;
        QVERIFY(resumed.take(path("one")));
        QVERIFY(store->adoptFolders().ok());
        QCOMPARE(listed(*store).at(0).status, std::string("running"));
    }

    void manyProcessesWriteAtOnce()
    {
        constexpr int kWriters = 6, kRuns = 12;
        for (int writer = 0; writer < kWriters; ++writer) {
            for (int run = 0; run < kRuns; ++run)
                test::writeRunFolder(folder(QStringLiteral("w%1-%2").arg(writer).arg(run)));
        }
        std::vector<pid_t> writers;
        for (int writer = 0; writer < kWriters; ++writer) {
            const pid_t child = fork();
            if (child == 0) {
                bool well = true;
                RunStore store(base().toStdString());
                for (int run = 0; run < kRuns; ++run)
                    well = store.update(path(QStringLiteral("w%1-%2").arg(writer).arg(run))).ok() && well;
                ::_exit(well && store.isLasting() ? 0 : 1);
            }
            writers.push_back(child);
        }
        for (const pid_t writer : writers) {
            int status = 1;
            ::waitpid(writer, &status, 0);
            QCOMPARE(status, 0);
        }
        const auto store = open();
        QCOMPARE(listed(*store).size(), std::size_t(kWriters * kRuns));
        QCOMPARE(store->curves(path("w3-11")).at("val_loss").size(), std::size_t(5));
    }

    void aBrokenFileIsSetAsideAndBuiltAnew_data()
    {
        QTest::addColumn<int>("from");
        QTest::newRow("no database at all") << 0;
        QTest::newRow("pages overwritten") << 4096;
        QTest::newRow("a column with another name") << -1;
    }
    void aBrokenFileIsSetAsideAndBuiltAnew()
    {
        QFETCH(int, from);
        for (int run = 0; run < 40; ++run)
            test::writeRunFolder(folder(QString::number(run)));
        {
            const auto store = open();
            QVERIFY(store->adoptFolders().ok() && store->setTags(path("3"), {"lost"}).ok());
        }
        QFile file(folder("runs.sqlite"));
        QVERIFY(file.open(QFile::ReadWrite));
        QByteArray bytes = file.readAll();
        if (from >= 0)
            bytes.replace(from, bytes.size() - from, QByteArray(bytes.size() - from, 'x'));
        else
            bytes.replace("threads INTEGER", "thr_ads INTEGER");
        QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
        file.close();

        const auto store = open();
        QVERIFY(store->adoptFolders().ok());
        QCOMPARE(listed(*store).size(), std::size_t(40));
        const auto notes = store->takeNotes();
        QCOMPARE(notes.size(), std::size_t(1));
        QVERIFY(notes[0].find("runs.sqlite.broken-1") != std::string::npos);
        QVERIFY(QFileInfo::exists(folder("runs.sqlite.broken-1")));
        QVERIFY(store->isLasting());
        QCOMPARE(store->curves(path("3")).at("val_loss").size(), std::size_t(5));
        QVERIFY(open()->takeNotes().empty());
    }

    void aNewerOneIsLeftAloneAndTheRunsAreSeen()
    {
        test::writeRunFolder(folder("one"));
        open().reset();
        QFile file(folder("runs.sqlite"));
        QVERIFY(file.open(QFile::ReadWrite));
        file.seek(60); // user_version, as SQLite's file format has it
        file.write(QByteArray("\0\0\0\x63", 4));
        file.close();
        const auto store = open();
        QVERIFY(!store->isLasting());
        QVERIFY(store->takeNotes().at(0).find("newer version") != std::string::npos);
        QCOMPARE(listed(*store).size(), std::size_t(1));
        QCOMPARE(open()->takeNotes().size(), std::size_t(1));
    }

    void whereNothingCanBeWrittenTheRunsAreSeenAllTheSame()
    {
        RunStore store("/proc/nowhere/runs");
        QVERIFY(!store.isLasting());
        QVERIFY(listed(store).empty());
        QVERIFY(!store.update("/proc/nowhere/runs/one").ok());
    }

    void aThousandRunsComeInAndAreListedQuickly()
    {
        for (int run = 0; run < 1000; ++run)
            test::writeRunFolder(folder(QString::number(run)), {.epochs = 3});
        const auto store = open();
        QElapsedTimer clock;
        clock.start();
        QVERIFY(store->adoptFolders().ok());
        const qint64 first = clock.restart();
        QVERIFY(store->adoptFolders().ok());
        const qint64 again = clock.elapsed();
        QCOMPARE(listed(*store).size(), std::size_t(1000));
        QVERIFY2(again * 3 < first, qPrintable(QStringLiteral("%1 ms after %2 ms").arg(again).arg(first))); // nothing is read twice
    }

    void aFingerprintTellsFilesApart()
    {
        test::writeText(folder("a"), "same");
        test::writeText(folder("b"), "same");
        test::writeText(folder("c"), "other");
        const auto contents = [this](const char *name) {
            Fingerprint print;
            print.addContents(path(name));
            return print.text();
        };
        QCOMPARE(contents("a"), contents("b"));
        QVERIFY(contents("a") != contents("c"));
        Fingerprint one, other;
        one.add("ab");
        one.add("c");
        other.add("a");
        other.add("bc");
        QVERIFY(one.text() != other.text());
    }

    void tagsAreReadFromText()
    {
        QCOMPARE(tagsFromText(" rose,best of all , rose,,"), (std::vector<std::string>{"rose", "best of all"}));
        QCOMPARE(tagsText({"rose", "best of all"}), std::string("rose, best of all"));
        QVERIFY(tagsFromText("").empty());
    }
};

QTEST_GUILESS_MAIN(TestRunStore)
#include "tst_run_store.moc"
