// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tensor_header.h"

#include <charconv>
#include <optional>
#include <set>

namespace netloom {

namespace {

std::string quoted(const std::string &text)
{
    static const char *const kHex = "0123456789abcdef";
    std::string json = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            json += {'\\', letter};
        else if (static_cast<unsigned char>(letter) < 0x20)
            json += {'\\', 'u', '0', '0', kHex[letter >> 4], kHex[letter & 15]};
        else
            json += letter;
    }
    return json + "\"";
}

void appendUtf8(std::string &text, std::uint32_t code)
{
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    } else if (code < 0x10000) {
        text += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
    } else {
        text += {static_cast<char>(0xF0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3F)),
            static_cast<char>(0x80 | (code >> 6 & 0x3F)), static_cast<char>(0x80 | (code & 0x3F))};
    }
}

/// Reads just the JSON that a safetensors header may hold: an object of tensors. Every reader gives false at a fault.
class HeaderReader {
public:
    explicit HeaderReader(std::string_view json) : m_json(json) {}

    std::size_t position() const { return m_at; }

    bool readHeader(std::vector<TensorEntry> &entries)
    {
        std::set<std::string> names;
        const bool read = readObject([&](const std::string &name) {
            if (!names.insert(name).second)
                return false;
            if (name == "__metadata__")
                return readMetadata();
            entries.push_back({.name = name});
            return readEntry(entries.back());
        });
        skipSpace();
        return read && m_at == m_json.size();
    }

private:
    void skipSpace()
    {
        while (m_at < m_json.size() && (m_json[m_at] == ' ' || m_json[m_at] == '\t' || m_json[m_at] == '\n' || m_json[m_at] == '\r'))
            ++m_at;
    }

    bool take(char letter)
    {
        skipSpace();
        if (m_at >= m_json.size() || m_json[m_at] != letter)
            return false;
        ++m_at;
        return true;
    }

    /// Calls @p readValue(name) for every member.
    template <class ReadValue>
    bool readObject(ReadValue readValue)
    {
        if (!take('{'))
            return false;
        if (take('}'))
            return true;
        do {
            std::string name;
            if (!readString(name) || !take(':') || !readValue(name))
                return false;
        } while (take(','));
        return take('}');
    }

    bool readMetadata()
    {
        return readObject([&](const std::string &) {
            std::string value;
            return readString(value);
        });
    }

    bool readEntry(TensorEntry &entry)
    {
        std::set<std::string> seen;
        const bool read = readObject([&](const std::string &name) {
            if (!seen.insert(name).second)
                return false;
            if (name == "dtype")
                return readString(entry.dtype);
            if (name == "shape")
                return readNumbers(entry.shape) && entry.shape.size() <= 16;
            if (name != "data_offsets")
                return false;
            std::vector<std::int64_t> offsets;
            if (!readNumbers(offsets) || offsets.size() != 2 || offsets[0] > offsets[1])
                return false;
            entry.begin = static_cast<std::uint64_t>(offsets[0]);
            entry.end = static_cast<std::uint64_t>(offsets[1]);
            return true;
        });
        return read && seen.size() == 3;
    }

    bool readNumbers(std::vector<std::int64_t> &numbers)
    {
        if (!take('['))
            return false;
        if (take(']'))
            return true;
        do {
            std::int64_t number = 0;
            if (!readNumber(number))
                return false;
            numbers.push_back(number);
        } while (take(','));
        return take(']');
    }

    /// A whole number from 0 on.
    bool readNumber(std::int64_t &number)
    {
        skipSpace();
        const char *const first = m_json.data() + m_at;
        const char *const last = m_json.data() + m_json.size();
        if (first == last || *first < '0' || *first > '9')
            return false;
        const auto [end, code] = std::from_chars(first, last, number);
        if (code != std::errc{} || (*first == '0' && end != first + 1))
            return false;
        m_at += static_cast<std::size_t>(end - first);
        return true;
    }

    bool readString(std::string &text)
    {
        if (!take('"'))
            return false;
        while (m_at < m_json.size()) {
            const char letter = m_json[m_at++];
            if (letter == '"')
                return true;
            if (static_cast<unsigned char>(letter) < 0x20)
                return false;
            if (letter != '\\')
                text += letter;
            else if (!readEscape(text))
                return false;
        }
        return false;
    }

    bool readEscape(std::string &text)
    {
        if (m_at >= m_json.size())
            return false;
        constexpr std::string_view kLetters = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        const char letter = m_json[m_at++];
        if (const auto found = kLetters.find(letter); found != std::string_view::npos) {
            text += kMeanings[found];
            return true;
        }
        auto code = letter == 'u' ? readHex() : std::nullopt;
        if (code && *code >= 0xD800 && *code < 0xDC00) {
            const bool paired = m_json.substr(m_at, 2) == "\\u";
            m_at += paired ? 2 : 0;
            const auto low = paired ? readHex() : std::nullopt;
            if (!low || *low < 0xDC00 || *low > 0xDFFF)
                return false;
            code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
        } else if (code && *code >= 0xDC00 && *code <= 0xDFFF) {
            return false;
        }
        if (code)
            appendUtf8(text, *code);
        return code.has_value();
    }

    std::optional<std::uint32_t> readHex()
    {
        std::uint32_t code = 0;
        const std::string_view digits = m_json.substr(m_at, 4);
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (digits.size() != 4 || failure != std::errc{} || end != digits.data() + 4)
            return std::nullopt;
        m_at += 4;
        return code;
    }

    std::string_view m_json;
    std::size_t m_at = 0;
};

} // namespace

std::string writeTensorHeader(const std::vector<TensorEntry> &entries)
{
    std::string json = R"({"__metadata__":{"format":"pt"})";
    for (const TensorEntry &entry : entries) {
        json.append(",").append(quoted(entry.name)).append(R"(:{"dtype":)").append(quoted(entry.dtype)).append(R"(,"shape":[)");
        for (std::size_t axis = 0; axis < entry.shape.size(); ++axis)
            json.append(axis > 0 ? "," : "").append(std::to_string(entry.shape[axis]));
        json.append(R"(],"data_offsets":[)").append(std::to_string(entry.begin)).append(",").append(std::to_string(entry.end)).append("]}");
    }
    return json + "}";
}

Result<std::vector<TensorEntry>> readTensorHeader(std::string_view json)
{
    std::vector<TensorEntry> entries;
    HeaderReader reader(json);
    if (!reader.readHeader(entries))
        return Error{"the header is damaged at byte " + std::to_string(reader.position())};
    return entries;
}

} // namespace netloom
