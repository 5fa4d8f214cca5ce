// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sampler.h"

#include "data/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace netloom {

namespace {

constexpr std::pair<SamplerKind, std::string_view> kNames[] = {
    {SamplerKind::Grid, "grid"},
    {SamplerKind::Random, "random"},
    {SamplerKind::LatinHypercube, "lhs"},
    {SamplerKind::Sobol, "sobol"},
    {SamplerKind::Tpe, "tpe"},
    {SamplerKind::MultivariateTpe, "tpe-multivariate"},
};
constexpr std::int64_t kUnplannedHypercube = 32; ///< trials that share one Latin hypercube where their number isn't known
constexpr std::int64_t kMostSlices = 100'000;    ///< of one Latin hypercube: each trial puts them in order

/// Every combination in order, the last axis fastest.
class GridSampler final : public Sampler {
public:
    explicit GridSampler(const std::vector<SearchAxis> &axes)
    {
        for (const SearchAxis &axis : axes)
            m_values.push_back(axis.gridValues());
    }

    std::optional<SearchPoint> next(std::int64_t number, std::span<const Observation>) override
    {
        std::int64_t rest = number - 1;
        SearchPoint point(m_values.size());
        for (std::size_t axis = m_values.size(); axis-- > 0;) {
            const auto count = std::int64_t(m_values[axis].size());
            point[axis] = m_values[axis][std::size_t(rest % count)];
            rest /= count;
        }
        return rest == 0 ? std::optional(point) : std::nullopt;
    }

private:
    std::vector<std::vector<double>> m_values;
};

/// Points of the unit cube, one for each number.
class CubeSampler : public Sampler {
public:
    CubeSampler(std::vector<SearchAxis> axes, std::uint64_t seed) : m_axes(std::move(axes)), m_seed(seed) {}

    std::optional<SearchPoint> next(std::int64_t number, std::span<const Observation>) override
    {
        SearchPoint point;
        for (std::size_t axis = 0; axis < m_axes.size(); ++axis)
            point.push_back(m_axes[axis].fromUnit(unit(std::uint64_t(number - 1), axis)));
        return point;
    }

protected:
    virtual double unit(std::uint64_t index, std::size_t axis) = 0;
    /// Another row of random numbers for each @p stream of an axis.
    std::mt19937_64 random(std::size_t axis, std::uint64_t stream) const { return std::mt19937_64(mixSeed({m_seed, axis, stream})); }

private:
    std::vector<SearchAxis> m_axes;
    std::uint64_t m_seed;
};

class RandomSampler final : public CubeSampler {
public:
    using CubeSampler::CubeSampler;

private:
    double unit(std::uint64_t index, std::size_t axis) override
    {
        std::mt19937_64 random = this->random(axis, index);
        return randomUnit(random);
    }
};

/// McKay, Beckman, Conover 1979: each axis is cut into as many slices as there are trials, and each slice is tried once.
class HypercubeSampler final : public CubeSampler {
public:
    HypercubeSampler(std::vector<SearchAxis> axes, std::uint64_t seed, std::int64_t planned)
        : CubeSampler(std::move(axes), seed), m_slices(std::uint64_t(planned > 0 ? std::min(planned, kMostSlices) : kUnplannedHypercube))
    {
    }

private:
    double unit(std::uint64_t index, std::size_t axis) override
    {
        std::mt19937_64 random = this->random(axis, index / m_slices);
        std::vector<std::uint64_t> order(m_slices);
        std::iota(order.begin(), order.end(), std::uint64_t(0));
        shuffle(order, random);
        std::mt19937_64 place = this->random(axis, ~index);
        return (double(order[index % m_slices]) + randomUnit(place)) / double(m_slices);
    }

    std::uint64_t m_slices;
};

/// The Sobol sequence, moved by a random distance for each axis (Cranley and Patterson 1976), so that seeds differ.
class SobolSampler final : public CubeSampler {
public:
    using CubeSampler::CubeSampler;

private:
    double unit(std::uint64_t index, std::size_t axis) override
    {
        std::mt19937_64 random = this->random(axis, axis < kSobolAxes ? 0 : index);
        const double moved = randomUnit(random) + (axis < kSobolAxes ? sobolCoordinate(index, axis) : 0);
        return moved - std::floor(moved);
    }
};

} // namespace

std::string_view toString(SamplerKind kind)
{
    return std::ranges::find(kNames, kind, &std::pair<SamplerKind, std::string_view>::first)->second;
}

std::optional<SamplerKind> samplerFromString(std::string_view name)
{
    const auto found = std::ranges::find(kNames, name, &std::pair<SamplerKind, std::string_view>::second);
    return found == std::end(kNames) ? std::nullopt : std::optional(found->first);
}

std::int64_t gridSize(const std::vector<SearchAxis> &axes)
{
    constexpr std::int64_t kEndless = 1'000'000'000;
    std::int64_t size = 1;
    for (const SearchAxis &axis : axes)
        size = std::min(kEndless, size * std::int64_t(axis.gridValues().size()));
    return size;
}

std::unique_ptr<Sampler> makeSampler(SamplerKind kind, std::vector<SearchAxis> axes, std::uint64_t seed, std::int64_t planned)
{
    switch (kind) {
    case SamplerKind::Grid: return std::make_unique<GridSampler>(axes);
    case SamplerKind::Random: return std::make_unique<RandomSampler>(std::move(axes), seed);
    case SamplerKind::LatinHypercube: return std::make_unique<HypercubeSampler>(std::move(axes), seed, planned);
    case SamplerKind::Sobol: return std::make_unique<SobolSampler>(std::move(axes), seed);
    case SamplerKind::Tpe:
    case SamplerKind::MultivariateTpe: break;
    }
    return makeTpe(std::move(axes), seed, kind == SamplerKind::MultivariateTpe);
}

} // namespace netloom
