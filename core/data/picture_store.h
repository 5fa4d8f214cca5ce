// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace netloom {

/// A hash of bytes, the same on every machine of one byte order; for names and for telling damage, not against malice.
std::uint64_t hashOf(const void *bytes, std::size_t count, std::uint64_t seed = 0);

/// Pictures in one file, each under a key, for as long as the user's cache folder keeps them. Read and written by offset, not mapped: a
/// full disk or a file cut short is then an error to be told, where a mapping would end the program. Safe from several threads.
class PictureStore {
public:
    enum class Missing { Make, Leave };
    /// The file for @p settings in @p folder; nothing where it is missing and to be left so, can't be used, or is in use already.
    /// Damaged or half written pictures at its end are dropped; more than @p mostPictures make it start anew. Files long unused go.
    static std::unique_ptr<PictureStore> open(const std::filesystem::path &folder, const std::string &settings, std::size_t mostPictures, Missing missing);
    ~PictureStore();
    PictureStore(const PictureStore &) = delete;
    PictureStore &operator=(const PictureStore &) = delete;

    /// False where the key is unknown or its picture is damaged.
    bool find(std::uint64_t key, Picture &picture) const;
    /// Adds a picture, or does nothing where there is no room.
    void keep(std::uint64_t key, const Picture &picture);
    std::size_t size() const;

private:
    explicit PictureStore(int file) : m_file(file) {}
    bool begin(const std::string &settings);
    void readIndex();
    bool roomOnDisk() const;

    const int m_file; ///< descriptor
    mutable std::mutex m_mutex;
    std::unordered_map<std::uint64_t, std::int64_t> m_index; ///< key → offset
    std::int64_t m_end = 0;
    std::size_t m_pictures = 0; ///< in the file, replaced ones too
    bool m_full = false;
};

} // namespace netloom
