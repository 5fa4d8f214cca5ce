// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/checkpoint_keeper.h"

#include "model/failure.h"
#include "train/checkpoint.h"

#include <utility>

namespace netloom {

namespace {

using namespace std::chrono_literals;

/// The thread's top function: nothing is thrown past it.
Result<Done> write(const TrainState &state, const TrainerOptions::KeepCheckpoint &keep)
{
    try {
        return allFinite(state, "network") ? keep(writeCheckpoint(state)) : Result<Done>(Done{});
    } catch (const std::exception &exception) {
        return Error{"A checkpoint can't be made: " + failureText(exception)};
    }
}

} // namespace

CheckpointKeeper::CheckpointKeeper(const Params &recipe, TrainerOptions::KeepCheckpoint keep)
    : m_keep(std::move(keep)), m_minutes(recipe.real("checkpoint_minutes")), m_epochs(recipe.integer("checkpoint_epochs"))
{
}

/// Takes in what the thread has to tell, where it is done. True when another one can be written.
bool CheckpointKeeper::collect()
{
    if (m_writing.valid() && m_writing.wait_for(0s) == std::future_status::ready) {
        if (const Result<Done> written = m_writing.get(); !written)
            m_failure = written.error();
    }
    return !m_writing.valid() && !m_failure;
}

bool CheckpointKeeper::dueNow()
{
    return m_keep && m_minutes > 0 && Clock::now() - m_last >= std::chrono::duration<double>(m_minutes * 60) && collect();
}

bool CheckpointKeeper::dueAfter(std::int64_t epoch)
{
    return m_keep && m_epochs > 0 && epoch % m_epochs == 0 && collect();
}

void CheckpointKeeper::give(TrainState state)
{
    if (!m_keep || !collect())
        return;
    m_last = Clock::now();
    m_writing = std::async(std::launch::async, [state = std::move(state), keep = m_keep] { return write(state, keep); });
}

Result<Done> CheckpointKeeper::giveAndWait(TrainState state)
{
    if (!m_keep)
        return Done{};
    if (m_writing.valid())
        (void)m_writing.get(); // this one takes its place
    m_last = Clock::now();
    return write(state, m_keep);
}

std::optional<Error> CheckpointKeeper::takeFailure()
{
    collect();
    return std::exchange(m_failure, std::nullopt);
}

} // namespace netloom
