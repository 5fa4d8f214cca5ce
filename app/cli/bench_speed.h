// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace netloom::cli {

struct SpeedOptions {
    std::string fashion; ///< folder of Fashion-MNIST
    std::string flowers; ///< folders of pictures; "" leaves their rows out
    std::string cifar;
    std::string only;    ///< the name of one row; "" for all
    std::string peers;   ///< folder of the Python peers; "" measures Netloom alone
    std::string python = "/usr/bin/python3";
    double seconds = 12; ///< of an epoch that count at most; 0 = whole epochs
    bool quick = false;
    bool json = false;
};

/// Each measures Netloom and, in the same run, its peers, every one in a process of its own, and prints the table. Gives the exit code.
int benchData(const SpeedOptions &options);
int benchTrain(const SpeedOptions &options);

} // namespace netloom::cli
