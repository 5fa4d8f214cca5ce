// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "layers/layer_nodes.h"
#include "train/tensor_batches.h"

#include <cmath>
#include <initializer_list>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace netloom::test {

/// A data source whose samples are tensors already; its shape comes from the facts.
inline NodeSpec tensorsSpec()
{
    return {
        .type = "Tensors",
        .category = Category::Source,
        .doc = "Tensors in memory, for tests.",
        .outputs = {{.name = "output", .kind = PortKind::Tensor}, {.name = "target", .kind = PortKind::Target}},
        .infer = [](const InferInput &input) -> InferResult {
            const SourceFacts &facts = input.facts;
            return Inferred{{Shape{Shape::kBatch, facts.channels, facts.height, facts.width}, Shape{Shape::kBatch}}};
        },
    };
}

/// Layers, losses and the source above.
inline NodeRegistry tensorRegistry()
{
    NodeRegistry registry;
    registry.add(tensorsSpec());
    addLayerNodes(registry);
    return registry;
}

inline SourceFacts tensorFacts(std::int64_t channels, std::int64_t size, int classes)
{
    SourceFacts facts;
    facts.known = true;
    facts.channels = channels;
    facts.height = facts.width = size;
    for (int label = 0; label < classes; ++label)
        facts.classNames.push_back("class " + std::to_string(label));
    facts.counts["train"] = std::vector<std::int64_t>(static_cast<std::size_t>(classes), 1);
    return facts;
}

/// Pictures that can be told apart: every class has waves of its own direction and length, under noise.
inline std::shared_ptr<TensorBatches> waveBatches(const SourceFacts &facts, std::int64_t train, std::int64_t val, std::int64_t test)
{
    auto batches = std::make_shared<TensorBatches>(Shape{facts.channels, facts.height, facts.width}, facts.classNames);
    std::mt19937 random(7);
    const auto uniform = [&random] { return static_cast<double>(random()) / 4294967296.0; };
    const auto addSamples = [&](Split split, std::int64_t count) {
        for (std::int64_t sample = 0; sample < count; ++sample) {
            const std::int64_t label = sample % facts.classCount();
            const double phase = 6.28 * uniform();
            std::vector<float> values;
            for (std::int64_t channel = 0; channel < facts.channels; ++channel) {
                for (std::int64_t y = 0; y < facts.height; ++y) {
                    for (std::int64_t x = 0; x < facts.width; ++x) {
                        const double along = label % 2 == 0 ? double(x) : double(y);
                        values.push_back(float(std::sin(along * (0.6 + 0.5 * double(label)) + phase * 0.3) + 0.4 * (uniform() - 0.5)));
                    }
                }
            }
            batches->add(split, values, label);
        }
    };
    addSamples(Split::Train, train);
    addSamples(Split::Val, val);
    addSamples(Split::Test, test);
    return batches;
}

/// A graph that is a chain: Tensors, the layers in order, a loss. Nodes get the names "source", "loss" and whatever
/// Graph::freeName() makes of the types.
class ChainBuilder {
public:
    explicit ChainBuilder(const NodeRegistry &registry) : m_registry(registry)
    {
        m_source = add("Tensors", {});
        m_graph.rename(m_source, "source");
        m_last = m_source;
    }

    /// Adds a node behind the last one and gives its id.
    NodeId then(const std::string &type, std::initializer_list<std::pair<std::string, ParamValue>> params = {})
    {
        const NodeId id = add(type, params);
        connect(m_last, id);
        m_last = id;
        return id;
    }

    /// What comes next takes that output of the last node.
    void takeOutput(const std::string &port) { m_port = port; }

    /// One more wire, for skips.
    void connect(NodeId from, NodeId to)
    {
        const NodeSpec *spec = m_registry.find(m_graph.find(to)->type);
        m_graph.addLink({{from, std::exchange(m_port, "output")}, {to, spec->inputs.front().name}});
    }

    Graph endWith(const std::string &loss)
    {
        const NodeId id = then(loss);
        m_graph.addLink({{m_source, "target"}, {id, "target"}});
        m_graph.rename(id, "loss");
        return m_graph;
    }

private:
    NodeId add(const std::string &type, std::initializer_list<std::pair<std::string, ParamValue>> params)
    {
        const NodeId id = m_graph.addNode(*m_registry.find(type));
        for (const auto &[name, value] : params)
            m_graph.setParam(id, name, value);
        return id;
    }

    const NodeRegistry &m_registry;
    Graph m_graph;
    NodeId m_source, m_last;
    std::string m_port = "output"; ///< of the last node
};

inline ParamValue whole(std::int64_t number) { return number; }
inline ParamValue pairOf(std::int64_t number) { return std::vector<std::int64_t>{number}; }
inline ParamValue word(std::string text) { return text; }

inline Graph smallMlp(const NodeRegistry &registry)
{
    ChainBuilder chain(registry);
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", whole(16)}});
    chain.then("ReLU");
    chain.then("Dropout", {{"p", 0.1}});
    chain.then("Linear", {{"out_features", word("classes")}});
    return chain.endWith("CrossEntropyLoss");
}

/// Convolution, batch norm, a skip, pooling.
inline Graph smallCnn(const NodeRegistry &registry)
{
    ChainBuilder chain(registry);
    chain.then("Conv2d", {{"out_channels", whole(8)}, {"padding", word("same")}});
    chain.then("BatchNorm2d");
    const NodeId first = chain.then("ReLU");
    chain.then("Conv2d", {{"out_channels", whole(8)}, {"padding", word("same")}});
    chain.connect(first, chain.then("Add"));
    chain.then("MaxPool2d");
    chain.then("Flatten");
    chain.then("Linear", {{"out_features", word("classes")}});
    return chain.endWith("CrossEntropyLoss");
}

} // namespace netloom::test
