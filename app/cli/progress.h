// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace netloom::cli {

/// A bar on standard error that is drawn over and over; silent where that is no terminal.
class ProgressBar {
public:
    ProgressBar();
    ~ProgressBar() { clear(); }

    bool shown() const { return m_terminal; }
    /// "before ████░░░░ 42 %  after", at most about ten times a second.
    void update(const std::string &before, std::int64_t done, std::int64_t total, const std::string &after);
    /// Takes the bar away, before other text is written.
    void clear();

private:
    bool m_terminal = false;
    bool m_utf8 = false;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_last{};
};

} // namespace netloom::cli
