// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/infer_shapes.h"
#include "layers/layer.h"
#include "losses/loss.h"
#include "model/norm_relu_pool.h"
#include "model/safetensors.h"

#include <torch/torch.h>

#include <map>
#include <optional>
#include <variant>

namespace netloom {

/// A graph's layers as a LibTorch module: everything between the end of the data pipeline and the loss, with its
/// branches and skips. Weights are named "<node>.<weight>", as in PyTorch's state_dict.
class GraphModule : public torch::nn::Module {
public:
    using Built = std::variant<std::shared_ptr<GraphModule>, Issue>;

    /// Builds the network with initial weights that depend on @p seed alone (it seeds LibTorch's global generator);
    /// safe from several threads.
    /// Where the graph can't be trained, the issue says why. @p facts must be those of the data.
    static Built build(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, std::uint64_t seed);

    /// Settles all that the next forward() draws at random in training, by @p seed alone: a resumed training draws what it would have drawn.
    void reseed(std::uint64_t seed);

    /// The output of the last layer for a batch of inputShape(): what the main head gets where there are several losses. Throws NodeFailure.
    torch::Tensor forward(const torch::Tensor &batch);

    /// What each of several losses gets.
    struct HeadOutputs {
        torch::Tensor main;
        std::vector<torch::Tensor> others;

        /// That of head @p head; 0 is the main one.
        const torch::Tensor &of(std::size_t head) const { return head == 0 ? main : others.at(head - 1); }
        /// With all numbers as @p change makes them.
        template <class Change>
        HeadOutputs each(Change change) const
        {
            HeadOutputs changed{change(main), {}};
            for (const torch::Tensor &other : others)
                changed.others.push_back(change(other));
            return changed;
        }
    };
    /// The same with the outputs for all heads, which training needs. Throws NodeFailure.
    HeadOutputs forwardHeads(const torch::Tensor &batch);
    /// Σ loss_weight·loss over all heads, each for the same @p target. Throws NodeFailure.
    torch::Tensor lossOf(const HeadOutputs &outputs, const torch::Tensor &target);

    /// A head's loss, unweighted, and what its output predicts: classes (N, int64), with several labels a 1 for each that is more probable
    /// than not (N×classes, int64), or where a number is learned the scaled numbers (N, float32). They throw NodeFailure.
    torch::Tensor lossOf(const torch::Tensor &output, const torch::Tensor &target, std::size_t head = 0);
    torch::Tensor predictionsOf(const torch::Tensor &output, std::size_t head = 0);
    torch::Tensor probabilitiesOf(const torch::Tensor &output, std::size_t head = 0);
    /// The losses' names, the main one's first.
    std::vector<std::string> headNames() const;

    const Shape &inputShape() const { return m_inputShape; } ///< N×C×H×W
    std::int64_t classCount() const { return m_classCount; } ///< 0 where a number is learned
    bool severalLabels() const { return m_severalLabels; }   ///< each sample may have any number of the classes
    const std::optional<NumberScale> &numberScale() const { return m_numberScale; } ///< nothing where classes are learned
    std::int64_t parameterCount() const;
    /// The parameters of nodes that aren't frozen, by how much faster or slower than others they learn.
    std::map<double, std::vector<torch::Tensor>> learningParameters() const;
    /// Frozen nodes stay as in evaluation: their batch norms keep mean and variance.
    void train(bool on = true) override;
    std::int64_t multiplyAdds() const { return m_multiplyAdds; } ///< for one sample, forward
    /// True where a training batch of one sample can't be normalized: a batch norm over single numbers of each sample.
    bool needsTwoSamples() const { return m_needsTwoSamples; }

    /// Makes mistakes with each class count that much in lossOf(), relative to the others; an undefined tensor makes all count the same.
    void weighClasses(const torch::Tensor &weights);

    /// Lays pictures and filters out with the channels last, which is faster for convolutions on a CPU. Does nothing
    /// without a convolution. Call before an optimizer takes the weights.
    void useChannelsLast();

    /// The first convolution in data-flow order: its node's name and its weights (out×in×height×width).
    std::optional<std::pair<std::string, torch::Tensor>> firstConvolution() const;

    /// Parameters and buffers by name, in data-flow order; they share memory with the network.
    NamedTensors stateDict() const;
    /// Copies values into the network. The error says which tensor is missing, left over or has another shape.
    Result<Done> loadStateDict(const NamedTensors &tensors);

private:
    /// Steps that are computed together with a normalization while training.
    struct Fusion {
        std::shared_ptr<torch::nn::BatchNorm2dImpl> norm;
        NormFollowers followers;
        std::vector<std::size_t> steps; ///< the followers'
    };
    struct Step {
        NodeId node;
        std::string label; ///< "Conv2d 'conv1'"
        std::string name;
        std::shared_ptr<Layer> layer;
        bool frozen = false;
        double lrScale = 1;
        std::vector<std::size_t> inputs;   ///< slots
        std::size_t firstOutput = 0;       ///< the slot of the first output; those of further ones follow it
        std::vector<std::size_t> lastUses; ///< slots that nobody needs after this step
        std::optional<Fusion> fusion;      ///< of a BatchNorm2d
        bool leadsToMain = true;           ///< else only to other heads, which predictions don't need
    };
    struct Head {
        NodeId node;
        std::string label;
        std::string name;
        std::shared_ptr<Loss> loss;
        double weight = 1;
        std::size_t slot = 0; ///< of its input
    };
    class Builder;

    /// What every step gives, as far as it is still there: the inputs of the heads are.
    std::vector<torch::Tensor> run(const torch::Tensor &batch, bool allHeads);
    /// The outputs of step @p index, and with a fusion that of the last that it holds; marks those in @p done.
    void runStep(std::size_t index, std::vector<torch::Tensor> &slots, std::vector<bool> &done);
    const Head &mainHead() const { return m_heads.front(); }

    std::vector<Step> m_steps;
    std::size_t m_slotCount = 1; ///< slot 0 is the batch
    std::vector<Head> m_heads;   ///< the main one first
    Shape m_inputShape;
    std::int64_t m_classCount = 0;
    bool m_severalLabels = false;
    std::int64_t m_multiplyAdds = 0;
    std::optional<NumberScale> m_numberScale;
    bool m_needsTwoSamples = false;
    bool m_channelsLast = false;
};

} // namespace netloom
