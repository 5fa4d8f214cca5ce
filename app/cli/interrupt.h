// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace netloom::cli {

/// Catches the first Ctrl-C (or a request to end) while it lives; a second one ends the program at once.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    /// Waits at most @p time; gives the signal's number, or 0 when none came.
    int wait(std::chrono::milliseconds time);
};

} // namespace netloom::cli
