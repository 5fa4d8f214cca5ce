// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace netloom {

inline constexpr std::uint64_t kFnvStart = 0xcbf29ce484222325ULL;

/// FNV-1a, 64 bits: a quick hash for names and marks, the same on every machine; no protection against people who want two texts to have
/// one. @p state is what the bytes before gave.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t state = kFnvStart)
{
    constexpr std::uint64_t kPrime = 0x100000001b3ULL;
    for (const char byte : bytes)
        state = (state ^ static_cast<unsigned char>(byte)) * kPrime;
    return state;
}

} // namespace netloom
