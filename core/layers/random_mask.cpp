// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/random_mask.h"

#include "data/each_processor.h"

#include <algorithm>

namespace netloom {

namespace {

/// A hash of each place (Wellons' lowbias32), so that many are made at a time: a generator that makes one number after the other takes a
/// tenth of a small network's whole step.
NETLOOM_FOR_EACH_PROCESSOR
void fill(float *__restrict mask, std::uint32_t count, std::uint32_t limit, float kept, std::uint32_t start, std::uint32_t twist)
{
    for (std::uint32_t place = 0; place < count; ++place) {
        std::uint32_t hash = start + place;
        hash = (hash ^ (hash >> 16)) * 0x7feb352du;
        hash = ((hash ^ (hash >> 15)) + twist) * 0x846ca68bu;
        hash = (hash ^ (hash >> 16)) * 0x7feb352du;
        hash ^= hash >> 15;
        mask[place] = hash < limit ? 0.0f : kept;
    }
}

} // namespace

void fillMask(float *mask, std::size_t count, double p, float kept, std::uint64_t seed)
{
    constexpr std::size_t kAtOnce = std::size_t{1} << 31;
    const auto limit = static_cast<std::uint32_t>(std::clamp(p, 0.0, 1.0) * 4294967295.0);
    for (std::size_t from = 0; from < count; from += kAtOnce, ++seed)
        fill(mask + from, static_cast<std::uint32_t>(std::min(kAtOnce, count - from)), limit, kept, static_cast<std::uint32_t>(seed),
            static_cast<std::uint32_t>(seed >> 32));
}

} // namespace netloom
