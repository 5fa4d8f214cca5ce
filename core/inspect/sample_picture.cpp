// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/sample_picture.h"

#include "data/loader.h"
#include "data/picture_files.h"
#include "transforms/resample.h"
#include "transforms/transform.h"

namespace netloom {

namespace {

/// True where a transform gives all pictures one size, whatever they come in.
bool pipelineSetsSize(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Pipeline &pipeline, int channels)
{
    Shape shape{channels, Shape::kUnknown, Shape::kUnknown};
    for (const NodeId id : pipeline.transforms) {
        const Node &node = *graph.find(id);
        const NodeSpec &spec = *registry.find(node.type);
        if (spec.outputs.at(0).kind != PortKind::Image)
            return false;
        const Params params = resolvedParams(spec, node, facts);
        const InferResult result = spec.infer(InferInput{params, {shape}, facts});
        const auto *inferred = std::get_if<Inferred>(&result);
        if (!inferred)
            return false;
        shape = inferred->outputs.at(0);
        if (shape.known())
            return true;
    }
    return false;
}

} // namespace

std::string DecodePlan::key() const
{
    return std::to_string(channels) + ' ' + std::to_string(hint.minShorterSide) + ' ' + std::to_string(height) + ' ' + std::to_string(width) + ' '
        + std::to_string(background[0]) + ' ' + std::to_string(background[1]) + ' ' + std::to_string(background[2]);
}

DecodePlan planDecoding(const FlatGraph &flat, const NodeRegistry &registry, const SourceFacts &facts, const Node &source)
{
    const Graph &graph = flat.graph;
    DecodePlan plan;
    const NodeSpec &spec = *registry.find(source.type);
    const Params params = resolvedParams(spec, source, facts);
    plan.background = backgroundOf(params);
    const InferResult declared = spec.infer(InferInput{params, {}, facts});
    if (const auto *inferred = std::get_if<Inferred>(&declared))
        plan.channels = static_cast<int>(inferred->outputs.at(0)[0]);
    const Pipeline pipeline = findPipeline(flat, registry);
    if (pipeline.source == source.id && !pipeline.transforms.empty()) {
        const Node &first = *graph.find(pipeline.transforms.front());
        const NodeSpec &firstSpec = *registry.find(first.type);
        plan.hint = firstSpec.buildTransform(resolvedParams(firstSpec, first, facts), facts)->decodeHint();
    }
    const bool oneSize = facts.known && facts.height > 0 && facts.width > 0;
    if (oneSize && !pipelineSetsSize(graph, registry, facts, pipeline, plan.channels)) {
        plan.height = static_cast<int>(facts.height);
        plan.width = static_cast<int>(facts.width);
    }
    return plan;
}

Result<Picture> decodeSample(const PreviewSample &sample, const DecodePlan &plan)
{
    if (!sample.file.empty()) {
        Result<Picture> picture = readPictureFile(sample.file, plan.channels, plan.hint, plan.background);
        if (picture && plan.height > 0)
            resample(*picture, plan.height, plan.width, Interpolation::Bilinear);
        return picture;
    }
    if (!sample.source)
        return Error{"No data is open: choose it in the data source."};
    if (sample.index < 0 || sample.index >= sample.source->size())
        return Error{"No sample is chosen: choose one above the canvas."};
    return sample.source->read(sample.index, plan.hint);
}

} // namespace netloom
