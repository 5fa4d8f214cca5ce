// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/bench/train_bench.h"

#include "desktop/main_window.h"

#include <QApplication>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <mutex>

namespace netloom {

namespace {

/// The best epoch's rate: what disturbs a machine only makes epochs slower.
class BestEpoch {
public:
    void operator()(const TrainEvent &event)
    {
        const std::lock_guard lock(m_mutex);
        if (const auto *epoch = std::get_if<EpochDone>(&event))
            m_rate = std::max(m_rate, epoch->train.imagesPerSecond());
        else if (const auto *failed = std::get_if<TrainFailed>(&event))
            m_failure = failed->text;
    }
    double rate() const { return m_rate; }
    const std::string &failure() const { return m_failure; }

private:
    std::mutex m_mutex;
    double m_rate = 0;
    std::string m_failure;
};

void trainInWindow(const NodeRegistry &registry, const QString &file, BestEpoch &best)
{
    MainWindow window(registry);
    window.resize(1920, 1080);
    window.files().openFile(file);
    window.show();
    QApplication::processEvents();
    QEventLoop loop;
    QObject::connect(&window.session(), &TrainingSession::eventReceived, &window, [&best](const TrainEvent &event) { best(event); });
    QObject::connect(&window.session(), &TrainingSession::ended, &loop, &QEventLoop::quit);
    window.startTraining();
    if (window.session().active())
        loop.exec();
    QApplication::processEvents();
}

void trainAlone(const NodeRegistry &registry, const Project &project, BestEpoch &best)
{
    const QTemporaryDir folder;
    TrainingRun::Options options;
    options.folder = folder.filePath("run").toStdString();
    TrainingRun run(registry, project, options, [&best](const TrainEvent &event) { best(event); });
    run.start();
    run.wait();
}

int fail(const std::string &text)
{
    std::fprintf(stderr, "error: %s\n", text.c_str());
    return 1;
}

void print(const char *way, double rate)
{
    const QJsonObject object{{"event", "window"}, {"way", way}, {"images_per_second", rate}};
    std::printf("%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int runTrainBench(const NodeRegistry &registry, const TrainBenchOptions &options)
{
    const auto loaded = loadProject(registry, options.project.toStdString());
    if (!loaded)
        return fail(loaded.error().text);
    for (int time = 0; time < options.times; ++time) {
        BestEpoch off;
        trainAlone(registry, loaded->project, off);
        BestEpoch on;
        trainInWindow(registry, options.project, on);
        for (const BestEpoch *best : {&off, &on}) {
            if (best->rate() == 0)
                return fail(best->failure().empty() ? "No epoch was trained." : best->failure());
        }
        print("off", off.rate());
        print("on", on.rate());
    }
    return 0;
}

} // namespace netloom
