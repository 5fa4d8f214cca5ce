// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/sample_pipeline.h"

#include <algorithm>

namespace netloom {

namespace {

/// The parameters, complete. A source declares the same pictures wherever they lie, so a missing folder doesn't matter here.
Params completeParams(const Node &node, const NodeSpec &spec, const SourceFacts &facts)
{
    Params params = resolvedParams(spec, node, facts);
    for (const ParamDecl &decl : spec.params) {
        if (spec.isSource() && decl.type == ParamType::Path && params.text(decl.name).empty())
            params.set(decl.name, std::string("."));
    }
    return params;
}

Result<Shape> inferOne(const Node &node, const NodeSpec &spec, const Params &params, const ShapeList &in, const SourceFacts &facts)
{
    const InferResult result = spec.infer(InferInput{params, in, facts});
    if (const auto *misfit = std::get_if<Misfit>(&result))
        return Error{nodeTitle(node) + " " + misfit->text + ": " + misfit->mend + "."};
    return std::get<Inferred>(result).outputs.at(0);
}

/// "Resize{interpolation=bilinear;size=64, 64;}"
std::string stepText(const NodeSpec &spec, const Params &params)
{
    std::string text = spec.type + "{";
    for (const auto &[name, value] : params.values())
        text += name + "=" + formatParam(value) + ";";
    return text + "}";
}

} // namespace

Result<SamplePipeline> SamplePipeline::make(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, NodeId until)
{
    const Pipeline found = findPipeline(graph, registry);
    if (!found.source.valid())
        return Error{"There is no data: drag ImageFolder or MNIST onto the canvas."};
    const Node &sourceNode = *graph.find(found.source);
    const NodeSpec &source = *registry.find(sourceNode.type);
    const Result<Shape> picture = inferOne(sourceNode, source, completeParams(sourceNode, source, facts), {}, facts);
    if (!picture)
        return picture.error();

    SamplePipeline pipeline;
    pipeline.m_fixedText = "pictures 1 ";
    if (const Params params = completeParams(sourceNode, source, facts); params.has("background")) // what else a source has chooses among files
        pipeline.m_fixedText += "on " + formatParam(params.at("background")) + " ";
    bool fixed = true;
    PortKind kind = source.outputs.at(0).kind;
    pipeline.m_rows = kind == PortKind::Tensor;
    pipeline.m_sourceChannels = pipeline.m_rows ? 0 : static_cast<int>((*picture)[0]);
    Shape shape = *picture;
    for (NodeId id : found.transforms) {
        if (id == until)
            break;
        const Node &node = *graph.find(id);
        const NodeSpec &spec = *registry.find(node.type);
        if (spec.isBatchTransform())
            continue; // see batch_mixing.h
        const Params params = completeParams(node, spec, facts);
        const bool prediction = !facts.known && kind == PortKind::Image && spec.outputs.at(0).kind == PortKind::Tensor;
        if (prediction && !shape.known()) {
            // Only the data tells the size: every picture goes through as it is.
            shape = Shape{Shape::kBatch, shape[0], shape[1], shape[2]};
        } else {
            const Result<Shape> next = inferOne(node, spec, params, {shape}, facts);
            if (!next)
                return next.error();
            shape = *next;
        }
        kind = spec.outputs.at(0).kind;
        const auto transform = spec.buildTransform(params, facts);
        pipeline.m_transforms.push_back(transform);
        pipeline.m_usesRandom |= transform->isRandom();
        pipeline.m_toTensor += kind == PortKind::Image;
        fixed &= kind == PortKind::Image && !transform->isRandom();
        if (fixed) {
            ++pipeline.m_fixed;
            pipeline.m_fixedText += stepText(spec, params);
        }
    }
    pipeline.m_fixedText += " at least " + std::to_string(pipeline.decodeHint().minShorterSide) + " px";
    if (kind != PortKind::Tensor)
        return Error{nodeTitle(sourceNode) + " reaches the layers as pictures, not as numbers: add ToTensor after it."};
    pipeline.m_sampleShape = Shape(std::vector<std::int64_t>(shape.dims().begin() + 1, shape.dims().end()));
    if (!pipeline.m_rows && pipeline.m_sampleShape[0] > 0)
        pipeline.buildTables(static_cast<std::size_t>(pipeline.m_sampleShape[0]));
    return pipeline;
}

/// Follows the 256 values of a byte through as many steps as can be looked up.
void SamplePipeline::buildTables(std::size_t channels)
{
    m_tables.resize(channels);
    for (m_tableEnd = m_toTensor; m_tableEnd < m_transforms.size(); ++m_tableEnd) {
        std::vector<ByteTable> next = m_tables;
        for (std::size_t channel = 0; channel < channels; ++channel) {
            if (!m_transforms[m_tableEnd]->changeTable(next[channel], channel))
                return;
        }
        m_tables = std::move(next);
    }
}

std::optional<Error> SamplePipeline::read(const DataSource &source, std::int64_t index, Sample &sample) const
{
    sample.values.clear();
    if (!m_rows)
        return source.readInto(index, decodeHint(), sample.picture);
    source.readRow(index, sample.values);
    sample.shape = Shape{static_cast<std::int64_t>(sample.values.size())};
    return {};
}

void SamplePipeline::apply(Sample &sample, std::mt19937_64 &random, bool training) const
{
    for (const auto &transform : m_transforms)
        transform->apply(sample, random, training);
}

void SamplePipeline::applyFixed(Sample &sample) const
{
    thread_local std::mt19937_64 unused;
    for (std::size_t step = 0; step < m_fixed; ++step)
        m_transforms[step]->apply(sample, unused, false);
}

bool SamplePipeline::applyRest(Sample &sample, std::mt19937_64 &random, bool training, std::span<float> values) const
{
    for (std::size_t step = m_fixed; step < m_toTensor; ++step)
        m_transforms[step]->apply(sample, random, training);
    const Picture &picture = sample.picture;
    const bool looksUp = !m_rows && m_tableEnd > m_toTensor && static_cast<std::size_t>(picture.channels) == m_tables.size();
    if (looksUp)
        sample.shape = Shape{picture.channels, picture.height, picture.width};
    if (looksUp && m_tableEnd == m_transforms.size()) {
        if (!takes(sample.shape))
            return false;
        writeValues(picture.pixels.data(), values);
        return true;
    }
    if (looksUp) {
        sample.values.resize(picture.pixels.size());
        writeValues(picture.pixels.data(), sample.values);
    }
    for (std::size_t step = looksUp ? m_tableEnd : m_toTensor; step < m_transforms.size(); ++step)
        m_transforms[step]->apply(sample, random, training);
    if (!takes(sample.shape) || sample.values.size() != values.size())
        return false;
    std::ranges::copy(sample.values, values.begin());
    return true;
}

/// Interleaved bytes → one plane of numbers after the other.
void SamplePipeline::writeValues(const std::uint8_t *pixels, std::span<float> values) const
{
    const std::size_t channels = m_tables.size();
    const std::size_t plane = values.size() / channels;
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const float *table = m_tables[channel].data();
        const std::uint8_t *in = pixels + channel;
        float *out = values.data() + channel * plane;
        for (std::size_t pixel = 0; pixel < plane; ++pixel)
            out[pixel] = table[in[pixel * channels]];
    }
}

bool SamplePipeline::takes(const Shape &shape) const
{
    return std::ranges::equal(shape.dims(), m_sampleShape.dims(),
        [](std::int64_t have, std::int64_t want) { return want == Shape::kUnknown || have == want; });
}

std::string SamplePipeline::mismatch(const Shape &shape) const
{
    if (m_rows)
        return "has " + shape.toString() + " numbers where the network takes " + m_sampleShape.toString();
    return "gives " + shape.toString() + " where the network takes " + m_sampleShape.toString()
        + ": add Resize before ToTensor and give it height and width";
}

} // namespace netloom
