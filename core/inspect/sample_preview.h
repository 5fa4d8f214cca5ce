// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_preview.h"
#include "inspect/sample_picture.h"

#include <functional>
#include <stop_token>

namespace netloom {

/// What a transform makes of a sample.
struct TransformDraws {
    NodeId node;
    bool isRandom = false; ///< as in training, one draw beside the other; else there is one
    std::shared_ptr<const NodePreview> before;
    std::vector<std::shared_ptr<const NodePreview>> after;
};

/// Sends one sample through a graph that may still be incomplete, and says what comes out of every node, as evaluation would:
/// transforms do their deterministic counterpart unless setDraw() says otherwise, layers don't train. What an edit doesn't touch is kept from the run before,
/// weights too. One thread at a time. No LibTorch type shows here.
class SamplePreview {
public:
    using Sink = std::function<void(NodeId node, const std::shared_ptr<const NodePreview> &preview)>;

    /// Initial weights depend on @p seed and on the node's id alone (and on which copy it is in a repeated block), so that an edit
    /// elsewhere doesn't change them.
    /// @p registry must outlive this.
    explicit SamplePreview(const NodeRegistry &registry, std::uint64_t seed = 1);
    ~SamplePreview();
    SamplePreview(const SamplePreview &) = delete;
    SamplePreview &operator=(const SamplePreview &) = delete;

    /// Weights of a finished run, as a safetensors file image, "" for none: a node takes them where its own tensors are all there with
    /// the same shapes, by "<path of the node>.<weight>"; the others keep their initial ones. The error says what is wrong with the file.
    Result<Done> setWeights(const std::string &safetensors);

    /// From the next run on, random transforms draw as in training; another number draws anew. 0: they do as in evaluation.
    void setDraw(std::uint64_t draw);

    /// Gives the preview of every node to @p sink, in data-flow order, then those of blocks, dots and bypassed nodes, which show what comes
    /// out of them; inside a repeated block, that of the first copy. A node that has none says why. A graph with a cycle has none.
    /// False when @p stop came before the end, which takes effect between two nodes. Never throws.
    bool run(const Graph &graph, const SourceFacts &facts, const PreviewSample &sample, const Sink &sink, std::stop_token stop = {});

    /// Every number that came out of @p node in the last run; an empty shape where nothing did.
    NodeValues values(NodeId node) const;
    /// What the transform @p node made of its input in the last run, or makes of it while training, @p count times where it is random.
    /// A batch transform mixes with the samples that follow. Nothing comes back where nothing comes in.
    TransformDraws draws(NodeId node, int count, std::uint64_t seed) const;
    /// Of the last run: how many layers have weights, and how many of these are the run's.
    std::pair<int, int> weightedAndTrained() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace netloom
