// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/nearest_name.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <string_view>

namespace netloom {

namespace {

constexpr std::size_t kMostNamed = 5;

/// Number of single-letter edits between two words, case aside.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    const auto lower = [](char letter) { return std::tolower(static_cast<unsigned char>(letter)); };
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t same = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({same, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

} // namespace

Error unknownName(const std::string &name, const std::string &what, std::vector<std::string> valid)
{
    std::ranges::stable_sort(valid, {}, [&](const std::string &candidate) { return editDistance(name, candidate); });
    std::string list;
    for (std::size_t index = 0; index < std::min(kMostNamed, valid.size()); ++index)
        list.append(index > 0 ? ", " : "").append(valid[index]);
    return {"There is no " + what + " '" + name + "'" + (list.empty() ? "." : "; the nearest: " + list + ".")};
}

} // namespace netloom
