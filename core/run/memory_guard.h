// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>

namespace netloom {

/// Says whether one more trial fits into the machine's memory. The first one runs alone until it has shown what it needs.
/// Not thread-safe.
class MemoryGuard {
public:
    /// @p freeMemory gives bytes; 0 where that isn't known, which lets everything in.
    explicit MemoryGuard(std::function<std::int64_t()> freeMemory) : m_freeMemory(std::move(freeMemory)) {}

    /// What one trial had at its peak.
    void learn(std::int64_t peak) { m_need = peak > m_need ? peak : m_need; }
    /// A trial's process has so much now.
    void began(std::int64_t trial) { m_running[trial] = 0; }
    void holds(std::int64_t trial, std::int64_t bytes) { m_running[trial] = bytes; }
    void ended(std::int64_t trial) { m_running.erase(trial); }

    /// Bytes that a trial needs; 0 before that is known.
    std::int64_t need() const { return m_need; }
    /// False while nobody knows what a trial needs, and where it would not fit beside those that run and may still grow.
    bool admits() const;

private:
    std::function<std::int64_t()> m_freeMemory;
    std::map<std::int64_t, std::int64_t> m_running; ///< trial → what it has now
    std::int64_t m_need = 0;
};

} // namespace netloom
