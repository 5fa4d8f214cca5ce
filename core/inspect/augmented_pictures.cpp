// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/augmented_pictures.h"

#include "data/picture_pixels.h"
#include "data/random.h"
#include "data/sample_pipeline.h"

#include <algorithm>
#include <exception>
#include <set>

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
Picture pictureOf(const Sample &sample)
{
    Picture picture;
    picture.channels = static_cast<int>(sample.shape[0]) >= 3 ? 3 : 1;
    picture.height = static_cast<int>(sample.shape[1]);
    picture.width = static_cast<int>(sample.shape[2]);
    const auto channels = static_cast<std::size_t>(picture.channels);
    const std::size_t plane = static_cast<std::size_t>(picture.height) * static_cast<std::size_t>(picture.width);
    picture.pixels.resize(plane * channels);
    for (std::size_t channel = 0; channel < channels; ++channel) {
        for (std::size_t at = 0; at < plane; ++at)
            picture.pixels[at * channels + channel]
                = static_cast<std::uint8_t>(std::clamp(sample.values[channel * plane + at], 0.0f, 1.0f) * 255.0f + 0.5f);
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

} // namespace

Result<std::vector<AugmentedPicture>> augmentedPictures(const Graph &graph, const NodeRegistry &registry, const DataSource &source,
    const std::vector<std::string> &excluded, int count, std::uint64_t seed)
{
    const Result<SamplePipeline> pipeline = SamplePipeline::make(withoutNormalize(graph), registry, source.facts());
    if (!pipeline)
        return pipeline.error();
    std::mt19937_64 random(mixSeed({seed}));
    std::vector<AugmentedPicture> pictures;
    for (const std::int64_t index : drawn(source, excluded, count, random)) {
        AugmentedPicture made{index, {}, {}};
        Sample sample;
        try {
            if (const auto error = source.readInto(index, pipeline->decodeHint(), sample.picture)) {
                made.problem = error->text;
            } else {
                pipeline->apply(sample, random, true);
                if (sample.shape.dims().size() == 3)
                    made.picture = pictureOf(sample);
            }
        } catch (const std::exception &error) {
            made.problem = "'" + source.name(index) + "' " + error.what() + ".";
        }
        pictures.push_back(std::move(made));
    }
    return pictures;
}

} // namespace netloom
