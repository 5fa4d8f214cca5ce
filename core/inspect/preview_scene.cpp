// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/preview_scene.h"

#include "data/sample_pipeline.h"
#include "transforms/batch_transform.h"

#include <algorithm>

namespace netloom {

namespace {

/// Nodes that feed a loss, if need be through nodes that keep the scores apart.
std::set<NodeId> findHeads(const Graph &graph, const NodeRegistry &registry, const Inference &inference, const std::vector<NodeId> &order)
{
    std::set<NodeId> heads;
    for (auto id = order.rbegin(); id != order.rend(); ++id) {
        for (const Link &link : graph.linksFrom(*id)) {
            const NodeSpec *next = registry.find(graph.find(link.to.node)->type);
            const auto &shapes = inference.nodes.at(link.to.node);
            const bool keeps = heads.contains(link.to.node) && shapes.parameters == 0 && shapes.inputs == shapes.outputs;
            if (next && ((next->isLoss() && link.to.port == "input") || keeps))
                heads.insert(*id);
        }
    }
    return heads;
}

} // namespace

std::optional<std::vector<NodeId>> PreviewScene::set(const Graph &graph, const SourceFacts &facts)
{
    m_facts = &facts;
    m_flat = flatten(graph, m_registry);
    m_inference = inferFlatShapes(m_flat, m_registry, facts);
    auto order = m_flat.graph.topologicalOrder();
    if (order)
        m_heads = findHeads(m_flat.graph, m_registry, m_inference, *order);
    return order;
}

std::string PreviewScene::reasonOf(const Node &node) const
{
    for (const Issue &issue : m_inference.issues) {
        if (issue.node == node.id && issue.code != "unused")
            return issue.text;
    }
    return kNothingComesIn;
}

bool PreviewScene::isOfData() const
{
    return m_sample.file.empty() && m_sample.source && m_sample.index >= 0 && m_sample.index < m_sample.source->size();
}

std::int64_t PreviewScene::target() const
{
    return isOfData() && !m_facts->learnsNumber && !m_facts->severalLabels ? m_sample.source->label(m_sample.index) : -1;
}

std::optional<double> PreviewScene::trueNumber() const
{
    return isOfData() && m_facts->learnsNumber ? std::optional(m_sample.source->number(m_sample.index)) : std::nullopt;
}

void PreviewScene::nameBars(NodePreview &preview) const
{
    const bool perClass = preview.kind == NodePreview::Kind::Bars && preview.perBar == 1
        && static_cast<std::int64_t>(preview.bars.size()) == m_facts->classCount();
    if (!perClass)
        return;
    preview.names = m_facts->classNames;
    preview.target = target();
}

/// Another sample of the data as it comes to the transform @p until; nothing where it can't be read.
std::vector<float> PreviewScene::preparedUntil(NodeId until, std::int64_t index) const
{
    const Result<SamplePipeline> pipeline = SamplePipeline::make(m_flat.graph, m_registry, *m_facts, until);
    Sample other;
    if (!pipeline || pipeline->read(*m_sample.source, index, other))
        return {};
    std::mt19937_64 unused;
    pipeline->apply(other, unused, false);
    return std::move(other.values);
}

void PreviewScene::mixWithAnother(Sample &mixed, const NodeSpec &spec, const Params &params, NodeId until, int by, std::mt19937_64 &random) const
{
    Batch batch;
    batch.values = mixed.values;
    if (m_sample.source && m_sample.source->size() > 1) {
        const std::vector<float> other = preparedUntil(until, (std::max<std::int64_t>(0, m_sample.index) + by) % m_sample.source->size());
        batch.values.insert(batch.values.end(), other.begin(), other.end());
    }
    if (mixed.values.empty() || batch.values.size() != 2 * mixed.values.size())
        return;
    batch.count = 2;
    batch.targets = {0, 0};
    spec.buildBatchTransform(params)->apply(batch, mixed.shape, 1, random);
    mixed.values.assign(batch.values.begin(), batch.values.begin() + static_cast<std::ptrdiff_t>(mixed.values.size()));
}

} // namespace netloom
