// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_files.h"

#include <QDir>
#include <QFile>
#include <QString>
#include <QTest>

namespace netloom::test {

/// A run's folder as a training leaves it behind, with made-up figures.
struct RunFiles {
    QString started = QStringLiteral("2026-11-24T14:03:00+0100");
    QString status = QStringLiteral("finished");
    double lr = 0.001;
    int seed = 1;
    int epochs = 5;
    double accuracy = 0.9; ///< on the test samples
    double loss = 0.4;     ///< in the first epoch; it falls by a tenth of it from epoch to epoch
    QByteArray nodes = {};
};

inline void writeText(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
}

inline void writeRunFolder(const QString &folder, const RunFiles &run = {})
{
    const auto number = [](double value) { return QByteArray::number(value, 'g', 17); };
    QByteArray metrics = "epoch,split,loss,accuracy,seconds,images_per_second\n";
    for (int epoch = 1; epoch <= run.epochs; ++epoch) {
        const double loss = run.loss * (1 - 0.1 * (epoch - 1));
        metrics += QByteArray::number(epoch) + ",train," + number(loss) + "," + number(0.5 + 0.05 * epoch) + ",1.5,100\n";
        metrics += QByteArray::number(epoch) + ",val," + number(loss + 0.1) + "," + number(run.accuracy - 0.01 * (run.epochs - epoch)) + ",0.5,100\n";
    }
    writeText(folder + "/metrics.csv", metrics);
    writeText(folder + "/project.netloom",
        "{\"netloom\": 1, \"recipe\": {\"epochs\": " + QByteArray::number(run.epochs) + ", \"optimizer\": \"Adam\", \"lr\": " + number(run.lr) + ", \"seed\": "
            + QByteArray::number(run.seed) + "}, \"nodes\": [" + run.nodes + "], \"links\": []}");
    const bool over = run.status != "running";
    writeText(folder + "/run.json",
        "{\"netloom_run\": 1, \"status\": \"" + run.status.toUtf8() + "\", \"title\": \"clothes\", \"project\": \"\", \"started\": \"" + run.started.toUtf8() + "\", "
            + "\"versions\": {\"netloom\": \"0.1.0\", \"libtorch\": \"1.13\"}, "
            + "\"seed\": " + QByteArray::number(run.seed) + ", \"device\": \"cpu\", \"threads\": 2, \"parameters\": 1234, \"epochs\": " + QByteArray::number(run.epochs)
            + ", \"best_epoch\": " + QByteArray::number(run.epochs) + ", \"test\": "
            + (over ? "{\"samples\": 100, \"loss\": 0.3, \"accuracy\": " + number(run.accuracy) + ", \"seconds\": 1}" : QByteArray("null"))
            + ", \"failure\": null, \"data\": {\"classes\": [\"a\", \"b\"], \"fingerprint\": \"0123456789abcdef\"}}");
}

} // namespace netloom::test
