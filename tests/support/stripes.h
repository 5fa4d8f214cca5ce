// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "support/png_bytes.h"

#include <QDir>
#include <QFile>
#include <QString>

namespace netloom::test {

/// A grey picture of 12×12 px with stripes that lie or stand, moved and brightened by @p variant.
inline QByteArray stripesPng(bool standing, int variant)
{
    constexpr int kSide = 12;
    QByteArray rows;
    for (int y = 0; y < kSide; ++y) {
        rows.append('\0');
        for (int x = 0; x < kSide; ++x)
            rows.append(char(((standing ? x : y) + variant) / 2 % 2 ? 250 - variant * 7 % 60 : variant * 11 % 50));
    }
    return pngBytes(kSide, kSide, 8, 0, rows);
}

inline void writeBytes(const QString &file, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file));
}

/// The second name has what CSV and HTML must quote.
inline const QString kLyingClass = QStringLiteral("lying");
inline const QString kStandingClass = QStringLiteral("<standing>, & \"tall\"");

/// Two classes with @p train, @p val and @p test pictures each.
inline void writeStripes(const QString &root, int train = 24, int val = 6, int test = 8)
{
    const std::pair<const char *, int> splits[] = {{"train", train}, {"val", val}, {"test", test}};
    int variant = 0;
    for (const auto &[split, count] : splits) {
        for (int index = 0; index < count; ++index, ++variant) {
            for (bool standing : {false, true}) {
                const QString name = standing ? kStandingClass : kLyingClass;
                writeBytes(QStringLiteral("%1/%2/%3/%4.png").arg(root, split, name).arg(variant), stripesPng(standing, variant));
            }
        }
    }
}

/// A small network for the stripes, as a project file's text; @p epochs of training.
inline std::string stripesProject(const QString &root, int epochs = 3)
{
    QString text = QStringLiteral(R"({
  "netloom": 1,
  "recipe": {"epochs": %1, "batch_size": 8, "lr": 0.01, "seed": 3, "device": "cpu", "threads": 1},
  "nodes": [
    {"id": 1, "name": "data", "type": "ImageFolder", "position": [0, 0], "params": {"root": "%2"}},
    {"id": 2, "name": "resize", "type": "Resize", "position": [240, 0], "params": {"size": 8}},
    {"id": 3, "name": "to_tensor", "type": "ToTensor", "position": [480, 0]},
    {"id": 4, "name": "conv1", "type": "Conv2d", "position": [0, 220], "params": {"out_channels": 4, "kernel_size": 3}},
    {"id": 5, "name": "relu1", "type": "ReLU", "position": [240, 220]},
    {"id": 6, "name": "flatten", "type": "Flatten", "position": [480, 220]},
    {"id": 7, "name": "fc1", "type": "Linear", "position": [720, 220], "params": {"out_features": "classes"}},
    {"id": 8, "name": "loss", "type": "CrossEntropyLoss", "position": [960, 220]}
  ],
  "links": [
    ["data.image", "resize.input"],
    ["resize.output", "to_tensor.input"],
    ["to_tensor.output", "conv1.input"],
    ["conv1.output", "relu1.input"],
    ["relu1.output", "flatten.input"],
    ["flatten.output", "fc1.input"],
    ["fc1.output", "loss.input"],
    ["data.target", "loss.target"]
  ]
})");
    return text.arg(epochs).arg(root).toStdString();
}

} // namespace netloom::test
