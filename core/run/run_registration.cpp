// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/run_registration.h"

#include "runs/run_store.h"

namespace netloom {

namespace {

constexpr std::chrono::milliseconds kAtMostEvery{500};

} // namespace

RunRegistration::RunRegistration(std::filesystem::path folder) : m_folder(std::move(folder)) {}
RunRegistration::~RunRegistration() = default;

void RunRegistration::update(const RunRecord &record)
{
    const auto now = std::chrono::steady_clock::now();
    const bool ended = !record.endedAt.empty();
    if (m_tried && !ended && now - m_last < kAtMostEvery)
        return;
    if (!m_tried) {
        const std::filesystem::path base = runsFolderOf(m_folder, record.projectFile);
        m_store = base.empty() ? nullptr : std::make_unique<RunStore>(base);
        if (m_store && !m_store->isLasting())
            m_store.reset();
        m_tried = true;
    }
    if (m_store)
        (void)m_store->update(m_folder);
    m_last = std::chrono::steady_clock::now();
}

} // namespace netloom
