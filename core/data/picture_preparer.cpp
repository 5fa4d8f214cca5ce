// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "data/picture_file.h"
#include "data/picture_files.h"
#include "data/picture_pixels.h"
#include "data/sample_pipeline.h"
#include "data/table_rows.h"
#include "transforms/resample.h"

#include <algorithm>
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
        Result<Batch> batch = batchOf(std::move(sample));
        return batch ? std::move(batch) : failed(batch.error().text);
    }

    Result<Batch> prepare(const Picture &picture) const override
    {
        Sample sample{.picture = picture};
        setChannels(sample.picture, m_pipeline.sourceChannels());
        Result<Batch> asItIs = batchOf(sample);
        if (asItIs || m_facts.height <= 0 || m_facts.width <= 0)
            return asItIs;
        fitInto(sample.picture, int(m_facts.height), int(m_facts.width));
        return batchOf(std::move(sample));
    }

private:
    /// The error is the cause alone.
    Result<Batch> batchOf(Sample sample) const
    {
        try {
            std::mt19937_64 unused;
            m_pipeline.apply(sample, unused, false);
        } catch (const std::bad_alloc &) {
            return Error{"needs more memory than there is"};
        } catch (const std::exception &error) {
            return Error{error.what()};
        }
        if (!m_pipeline.takes(sample.shape))
            return Error{m_pipeline.mismatch(sample.shape)};
        Batch batch;
        batch.count = 1;
        batch.values = std::move(sample.values);
        batch.targets = {0};
        batch.samples = {0};
        return batch;
    }

    /// The largest part in the middle that has the shape of @p height × @p width, resized to that.
    static void fitInto(Picture &picture, int height, int width)
    {
        if (picture.height == height && picture.width == width)
            return;
        const int partHeight = int(std::min<std::int64_t>(picture.height, std::int64_t(picture.width) * height / width));
        const int partWidth = int(std::min<std::int64_t>(picture.width, std::int64_t(picture.height) * width / height));
        cutOut(picture, (picture.height - partHeight) / 2, (picture.width - partWidth) / 2, std::max(partHeight, 1), std::max(partWidth, 1));
        resample(picture, height, width, Interpolation::Bilinear);
    }

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
