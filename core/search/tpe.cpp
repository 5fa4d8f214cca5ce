// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/axis_kernel.h"
#include "search/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace netloom {

namespace {

std::size_t randomIndex(std::mt19937_64 &random, std::size_t count)
{
    return std::min(std::size_t(randomUnit(random) * double(count)), count - 1);
}

constexpr std::int64_t kFirstPoints = 10; ///< spread over the space before there is something to learn from
constexpr double kGoodShare = 0.15; ///< the paper's gamma
constexpr int kDraws = 24;
constexpr double kMostKernels = 100;     ///< a kernel is at least 1/100 of the range wide; wider among few observations
constexpr int kLearnedTries = 10;        ///< for a point that was not tried yet, where there are few
constexpr int kTries = 60;               ///< the later ones anywhere

/// The greater of the distances to the neighbours on both sides; outermost ones have one.
double neighbourGap(const std::vector<double> &sorted, double place)
{
    if (sorted.size() == 1)
        return std::max(place, 1 - place);
    const auto here = std::ranges::lower_bound(sorted, place);
    const double left = here != sorted.begin() ? place - *(here - 1) : 0;
    const double right = here + 1 != sorted.end() ? *(here + 1) - place : 0;
    return std::max(left, right);
}

/// One kernel for each of @p places, in their order, and the prior at the middle.
std::vector<AxisKernel> kernelsAt(const std::vector<double> &places)
{
    std::vector<double> sorted = places;
    std::ranges::sort(sorted);
    const double narrowest = 1.0 / std::min(kMostKernels, 2.0 + double(places.size()));
    std::vector<AxisKernel> kernels;
    for (const double place : places)
        kernels.emplace_back(place, std::clamp(neighbourGap(sorted, place), narrowest, 1.0));
    kernels.emplace_back(0.5, 1);
    return kernels;
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
        m_kernels = kernelsAt(places);
    }

    double draw(std::mt19937_64 &random) const
    {
        if (m_axis.kind == SearchAxis::Kind::Choice)
            return m_axis.toUnit(double(pickChoice(random)));
        return m_kernels[randomIndex(random, m_kernels.size())].draw(random);
    }

    /// The density at @p value, or the probability of it where it has a share of the axis.
    double at(double value) const
    {
        if (m_axis.kind == SearchAxis::Kind::Choice)
            return m_counts[std::size_t(value)] / m_total;
        const double place = m_axis.toUnit(value);
        const double half = m_axis.halfShare(value);
        double sum = 0;
        for (const AxisKernel &kernel : m_kernels)
            sum += kernel.at(place, half);
        return sum / double(m_kernels.size());
    }

private:
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

    void count(const std::vector<double> &places)
    {
        m_counts.assign(m_axis.choices.size(), 1.0);
        for (const double place : places)
            m_counts[std::size_t(m_axis.fromUnit(place))] += 1;
        m_total = double(m_axis.choices.size() + places.size());
    }

    const SearchAxis &m_axis;
    std::vector<AxisKernel> m_kernels;
    std::vector<double> m_counts; ///< of each choice
    double m_total = 0;           ///< of all choices
};

/// A density over all axes together: around each point a product of one kernel per axis, and the prior at the middle, all equally likely.
class JointParzen {
public:
    JointParzen(const std::vector<SearchAxis> &axes, std::span<const SearchPoint> points) : m_axes(axes), m_points(points.begin(), points.end())
    {
        m_points.emplace_back(axes.size(), kNoChoice);
        for (std::size_t axis = 0; axis < axes.size(); ++axis) {
            std::vector<double> places;
            for (const SearchPoint &point : points)
                places.push_back(axes[axis].toUnit(point[axis]));
            m_kernels.push_back(kernelsAt(places));
        }
    }

    SearchPoint draw(std::mt19937_64 &random) const
    {
        const std::size_t kernel = randomIndex(random, m_points.size());
        SearchPoint point;
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            if (m_axes[axis].kind == SearchAxis::Kind::Choice)
                point.push_back(drawChoice(m_points[kernel][axis], m_axes[axis].choices.size(), random));
            else
                point.push_back(m_axes[axis].fromUnit(m_kernels[axis][kernel].draw(random)));
        }
        return point;
    }

    /// The density at @p point, but for a factor that does not depend on the kernels.
    double at(const SearchPoint &point) const
    {
        std::vector<double> products(m_points.size(), 1);
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            const double place = m_axes[axis].toUnit(point[axis]), half = m_axes[axis].halfShare(point[axis]);
            for (std::size_t kernel = 0; kernel < products.size(); ++kernel)
                products[kernel] *= m_axes[axis].kind == SearchAxis::Kind::Choice ? choiceShare(point[axis], m_points[kernel][axis], m_axes[axis].choices.size())
                                                                                 : m_kernels[axis][kernel].at(place, half);
        }
        return std::accumulate(products.begin(), products.end(), 0.0) / double(products.size());
    }

private:
    static constexpr double kNoChoice = -1; ///< the prior's: all are equally likely

    /// A kernel's own choice counts once more than what all share, which together counts as much as one kernel of all.
    double choiceShare(double choice, double own, std::size_t choices) const
    {
        if (own == kNoChoice)
            return 1 / double(choices);
        const double shared = 1 / double(m_points.size());
        return (choice == own ? 1 + shared : shared) / (1 + shared * double(choices));
    }

    double drawChoice(double own, std::size_t choices, std::mt19937_64 &random) const
    {
        const double shared = double(choices) / double(m_points.size());
        const bool any = own == kNoChoice || randomUnit(random) < shared / (1 + shared);
        return any ? double(randomIndex(random, choices)) : own;
    }

    const std::vector<SearchAxis> &m_axes;
    std::vector<SearchPoint> m_points;                ///< the last is the prior
    std::vector<std::vector<AxisKernel>> m_kernels; ///< of each axis one for each point
};

/// Of some draws the one with the greatest ratio of both densities.
template <class Draw, class Density>
auto greatest(Draw draw, const Density &good, const Density &others)
{
    auto best = draw();
    double highest = -1;
    for (int number = 0; number < kDraws; ++number) {
        const auto value = number == 0 ? best : draw();
        const double ratio = good.at(value) / std::max(others.at(value), std::numeric_limits<double>::min());
        if (ratio > highest) {
            highest = ratio;
            best = value;
        }
    }
    return best;
}

class TpeSampler final : public Sampler {
public:
    TpeSampler(std::vector<SearchAxis> axes, std::uint64_t seed, bool together)
        : m_axes(std::move(axes)), m_seed(seed), m_together(together), m_first(makeSampler(SamplerKind::Sobol, m_axes, seed, kFirstPoints))
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
        if (m_together)
            return bestTogether(number, attempt, earlier, order, good);

        SearchPoint point;
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis) {
            std::mt19937_64 random(mixSeed({m_seed, std::uint64_t(number), axis, std::uint64_t(attempt)}));
            const auto places = [&](std::size_t from, std::size_t to) {
                std::vector<double> units;
                for (std::size_t index = from; index < to; ++index)
                    units.push_back(m_axes[axis].toUnit(earlier[order[index]].point[axis]));
                return units;
            };
            const Parzen best(m_axes[axis], places(0, good)), others(m_axes[axis], places(good, order.size()));
            point.push_back(greatest([&] { return m_axes[axis].fromUnit(best.draw(random)); }, best, others));
        }
        return point;
    }

    SearchPoint bestTogether(std::int64_t number, int attempt, std::span<const Observation> earlier, const std::vector<std::size_t> &order, std::size_t good) const
    {
        std::vector<SearchPoint> points;
        for (const std::size_t index : order)
            points.push_back(earlier[index].point);
        const JointParzen best(m_axes, std::span(points).first(good)), others(m_axes, std::span(points).subspan(good));
        std::mt19937_64 random(mixSeed({m_seed, std::uint64_t(number), std::uint64_t(attempt)}));
        return greatest([&] { return best.draw(random); }, best, others);
    }

    std::vector<SearchAxis> m_axes;
    std::uint64_t m_seed;
    bool m_together; ///< all axes are drawn at once
    std::unique_ptr<Sampler> m_first;
    bool m_countable = true; ///< no axis has endlessly many values
};

} // namespace

std::unique_ptr<Sampler> makeTpe(std::vector<SearchAxis> axes, std::uint64_t seed, bool together)
{
    return std::make_unique<TpeSampler>(std::move(axes), seed, together);
}

} // namespace netloom
