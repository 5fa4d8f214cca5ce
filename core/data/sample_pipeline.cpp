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

} // namespace

Result<SamplePipeline> SamplePipeline::make(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts)
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
    pipeline.m_sourceChannels = static_cast<int>((*picture)[0]);
    Shape shape = *picture;
    PortKind kind = PortKind::Image;
    for (NodeId id : found.transforms) {
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
        pipeline.m_transforms.push_back(spec.buildTransform(params, facts));
        pipeline.m_usesRandom |= pipeline.m_transforms.back()->isRandom();
    }
    if (kind != PortKind::Tensor)
        return Error{nodeTitle(sourceNode) + " reaches the layers as pictures, not as numbers: add ToTensor after it."};
    pipeline.m_sampleShape = Shape(std::vector<std::int64_t>(shape.dims().begin() + 1, shape.dims().end()));
    return pipeline;
}

void SamplePipeline::apply(Sample &sample, std::mt19937_64 &random, bool training) const
{
    for (const auto &transform : m_transforms)
        transform->apply(sample, random, training);
}

bool SamplePipeline::takes(const Shape &shape) const
{
    return std::ranges::equal(shape.dims(), m_sampleShape.dims(),
        [](std::int64_t have, std::int64_t want) { return want == Shape::kUnknown || have == want; });
}

std::string SamplePipeline::mismatch(const Shape &shape) const
{
    return "gives " + shape.toString() + " where the network takes " + m_sampleShape.toString()
        + ": add Resize before ToTensor and give it height and width";
}

} // namespace netloom
