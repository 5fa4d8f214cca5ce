// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/machine_memory.h"

#include <fstream>
#include <string>
#include <unistd.h>

namespace netloom {

namespace {

/// The number of kB behind @p name in one of the kernel's files, as bytes; 0 where there is none.
std::int64_t bytesIn(const std::string &file, const std::string &name)
{
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(name))
            return std::stoll(line.substr(name.size())) * 1024;
    }
    return 0;
}

} // namespace

std::int64_t freeMemory()
{
    return bytesIn("/proc/meminfo", "MemAvailable:");
}

ProcessMemory processMemory(std::int64_t process)
{
    const std::string file = "/proc/" + std::to_string(process) + "/status";
    return {bytesIn(file, "VmRSS:"), bytesIn(file, "VmHWM:")};
}

std::int64_t machineMemory()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long pageSize = sysconf(_SC_PAGE_SIZE);
    return pages > 0 && pageSize > 0 ? std::int64_t(pages) * pageSize : 0;
}

} // namespace netloom
