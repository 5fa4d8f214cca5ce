// SPDX-License-Identifier: GPL-3.0-or-later
// Not a test: prints what the samplers and ASHA find on a set of functions, one JSON object a line. compare_optuna.py reads it.
#include "independent_functions.h"

#include <cstdlib>
#include <iomanip>
#include <iostream>

using namespace netloom;
using namespace netloom::test;

namespace {

/// The points that leastTrained() tries, in their order, and the functions' values there: the other side checks its own by them.
void printPoints(const StandardFunction &function, std::uint64_t seed)
{
    const auto sampler = makeSampler(SamplerKind::Random, trainedAxes(function), seed, 0);
    std::cout << ", \"points\": [";
    std::vector<double> ends;
    for (std::int64_t number = 1; number <= kEpochBudget; ++number) {
        std::cout << (number > 1 ? ", [" : "[");
        const SearchPoint point = *sampler->next(number, {});
        for (std::size_t axis = 0; axis < point.size(); ++axis)
            std::cout << (axis > 0 ? ", " : "") << point[axis];
        std::cout << "]";
        ends.push_back(function.value({point.begin(), point.end() - 1}));
    }
    std::cout << "], \"ends\": [";
    for (std::size_t index = 0; index < ends.size(); ++index)
        std::cout << (index > 0 ? ", " : "") << ends[index];
    std::cout << "]";
}

} // namespace

int main(int count, char **words)
{
    if (count != 5) {
        std::cerr << "search_figures tuned|independent FIRST_SEED SEEDS_OF_TPE SEEDS_OF_ASHA\n";
        return 2;
    }
    const bool independent = std::string(words[1]) == "independent";
    const auto first = std::uint64_t(std::atoi(words[2])), samplerSeeds = std::uint64_t(std::atoi(words[3])), ladderSeeds = std::uint64_t(std::atoi(words[4]));
    std::cout << std::setprecision(12);
    for (const StandardFunction &function : independent ? independentFunctions() : standardFunctions()) {
        const std::string head = "{\"function\": \"" + function.name + "\", \"seed\": ";
        for (std::uint64_t seed = first; seed < first + samplerSeeds; ++seed)
            std::cout << head << seed << ", \"tpe\": " << leastFound(function, SamplerKind::Tpe, seed)
                      << ", \"tpe_multivariate\": " << leastFound(function, SamplerKind::MultivariateTpe, seed)
                      << ", \"random\": " << leastFound(function, SamplerKind::Random, seed) << "}\n";
        for (std::uint64_t seed = first; seed < first + ladderSeeds; ++seed) {
            std::cout << head << seed << ", \"asha\": " << leastTrained(function, PrunerKind::Asha, seed)
                      << ", \"unpruned\": " << leastTrained(function, PrunerKind::None, seed);
            printPoints(function, seed);
            std::cout << "}\n";
        }
    }
}
