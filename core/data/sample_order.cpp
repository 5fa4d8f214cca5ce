// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sample_order.h"

#include "data/random.h"

#include <map>

namespace netloom {

namespace {

std::mt19937_64 generator(std::uint64_t seed, std::int64_t epoch)
{
    return std::mt19937_64(mixSeed({seed, static_cast<std::uint64_t>(epoch)}));
}

} // namespace

std::vector<std::int64_t> shuffledOrder(std::vector<std::int64_t> samples, std::uint64_t seed, std::int64_t epoch)
{
    std::mt19937_64 random = generator(seed, epoch);
    shuffle(samples, random);
    return samples;
}

std::vector<std::int64_t> balancedOrder(
    const std::vector<std::int64_t> &samples, const std::vector<std::int64_t> &labels, std::uint64_t seed, std::int64_t epoch)
{
    std::map<std::int64_t, std::vector<std::int64_t>> byClass;
    for (const std::int64_t sample : samples)
        byClass[labels[static_cast<std::size_t>(sample)]].push_back(sample);
    std::mt19937_64 random = generator(seed, epoch);
    std::vector<std::vector<std::int64_t> *> classes;
    for (auto &[label, members] : byClass)
        classes.push_back(&members);
    shuffle(classes, random); // which classes get one more where the number isn't divisible
    std::vector<std::int64_t> order;
    for (std::size_t at = 0; at < classes.size(); ++at) {
        std::vector<std::int64_t> &members = *classes[at];
        const std::size_t draws = samples.size() / classes.size() + (at < samples.size() % classes.size() ? 1 : 0);
        for (std::size_t draw = 0; draw < draws; ++draw) {
            if (draw % members.size() == 0)
                shuffle(members, random);
            order.push_back(members[draw % members.size()]);
        }
    }
    shuffle(order, random);
    return order;
}

} // namespace netloom
