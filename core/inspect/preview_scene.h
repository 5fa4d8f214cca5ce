// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/flatten.h"
#include "graph/infer_shapes.h"
#include "graph/node_preview.h"
#include "inspect/sample_picture.h"
#include "transforms/transform.h"

#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace netloom {

/// What says that nothing reaches a node.
inline constexpr char kNothingComesIn[] = "Nothing comes in: connect the nodes before it, or mend what is wrong with them.";

/// What one run of a preview computes with: the edited graph as the network that it makes, its shapes, the data and the chosen sample.
class PreviewScene {
public:
    explicit PreviewScene(const NodeRegistry &registry) : m_registry(registry) {}

    void setSample(const PreviewSample &sample) { m_sample = sample; }
    /// Gives the nodes in data-flow order; nothing where they go in a circle. @p facts must outlive the run.
    std::optional<std::vector<NodeId>> set(const Graph &graph, const SourceFacts &facts);

    const NodeRegistry &registry() const { return m_registry; }
    const PreviewSample &sample() const { return m_sample; }
    const SourceFacts &facts() const { return *m_facts; }
    const FlatGraph &flat() const { return m_flat; }
    const Graph &graph() const { return m_flat.graph; }
    const Inference &inference() const { return m_inference; }
    const NodeShapes &shapes(NodeId id) const { return m_inference.nodes.at(id); }
    bool isHead(NodeId id) const { return m_heads.contains(id); }
    /// Why a node that shape inference doesn't get through has no preview.
    std::string reasonOf(const Node &node) const;

    /// The sample's class; -1 where it isn't known.
    std::int64_t target() const;
    /// The sample's number to be learned, in its own unit; nothing where it isn't known.
    std::optional<double> trueNumber() const;
    /// Writes the classes to the bars of @p preview, where there is one for each.
    void nameBars(NodePreview &preview) const;
    /// The sample as a batch transform leaves it in a batch with the one that lies @p by further in the data.
    void mixWithAnother(Sample &mixed, const NodeSpec &spec, const Params &params, NodeId until, int by, std::mt19937_64 &random) const;

private:
    bool isOfData() const;
    std::vector<float> preparedUntil(NodeId until, std::int64_t index) const;

    const NodeRegistry &m_registry;
    PreviewSample m_sample;
    FlatGraph m_flat;
    const SourceFacts *m_facts = nullptr;
    Inference m_inference; ///< of the flat graph
    std::set<NodeId> m_heads; ///< nodes whose output is the scores of the classes
};

} // namespace netloom
