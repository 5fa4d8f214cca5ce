// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/near_duplicates.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace netloom {

namespace {

constexpr std::array kBandBits{11, 11, 11, 11, 10, 10}; ///< 64 in all

/// Finds the groups' first pictures by their hash.
class Leaders {
public:
    explicit Leaders(const std::vector<std::shared_ptr<const PictureExam>> &exams) : m_exams(exams)
    {
        for (std::size_t band = 0; band < kBandBits.size(); ++band)
            m_bands[band].resize(std::size_t{1} << kBandBits[band]);
    }

    /// The group that shows the same as @p exam; the number of groups where none does.
    std::size_t groupOf(const PictureExam &exam) const
    {
        for (std::size_t band = 0; band < kBandBits.size(); ++band) {
            for (const std::uint32_t group : m_bands[band][key(exam.hash, band)]) {
                if (showTheSame(*m_exams[m_leaders[group]], exam))
                    return group;
            }
        }
        return m_leaders.size();
    }

    void add(std::size_t index)
    {
        const auto group = static_cast<std::uint32_t>(m_leaders.size());
        m_leaders.push_back(index);
        for (std::size_t band = 0; band < kBandBits.size(); ++band)
            m_bands[band][key(m_exams[index]->hash, band)].push_back(group);
    }

private:
    static std::size_t key(std::uint64_t hash, std::size_t band)
    {
        int first = 0;
        for (std::size_t before = 0; before < band; ++before)
            first += kBandBits[before];
        return static_cast<std::size_t>(hash >> first) & ((std::size_t{1} << kBandBits[band]) - 1);
    }

    const std::vector<std::shared_ptr<const PictureExam>> &m_exams;
    std::array<std::vector<std::vector<std::uint32_t>>, kBandBits.size()> m_bands;
    std::vector<std::size_t> m_leaders; ///< by group
};

} // namespace

std::vector<std::vector<std::size_t>> nearDuplicates(const std::vector<std::shared_ptr<const PictureExam>> &exams)
{
    Leaders leaders(exams);
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t index = 0; index < exams.size(); ++index) {
        if (!exams[index] || !exams[index]->problem.empty())
            continue;
        const std::size_t group = leaders.groupOf(*exams[index]);
        if (group == groups.size()) {
            groups.emplace_back();
            leaders.add(index);
        }
        groups[group].push_back(index);
    }
    std::erase_if(groups, [](const std::vector<std::size_t> &group) { return group.size() < 2; });
    return groups;
}

} // namespace netloom
