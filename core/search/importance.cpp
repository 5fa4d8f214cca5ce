// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/importance.h"

#include "data/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace netloom {

namespace {

constexpr int kTrees = 64;
constexpr std::size_t kLeastInLeaf = 2;
constexpr std::uint64_t kSeed = 1;

using Box = std::vector<std::pair<double, double>>;

struct Leaf {
    Box box;
    double value = 0;

    double volumeWithout(std::size_t axis) const
    {
        double volume = 1;
        for (std::size_t index = 0; index < box.size(); ++index)
            volume *= index == axis ? 1 : box[index].second - box[index].first;
        return volume;
    }
};

/// A regression tree over the unit cube, grown on a bootstrap sample.
class Tree {
public:
    Tree(const std::vector<SearchPoint> &units, std::span<const double> losses, std::uint64_t seed)
        : m_units(units), m_losses(losses), m_random(mixSeed({kSeed, seed})), m_axes(units.front().size())
    {
        std::vector<std::size_t> sample(units.size());
        for (std::size_t &index : sample)
            index = std::size_t(randomBelow(m_random, units.size()));
        grow(std::move(sample), Box(m_axes, {0.0, 1.0}));
    }

    /// The share of the tree's variance over the cube that each axis explains by itself.
    std::vector<double> shares() const
    {
        double mean = 0, square = 0;
        for (const Leaf &leaf : m_leaves) {
            const double volume = leaf.volumeWithout(m_axes);
            mean += volume * leaf.value;
            square += volume * leaf.value * leaf.value;
        }
        const double variance = square - mean * mean;
        std::vector<double> shares(m_axes, 0.0);
        for (std::size_t axis = 0; axis < m_axes && variance > 1e-18; ++axis)
            shares[axis] = std::clamp(mainEffect(axis, mean) / variance, 0.0, 1.0);
        return shares;
    }

    bool isFlat() const { return m_leaves.size() < 2; }

private:
    struct Cut {
        double gain = 0;
        std::size_t axis = 0;
        double at = 0;
    };

    /// The variance of the mean over all other axes, as @p axis goes from 0 to 1.
    double mainEffect(std::size_t axis, double mean) const
    {
        std::vector<double> cuts;
        for (const Leaf &leaf : m_leaves)
            cuts.insert(cuts.end(), {leaf.box[axis].first, leaf.box[axis].second});
        std::ranges::sort(cuts);
        cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
        double effect = 0;
        for (std::size_t index = 0; index + 1 < cuts.size(); ++index) {
            const double middle = (cuts[index] + cuts[index + 1]) / 2;
            double value = 0;
            for (const Leaf &leaf : m_leaves) {
                if (leaf.box[axis].first <= middle && middle < leaf.box[axis].second)
                    value += leaf.value * leaf.volumeWithout(axis);
            }
            effect += (cuts[index + 1] - cuts[index]) * (value - mean) * (value - mean);
        }
        return effect;
    }

    void grow(std::vector<std::size_t> sample, Box box)
    {
        const Cut cut = sample.size() >= 2 * kLeastInLeaf ? bestCut(sample) : Cut{};
        if (cut.gain <= 0) {
            double sum = 0;
            for (const std::size_t index : sample)
                sum += m_losses[index];
            m_leaves.push_back({std::move(box), sum / double(sample.size())});
            return;
        }
        const auto high = std::ranges::stable_partition(sample, [&](std::size_t index) { return m_units[index][cut.axis] < cut.at; });
        std::vector<std::size_t> above(high.begin(), high.end());
        sample.erase(high.begin(), high.end());
        Box boxAbove = box;
        box[cut.axis].second = boxAbove[cut.axis].first = cut.at;
        grow(std::move(sample), std::move(box));
        grow(std::move(above), std::move(boxAbove));
    }

    /// Among a random part of the axes, as random forests do; among all where those give none.
    Cut bestCut(const std::vector<std::size_t> &sample)
    {
        std::vector<std::size_t> axes(m_axes);
        std::iota(axes.begin(), axes.end(), std::size_t(0));
        shuffle(axes, m_random);
        const std::size_t tried = std::max<std::size_t>(1, (m_axes * 5 + 5) / 6);
        Cut best;
        for (std::size_t index = 0; index < m_axes && (index < tried || best.gain <= 0); ++index)
            tryAxis(sample, axes[index], best);
        return best;
    }

    void tryAxis(std::vector<std::size_t> sample, std::size_t axis, Cut &best) const
    {
        const auto place = [&](std::size_t index) { return m_units[index][axis]; };
        std::ranges::stable_sort(sample, {}, place);
        double all = 0, left = 0;
        for (const std::size_t index : sample)
            all += m_losses[index];
        const double count = double(sample.size());
        for (std::size_t below = 1; below + kLeastInLeaf <= sample.size(); ++below) {
            left += m_losses[sample[below - 1]];
            if (below < kLeastInLeaf || place(sample[below - 1]) == place(sample[below]))
                continue;
            const double right = all - left;
            const double gain = left * left / double(below) + right * right / (count - double(below)) - all * all / count;
            if (gain > best.gain + 1e-15)
                best = {gain, axis, (place(sample[below - 1]) + place(sample[below])) / 2};
        }
    }

    const std::vector<SearchPoint> &m_units;
    std::span<const double> m_losses;
    std::mt19937_64 m_random;
    std::size_t m_axes;
    std::vector<Leaf> m_leaves;
};

} // namespace

std::vector<double> axisImportance(const std::vector<SearchAxis> &axes, std::span<const SearchPoint> points, std::span<const double> losses)
{
    if (points.size() < kLeastForImportance || axes.empty())
        return {};
    std::vector<SearchPoint> units;
    for (const SearchPoint &point : points) {
        SearchPoint unit;
        for (std::size_t axis = 0; axis < axes.size(); ++axis)
            unit.push_back(axes[axis].toUnit(point[axis]));
        units.push_back(std::move(unit));
    }
    std::vector<double> sums(axes.size(), 0.0);
    int counted = 0;
    for (int tree = 0; tree < kTrees; ++tree) {
        const Tree grown(units, losses, std::uint64_t(tree));
        if (grown.isFlat())
            continue;
        ++counted;
        const std::vector<double> shares = grown.shares();
        for (std::size_t axis = 0; axis < axes.size(); ++axis)
            sums[axis] += shares[axis];
    }
    for (double &sum : sums)
        sum /= std::max(1, counted);
    return sums;
}

std::vector<std::size_t> paretoFront(std::span<const CostAndScore> trials)
{
    std::vector<std::size_t> order(trials.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t index) { return std::pair(trials[index].cost, trials[index].loss); });
    std::vector<std::size_t> front;
    for (const std::size_t index : order) {
        if (front.empty() || trials[index].loss < trials[front.back()].loss)
            front.push_back(index);
    }
    return front;
}

} // namespace netloom
