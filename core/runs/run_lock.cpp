// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace netloom {

namespace {

constexpr int kTries = 20;
constexpr useconds_t kPause = 5000; ///< somebody who only looks holds a lock for an instant

} // namespace

bool RunLock::take(const std::filesystem::path &folder)
{
    for (int tries = 1; !tryToTake(folder); ++tries) {
        if (tries == kTries)
            return false;
        ::usleep(kPause);
    }
    return true;
}

bool RunLock::tryToTake(const std::filesystem::path &folder)
{
    release();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return true; // a folder that isn't there is told of by who writes to it
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(descriptor);
        return false;
    }
    m_descriptor = descriptor;
    return true;
}

void RunLock::release()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

bool isBeingTrained(const std::filesystem::path &folder)
{
    RunLock lock;
    return !lock.tryToTake(folder);
}

} // namespace netloom
