// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/batch_mixing.h"

#include "data/random.h"
#include "transforms/batch_transform.h"

namespace netloom {

namespace {

constexpr std::uint64_t kMixing = 0x6d697875; ///< keeps these draws apart from those of the samples' transforms

class MixedBatches final : public BatchSource {
public:
    MixedBatches(std::shared_ptr<BatchSource> batches, std::vector<std::shared_ptr<BatchTransform>> transforms, std::int64_t classes)
        : m_batches(std::move(batches)), m_transforms(std::move(transforms)), m_classes(classes)
    {
    }

    std::int64_t sampleCount(Split split) const override { return m_batches->sampleCount(split); }
    Shape sampleShape() const override { return m_batches->sampleShape(); }
    std::vector<std::string> classNames() const override { return m_batches->classNames(); }
    void recycle(std::unique_ptr<Batch> batch) override { m_batches->recycle(std::move(batch)); }
    void skip(std::int64_t batches) override { m_batches->skip(batches); }
    void cancel() override { m_batches->cancel(); }
    std::vector<std::string> unreadable() const override { return m_batches->unreadable(); }

    void begin(Split split, std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch, bool training) override
    {
        m_training = training;
        m_seed = mixSeed({seed, static_cast<std::uint64_t>(epoch), kMixing});
        m_batches->begin(split, batchSize, seed, epoch, training);
    }

    std::unique_ptr<Batch> next() override
    {
        std::unique_ptr<Batch> batch = m_batches->next();
        if (!batch)
            return batch;
        batch->shares.clear();
        batch->unmixed.clear();
        std::mt19937_64 random(mixSeed({m_seed, static_cast<std::uint64_t>(batch->place)}));
        for (const auto &transform : m_transforms) {
            if (m_training)
                transform->apply(*batch, m_batches->sampleShape(), m_classes, random);
        }
        return batch;
    }

private:
    const std::shared_ptr<BatchSource> m_batches;
    const std::vector<std::shared_ptr<BatchTransform>> m_transforms;
    const std::int64_t m_classes;
    bool m_training = false;
    std::uint64_t m_seed = 0;
};

} // namespace

std::vector<std::shared_ptr<BatchTransform>> batchTransforms(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts)
{
    std::vector<std::shared_ptr<BatchTransform>> transforms;
    for (NodeId id : findPipeline(graph, registry).transforms) {
        const Node &node = *graph.find(id);
        const NodeSpec &spec = *registry.find(node.type);
        if (spec.isBatchTransform())
            transforms.push_back(spec.buildBatchTransform(resolvedParams(spec, node, facts)));
    }
    return transforms;
}

std::shared_ptr<BatchSource> mixBatches(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts,
    std::shared_ptr<BatchSource> batches)
{
    std::vector<std::shared_ptr<BatchTransform>> transforms = batchTransforms(graph, registry, facts);
    if (transforms.empty())
        return batches;
    return std::make_shared<MixedBatches>(std::move(batches), std::move(transforms), facts.classCount());
}

} // namespace netloom
