// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_record.h"

#include <chrono>
#include <memory>

namespace netloom {

class RunStore;

/// Keeps a run's place in the store of its project's runs up to date. Trouble with the store never holds a training up: the folder is the
/// truth, and the store takes it in later.
class RunRegistration {
public:
    explicit RunRegistration(std::filesystem::path folder);
    ~RunRegistration();

    /// Call whenever the folder's files were written. Short epochs are taken several at a time.
    void update(const RunRecord &record);

private:
    std::filesystem::path m_folder;
    std::unique_ptr<RunStore> m_store;
    bool m_tried = false;
    std::chrono::steady_clock::time_point m_last;
};

} // namespace netloom
