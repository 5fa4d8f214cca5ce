// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace netloom {

class NodeRegistry;

struct TrainBenchOptions {
    QString project; ///< a file whose data can be opened
    int times = 3;   ///< how often each way is measured, turn and turn about
};

/// Trains a project in the window, with live curves, confusion matrix and previews, and without any window, and prints how many images a
/// second each way learns from: one JSON object a line. Gives the exit code. Wants a QApplication whose settings are not people's own.
int runTrainBench(const NodeRegistry &registry, const TrainBenchOptions &options);

} // namespace netloom
