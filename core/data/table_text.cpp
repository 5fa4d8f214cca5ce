// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table_text.h"

#include "data/folder_scan.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> kEndings{".csv", ".tsv", ".tab", ".txt", ".data"};
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";

/// What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters; 0 for the five that it leaves free.
constexpr std::array<char16_t, 32> kWindows1252{0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
    0, 0x017E, 0x0178};

void appendUtf8(std::string &text, char32_t code)
{
    const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | (code >> 12));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0 | (code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// How many bytes the UTF-8 character at @p at takes; 0 where there is none.
std::size_t utf8Length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > text.size())
        return 0;
    for (std::size_t offset = 1; offset < length; ++offset) {
        if ((byte(offset) & 0xC0) != 0x80)
            return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool beyond = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
    return overlong || beyond ? 0 : length;
}

bool isUtf8(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = utf8Length(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::string fromWindows1252(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 16);
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        const char32_t mapped = byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80u] : byte;
        appendUtf8(text, mapped ? mapped : 0xFFFD);
    }
    return text;
}

std::string fromUtf16(std::string_view bytes, bool bigEndian)
{
    const auto unit = [&](std::size_t at) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return bigEndian ? static_cast<char32_t>(first << 8 | second) : static_cast<char32_t>(second << 8 | first);
    };
    std::string text;
    text.reserve(bytes.size() / 2);
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t code = unit(at);
        if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size()) {
            const char32_t low = unit(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        appendUtf8(text, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    }
    return text;
}

std::optional<std::string> cause(const fs::path &file)
{
    std::error_code code;
    const fs::file_status status = fs::status(file, code);
    if (!fs::exists(status))
        return "doesn't exist: choose another one.";
    if (fs::is_directory(status))
        return "is a folder: choose the file with the table.";
    if (!fs::is_regular_file(status))
        return "is no ordinary file: choose the file with the table.";
    return std::nullopt;
}

/// Spreadsheets and the like, which people take for tables.
std::string whatItIs(std::string_view bytes)
{
    if (bytes.starts_with("PK\x03\x04"))
        return "is a spreadsheet or a zip archive, not text: save it as CSV.";
    if (bytes.starts_with("\xD0\xCF\x11\xE0"))
        return "is an old Excel file, not text: save it as CSV.";
    if (bytes.starts_with("\x1F\x8B"))
        return "is packed (gzip): unpack it first.";
    return "is no text: choose a table saved as CSV.";
}

std::string decoded(std::string bytes, const std::string &encoding)
{
    const std::string_view all = bytes;
    if (all.starts_with(kUtf16LittleMark) && encoding != "Windows-1252")
        return fromUtf16(all.substr(2), false);
    if (all.starts_with(kUtf16BigMark) && encoding != "Windows-1252")
        return fromUtf16(all.substr(2), true);
    if (encoding == "UTF-16")
        return fromUtf16(all, false);
    if (all.starts_with(kUtf8Mark)) {
        bytes.erase(0, kUtf8Mark.size());
        return bytes;
    }
    if (encoding == "Windows-1252" || (encoding == "auto" && !isUtf8(all)))
        return fromWindows1252(all);
    return bytes;
}

} // namespace

bool isTableFile(const std::string &file)
{
    const std::string name = lowerCase(file);
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return name.ends_with(ending); });
}

Result<std::string> readTableText(const std::string &file, const std::string &encoding)
{
    const auto failed = [&](const std::string &text) { return Error{"'" + file + "' " + text}; };
    if (const auto text = cause(file))
        return failed(*text);
    std::ifstream stream(file, std::ios::binary);
    std::error_code code;
    const std::uintmax_t size = fs::file_size(file, code);
    if (!stream || code)
        return failed("can't be opened: check its permissions.");
    constexpr std::uintmax_t kMostBytes = std::uintmax_t{2} << 30;
    if (size > kMostBytes)
        return failed("is larger than 2 GiB, more than a table in memory may be: take a part of its rows.");
    std::string bytes(static_cast<std::size_t>(size), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    if (bytes.find_first_not_of(" \t\r\n") == std::string::npos)
        return failed("is empty: choose another one.");
    const std::string head = bytes.substr(0, 8);
    std::string text = decoded(std::move(bytes), encoding);
    if (text.find('\0') != std::string::npos)
        return failed(whatItIs(head));
    if (encoding == "UTF-8" && !isUtf8(text))
        return failed("is not UTF-8: set encoding to auto.");
    return text;
}

} // namespace netloom
