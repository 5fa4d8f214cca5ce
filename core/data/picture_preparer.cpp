// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "data/picture_file.h"
#include "data/picture_files.h"
#include "data/sample_pipeline.h"
#include "data/table_rows.h"

#include <new>

namespace netloom {

namespace {

class PipelinePreparer final : public PicturePreparer {
public:
    PipelinePreparer(SamplePipeline pipeline, const Rgb &background, Params tableParams, SourceFacts facts)
        : m_pipeline(std::move(pipeline)), m_background(background), m_tableParams(std::move(tableParams)), m_facts(std::move(facts))
    {
    }

    Shape sampleShape() const override { return m_pipeline.sampleShape(); }

    Result<Batch> prepare(const std::string &file, std::vector<std::string> *leftOut) const override
    {
        if (m_pipeline.takesRows())
            return prepareRows(file, leftOut);
        const auto failed = [&](const std::string &cause) { return Error{"'" + file + "' " + cause + "."}; };
        Sample sample;
        if (const auto cause = decodePictureFile(file, m_pipeline.sourceChannels(), m_pipeline.decodeHint(), sample.picture, m_background))
            return failed(*cause);
        try {
            std::mt19937_64 unused;
            m_pipeline.apply(sample, unused, false);
        } catch (const std::bad_alloc &) {
            return failed("needs more memory than there is");
        } catch (const std::exception &error) {
            return failed(error.what());
        }
        if (!m_pipeline.takes(sample.shape))
            return failed(m_pipeline.mismatch(sample.shape));
        Batch batch;
        batch.count = 1;
        batch.values = std::move(sample.values);
        batch.targets = {0};
        batch.samples = {0};
        return batch;
    }

private:
    Result<Batch> prepareRows(const std::string &file, std::vector<std::string> *leftOut) const
    {
        Result<TableRows> rows = readTableRows(file, m_tableParams, m_facts);
        if (!rows)
            return rows.error();
        Batch batch;
        batch.count = static_cast<std::int64_t>(rows->lines.size());
        batch.targets.resize(rows->lines.size());
        const std::size_t columns = m_facts.columns.size();
        Sample sample;
        std::mt19937_64 unused;
        for (std::size_t row = 0; row < rows->lines.size(); ++row) {
            const auto first = rows->values.begin() + static_cast<std::ptrdiff_t>(row * columns);
            sample.values.assign(first, first + static_cast<std::ptrdiff_t>(columns));
            sample.shape = Shape{static_cast<std::int64_t>(columns)};
            m_pipeline.apply(sample, unused, false);
            batch.values.insert(batch.values.end(), sample.values.begin(), sample.values.end());
        }
        batch.samples = std::move(rows->lines);
        if (leftOut)
            *leftOut = std::move(rows->lacking);
        return batch;
    }

    SamplePipeline m_pipeline;
    Rgb m_background;
    Params m_tableParams;
    SourceFacts m_facts;
};

/// The parameters of the graph's CSVTable; the defaults where its rows come from elsewhere.
Params tableParams(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts)
{
    const NodeSpec *table = registry.find("CSVTable");
    const Node *source = graph.find(findPipeline(graph, registry).source);
    if (table && source && source->type == table->type)
        return resolvedParams(*table, *source, facts);
    return table ? Params::defaults(table->params) : Params();
}

/// What the graph's source shows behind see-through pictures.
Rgb sourceBackground(const Graph &graph, const NodeRegistry &registry)
{
    const Node *source = graph.find(findPipeline(graph, registry).source);
    return source ? backgroundOf(resolvedParams(*registry.find(source->type), *source, {})) : kWhite;
}

} // namespace

Result<std::unique_ptr<PicturePreparer>> PicturePreparer::make(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts)
{
    Result<SamplePipeline> pipeline = SamplePipeline::make(graph, registry, facts);
    if (!pipeline)
        return pipeline.error();
    return std::unique_ptr<PicturePreparer>(std::make_unique<PipelinePreparer>(
        std::move(*pipeline), sourceBackground(graph, registry), tableParams(graph, registry, facts), facts));
}

} // namespace netloom
