// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/stratified_split.h"

#include "data/random.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

std::int64_t shareOf(std::int64_t count, double fraction)
{
    if (fraction <= 0)
        return 0;
    const std::int64_t least = count >= 3 ? 1 : 0;
    return std::max(least, static_cast<std::int64_t>(std::floor(static_cast<double>(count) * fraction + 0.5)));
}

} // namespace

std::vector<Split> stratifiedSplit(const std::vector<std::int64_t> &labels, std::int64_t classCount, double valFraction,
    double testFraction, std::uint64_t seed)
{
    std::vector<std::vector<std::size_t>> members(static_cast<std::size_t>(classCount));
    for (std::size_t index = 0; index < labels.size(); ++index)
        members[static_cast<std::size_t>(labels[index])].push_back(index);

    std::vector<Split> splits(labels.size(), Split::Train);
    for (std::size_t label = 0; label < members.size(); ++label) {
        std::mt19937_64 random(mixSeed({seed, label}));
        shuffle(members[label], random);
        const auto count = static_cast<std::int64_t>(members[label].size());
        const std::int64_t keep = std::min<std::int64_t>(1, count);
        const std::int64_t test = std::clamp<std::int64_t>(shareOf(count, testFraction), 0, count - keep);
        const std::int64_t val = std::clamp<std::int64_t>(shareOf(count, valFraction), 0, count - keep - test);
        for (std::int64_t place = 0; place < test + val; ++place)
            splits[members[label][static_cast<std::size_t>(place)]] = place < test ? Split::Test : Split::Val;
    }
    return splits;
}

} // namespace netloom
