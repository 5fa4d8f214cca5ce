// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress.h"

#include "text_table.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace netloom::cli {

namespace {

constexpr int kMaxBar = 30;
constexpr int kMinBar = 8;
constexpr std::chrono::milliseconds kPause{100};

bool localeIsUtf8()
{
    for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char *value = std::getenv(name);
        if (!value || !*value)
            continue;
        const std::string_view text(value);
        return text.find("UTF-8") != std::string_view::npos || text.find("utf8") != std::string_view::npos;
    }
    return false;
}

int terminalColumns()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

ProgressBar::ProgressBar() : m_terminal(::isatty(STDERR_FILENO) == 1), m_utf8(localeIsUtf8()) {}

void ProgressBar::update(const std::string &before, std::int64_t done, std::int64_t total, const std::string &after)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_terminal || total <= 0 || (m_drawn && done < total && now - m_last < kPause))
        return;
    m_last = now;
    m_drawn = true;
    const double share = std::clamp(double(done) / double(total), 0.0, 1.0);
    std::string percent = std::to_string(int(share * 100)) + " %";
    percent.insert(percent.begin(), 6 - std::min<std::size_t>(percent.size(), 6), ' ');
    const int taken = displayWidth(before) + 8 + displayWidth(after) + 3;
    const int columns = terminalColumns();
    const int bar = std::clamp(columns - taken, kMinBar, kMaxBar);
    std::string line = before + " ";
    for (int at = 0; at < bar; ++at)
        line += at < int(share * bar + 0.5) ? (m_utf8 ? "█" : "#") : (m_utf8 ? "░" : ".");
    line += percent;
    if (displayWidth(line) + 2 + displayWidth(after) < columns)
        line.append("  ").append(after);
    std::cerr << "\r\033[K" << line << std::flush;
}

void ProgressBar::clear()
{
    if (m_drawn)
        std::cerr << "\r\033[K" << std::flush;
    m_drawn = false;
}

} // namespace netloom::cli
