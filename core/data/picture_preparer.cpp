// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "data/picture_file.h"
#include "data/picture_files.h"
#include "data/sample_pipeline.h"

#include <new>

namespace netloom {

namespace {

class PipelinePreparer final : public PicturePreparer {
public:
    PipelinePreparer(SamplePipeline pipeline, const Rgb &background) : m_pipeline(std::move(pipeline)), m_background(background) {}

    Shape sampleShape() const override { return m_pipeline.sampleShape(); }

    Result<Batch> prepare(const std::string &file) const override
    {
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
    SamplePipeline m_pipeline;
    Rgb m_background;
};

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
    return std::unique_ptr<PicturePreparer>(std::make_unique<PipelinePreparer>(std::move(*pipeline), sourceBackground(graph, registry)));
}

} // namespace netloom
