// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/probability_table.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace netloom {

namespace {

constexpr float kEpsilon = std::numeric_limits<float>::epsilon();
constexpr float kWidestLogit = 20; ///< beyond that 32 bits tell nothing apart near 1
constexpr float kCodes = 65535;

/// Even steps of ln(p / (1 - p)), so that small and large probabilities are told apart alike.
std::uint16_t codeOf(float probability)
{
    const float inside = std::clamp(probability, 1e-12f, 1.0f);
    const float logit = std::log(inside) - std::log1p(-std::min(inside, 1 - kEpsilon / 2));
    const float place = (std::clamp(logit, -kWidestLogit, kWidestLogit) + kWidestLogit) / (2 * kWidestLogit);
    return static_cast<std::uint16_t>(std::lround(place * kCodes));
}

float probabilityOf(std::uint16_t code)
{
    return 1 / (1 + std::exp(kWidestLogit - float(code) / kCodes * 2 * kWidestLogit));
}

} // namespace

ProbabilityTable::ProbabilityTable(std::int64_t classes, std::int64_t expected, std::int64_t mostExact)
    : m_classes(classes), m_exact(classes * expected <= mostExact)
{
    m_exact ? m_probabilities.reserve(std::size_t(classes * expected)) : m_codes.reserve(std::size_t(classes * expected));
}

void ProbabilityTable::add(std::span<const float> probabilities)
{
    if (m_exact)
        m_probabilities.insert(m_probabilities.end(), probabilities.begin(), probabilities.end());
    else
        std::ranges::transform(probabilities, std::back_inserter(m_codes), codeOf);
}

float ProbabilityTable::at(std::size_t row, std::int64_t label) const
{
    const std::size_t place = row * std::size_t(m_classes) + std::size_t(label);
    return m_exact ? m_probabilities[place] : probabilityOf(m_codes[place]);
}

std::vector<float> ProbabilityTable::row(std::size_t row) const
{
    std::vector<float> all;
    for (std::int64_t label = 0; label < m_classes; ++label)
        all.push_back(at(row, label));
    return all;
}

} // namespace netloom
