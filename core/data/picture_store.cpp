// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_store.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr char kMagic[16] = "netloom pict 1\n";
constexpr std::uint32_t kPictureMagic = 0x1e70c7a5;
constexpr std::int64_t kMostSide = 1 << 16;
constexpr std::int64_t kGiB = std::int64_t{1} << 30;
constexpr std::int64_t kLeastFree = kGiB; ///< of the disk
constexpr std::int64_t kMostTogether = 16 * kGiB; ///< all files
constexpr auto kKeepUnused = std::chrono::hours(24 * 30);

struct FileHead {
    char magic[16];
    std::uint64_t settings = 0;
};

struct PictureHead {
    std::uint32_t magic = kPictureMagic;
    std::int32_t height = 0, width = 0, channels = 0;
    std::uint64_t key = 0;
    std::uint64_t check = 0; ///< over the pixels, from the key

    std::int64_t bytes() const { return std::int64_t{height} * width * channels; }
    bool sane() const
    {
        return magic == kPictureMagic && height > 0 && width > 0 && height < kMostSide && width < kMostSide && (channels == 1 || channels == 3);
    }
};

bool readAt(int file, std::int64_t at, void *memory, std::size_t count)
{
    return ::pread(file, memory, count, at) == static_cast<ssize_t>(count);
}

bool writeAt(int file, std::int64_t at, const void *memory, std::size_t count)
{
    return ::pwrite(file, memory, count, at) == static_cast<ssize_t>(count);
}

/// Deletes what nobody used for long, and the oldest while all files together are too large; never @p own.
void cleanUp(const fs::path &folder, const fs::path &own)
{
    struct Old {
        fs::path path;
        fs::file_time_type used;
        std::int64_t bytes = 0;
    };
    std::vector<Old> files;
    std::error_code failure;
    std::int64_t together = 0;
    for (const auto &entry : fs::directory_iterator(folder, failure)) {
        std::error_code ignored;
        Old old{entry.path(), entry.last_write_time(ignored), static_cast<std::int64_t>(entry.file_size(ignored))};
        together += old.bytes;
        if (old.path != own)
            files.push_back(std::move(old));
    }
    std::ranges::sort(files, {}, &Old::used);
    for (const Old &old : files) {
        if (together <= kMostTogether && old.used > fs::file_time_type::clock::now() - kKeepUnused)
            return;
        fs::remove(old.path, failure);
        together -= old.bytes;
    }
}

} // namespace

std::uint64_t hashOf(const void *bytes, std::size_t count, std::uint64_t seed)
{
    constexpr std::uint64_t kPrime = 0x9e3779b97f4a7c15u;
    std::uint64_t hash = seed ^ (count * kPrime);
    const auto *at = static_cast<const std::uint8_t *>(bytes);
    for (; count > 0;) {
        std::uint64_t word = 0;
        const std::size_t taken = std::min<std::size_t>(count, sizeof word);
        std::memcpy(&word, at, taken);
        hash = std::rotl((hash ^ word) * kPrime, 29);
        at += taken;
        count -= taken;
    }
    hash = (hash ^ (hash >> 32)) * kPrime;
    return hash ^ (hash >> 29);
}

std::unique_ptr<PictureStore> PictureStore::open(const fs::path &folder, const std::string &settings, std::size_t mostPictures, Missing missing)
{
    if (folder.empty())
        return nullptr;
    char name[32];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(hashOf(settings.data(), settings.size())));
    const fs::path path = folder / name;
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (missing == Missing::Make ? O_CREAT : 0), 0600);
    if (file < 0)
        return nullptr;
    cleanUp(folder, path);
    std::unique_ptr<PictureStore> store(new PictureStore(file));
    if (::flock(file, LOCK_EX | LOCK_NB) != 0 || !store->begin(settings))
        return nullptr;
    store->readIndex();
    if (store->m_pictures > mostPictures) {
        store->m_index.clear();
        store->m_pictures = 0;
        if (::ftruncate(file, sizeof(FileHead)) != 0)
            return nullptr;
        store->m_end = sizeof(FileHead);
    }
    std::error_code ignored;
    fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
    return store;
}

PictureStore::~PictureStore()
{
    ::close(m_file);
}

bool PictureStore::begin(const std::string &settings)
{
    FileHead wanted;
    std::memcpy(wanted.magic, kMagic, sizeof kMagic);
    wanted.settings = hashOf(settings.data(), settings.size(), 1);
    FileHead found;
    m_end = sizeof(FileHead);
    if (readAt(m_file, 0, &found, sizeof found) && std::memcmp(&found, &wanted, sizeof wanted) == 0)
        return true;
    return ::ftruncate(m_file, 0) == 0 && writeAt(m_file, 0, &wanted, sizeof wanted);
}

void PictureStore::readIndex()
{
    struct stat status {};
    if (::fstat(m_file, &status) != 0)
        return;
    PictureHead head;
    while (readAt(m_file, m_end, &head, sizeof head) && head.sane()) {
        const std::int64_t next = m_end + static_cast<std::int64_t>(sizeof head) + head.bytes();
        if (next > status.st_size)
            break;
        m_index[head.key] = m_end;
        ++m_pictures;
        m_end = next;
    }
    if (m_end < status.st_size)
        m_full = ::ftruncate(m_file, m_end) != 0;
}

bool PictureStore::find(std::uint64_t key, Picture &picture) const
{
    std::int64_t offset = 0;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_index.find(key);
        if (found == m_index.end())
            return false;
        offset = found->second;
    }
    PictureHead head;
    if (!readAt(m_file, offset, &head, sizeof head) || !head.sane() || head.key != key)
        return false;
    const auto bytes = static_cast<std::size_t>(head.bytes());
    picture.height = head.height;
    picture.width = head.width;
    picture.channels = head.channels;
    picture.pixels.resize(bytes);
    return readAt(m_file, offset + static_cast<std::int64_t>(sizeof head), picture.pixels.data(), bytes)
        && hashOf(picture.pixels.data(), bytes, key) == head.check;
}

void PictureStore::keep(std::uint64_t key, const Picture &picture)
{
    PictureHead head{.height = picture.height, .width = picture.width, .channels = picture.channels, .key = key};
    head.check = hashOf(picture.pixels.data(), picture.pixels.size(), key);
    const std::lock_guard lock(m_mutex);
    if (m_full || !head.sane())
        return;
    constexpr std::size_t kLookEvery = 256;
    const std::int64_t pixels = m_end + static_cast<std::int64_t>(sizeof head);
    const bool room = pixels + head.bytes() <= kMostTogether && (m_pictures % kLookEvery != 0 || roomOnDisk());
    if (!room || !writeAt(m_file, pixels, picture.pixels.data(), picture.pixels.size())
        || !writeAt(m_file, m_end, &head, sizeof head)) {
        m_full = true; // what was half written is dropped by the next readIndex()
        (void)!::ftruncate(m_file, m_end);
        return;
    }
    m_index[key] = m_end;
    ++m_pictures;
    m_end = pixels + head.bytes();
}

bool PictureStore::roomOnDisk() const
{
    struct statvfs disk {};
    return ::fstatvfs(m_file, &disk) == 0 && static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize) > kLeastFree;
}

std::size_t PictureStore::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_index.size();
}

} // namespace netloom
