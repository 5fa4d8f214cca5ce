// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/random.h"
#include "search/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

namespace netloom {

namespace {

constexpr std::int64_t kFirstPoints = 10; ///< spread over the space before there is something to learn from
constexpr double kGoodShare = 0.15; ///< the paper's gamma
constexpr int kDraws = 24;
constexpr double kMostKernels = 100;     ///< a kernel is at least 1/100 of the range wide; wider among few observations
constexpr int kLearnedTries = 10;        ///< for a point that was not tried yet, where there are few
constexpr int kTries = 60;               ///< the later ones anywhere

double normalBelow(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// A density over one axis between 0 and 1: a truncated normal at each observation and the prior at the middle, all equally likely.
class Parzen {
public:
    Parzen(const SearchAxis &axis, const std::vector<double> &places) : m_axis(axis)
    {
        if (axis.kind == SearchAxis::Kind::Choice) {
            count(places);
            return;
        }
        std::vector<double> sorted = places;
        std::ranges::sort(sorted);
        const double narrowest = 1.0 / std::min(kMostKernels, 2.0 + double(places.size()));
        for (const double place : places)
            add(place, std::clamp(neighbourGap(sorted, place), narrowest, 1.0));
        add(0.5, 1);
    }

    double draw(std::mt19937_64 &random) const
    {
        if (m_axis.kind == SearchAxis::Kind::Choice)
            return m_axis.toUnit(double(pickChoice(random)));
        const Kernel &kernel = m_kernels[std::min(std::size_t(randomUnit(random) * double(m_kernels.size())), m_kernels.size() - 1)];
        for (;;) { // at least 0.38 of a kernel lies inside
            const double place = kernel.place + kernel.width * randomNormal(random);
            if (place >= 0 && place <= 1)
                return place;
        }
    }

    /// The density at @p value, or the probability of it where it has a share of the axis.
    double at(double value) const
    {
        if (m_axis.kind == SearchAxis::Kind::Choice)
            return m_counts[std::size_t(value)] / m_total;
        const double place = m_axis.toUnit(value);
        const double half = m_axis.halfShare(value);
        double sum = 0;
        for (const Kernel &kernel : m_kernels) {
            const double z = (place - kernel.place) / kernel.width;
            const double mass = half > 0 ? normalBelow(z + half / kernel.width) - normalBelow(z - half / kernel.width)
                                         : std::exp(-0.5 * z * z) / kernel.width;
            sum += mass / kernel.inside;
        }
        return sum / double(m_kernels.size());
    }

private:
    struct Kernel {
        double place, width;
        double inside; ///< the share of the normal between 0 and 1
    };

    /// The greater of the distances to the neighbours on both sides; outermost ones have one.
    static double neighbourGap(const std::vector<double> &sorted, double place)
    {
        if (sorted.size() == 1)
            return std::max(place, 1 - place);
        const auto here = std::ranges::lower_bound(sorted, place);
        const double left = here != sorted.begin() ? place - *(here - 1) : 0;
        const double right = here + 1 != sorted.end() ? *(here + 1) - place : 0;
        return std::max(left, right);
    }

    std::size_t pickChoice(std::mt19937_64 &random) const
    {
        double rest = randomUnit(random) * m_total;
        for (std::size_t index = 0; index + 1 < m_counts.size(); ++index) {
            rest -= m_counts[index];
            if (rest < 0)
                return index;
        }
        return m_counts.size() - 1;
    }

    void add(double place, double width)
    {
        m_kernels.push_back({place, width, normalBelow((1 - place) / width) - normalBelow(-place / width)});
    }

    void count(const std::vector<double> &places)
    {
        m_counts.assign(m_axis.choices.size(), 1.0);
        for (const double place : places)
            m_counts[std::size_t(m_axis.fromUnit(place))] += 1;
        m_total = double(m_axis.choices.size() + places.size());
    }

    const SearchAxis &m_axis;
    std::vector<Kernel> m_kernels;
    std::vector<double> m_counts; ///< of each choice
    double m_total = 0;           ///< of all choices
};

class TpeSampler final : public Sampler {
public:
    TpeSampler(std::vector<SearchAxis> axes, std::uint64_t seed)
        : m_axes(std::move(axes)), m_seed(seed), m_first(makeSampler(SamplerKind::Sobol, m_axes, seed, kFirstPoints))
    {
        for (const SearchAxis &axis : m_axes)
            m_countable &= axis.levels() > 0;
    }

    std::optional<SearchPoint> next(std::int64_t number, std::span<const Observation> earlier) override
    {
        std::optional<SearchPoint> point;
        for (int attempt = 0; attempt < kTries; ++attempt) {
            const bool anywhere = number <= kFirstPoints || attempt >= kLearnedTries;
            point = anywhere ? m_first->next(number + attempt * kFirstPoints, earlier) : learned(number, attempt, earlier);
            const auto same = [&](const Observation &other) { return other.point == *point; };
            if (!m_countable || std::ranges::none_of(earlier, same))
                break;
        }
        return point;
    }

private:
    SearchPoint learned(std::int64_t number, int attempt, std::span<const Observation> earlier) const
    {
        std::vector<std::size_t> order(earlier.size());
        for (std::size_t index = 0; index < order.size(); ++index)
            order[index] = index;
        const auto rank = [&](std::size_t index) {
            const Observation &one = earlier[index];
            return std::tuple(!one.loss, one.loss.value_or(0), one.tie);
        };
        std::ranges::stable_sort(order, {}, rank);
        const auto good = std::size_t(std::ceil(kGoodShare * double(order.size())));

        SearchPoint point;
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            std::mt19937_64 random(mixSeed({m_seed, std::uint64_t(number), axis, std::uint64_t(attempt)}));
            const auto places = [&](std::size_t from, std::size_t to) {
                std::vector<double> units;
                for (std::size_t index = from; index < to; ++index)
                    units.push_back(m_axes[axis].toUnit(earlier[order[index]].point[axis]));
                return units;
            };
            point.push_back(bestDraw(m_axes[axis], Parzen(m_axes[axis], places(0, good)), Parzen(m_axes[axis], places(good, order.size())), random));
        }
        return point;
    }

    static double bestDraw(const SearchAxis &axis, const Parzen &good, const Parzen &others, std::mt19937_64 &random)
    {
        double best = 0;
        double highest = -1;
        for (int draw = 0; draw < kDraws; ++draw) {
            const double value = axis.fromUnit(good.draw(random));
            const double ratio = good.at(value) / std::max(others.at(value), std::numeric_limits<double>::min());
            if (ratio > highest) {
                highest = ratio;
                best = value;
            }
        }
        return best;
    }

    std::vector<SearchAxis> m_axes;
    std::uint64_t m_seed;
    std::unique_ptr<Sampler> m_first;
    bool m_countable = true; ///< no axis has endlessly many values
};

} // namespace

std::unique_ptr<Sampler> makeTpe(std::vector<SearchAxis> axes, std::uint64_t seed)
{
    return std::make_unique<TpeSampler>(std::move(axes), seed);
}

} // namespace netloom
