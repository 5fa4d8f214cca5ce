// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "data/picture_store.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace netloom {

/// Pictures after the steps that are the same in every epoch, so that each file is decoded once: in memory up to a budget, beyond it in a
/// file of the user's cache folder, which the next training finds again. Safe from several threads.
class PictureCache {
public:
    /// @p settings says how the pictures come about: those made in another way are of no use. @p memory in bytes.
    PictureCache(std::shared_ptr<const DataSource> source, std::string settings, std::size_t memory);

    /// Fills @p picture where it is known and its file hasn't changed since the last training.
    bool find(std::int64_t sample, Picture &picture) const;
    /// Keeps a picture that find() didn't know.
    void keep(std::int64_t sample, const Picture &picture);

    /// The share of the machine's free memory that a cache may take, in bytes.
    static std::size_t usualMemory();

private:
    /// A picture in memory: its size, then its pixels.
    struct Kept {
        std::int32_t height = 0, width = 0, channels = 0, unused = 0;
    };
    Kept *room(std::size_t bytes);
    PictureStore *store();
    void openStore(PictureStore::Missing missing);
    /// From the file's path, size and time; 0 for a sample without a file of its own.
    std::uint64_t keyOf(std::int64_t sample) const;

    const std::shared_ptr<const DataSource> m_source;
    const std::string m_settings;
    const std::size_t m_memory;
    std::vector<std::atomic<const Kept *>> m_kept; ///< by sample

    std::mutex m_mutex; ///< guards the blocks and the opening of the store
    std::vector<std::vector<Kept>> m_blocks;
    std::size_t m_left = 0; ///< in the last block, in units of Kept
    std::size_t m_used = 0; ///< bytes
    std::unique_ptr<PictureStore> m_store;
    bool m_wantsStore = false; ///< until it was made, or couldn't be
    std::atomic<PictureStore *> m_open = nullptr;
};

} // namespace netloom
