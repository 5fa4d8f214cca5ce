// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/thumbnail_store.h"

#include "desktop/thread_priority.h"
#include "inspect/thumbnail.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr unsigned kMostThreads = 4;

} // namespace

QImage paintable(const Picture &picture, int side)
{
    const QImage rgb(picture.pixels.data(), picture.width, picture.height, picture.width * 3, QImage::Format_RGB888);
    const int times = std::max(1, side / std::max({picture.width, picture.height, 1}));
    const QImage ready = rgb.convertToFormat(QImage::Format_RGB32);
    return times > 1 ? ready.scaled(picture.width * times, picture.height * times) : ready;
}

ThumbnailStore::ThumbnailStore(QObject *parent) : Thumbnails(parent)
{
    for (unsigned thread = 0; thread < std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads); ++thread)
        m_threads.emplace_back([this](std::stop_token stop) { work(stop); });
}

ThumbnailStore::~ThumbnailStore()
{
    for (std::jthread &thread : m_threads)
        thread.request_stop();
}

void ThumbnailStore::setSource(std::shared_ptr<const DataSource> source)
{
    m_kept.clear();
    m_bytes = 0;
    const std::lock_guard lock(m_mutex);
    m_source = std::move(source);
    m_queue.clear();
    m_arrived.clear();
    m_atWork.clear();
}

const QImage *ThumbnailStore::find(int sample)
{
    const auto kept = m_kept.find(sample);
    if (kept == m_kept.end())
        return nullptr;
    kept->used = ++m_clock;
    return &kept->picture;
}

void ThumbnailStore::want(const std::vector<int> &samples, int side)
{
    {
        const std::lock_guard lock(m_mutex);
        m_side = side;
        m_queue.clear();
        for (const int sample : samples) {
            const auto kept = m_kept.constFind(sample);
            if ((kept == m_kept.cend() || kept->side != side) && !m_atWork.contains(sample))
                m_queue.push_back(sample);
        }
    }
    m_wake.notify_all();
}

int ThumbnailStore::made() const
{
    const std::lock_guard lock(m_mutex);
    return m_made;
}

bool ThumbnailStore::isIdle() const
{
    const std::lock_guard lock(m_mutex);
    return m_queue.empty() && m_atWork.empty() && m_arrived.empty();
}

void ThumbnailStore::work(std::stop_token stop)
{
    lowerThreadPriority();
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        const int sample = m_queue.front();
        m_queue.pop_front();
        m_atWork.insert(sample);
        const int side = m_side;
        const auto source = m_source;
        lock.unlock();
        QImage picture;
        if (source && sample < source->size()) {
            if (const Result<Picture> small = makeThumbnail(*source, sample, side))
                picture = paintable(*small, side);
        }
        lock.lock();
        if (source != m_source)
            continue;
        ++m_made;
        m_arrived.push_back({sample, side, std::move(picture)});
        if (!std::exchange(m_delivering, true))
            QMetaObject::invokeMethod(this, &ThumbnailStore::deliver, Qt::QueuedConnection);
    }
}

void ThumbnailStore::deliver()
{
    std::vector<Made> all;
    {
        const std::lock_guard lock(m_mutex);
        all.swap(m_arrived);
        for (const Made &made : all)
            m_atWork.erase(made.sample);
        m_delivering = false;
    }
    for (Made &made : all) {
        Kept &kept = m_kept[made.sample];
        m_bytes += made.picture.sizeInBytes() - kept.picture.sizeInBytes();
        kept = {std::move(made.picture), made.side, ++m_clock};
    }
    if (m_bytes > kMostBytes)
        forgetOldest();
    emit arrived();
}

void ThumbnailStore::forgetOldest()
{
    std::vector<std::pair<quint64, int>> ages;
    for (auto kept = m_kept.cbegin(); kept != m_kept.cend(); ++kept)
        ages.emplace_back(kept->used, kept.key());
    std::ranges::sort(ages);
    for (const auto &[used, sample] : ages) {
        if (m_bytes <= kMostBytes * 3 / 4)
            return;
        m_bytes -= m_kept[sample].picture.sizeInBytes();
        m_kept.remove(sample);
    }
}

} // namespace netloom
