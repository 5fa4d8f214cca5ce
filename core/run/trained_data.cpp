// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/trained_data.h"

#include "data/warning_text.h"

#include <algorithm>

namespace netloom {

namespace {

/// Why a network that learned from @p trained can't be judged on @p data; nothing where it can.
std::optional<Error> otherKind(const SourceFacts &data, const SourceFacts &trained)
{
    if (data.learnsNumber != trained.learnsNumber)
        return Error{trained.learnsNumber ? "The network learned a number but the data has classes: give data of the same kind."
                                          : "The network learned classes but the data has a number to learn: give data of the same kind."};
    if (data.severalLabels != trained.severalLabels)
        return Error{trained.severalLabels ? "The network learned several labels for each sample but the data has one class each: give data of the same kind."
                                           : "The network learned one class for each sample but the data has several labels: give data of the same kind."};
    const auto isLearned = [&](const std::string &name) { return std::ranges::find(trained.classNames, name) != trained.classNames.end(); };
    if (!std::ranges::all_of(data.classNames, isLearned))
        return Error{"The data has other classes (" + listed(data.classNames) + ") than the network learned ("
            + listed(trained.classNames) + "): give data with the same classes."};
    const auto sameColumn = [](const ColumnFacts &a, const ColumnFacts &b) { return a.name == b.name && a.categories == b.categories; };
    if (!std::ranges::equal(data.columns, trained.columns, sameColumn))
        return Error{"The table has other columns, or other words in them, than the network learned from: give a table with the same ones."};
    return std::nullopt;
}

class TrainedData final : public DataSource {
public:
    TrainedData(std::shared_ptr<const DataSource> source, const SourceFacts &trained) : m_source(std::move(source)), m_facts(m_source->facts())
    {
        takeClasses(trained);
        m_facts.columns = trained.columns;
        m_facts.targetMean = trained.targetMean;
        m_facts.targetDeviation = trained.targetDeviation;
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return m_source->size(); }
    Split split(std::int64_t sample) const override { return m_source->split(sample); }
    std::int64_t label(std::int64_t sample) const override
    {
        const std::int64_t label = m_source->label(sample);
        return m_labels.empty() || label < 0 ? label : m_labels[static_cast<std::size_t>(label)];
    }
    std::vector<std::int32_t> labels(std::int64_t sample) const override
    {
        std::vector<std::int32_t> labels = m_source->labels(sample);
        for (std::int32_t &label : labels)
            label = m_labels.empty() ? label : m_labels[static_cast<std::size_t>(label)];
        std::ranges::sort(labels);
        return labels;
    }
    double number(std::int64_t sample) const override { return m_source->number(sample); }
    std::string name(std::int64_t sample) const override { return m_source->name(sample); }
    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override { return m_source->read(sample, hint); }
    std::optional<Error> readInto(std::int64_t sample, DecodeHint hint, Picture &picture) const override
    {
        return m_source->readInto(sample, hint, picture);
    }
    void readRow(std::int64_t sample, std::vector<float> &values) const override { m_source->readRow(sample, values); }
    std::vector<std::size_t> missingCells(std::int64_t sample) const override { return m_source->missingCells(sample); }
    Rgb background() const override { return m_source->background(); }
    bool inMemory() const override { return m_source->inMemory(); }
    const std::uint8_t *pixels(std::int64_t sample) const override { return m_source->pixels(sample); }
    std::string file(std::int64_t sample) const override { return m_source->file(sample); }

private:
    /// The training's classes in the place of the data's own, which may be fewer.
    void takeClasses(const SourceFacts &trained)
    {
        if (m_facts.learnsNumber || m_facts.classNames == trained.classNames)
            return;
        for (const std::string &name : m_facts.classNames)
            m_labels.push_back(static_cast<std::int32_t>(std::ranges::find(trained.classNames, name) - trained.classNames.begin()));
        m_facts.classNames = trained.classNames;
        for (auto &[split, counts] : m_facts.counts) {
            std::vector<std::int64_t> own(trained.classNames.size());
            for (std::size_t label = 0; label < counts.size(); ++label)
                own[static_cast<std::size_t>(m_labels[label])] = counts[label];
            counts = std::move(own);
        }
    }

    std::shared_ptr<const DataSource> m_source;
    SourceFacts m_facts;
    std::vector<std::int32_t> m_labels; ///< the training's number of each of the data's classes; empty where they are the same
};

} // namespace

Result<std::shared_ptr<DataSource>> asTrained(std::shared_ptr<const DataSource> source, const SourceFacts &trained)
{
    if (const auto other = otherKind(source->facts(), trained))
        return *other;
    if (auto filled = source->filledAs(trained))
        source = std::move(filled);
    return std::shared_ptr<DataSource>(std::make_shared<TrainedData>(std::move(source), trained));
}

} // namespace netloom
