// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/study.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace netloom::test {

/// A function whose least value a search looks for.
struct StandardFunction {
    std::string name;
    std::vector<SearchAxis> axes;
    std::function<double(const SearchPoint &)> value;
    double scale;        ///< how much its values vary
    std::int64_t trials; ///< of leastFound()
};

inline double branin(const SearchPoint &x)
{
    constexpr double pi = std::numbers::pi;
    const double bent = x[1] - 5.1 / (4 * pi * pi) * x[0] * x[0] + 5 / pi * x[0] - 6;
    return bent * bent + 10 * (1 - 1 / (8 * pi)) * std::cos(x[0]) + 10;
}

inline double hartmann6(const SearchPoint &x)
{
    constexpr std::array<double, 4> alpha{1.0, 1.2, 3.0, 3.2};
    constexpr double a[4][6] = {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}};
    constexpr double p[4][6] = {{1312, 1696, 5569, 124, 8283, 5886}, {2329, 4135, 8307, 3736, 1004, 9991}, {2348, 1451, 3522, 2883, 3047, 6650},
        {4047, 8828, 8732, 5743, 1091, 381}};
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        double inner = 0;
        for (std::size_t j = 0; j < 6; ++j)
            inner += a[i][j] * (x[j] - 1e-4 * p[i][j]) * (x[j] - 1e-4 * p[i][j]);
        sum -= alpha[i] * std::exp(-inner);
    }
    return sum;
}

inline double rosenbrock(const SearchPoint &x)
{
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i)
        sum += 100 * (x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i]) + (1 - x[i]) * (1 - x[i]);
    return sum;
}

inline std::string axisName(std::size_t axis)
{
    std::string name(1, 'x');
    name += std::to_string(axis);
    return name;
}

inline std::vector<SearchAxis> cube(std::size_t axes, double low, double high)
{
    std::vector<SearchAxis> all;
    for (std::size_t axis = 0; axis < axes; ++axis)
        all.push_back(SearchAxis::real(axisName(axis), low, high));
    return all;
}

/// Those that some of the sampler's constants were chosen with.
inline std::vector<StandardFunction> standardFunctions()
{
    return {
        {"branin", {SearchAxis::real("x0", -5, 10), SearchAxis::real("x1", 0, 15)}, branin, 30, 100},
        {"hartmann6", cube(6, 0, 1), hartmann6, 0.5, 100},
        {"rosenbrock4", cube(4, -2, 2), rosenbrock, 200, 100},
    };
}

/// The least value that a study with @p sampler finds.
inline double leastFound(const StandardFunction &function, SamplerKind sampler, std::uint64_t seed)
{
    SearchSettings settings;
    settings.axes = function.axes;
    settings.sampler = sampler;
    settings.seed = seed;
    settings.trials = function.trials;
    settings.goal = SearchGoal::loss();
    Study study(settings);
    double least = std::numeric_limits<double>::infinity();
    while (const auto task = study.next()) {
        const double value = function.value(study.trial(task->trial).point);
        least = std::min(least, value);
        study.addScore(task->trial, {1, value, value});
        study.finishTask(task->trial, 0, 0);
    }
    return least;
}

// A simulated training: the loss falls from `kStart` above the function's value towards it, as fast as the last axis says, so that
// early losses mislead. The points are random ones, the same for all: what is compared is the ladder.
inline constexpr double kStart = 3;
inline constexpr std::int64_t kFullEpochs = 27;
inline constexpr std::int64_t kEpochBudget = 600; ///< epochs of all trials together

inline double lossAfter(double end, double speed, std::int64_t epoch, double scale)
{
    return end + kStart * scale * std::exp(-double(epoch) * (0.05 + 0.45 * speed));
}

/// What leastTrained() searches over.
inline std::vector<SearchAxis> trainedAxes(const StandardFunction &function)
{
    std::vector<SearchAxis> axes = function.axes;
    axes.push_back(SearchAxis::real("speed", 0, 1));
    return axes;
}

/// The least loss that any trial had when kEpochBudget epochs were spent.
inline double leastTrained(const StandardFunction &function, PrunerKind pruner, std::uint64_t seed)
{
    SearchSettings settings;
    settings.axes = trainedAxes(function);
    settings.sampler = SamplerKind::Random;
    settings.pruner = pruner;
    settings.fullEpochs = kFullEpochs;
    settings.seed = seed;
    settings.trials = 100000;
    settings.goal = SearchGoal::loss();
    Study study(settings);
    double least = std::numeric_limits<double>::infinity();
    std::int64_t spent = 0;
    while (spent < kEpochBudget) {
        const auto task = study.next();
        SearchPoint point = study.trial(task->trial).point;
        const double speed = point.back();
        point.pop_back();
        const double end = function.value(point);
        for (std::int64_t epoch = task->fromEpoch + 1; epoch <= task->toEpoch && spent < kEpochBudget; ++epoch, ++spent) {
            const double loss = lossAfter(end, speed, epoch, function.scale);
            least = std::min(least, loss);
            study.addScore(task->trial, {epoch, loss, loss});
        }
        study.finishTask(task->trial, 0, 0);
    }
    return least;
}

inline double median(std::vector<double> values)
{
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace netloom::test
