// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/train_event.h"

#include <functional>
#include <mutex>
#include <vector>

namespace netloom::test {

/// Keeps a trainer's events; safe to read while it trains.
class EventLog {
public:
    /// Called with every event's number, from 1, on the training thread, after it is kept.
    std::function<void(int number, const TrainEvent &event)> onEvent;

    void operator()(const TrainEvent &event)
    {
        int number = 0;
        {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(event);
            number = int(m_events.size());
        }
        if (onEvent)
            onEvent(number, event);
    }

    std::vector<TrainEvent> all() const
    {
        const std::lock_guard lock(m_mutex);
        return m_events;
    }

    template <class Event>
    std::vector<Event> of() const
    {
        std::vector<Event> found;
        for (const TrainEvent &event : all()) {
            if (const auto *one = std::get_if<Event>(&event))
                found.push_back(*one);
        }
        return found;
    }

    /// Every loss and accuracy that an epoch gave.
    std::vector<double> numbers() const
    {
        std::vector<double> numbers;
        for (const EpochDone &epoch : of<EpochDone>()) {
            numbers.insert(numbers.end(), {epoch.train.loss, epoch.train.accuracy});
            if (epoch.val)
                numbers.insert(numbers.end(), {epoch.val->loss, epoch.val->accuracy});
        }
        return numbers;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<TrainEvent> m_events;
};

} // namespace netloom::test
