// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace netloom {

/// Says to other programs that this one trains the run in a folder. It goes with the program, however that ends.
class RunLock {
public:
    RunLock() = default;
    ~RunLock() { release(); }
    RunLock(const RunLock &) = delete;
    RunLock &operator=(const RunLock &) = delete;

    /// False where another program, or another lock, holds @p folder. True too where the file system knows no locks.
    bool take(const std::filesystem::path &folder);
    /// The same without waiting for somebody who only looks.
    bool tryToTake(const std::filesystem::path &folder);
    void release();

private:
    int m_descriptor = -1;
};

/// Whether a program trains the run in @p folder right now.
bool isBeingTrained(const std::filesystem::path &folder);

} // namespace netloom
