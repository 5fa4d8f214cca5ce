// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/search_axis.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace netloom {

enum class SamplerKind { Grid, Random, LatinHypercube, Sobol, Tpe, MultivariateTpe };

/// "grid", "random", "lhs", "sobol", "tpe", "tpe-multivariate".
std::string_view toString(SamplerKind kind);
std::optional<SamplerKind> samplerFromString(std::string_view name);

/// What a sampler learns from an earlier trial. Less is better.
struct Observation {
    SearchPoint point;
    std::optional<double> loss; ///< nothing: it still runs, it failed, or it was stopped before the others were compared
    double tie = 0;             ///< settles equal losses
};

/// Chooses the points that a search tries. The same axes, seed, number and earlier trials give the same point on every platform.
class Sampler {
public:
    virtual ~Sampler() = default;
    /// The point of trial @p number, from 1; nothing where all were tried. @p earlier: all trials before.
    virtual std::optional<SearchPoint> next(std::int64_t number, std::span<const Observation> earlier) = 0;
};

/// @p planned is how many trials there will be, 0 where that isn't known: a Latin hypercube is made for so many.
std::unique_ptr<Sampler> makeSampler(SamplerKind kind, std::vector<SearchAxis> axes, std::uint64_t seed, std::int64_t planned);

/// How many points a grid over @p axes has.
std::int64_t gridSize(const std::vector<SearchAxis> &axes);

/// Tree of Parzen estimators: Bergstra, Bardenet, Bengio, Kégl: Algorithms for Hyper-Parameter Optimization, NIPS 2011, each axis by
/// itself. The best 15 % of the trials make the density l, all others g; of 24 draws from l the one with the greatest l/g is taken, which
/// has the greatest expected improvement. Both densities hold the prior: a normal as wide as the range at its middle, or for choices one
/// count each. A kernel is as wide as the farther of its two neighbours is away, at least 1/(2 + n) of the range among n (the paper: "clipped
/// to remain in a reasonable range"). Beyond the paper, whose first points are random and which says nothing of repetitions: the first ten are of
/// a Sobol sequence, and where values are countable none is tried twice.
///
/// With @p together all axes are drawn at once, so that the search learns what belongs together, as a learning rate to its optimizer: both densities are mixtures
/// of products, for each trial one of the kernels above over all axes; for choices a product holds 1 for the trial's own and 1/(1 + n) for
/// every one.
std::unique_ptr<Sampler> makeTpe(std::vector<SearchAxis> axes, std::uint64_t seed, bool together);

/// Point @p index, from 0, of the Sobol sequence with the direction numbers of Joe and Kuo (2008), without scrambling; axes beyond
/// kSobolAxes have none.
double sobolCoordinate(std::uint64_t index, std::size_t axis);
inline constexpr std::size_t kSobolAxes = 40;

} // namespace netloom
