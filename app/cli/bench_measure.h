// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <string>

namespace netloom::cli {

/// What one measuring process of `bench data` and `bench train` does. The rows are those of tests/bench/networks.py: "photos", "mlp", "cnn",
/// "cifar"; "sgemm" is the machine itself.
struct MeasureOptions {
    std::string row;
    std::string data;
    int epochs = 1;
    double seconds = 0;   ///< ends an epoch after so long; 0 = whole epochs
    int threads = 0;      ///< 0 = as the trial says
    bool whole = false;   ///< whole epochs, whatever `seconds` says
    bool compute = false; ///< trains on batches that lie in memory: what the loader costs is left out
};

/// The network and the data of the row @p row, as the peers have them.
Project benchProject(const std::string &row, const std::string &data, const NodeRegistry &registry);

/// Prints what the peers print, a line {"event": "rate", "images_per_second": …} for every epoch, and before that {"event": "facts", …}.
/// Gives the exit code.
int measure(const MeasureOptions &options);

} // namespace netloom::cli
