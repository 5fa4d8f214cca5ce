// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_cache.h"

#include "graph/cache_folder.h"
#include "graph/machine_memory.h"

#include <algorithm>
#include <cstring>

#include <sys/stat.h>

namespace netloom {

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kBlock = 4 * kMiB;
/// Larger pictures are decoded anew sooner than a slow disk gives their pixels.
constexpr std::size_t kMostInStore = 256 * 1024;

} // namespace

std::size_t PictureCache::usualMemory()
{
    constexpr std::size_t most = 1024 * kMiB;
    const auto free = static_cast<std::size_t>(freeMemory());
    return free > 0 ? std::min(most, free / 4) : 256 * kMiB;
}

PictureCache::PictureCache(std::shared_ptr<const DataSource> source, std::string settings, std::size_t memory)
    : m_source(std::move(source)), m_settings(std::move(settings)), m_memory(memory), m_kept(static_cast<std::size_t>(m_source->size()))
{
    // Only pictures with files of their own can be told from changed ones later.
    m_wantsStore = m_source->size() > 0 && !m_source->file(0).empty();
    if (m_wantsStore)
        openStore(PictureStore::Missing::Leave);
}

void PictureCache::openStore(PictureStore::Missing missing)
{
    const std::size_t mostPictures = 2 * m_kept.size(); // of which half were replaced
    m_store = PictureStore::open(cacheFolder("pictures"), m_settings, mostPictures, missing);
    m_open.store(m_store.get(), std::memory_order_release);
}

bool PictureCache::find(std::int64_t sample, Picture &picture) const
{
    if (const Kept *kept = m_kept[static_cast<std::size_t>(sample)].load(std::memory_order_acquire)) {
        picture.height = kept->height;
        picture.width = kept->width;
        picture.channels = kept->channels;
        const auto *pixels = reinterpret_cast<const std::uint8_t *>(kept + 1);
        picture.pixels.assign(pixels, pixels + std::int64_t{kept->height} * kept->width * kept->channels);
        return true;
    }
    const PictureStore *store = m_open.load(std::memory_order_acquire);
    return store && store->find(keyOf(sample), picture);
}

void PictureCache::keep(std::int64_t sample, const Picture &picture)
{
    const std::size_t bytes = picture.pixels.size();
    if (Kept *kept = room(bytes)) {
        *kept = {picture.height, picture.width, picture.channels};
        std::memcpy(kept + 1, picture.pixels.data(), bytes);
        m_kept[static_cast<std::size_t>(sample)].store(kept, std::memory_order_release);
    } else if (PictureStore *beyond = bytes <= kMostInStore ? store() : nullptr) {
        if (const std::uint64_t key = keyOf(sample))
            beyond->keep(key, picture);
    }
}

PictureCache::Kept *PictureCache::room(std::size_t bytes)
{
    const std::size_t units = 1 + (bytes + sizeof(Kept) - 1) / sizeof(Kept);
    const std::lock_guard lock(m_mutex);
    if (units > m_left) {
        const std::size_t block = std::max(units, std::min(kBlock, m_memory - std::min(m_memory, m_used)) / sizeof(Kept));
        if (m_used + block * sizeof(Kept) > m_memory)
            return nullptr;
        m_blocks.emplace_back(block);
        m_left = block;
        m_used += block * sizeof(Kept);
    }
    Kept *kept = m_blocks.back().data() + (m_blocks.back().size() - m_left);
    m_left -= units;
    return kept;
}

PictureStore *PictureCache::store()
{
    const std::lock_guard lock(m_mutex);
    if (!m_store && m_wantsStore)
        openStore(PictureStore::Missing::Make);
    m_wantsStore = false;
    return m_store.get();
}

std::uint64_t PictureCache::keyOf(std::int64_t sample) const
{
    const std::string file = m_source->file(sample);
    struct stat status {};
    if (file.empty() || ::stat(file.c_str(), &status) != 0)
        return 0;
    const std::int64_t parts[] = {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
        status.st_ctim.tv_nsec, static_cast<std::int64_t>(status.st_ino)};
    return hashOf(parts, sizeof parts, hashOf(file.data(), file.size()));
}

} // namespace netloom
