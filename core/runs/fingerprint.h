// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/fnv.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace netloom {

/// A short mark of bytes that tells whether they are the same as those of another time; no protection against people who want it to err.
class Fingerprint {
public:
    void add(std::string_view bytes);
    void add(std::int64_t number);
    /// A file's length and time of its last change; nothing but that where it can't be read.
    void addFacts(const std::filesystem::path &file);
    /// A file's bytes.
    void addContents(const std::filesystem::path &file);

    /// 16 digits, 0 to f.
    std::string text() const;

private:
    std::uint64_t m_state = kFnvStart;
};

} // namespace netloom
