// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <thread>

namespace netloom {

/// One piece of work off the main thread, with low priority; a new one replaces the one that runs, whose result is then dropped.
/// Nobody waits for it but the destructor.
class BackgroundTask : public QObject {
    Q_OBJECT
public:
    /// Says how far the work is; false: it is to end.
    using Report = std::function<bool(std::int64_t done, std::int64_t total)>;
    /// What the main thread does with the result.
    using Finish = std::function<void()>;

    using QObject::QObject;
    ~BackgroundTask() override;

    void start(std::function<Finish(const Report &)> work);
    void stop();
    bool isRunning() const { return m_wanted != 0; }

signals:
    void progressed(qint64 done, qint64 total);
    void ended(); ///< came to its end, or was stopped

private:
    struct Run {
        std::shared_ptr<std::atomic<bool>> stopped;
        std::jthread thread;
    };

    std::map<int, Run> m_runs; ///< those that were replaced end by themselves
    int m_last = 0;
    int m_wanted = 0; ///< whose result counts; 0 for none
};

} // namespace netloom
