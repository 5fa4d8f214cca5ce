// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/fingerprint.h"

#include <fstream>
#include <sys/stat.h>
#include <vector>

namespace netloom {

void Fingerprint::add(std::string_view bytes)
{
    m_state = fnv1a("\xff", fnv1a(bytes, m_state)); // so that "ab", "c" isn't "a", "bc"
}

void Fingerprint::add(std::int64_t number)
{
    add(std::to_string(number));
}

void Fingerprint::addFacts(const std::filesystem::path &file)
{
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0)
        return add("missing");
    add(std::int64_t(facts.st_size));
    add(std::int64_t(facts.st_mtim.tv_sec));
    add(std::int64_t(facts.st_mtim.tv_nsec));
}

void Fingerprint::addContents(const std::filesystem::path &file)
{
    constexpr std::size_t kPiece = 1 << 20;
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> piece(kPiece);
    while (stream.read(piece.data(), std::streamsize(piece.size())) || stream.gcount() > 0)
        add({piece.data(), std::size_t(stream.gcount())});
}

std::string Fingerprint::text() const
{
    std::string digits(16, '0');
    std::uint64_t rest = m_state;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, rest >>= 4)
        *digit = "0123456789abcdef"[rest & 15];
    return digits;
}

} // namespace netloom
