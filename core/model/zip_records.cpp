// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/zip_records.h"

#include <cstdint>
#include <cstring>
#include <optional>

namespace netloom {

namespace {

// The layouts of PKWARE's APPNOTE 6.3.
constexpr std::string_view kEndMark("PK\5\6", 4);
constexpr std::string_view kWideEndMark("PK\6\6", 4);
constexpr std::string_view kWideLocatorMark("PK\6\7", 4);
constexpr std::string_view kEntryMark("PK\1\2", 4);
constexpr std::string_view kFileMark("PK\3\4", 4);
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kLongestComment = 65535;
constexpr std::uint16_t kWideExtra = 1;
constexpr std::uint64_t kMostRecords = 1'000'000;

/// Reads little-endian numbers; past the end there are none.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : m_bytes(bytes) {}

    template <class Number>
    std::optional<Number> number(std::uint64_t at) const
    {
        Number value = 0;
        if (at > m_bytes.size() || m_bytes.size() - at < sizeof value)
            return std::nullopt;
        std::memcpy(&value, m_bytes.data() + at, sizeof value);
        return value;
    }
    std::optional<std::string_view> part(std::uint64_t at, std::uint64_t length) const
    {
        if (at > m_bytes.size() || m_bytes.size() - at < length)
            return std::nullopt;
        return m_bytes.substr(at, length);
    }
    bool hasMark(std::uint64_t at, std::string_view mark) const { return part(at, mark.size()) == mark; }

private:
    std::string_view m_bytes;
};

struct Directory {
    std::uint64_t offset = 0;
    std::uint64_t count = 0;
};

struct Entry {
    std::string_view name;
    std::uint64_t size = 0;
    std::uint64_t stored = 0; ///< bytes in the archive
    std::uint64_t offset = 0; ///< of the file's own header
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint64_t next = 0; ///< where the next entry begins
};

std::optional<Directory> findDirectory(const Bytes &bytes, std::size_t size)
{
    if (size < kEndBytes)
        return std::nullopt;
    const std::size_t last = size - kEndBytes;
    for (std::size_t back = 0; back <= std::min(last, kLongestComment); ++back) {
        const std::size_t at = last - back;
        if (!bytes.hasMark(at, kEndMark))
            continue;
        Directory directory{*bytes.number<std::uint32_t>(at + 16), *bytes.number<std::uint16_t>(at + 10)};
        if (at >= 20 && bytes.hasMark(at - 20, kWideLocatorMark)) {
            const std::uint64_t wide = *bytes.number<std::uint64_t>(at - 12);
            const auto count = bytes.number<std::uint64_t>(wide + 32);
            const auto offset = bytes.number<std::uint64_t>(wide + 48);
            if (!bytes.hasMark(wide, kWideEndMark) || !count || !offset)
                return std::nullopt;
            directory = {*offset, *count};
        }
        return directory;
    }
    return std::nullopt;
}

/// Sizes that don't fit 32 bits stand in an extra field, each in its order.
bool readWide(const Bytes &bytes, std::uint64_t at, std::uint16_t length, Entry &entry)
{
    constexpr std::uint32_t kElsewhere = 0xFFFFFFFF;
    for (std::uint64_t field = at; field + 4 <= at + length;) {
        const std::uint16_t kind = *bytes.number<std::uint16_t>(field);
        std::uint64_t from = field + 4;
        field = from + *bytes.number<std::uint16_t>(field + 2);
        if (kind != kWideExtra)
            continue;
        for (std::uint64_t *number : {&entry.size, &entry.stored, &entry.offset}) {
            if (*number != kElsewhere)
                continue;
            const auto wide = bytes.number<std::uint64_t>(from);
            if (!wide || from + 8 > field)
                return false;
            *number = *wide;
            from += 8;
        }
    }
    return true;
}

std::optional<Entry> readEntry(const Bytes &bytes, std::uint64_t at)
{
    constexpr std::uint64_t kFixed = 46;
    if (!bytes.hasMark(at, kEntryMark) || !bytes.part(at, kFixed))
        return std::nullopt;
    const std::uint16_t nameLength = *bytes.number<std::uint16_t>(at + 28);
    const std::uint16_t extraLength = *bytes.number<std::uint16_t>(at + 30);
    const std::uint16_t commentLength = *bytes.number<std::uint16_t>(at + 32);
    const auto name = bytes.part(at + kFixed, nameLength);
    Entry entry{.size = *bytes.number<std::uint32_t>(at + 24), .stored = *bytes.number<std::uint32_t>(at + 20), .offset = *bytes.number<std::uint32_t>(at + 42),
        .method = *bytes.number<std::uint16_t>(at + 10), .flags = *bytes.number<std::uint16_t>(at + 8),
        .next = at + kFixed + nameLength + extraLength + commentLength};
    if (!name || !bytes.part(at + kFixed + nameLength, extraLength) || !readWide(bytes, at + kFixed + nameLength, extraLength, entry))
        return std::nullopt;
    entry.name = *name;
    return entry;
}

/// The bytes of a file behind its own header.
std::optional<std::string_view> contentsOf(const Bytes &bytes, const Entry &entry)
{
    constexpr std::uint64_t kFixed = 30;
    if (entry.offset > UINT64_MAX / 2 || !bytes.hasMark(entry.offset, kFileMark))
        return std::nullopt;
    const auto nameLength = bytes.number<std::uint16_t>(entry.offset + 26);
    const auto extraLength = bytes.number<std::uint16_t>(entry.offset + 28);
    if (!nameLength || !extraLength)
        return std::nullopt;
    return bytes.part(entry.offset + kFixed + *nameLength + *extraLength, entry.size);
}

} // namespace

Result<std::map<std::string, std::string_view>> readZipRecords(std::string_view archive)
{
    const Bytes bytes(archive);
    const auto directory = findDirectory(bytes, archive.size());
    if (!directory || directory->count > kMostRecords)
        return Error{"the archive has no list of its files"};
    std::map<std::string, std::string_view> records;
    std::uint64_t at = directory->offset;
    for (std::uint64_t index = 0; index < directory->count; ++index) {
        const auto entry = readEntry(bytes, at);
        if (!entry)
            return Error{"the archive's list of files is damaged"};
        const std::string name(entry->name);
        if (entry->method != 0 || entry->size != entry->stored || (entry->flags & 1) != 0)
            return Error{"'" + name + "' is compressed or encrypted, which torch.save() never does"};
        const auto contents = contentsOf(bytes, *entry);
        if (!contents)
            return Error{"'" + name + "' lies outside of the archive"};
        records.emplace(name, *contents);
        at = entry->next;
    }
    return records;
}

} // namespace netloom
