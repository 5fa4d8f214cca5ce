// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/templates.h"
#include "run/training_run.h"

#include <algorithm>

namespace netloom {

namespace {

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t index = 0; index < names.size() && index < 8; ++index)
        text.append(index > 0 ? ", " : "").append(names[index]);
    return names.size() > 8 ? text + ", ..." : text;
}

/// Data with the scaling that the network learned with, whatever other rows it has.
class AsTrained final : public DataSource {
public:
    AsTrained(std::shared_ptr<DataSource> source, const SourceFacts &trained) : m_source(std::move(source)), m_facts(m_source->facts())
    {
        m_facts.columns = trained.columns;
        m_facts.targetMean = trained.targetMean;
        m_facts.targetDeviation = trained.targetDeviation;
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return m_source->size(); }
    Split split(std::int64_t sample) const override { return m_source->split(sample); }
    std::int64_t label(std::int64_t sample) const override { return m_source->label(sample); }
    double number(std::int64_t sample) const override { return m_source->number(sample); }
    std::string name(std::int64_t sample) const override { return m_source->name(sample); }
    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override { return m_source->read(sample, hint); }
    std::optional<Error> readInto(std::int64_t sample, DecodeHint hint, Picture &picture) const override
    {
        return m_source->readInto(sample, hint, picture);
    }
    void readRow(std::int64_t sample, std::vector<float> &values) const override { m_source->readRow(sample, values); }
    bool inMemory() const override { return m_source->inMemory(); }

private:
    std::shared_ptr<DataSource> m_source;
    SourceFacts m_facts;
};

/// Why a network that learned from @p trained can't be judged on @p data; nothing where it can.
std::optional<Error> otherKind(const SourceFacts &data, const SourceFacts &trained)
{
    if (data.learnsNumber != trained.learnsNumber)
        return Error{trained.learnsNumber ? "The network learned a number but the data has classes: give data of the same kind."
                                          : "The network learned classes but the data has a number to learn: give data of the same kind."};
    if (data.classNames != trained.classNames)
        return Error{"The data has other classes (" + listed(data.classNames) + ") than the network learned ("
            + listed(trained.classNames) + "): give data with the same classes."};
    const auto sameColumn = [](const ColumnFacts &a, const ColumnFacts &b) { return a.name == b.name && a.categories == b.categories; };
    if (!std::ranges::equal(data.columns, trained.columns, sameColumn))
        return Error{"The table has other columns, or other words in them, than the network learned from: give a table with the same ones."};
    return std::nullopt;
}

} // namespace

Result<Evaluation> evaluateRun(const NodeRegistry &registry, const FinishedRun &run, Split split, const std::string &dataFolder,
    const std::function<void(std::int64_t, std::int64_t)> &progress)
{
    try {
        Project project = run.project;
        if (!dataFolder.empty() && !setDataFolder(project, registry, dataFolder))
            return Error{"The run's network has no data source whose folder could be set."};
        const auto source = openSource(project.graph, registry);
        if (!source)
            return source.error();
        const SourceFacts &facts = (*source)->facts();
        if (const auto other = otherKind(facts, run.facts))
            return *other;
        if (facts.total(std::string(toString(split))) == 0)
            return Error{"The data has no " + std::string(toString(split)) + (facts.columns.empty() ? " pictures" : " rows") + ": choose another split."};
        const auto loader = makeLoader(project.graph, registry, std::make_shared<AsTrained>(*source, run.facts));
        if (!loader)
            return loader.error();
        const auto predictor = Predictor::load(registry, project.graph, run.facts, run.weights);
        if (!predictor)
            return predictor.error();
        auto outcome = (*predictor)->evaluate(**loader, split, project.recipe.integer("batch_size"), progress);
        if (!outcome)
            return outcome.error();
        return Evaluation{outcome->result, std::move(outcome->confusion), facts.classNames, (*loader)->unreadable(), std::move(outcome->estimates)};
    } catch (const std::exception &error) {
        return Error{std::string("The evaluation ended early: ") + error.what()};
    }
}

} // namespace netloom
