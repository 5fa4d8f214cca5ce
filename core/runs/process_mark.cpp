// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/process_mark.h"

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace netloom {

namespace {

constexpr int kStartField = 22; ///< of /proc/PID/stat, counted from 1

std::string hostName()
{
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0)
        return "?";
    return name;
}

/// In clock ticks since the machine was started; "" where there is no such process.
std::string startOf(const std::string &process)
{
    std::ifstream file("/proc/" + process + "/stat");
    std::string text;
    std::getline(file, text, '\0');
    const std::size_t name = text.rfind(')'); // the second field may hold anything
    if (name == std::string::npos)
        return {};
    std::istringstream fields(text.substr(name + 1));
    std::string field;
    for (int number = 3; number <= kStartField; ++number) {
        fields >> field;
        if (number == 3 && (field == "Z" || field == "X")) // dead, and not yet taken note of
            return {};
    }
    return field;
}

} // namespace

std::string ownProcessMark()
{
    const std::string process = std::to_string(getpid());
    return hostName() + ' ' + process + ' ' + startOf(process);
}

bool mayBeAlive(const std::string &mark)
{
    std::istringstream fields(mark);
    std::string host, process, start;
    if (!(fields >> host >> process >> start) || host != hostName())
        return true;
    return startOf(process) == start;
}

} // namespace netloom
