// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/infer_shapes.h"
#include "project/bench_network.h"
#include "run/registry.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace netloom;

/// That the bench runs and tells all its figures; how fast anything is decides no test.
class TestCanvasBench : public QObject {
    Q_OBJECT

private slots:
    void networkIsSoundAndOfTheSizeThatItSays()
    {
        const NodeRegistry registry = fullRegistry();
        const Graph graph = benchNetwork(registry);
        QCOMPARE(graph.nodes().size(), 1000u);
        QCOMPARE(graph.links().size(), 1500u);
        QCOMPARE(graph, benchNetwork(registry));
        const Inference inference = inferShapes(graph, registry, {});
        for (const Issue &issue : inference.issues)
            QVERIFY2(issue.code == "no-data", issue.text.c_str());
        for (const auto &[id, shapes] : inference.nodes)
            QVERIFY2(shapes.known, nodeTitle(*graph.find(id)).c_str());
    }

    void everyFigureIsOneJsonLine()
    {
        QProcess process;
        process.start(program(), {"bench", "canvas", "--frames", "2", "--json"});
        QVERIFY(process.waitForFinished(120'000));
        const QByteArray error = process.readAllStandardError();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, error);
        QStringList names;
        for (const QByteArray &line : process.readAllStandardOutput().trimmed().split('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(line).object();
            if (event["event"] == "bench") {
                QCOMPARE(event["nodes"].toInt(), 1000);
                QCOMPARE(event["wires"].toInt(), 1500);
                QCOMPARE(event["width"].toInt(), 1920);
                QCOMPARE(event["height"].toInt(), 1080);
                continue;
            }
            QVERIFY2(event["event"] == "figure" && event["count"].toInt() > 0, line);
            QVERIFY2(event["median_ms"].toDouble() > 0 && event["p99_ms"].toDouble() >= event["median_ms"].toDouble(), line);
            QCOMPARE(event.contains("goal_ms"), event.contains("holds"));
            names << event["name"].toString();
        }
        for (const char *name : {"open", "pan_whole", "pan_40", "pan_100", "zoom", "drag_node", "drag_50_nodes", "inference", "edit", "paste", "undo_paste", "redo_paste"})
            QVERIFY2(names.removeOne(name), name);
        QVERIFY2(names.isEmpty(), qPrintable(names.join(' ')));
    }

    void commandSaysWhereTheWindowIsMissing()
    {
        const QTemporaryDir folder;
        const QString alone = folder.filePath("netloom-cli");
        QVERIFY(QFile::copy(program(), alone));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("PATH", folder.path());
        process.setProcessEnvironment(environment);
        process.start(alone, {"bench", "canvas"});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("'netloom'"));
    }

private:
    static QString program() { return qEnvironmentVariable("NETLOOM_CLI"); }
};

QTEST_MAIN(TestCanvasBench)

#include "tst_canvas_bench.moc"
