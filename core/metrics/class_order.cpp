// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/class_scores.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace netloom {

namespace {

struct Cluster {
    std::int64_t id = 0; ///< of a class its label, of a merger the number of classes and then counting on
    std::vector<std::int64_t> leaves;
};

/// How unlike classes are: 1 - the mean of the shares of each that are taken for the other.
std::vector<double> distancesOf(const ConfusionMatrix &confusion)
{
    const auto classes = std::size_t(confusion.classes);
    std::vector<double> shares(classes * classes);
    for (std::size_t truth = 0; truth < classes; ++truth) {
        const auto row = confusion.counts.begin() + std::ptrdiff_t(truth * classes);
        const auto total = double(std::accumulate(row, row + std::ptrdiff_t(classes), std::int64_t(0)));
        for (std::size_t answer = 0; answer < classes && total > 0; ++answer)
            shares[truth * classes + answer] = double(row[std::ptrdiff_t(answer)]) / total;
    }
    std::vector<double> distances(classes * classes);
    for (std::size_t one = 0; one < classes; ++one) {
        for (std::size_t other = 0; other < classes; ++other)
            distances[one * classes + other] = 1 - (shares[one * classes + other] + shares[other * classes + one]) / 2;
    }
    return distances;
}

/// Average linkage: the nearest two clusters become one, until one is left. Places of merged clusters stay empty.
class Linkage {
public:
    explicit Linkage(const ConfusionMatrix &confusion) : m_distances(distancesOf(confusion)), m_clusters(std::size_t(confusion.classes))
    {
        for (std::size_t label = 0; label < m_clusters.size(); ++label)
            m_clusters[label] = {std::int64_t(label), {std::int64_t(label)}};
        m_nearest.resize(m_clusters.size());
        for (std::size_t at = 0; at < m_clusters.size(); ++at)
            m_nearest[at] = nearestAbove(at);
    }

    std::vector<std::int64_t> order()
    {
        if (m_clusters.empty())
            return {};
        for (std::size_t merger = 1; merger < m_clusters.size(); ++merger)
            mergeNearest(std::int64_t(m_clusters.size() + merger - 1));
        return std::ranges::max(m_clusters, {}, [](const Cluster &cluster) { return cluster.leaves.size(); }).leaves;
    }

private:
    bool gone(std::size_t at) const { return m_clusters[at].leaves.empty(); }
    double &distance(std::size_t one, std::size_t other) { return m_distances[one * m_clusters.size() + other]; }

    /// Of the places behind @p at; its own where there is none.
    std::size_t nearestAbove(std::size_t at)
    {
        std::size_t best = at;
        for (std::size_t other = at + 1; other < m_clusters.size(); ++other) {
            if (!gone(other) && (best == at || distance(at, other) < distance(at, best)))
                best = other;
        }
        return best;
    }

    void mergeNearest(std::int64_t id)
    {
        std::size_t one = m_clusters.size();
        for (std::size_t at = 0; at < m_clusters.size(); ++at) {
            if (!gone(at) && m_nearest[at] != at && (one == m_clusters.size() || distance(at, m_nearest[at]) < distance(one, m_nearest[one])))
                one = at;
        }
        const std::size_t other = m_nearest[one];
        Cluster &kept = m_clusters[one];
        Cluster &taken = m_clusters[other];
        const auto keptSize = double(kept.leaves.size()), takenSize = double(taken.leaves.size());
        if (taken.id < kept.id)
            std::swap(kept.leaves, taken.leaves);
        kept.leaves.insert(kept.leaves.end(), taken.leaves.begin(), taken.leaves.end());
        kept.id = id;
        taken.leaves.clear();
        for (std::size_t at = 0; at < m_clusters.size(); ++at) {
            if (gone(at) || at == one)
                continue;
            distance(one, at) = (keptSize * distance(one, at) + takenSize * distance(other, at)) / (keptSize + takenSize);
            distance(at, one) = distance(one, at);
        }
        for (std::size_t at = 0; at < m_clusters.size(); ++at) {
            if (!gone(at) && (at <= one || m_nearest[at] == one || m_nearest[at] == other))
                m_nearest[at] = nearestAbove(at);
        }
    }

    std::vector<double> m_distances;
    std::vector<Cluster> m_clusters;
    std::vector<std::size_t> m_nearest;
};

} // namespace

std::vector<std::int64_t> similarityOrder(const ConfusionMatrix &confusion)
{
    return Linkage(confusion).order();
}

} // namespace netloom
