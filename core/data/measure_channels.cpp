// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/measure_channels.h"

#include "data/sample_pipeline.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// Sums over one channel.
struct ChannelSums {
    double sum = 0;
    double squares = 0;
};

std::vector<std::int64_t> evenlyChosen(const DataSource &source, std::int64_t most)
{
    std::vector<std::int64_t> training;
    for (std::int64_t sample = 0; sample < source.size(); ++sample) {
        if (source.split(sample) == Split::Train)
            training.push_back(sample);
    }
    const auto count = static_cast<std::int64_t>(training.size());
    const std::int64_t chosen = std::min(count, most);
    std::vector<std::int64_t> samples;
    for (std::int64_t at = 0; at < chosen; ++at)
        samples.push_back(training[static_cast<std::size_t>(at * count / chosen)]);
    return samples;
}

/// False where the sample can't be prepared.
bool addSample(const SamplePipeline &pipeline, const DataSource &source, std::int64_t index, Sample &sample, std::vector<ChannelSums> &sums, double &count)
{
    std::mt19937_64 unused;
    try {
        if (pipeline.read(source, index, sample))
            return false;
        pipeline.apply(sample, unused, false);
    } catch (const std::exception &) { // a picture that doesn't fit
        return false;
    }
    const auto channels = static_cast<std::size_t>(sample.shape[0]);
    const std::size_t plane = sample.values.size() / channels;
    if (sums.empty())
        sums.resize(channels);
    if (channels != sums.size())
        return false;
    for (std::size_t channel = 0; channel < channels; ++channel) {
        for (std::size_t pixel = 0; pixel < plane; ++pixel) {
            const double value = sample.values[channel * plane + pixel];
            sums[channel].sum += value;
            sums[channel].squares += value * value;
        }
    }
    count += static_cast<double>(plane);
    return true;
}

} // namespace

Result<ChannelStatistics> measureChannels(const Graph &graph, const NodeRegistry &registry, const DataSource &source, NodeId normalize,
    std::int64_t most, const std::function<bool(std::int64_t done, std::int64_t total)> &goOn)
{
    const Result<SamplePipeline> pipeline = SamplePipeline::make(graph, registry, source.facts(), normalize);
    if (!pipeline)
        return pipeline.error();
    const std::vector<std::int64_t> samples = evenlyChosen(source, most);
    ChannelStatistics found;
    std::vector<ChannelSums> sums;
    double count = 0;
    Sample sample;
    for (std::size_t at = 0; at < samples.size(); ++at) {
        if (goOn && !goOn(static_cast<std::int64_t>(at), static_cast<std::int64_t>(samples.size())))
            return Error{};
        found.samples += addSample(*pipeline, source, samples[at], sample, sums, count);
    }
    if (found.samples == 0)
        return Error{samples.empty() ? "There are no training samples to measure." : "None of the training samples can be read."};
    for (const ChannelSums &channel : sums) {
        const double mean = channel.sum / count;
        found.mean.push_back(mean);
        found.deviation.push_back(std::sqrt(std::max(1e-12, channel.squares / count - mean * mean)));
    }
    return found;
}

} // namespace netloom
