// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/number_meter.h"

#include "train/checkpoint.h"
#include "train/train_state.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace netloom {

namespace {

/// The finalizer of SplitMix64: neighbouring numbers become unlike ones, no two the same.
std::uint64_t scattered(std::uint64_t number)
{
    number += 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

} // namespace

double ownNumber(const NumberScale &scale, double scaled)
{
    const double number = scale.number(scaled);
    const double parts = std::pow(10, 5 - std::floor(std::log10(scale.deviation))); // of 1 that are told apart
    const double rounded = parts >= 1 ? std::round(number * parts) / parts : number;
    return std::isfinite(rounded) ? rounded : number;
}

void NumberMeter::add(std::int64_t sample, double truth, double predicted)
{
    ++m_count;
    const double error = truth - predicted;
    m_absolute += std::abs(error);
    m_squared += error * error;
    const double before = truth - m_mean;
    m_mean += before / static_cast<double>(m_count);
    m_deviations += before * (truth - m_mean);
    m_kept.push_back({scattered(static_cast<std::uint64_t>(sample)), sample, {ownNumber(m_scale, truth), ownNumber(m_scale, predicted)}});
    if (m_kept.size() >= 2 * kMostEstimates)
        keepLowest(m_kept);
}

void NumberMeter::keepLowest(std::vector<Kept> &kept)
{
    if (kept.size() <= kMostEstimates)
        return;
    std::ranges::nth_element(kept, kept.begin() + kMostEstimates, {}, &Kept::rank);
    kept.resize(kMostEstimates);
}

void NumberMeter::save(TrainState &state) const
{
    putWhole(state, "pass/numbers/count", {m_count});
    putNumbers(state, "pass/numbers/sums", {m_absolute, m_squared, m_mean, m_deviations});
    std::vector<std::int64_t> samples;
    std::vector<double> estimates;
    for (const Kept &one : m_kept) {
        samples.push_back(one.sample);
        estimates.insert(estimates.end(), {one.estimate.truth, one.estimate.predicted});
    }
    putWhole(state, "pass/numbers/samples", samples);
    putNumbers(state, "pass/numbers/estimates", estimates);
}

void NumberMeter::load(const TrainState &state)
{
    m_count = wholeIn(state, "pass/numbers/count", 1).front();
    const auto sums = numbersIn(state, "pass/numbers/sums", 4);
    m_absolute = sums[0];
    m_squared = sums[1];
    m_mean = sums[2];
    m_deviations = sums[3];
    const auto samples = wholeIn(state, "pass/numbers/samples");
    const auto estimates = numbersIn(state, "pass/numbers/estimates", 2 * static_cast<std::int64_t>(samples.size()));
    m_kept.clear();
    for (std::size_t at = 0; at < samples.size(); ++at)
        m_kept.push_back({scattered(static_cast<std::uint64_t>(samples[at])), samples[at], {estimates[2 * at], estimates[2 * at + 1]}});
}

NumberScores NumberMeter::scores() const
{
    if (m_count == 0)
        return {};
    const auto count = static_cast<double>(m_count);
    return {.r2 = r2Of(m_count, m_squared, m_deviations), .mae = m_absolute / count * m_scale.deviation,
        .rmse = std::sqrt(m_squared / count) * m_scale.deviation};
}

std::vector<Estimate> NumberMeter::estimates() const
{
    std::vector<Kept> kept = m_kept;
    keepLowest(kept);
    std::ranges::sort(kept, {}, &Kept::sample);
    std::vector<Estimate> estimates;
    for (const Kept &one : kept)
        estimates.push_back(one.estimate);
    return estimates;
}

} // namespace netloom
