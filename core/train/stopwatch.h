// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace netloom {

/// Seconds since it was made, less the time that was taken out (pauses).
class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }
    void takeOut(double seconds) { m_start += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds)); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point m_start = Clock::now();
};

} // namespace netloom
