// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"
#include "project/stored_path.h"
#include "project/templates.h"
#include "run/registry.h"
#include "support/stripes.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace netloom;

class TestProjectPaths : public QObject {
    Q_OBJECT

private slots:
    void pathNearTheProjectIsStoredRelative_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("stored");
        QTest::newRow("below") << "/home/ada/nets/data/cats" << "data/cats";
        QTest::newRow("the folder itself") << "/home/ada/nets/" << ".";
        QTest::newRow("beside") << "/home/ada/pictures" << "../pictures";
        QTest::newRow("untidy") << "/home/ada/nets/../pictures//cats/" << "../pictures/cats";
        QTest::newRow("only the root in common") << "/usr/share/datasets" << "/usr/share/datasets";
        QTest::newRow("nothing") << "" << "";
        QTest::newRow("relative already") << "cats" << "cats";
    }

    void pathNearTheProjectIsStoredRelative()
    {
        QFETCH(QString, path);
        QFETCH(QString, stored);
        QCOMPARE(QString::fromStdString(storedPath(path.toStdString(), "/home/ada/nets")), stored);
    }

    void farPathStaysAbsolute()
    {
        QCOMPARE(storedPath("/a/x", "/a/b/c/d"), std::string("../../../x"));
        QCOMPARE(storedPath("/a/x", "/a/b/c/d/e"), std::string("/a/x"));
    }

    void movedTogetherTheDataIsStillFound()
    {
        Project project = makeProject(projectTemplates().back(), m_registry, "/old/place/data");
        const std::string text = projectToJson(project, m_registry, "/old/place/nets");
        const auto loaded = projectFromJson(text, m_registry, "/new/place/nets");
        QVERIFY(loaded.ok());
        QCOMPARE(dataFolder(loaded->project, m_registry), std::string("/new/place/data"));
    }

    void savedFileLoadsEqual()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("net.netloom").toStdString();
        const Project project = makeProject(*findTemplate("cnn-fashion-mnist"), m_registry, folder.filePath("data").toStdString());
        QVERIFY(saveProject(project, m_registry, file).ok());
        const auto loaded = loadProject(m_registry, file);
        QVERIFY(loaded.ok());
        QVERIFY(loaded->project == project);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList("net.netloom"));
    }

    void writingKeepsPermissionsAndLinks()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("real").toStdString();
        const std::filesystem::path link = folder.filePath("link").toStdString();
        QVERIFY(writeFileAtomically(file, "old").ok());
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        std::filesystem::create_symlink("real", link);
        QVERIFY(writeFileAtomically(link, "new").ok());
        QVERIFY(std::filesystem::is_symlink(link));
        QCOMPARE(*readFile(file), std::string("new"));
        struct stat info {};
        QCOMPARE(::stat(file.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 07777, mode_t(0640));
    }

    void failedWriteLeavesTheOldFileWhole()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("file").toStdString();
        QVERIFY(writeFileAtomically(file, "old").ok());
        rlimit old{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
        const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{1024, old.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const Result<Done> written = writeFileAtomically(file, std::string(5000, 'x'));
        ::setrlimit(RLIMIT_FSIZE, &old);
        std::signal(SIGXFSZ, oldHandler);
        QVERIFY(!written.ok());
        QVERIFY2(written.error().text.find("larger than") != std::string::npos, written.error().text.c_str());
        QCOMPARE(*readFile(file), std::string("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList("file"));
    }

    void errorNamesFileAndCause_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("cause");
        QTest::newRow("missing folder") << "none/file" << "does not exist";
        QTest::newRow("a folder") << "" << "it is a folder";
        QTest::newRow("below a file") << "file/below" << "no folder";
    }

    void errorNamesFileAndCause()
    {
        QFETCH(QString, path);
        QFETCH(QString, cause);
        const QTemporaryDir folder;
        QVERIFY(writeFileAtomically(folder.filePath("file").toStdString(), "x").ok());
        const std::string file = (folder.path() + (path.isEmpty() ? "" : "/" + path)).toStdString();
        for (const std::string &error : {writeFileAtomically(file, "y").error().text, readFile(file).error().text}) {
            QVERIFY2(error.find(file) != std::string::npos, error.c_str());
            QVERIFY2(error.find(cause.toStdString()) != std::string::npos, error.c_str());
        }
    }

private:
    const NodeRegistry m_registry = fullRegistry();
};

QTEST_APPLESS_MAIN(TestProjectPaths)
#include "tst_project_paths.moc"
