// SPDX-License-Identifier: GPL-3.0-or-later
// Not a test: prints what the samplers and ASHA find on the standard functions, one JSON object a line. compare_optuna.py reads it.
#include "standard_functions.h"

#include <cstdlib>
#include <iostream>

using namespace netloom;
using namespace netloom::test;

namespace {

/// The points that leastTrained() tries, in their order.
void printPoints(const StandardFunction &function, std::uint64_t seed)
{
    const auto sampler = makeSampler(SamplerKind::Random, trainedAxes(function), seed, 0);
    for (std::int64_t number = 1; number <= kEpochBudget / 2; ++number) {
        std::cout << (number > 1 ? ", [" : "[");
        const SearchPoint point = *sampler->next(number, {});
        for (std::size_t axis = 0; axis < point.size(); ++axis)
            std::cout << (axis > 0 ? ", " : "") << point[axis];
        std::cout << "]";
    }
}

} // namespace

int main(int count, char **words)
{
    if (count != 3) {
        std::cerr << "search_figures SEEDS_OF_TPE SEEDS_OF_ASHA\n";
        return 2;
    }
    const auto samplerSeeds = std::uint64_t(std::atoi(words[1])), ladderSeeds = std::uint64_t(std::atoi(words[2]));
    for (const StandardFunction &function : standardFunctions()) {
        const std::string head = "{\"function\": \"" + function.name + "\", \"seed\": ";
        for (std::uint64_t seed = 0; seed < samplerSeeds; ++seed)
            std::cout << head << seed << ", \"tpe\": " << leastFound(function, SamplerKind::Tpe, seed)
                      << ", \"random\": " << leastFound(function, SamplerKind::Random, seed) << "}\n";
        for (std::uint64_t seed = 0; seed < ladderSeeds; ++seed) {
            std::cout << head << seed << ", \"asha\": " << leastTrained(function, PrunerKind::Asha, seed)
                      << ", \"unpruned\": " << leastTrained(function, PrunerKind::None, seed) << ", \"points\": [";
            printPoints(function, seed);
            std::cout << "]}\n";
        }
    }
}
