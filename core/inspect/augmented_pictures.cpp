// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/augmented_pictures.h"

#include "data/batch_mixing.h"
#include "data/picture_pixels.h"
#include "data/random.h"
#include "data/sample_pipeline.h"
#include "transforms/batch_transform.h"

#include <algorithm>
#include <exception>
#include <set>
#include <span>

namespace netloom {

namespace {

Graph withoutNormalize(const Graph &graph)
{
    Graph copy = graph;
    for (const auto &[id, node] : graph.nodes()) {
        if (node.type == "Normalize")
            copy.setBypassed(id, true);
    }
    return copy;
}

/// C×H×W from 0 to 1 → H×W×3.
Picture pictureOf(const Shape &shape, std::span<const float> values)
{
    Picture picture;
    picture.channels = static_cast<int>(shape[0]) >= 3 ? 3 : 1;
    picture.height = static_cast<int>(shape[1]);
    picture.width = static_cast<int>(shape[2]);
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t plane = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
    picture.pixels.resize(plane * channels);
    for (std::size_t channel = 0; channel < channels; ++channel) {
        for (std::size_t at = 0; at < plane; ++at)
            picture.pixels[at * channels + channel]
                = static_cast<std::uint8_t>(std::clamp(values[channel * plane + at], 0.0f, 1.0f) * 255.0f + 0.5f);
    }
    setChannels(picture, 3);
    return picture;
}

std::vector<std::int64_t> drawn(const DataSource &source, const std::vector<std::string> &excluded, int count, std::mt19937_64 &random)
{
    const std::set<std::string> left(excluded.begin(), excluded.end());
    std::vector<std::int64_t> samples;
    for (std::int64_t sample = 0; sample < source.size(); ++sample) {
        if (source.split(sample) == Split::Train && (left.empty() || !left.contains(source.name(sample))))
            samples.push_back(sample);
    }
    shuffle(samples, random);
    samples.resize(std::min(samples.size(), static_cast<std::size_t>(count)));
    return samples;
}

/// Mixes the batch and paints it into @p pictures, of which those of @p places are in it.
void finishBatch(Batch batch, const Shape &shape, const std::vector<std::size_t> &places, const std::vector<std::shared_ptr<BatchTransform>> &mixing,
    std::int64_t classes, std::mt19937_64 &random, std::vector<AugmentedPicture> &pictures)
{
    for (const auto &transform : mixing)
        transform->apply(batch, shape, classes, random);
    const auto size = static_cast<std::size_t>(shape.elementsPerSample());
    const auto width = static_cast<std::size_t>(classes);
    for (std::size_t at = 0; at < places.size(); ++at) {
        AugmentedPicture &made = pictures[places[at]];
        made.picture = pictureOf(shape, std::span(batch.values).subspan(at * size, size));
        if (!batch.shares.empty())
            made.shares.assign(batch.shares.begin() + static_cast<std::ptrdiff_t>(at * width), batch.shares.begin() + static_cast<std::ptrdiff_t>((at + 1) * width));
    }
}

/// What the sample's class or labels are, as the loader gives it.
void addTarget(Batch &batch, const DataSource &source, std::int64_t index)
{
    const SourceFacts &facts = source.facts();
    batch.targets.push_back(facts.severalLabels ? 0 : source.label(index));
    if (!facts.severalLabels)
        return;
    const std::size_t first = batch.labels.size();
    batch.labels.resize(first + facts.classNames.size(), 0.0f);
    for (const std::int32_t label : source.labels(index))
        batch.labels[first + static_cast<std::size_t>(label)] = 1.0f;
}

} // namespace

Result<std::vector<AugmentedPicture>> augmentedPictures(const Graph &graph, const NodeRegistry &registry, const DataSource &source,
    const std::vector<std::string> &excluded, int count, std::uint64_t seed)
{
    const Result<SamplePipeline> pipeline = SamplePipeline::make(withoutNormalize(graph), registry, source.facts());
    if (!pipeline)
        return pipeline.error();
    std::mt19937_64 random(mixSeed({seed}));
    std::vector<AugmentedPicture> pictures;
    std::vector<std::size_t> places; ///< of the pictures in the batch
    Batch batch;
    for (const std::int64_t index : drawn(source, excluded, count, random)) {
        AugmentedPicture made{index, {}, {}, {}};
        Sample sample;
        try {
            if (const auto error = source.readInto(index, pipeline->decodeHint(), sample.picture)) {
                made.problem = error->text;
            } else {
                pipeline->apply(sample, random, true);
                if (sample.shape.rank() == 3 && sample.shape == pipeline->sampleShape()) {
                    places.push_back(pictures.size());
                    batch.values.insert(batch.values.end(), sample.values.begin(), sample.values.end());
                    addTarget(batch, source, index);
                } else {
                    made.problem = "'" + source.name(index) + "' " + pipeline->mismatch(sample.shape) + ".";
                }
            }
        } catch (const std::exception &error) {
            made.problem = "'" + source.name(index) + "' " + error.what() + ".";
        }
        pictures.push_back(std::move(made));
    }
    batch.count = static_cast<std::int64_t>(places.size());
    const SourceFacts &facts = source.facts();
    finishBatch(std::move(batch), pipeline->sampleShape(), places, batchTransforms(graph, registry, facts), facts.classCount(), random, pictures);
    return pictures;
}

} // namespace netloom
