// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browser/thumbnails.h"
#include "data/data_source.h"

#include <QHash>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace netloom {

/// Makes thumbnails on threads of its own: only those wanted last, the first first. Keeps the ones used last, up to a bound.
class ThumbnailStore : public Thumbnails {
    Q_OBJECT
public:
    static constexpr qsizetype kMostBytes = qsizetype{64} << 20;

    explicit ThumbnailStore(QObject *parent = nullptr);
    ~ThumbnailStore() override; ///< waits for the pictures at hand

    void setSource(std::shared_ptr<const DataSource> source);
    const QImage *find(int sample) override;
    void want(const std::vector<int> &samples, int side) override;

    /// How many pictures were decoded so far, and how many bytes are kept.
    int made() const;
    qsizetype bytes() const { return m_bytes; }
    /// Everything that was wanted is there.
    bool isIdle() const;

private:
    struct Kept {
        QImage picture;
        int side = 0;
        quint64 used = 0;
    };
    struct Made {
        int sample = 0;
        int side = 0;
        QImage picture;
    };

    void work(std::stop_token stop);
    void deliver();
    void forgetOldest();

    QHash<int, Kept> m_kept;
    qsizetype m_bytes = 0;
    quint64 m_clock = 0;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::shared_ptr<const DataSource> m_source; ///< guarded, as all below
    std::deque<int> m_queue;
    std::set<int> m_atWork; ///< taken from the queue, and not yet kept
    int m_side = 0;
    int m_made = 0;
    std::vector<Made> m_arrived;
    bool m_delivering = false;
    std::vector<std::jthread> m_threads; ///< last: they end first
};

/// A picture as plain RGB, ready to be painted; small ones are enlarged by whole numbers up to @p side, so that their pixels stay sharp.
QImage paintable(const Picture &picture, int side);

} // namespace netloom
