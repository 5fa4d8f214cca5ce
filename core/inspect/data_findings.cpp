// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/warning_text.h"
#include "graph/word_list.h"
#include "inspect/data_doctor.h"
#include "inspect/near_duplicates.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace netloom {

namespace {

constexpr std::size_t kFewToCompare = 8;     ///< pictures, below which nothing is odd
constexpr double kOddShare = 0.05;           ///< of the pictures: more than these are no exception
constexpr double kOddSize = 2.5;             ///< times the quartile's side
constexpr double kUneven = 3;               ///< times as many of one class as of another
constexpr double kOddShape = 1.8;            ///< times the quartile's ratio of width to height

std::string splitName(Split split)
{
    return split == Split::Train ? "training" : split == Split::Val ? "validation" : "test";
}

/// Ranges of one measure that most pictures lie in.
struct Usual {
    double low = 0;  ///< first quartile
    double high = 0; ///< third quartile
};

Usual usual(std::vector<double> values)
{
    std::ranges::sort(values);
    return {values[values.size() / 4], values[values.size() * 3 / 4]};
}

class Diagnosis {
public:
    Diagnosis(const DataSource &source, const PictureExams &exams) : m_source(source), m_exams(exams)
    {
        for (std::size_t index = 0; index < exams.size(); ++index) {
            if (exams[index] && exams[index]->problem.empty())
                m_read.push_back(index);
        }
    }

    DataFindings findings() &&
    {
        findUnreadable();
        for (const std::vector<std::size_t> &group : nearDuplicates(m_exams))
            judgeCopies(group);
        if (m_read.size() >= kFewToCompare) {
            findOddSizes();
            findOddShapes();
            findOddColours();
        }
        findImbalance();
        std::ranges::stable_sort(m_findings, {}, &DataFinding::trouble);
        return std::move(m_findings);
    }

private:
    std::string name(std::size_t index) const { return m_source.name(static_cast<std::int64_t>(index)); }
    Split split(std::size_t index) const { return m_source.split(static_cast<std::int64_t>(index)); }

    std::vector<std::string> names(const std::vector<std::size_t> &indices) const
    {
        std::vector<std::string> all;
        for (const std::size_t index : indices)
            all.push_back(name(index));
        return all;
    }

    void findUnreadable()
    {
        for (std::size_t index = 0; index < m_exams.size(); ++index) {
            if (m_exams[index] && !m_exams[index]->problem.empty())
                m_findings.push_back({DataTrouble::Unreadable, m_exams[index]->problem, {name(index)}, {name(index)}});
        }
    }

    /// A group of the same pictures may be wrong in two ways at once: across the splits, and across the classes.
    void judgeCopies(const std::vector<std::size_t> &group)
    {
        std::set<Split> splits;
        std::set<std::vector<std::int32_t>> labels;
        for (const std::size_t index : group) {
            splits.insert(split(index));
            labels.insert(m_source.labels(static_cast<std::int64_t>(index)));
        }
        const bool classes = !m_source.facts().classNames.empty() && labels.size() > 1;
        if (splits.size() > 1)
            addLeak(group, splits);
        if (classes)
            addTwoLabels(group, labels);
        if (splits.size() == 1 && !classes)
            m_findings.push_back({DataTrouble::Duplicate, "The same picture is there " + std::to_string(group.size()) + " times in "
                    + splitName(*splits.begin()) + ": it counts that much more than others.", names(group),
                names({group.begin() + 1, group.end()})});
    }

    /// The copy in the part that is seen last stays, so that there is as much to judge by as before.
    void addLeak(const std::vector<std::size_t> &group, const std::set<Split> &splits)
    {
        const auto kept = std::ranges::max_element(group, {}, [this](std::size_t index) { return split(index); });
        std::vector<std::size_t> others;
        std::ranges::copy_if(group, std::back_inserter(others), [&](std::size_t index) { return index != *kept; });
        std::vector<std::string> words;
        for (const Split split : splits)
            words.push_back(splitName(split));
        const std::string effect = splits.contains(Split::Train) ? "the network may know it by heart, and is judged too well."
                                                                 : "both are judged by the same picture.";
        m_findings.push_back({DataTrouble::Leak, "The same picture is in " + enumerated(words) + ": " + effect, names(group), names(others)});
    }

    void addTwoLabels(const std::vector<std::size_t> &group, const std::set<std::vector<std::int32_t>> &labels)
    {
        std::vector<std::string> words;
        for (const std::vector<std::int32_t> &set : labels) {
            std::vector<std::string> inside;
            for (const std::int32_t label : set)
                inside.push_back(m_source.facts().classNames.at(static_cast<std::size_t>(label)));
            words.push_back(std::string("'").append(set.empty() ? "no label" : enumerated(inside)).append("'"));
        }
        const std::string what = m_source.facts().severalLabels ? "The same picture has different labels, " : "The same picture is in the classes ";
        m_findings.push_back({DataTrouble::TwoLabels, what + enumerated(words)
                + ": at least one of them is wrong. Exclude the wrong one, or all where nobody can tell.", names(group), {}});
    }

    bool isException(const std::vector<std::size_t> &odd) const
    {
        return !odd.empty() && double(odd.size()) <= std::max(1.0, kOddShare * double(m_read.size()));
    }

    void addOdd(DataTrouble trouble, const std::vector<std::size_t> &odd, const std::string &what)
    {
        if (isException(odd))
            m_findings.push_back({trouble, counted(std::int64_t(odd.size()), "picture") + (odd.size() == 1 ? " is " : " are ") + what, names(odd), names(odd)});
    }

    /// The pictures whose @p measure lies more than @p factor times below or above where it usually does.
    template <class Measure>
    std::pair<std::vector<std::size_t>, std::vector<std::size_t>> outliers(Measure measure, double factor, Usual &found) const
    {
        std::vector<double> values;
        for (const std::size_t index : m_read)
            values.push_back(measure(*m_exams[index]));
        found = usual(values);
        std::pair<std::vector<std::size_t>, std::vector<std::size_t>> odd;
        for (std::size_t at = 0; at < values.size(); ++at) {
            if (values[at] < found.low / factor)
                odd.first.push_back(m_read[at]);
            else if (values[at] > found.high * factor)
                odd.second.push_back(m_read[at]);
        }
        return odd;
    }

    void findOddSizes()
    {
        Usual range;
        const auto side = [](const PictureExam &exam) { return std::sqrt(double(exam.width) * exam.height); };
        const auto [small, large] = outliers(side, kOddSize, range);
        const auto px = [](double value) { return std::to_string(std::llround(value)); };
        const std::string rest = px(range.low) == px(range.high) ? "about " + px(range.low) + " px" : px(range.low) + " to " + px(range.high) + " px";
        addOdd(DataTrouble::OddSize, small, "much smaller than the rest (sides of " + rest + "): enlarged, they hold little to learn from.");
        addOdd(DataTrouble::OddSize, large, "much larger than the rest (sides of " + rest + "): shrunk, what they show may become too small to see.");
    }

    void findOddShapes()
    {
        Usual range;
        const auto ratio = [](const PictureExam &exam) { return exam.height > 0 ? double(exam.width) / exam.height : 1.0; };
        const auto [tall, wide] = outliers(ratio, kOddShape, range);
        addOdd(DataTrouble::OddShape, tall, "much taller than the rest: made the same shape, they are squeezed or cut.");
        addOdd(DataTrouble::OddShape, wide, "much wider than the rest: made the same shape, they are squeezed or cut.");
    }

    void findOddColours()
    {
        std::vector<std::size_t> grey, coloured;
        for (const std::size_t index : m_read)
            (m_exams[index]->grey ? grey : coloured).push_back(index);
        if (!coloured.empty())
            addOdd(DataTrouble::OddColour, grey, "grey among coloured ones: the network may take having no colour for a mark of their class.");
        if (!grey.empty())
            addOdd(DataTrouble::OddColour, coloured, "coloured among grey ones: the network may take the colour for a mark of their class.");
    }

    void findImbalance()
    {
        const SourceFacts &facts = m_source.facts();
        std::vector<std::int64_t> counts(facts.classNames.size()); // to learn from
        for (const std::size_t index : m_read) {
            if (split(index) != Split::Train || facts.learnsNumber)
                continue;
            for (const std::int32_t label : m_source.labels(static_cast<std::int64_t>(index)))
                ++counts.at(static_cast<std::size_t>(label));
        }
        std::ptrdiff_t most = -1, least = -1;
        for (std::ptrdiff_t label = 0; label < std::ssize(counts); ++label) {
            const std::int64_t count = counts[std::size_t(label)];
            if (count > 0 && (most < 0 || count > counts[std::size_t(most)]))
                most = label;
            if (count > 0 && (least < 0 || count < counts[std::size_t(least)]))
                least = label;
        }
        if (most < 0 || double(counts[std::size_t(most)]) < kUneven * double(counts[std::size_t(least)]))
            return;
        const auto about = [&](std::ptrdiff_t label) { return "'" + facts.classNames[std::size_t(label)] + "' (" + std::to_string(counts[std::size_t(label)]) + ")"; };
        const auto times = std::llround(double(counts[std::size_t(most)]) / double(counts[std::size_t(least)]));
        m_findings.push_back({DataTrouble::Imbalance, "There are " + std::to_string(times) + " times as many pictures of " + about(most)
                + " to learn from as of " + about(least) + ": guessing the frequent class pays, and the rare one is hardly learned.", {}, {}});
    }

    const DataSource &m_source;
    const PictureExams &m_exams;
    std::vector<std::size_t> m_read;
    DataFindings m_findings;
};

} // namespace

DataFindings diagnose(const DataSource &source, const PictureExams &exams)
{
    return Diagnosis(source, exams).findings();
}

} // namespace netloom
