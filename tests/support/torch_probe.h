// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/source_facts.h"

#include <map>
#include <string>
#include <vector>

/// What LibTorch really does, as plain numbers: Qt's tests don't see LibTorch's headers.
namespace netloom::test {

struct LayerRun {
    ShapeList outputs; ///< for a batch of 2, with the batch axis as N
    std::int64_t parameters = 0;
    bool trains = false;  ///< a backward pass reached every weight and the input
    std::string failure;
};
/// Builds a layer and runs it on random numbers.
LayerRun runLayer(const NodeSpec &spec, const Params &params, const ShapeList &in);

/// A tensor as plain numbers.
struct PlainTensor {
    std::vector<std::int64_t> shape;
    std::vector<double> values;
};

struct ValuesRun {
    std::vector<PlainTensor> outputs;
    std::string failure;
};
/// Builds a layer for @p inputs, gives it @p weights (all that it has, and no others) and runs it.
ValuesRun runValues(const NodeSpec &spec, const Params &params, const std::vector<PlainTensor> &inputs, const std::map<std::string, PlainTensor> &weights,
    bool training);

/// The parameters that a layer starts with.
std::map<std::string, PlainTensor> initialWeightsOf(const NodeSpec &spec, const Params &params, const ShapeList &in);

/// The same; none where the layer has no weights.
std::map<std::string, PlainTensor> initialWeightsIfAny(const NodeSpec &spec, const Params &params, const ShapeList &in);

struct WeightsRead {
    std::map<std::string, PlainTensor> tensors;
    std::string failure;
};
/// The tensors of a weights' file, or of the image of one that torch.save() wrote.
WeightsRead readWeights(const std::string &path);
WeightsRead readTorchImage(const std::string &bytes);

struct LossRun {
    double loss = 0;
    Shape probabilities;
    bool sumsToOne = false;          ///< every row of the probabilities
    bool predictsMostProbable = false;
    std::string failure;
};
/// Builds a loss and runs it on random scores and labels.
LossRun runLoss(const NodeSpec &spec, const Params &params, const Shape &in, std::int64_t classes);

/// The loss of one sample with the output @p scores: for the class @p label, or for the @p shares that each class has.
double lossOfLabel(const NodeSpec &spec, const std::vector<double> &scores, std::int64_t label);
double lossOf(const NodeSpec &spec, const std::vector<double> &scores, const std::vector<double> &shares);

/// Numbers by name, as in a fixture file: "input", "target", "weight/conv2d.bias", "grad/conv2d.bias".
using Numbers = std::map<std::string, std::vector<double>>;

struct GradientRun {
    double loss = 0;
    Numbers gradients; ///< "conv2d.bias"
    std::string failure;
};
/// Loss and gradients of a graph in training mode, from the weights "weight/..." in @p fixture.
GradientRun runGradients(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Numbers &fixture);

struct StepsRun {
    std::vector<double> losses; ///< before every step
    Numbers weights;            ///< after the last
    std::string failure;
};
/// Trains @p steps steps on the fixture's one batch.
StepsRun runSteps(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, const Numbers &fixture,
    const Params &recipe, int steps);

struct OptimizerRun {
    bool flat = false; ///< makeOptimizer() gave the one that takes all weights in one pass
    double difference = 0; ///< the largest, between its weights and those of LibTorch's optimizer (of the plain Lion for Lion)
    double resumedDifference = 0; ///< to the weights of one that was saved and loaded half way
    std::string failure;
};
/// Steps weights of several shapes and layouts with equal random gradients by makeOptimizer()'s optimizer and by LibTorch's. The second half of
/// the weights learns at @p lrScale times the pace.
OptimizerRun runOptimizers(const Params &recipe, int steps, double lrScale = 1);

/// Batch normalization with ReLU and max pooling behind it, computed in one, against LibTorch's one after the other with 64 bit: the largest relative
/// difference between outputs, gradients and the moments that are kept.
double normFollowersDifference(std::int64_t height, std::int64_t width, bool relu, bool maxPool);

/// How inParts() does a work of @p count while LibTorch has @p threads.
struct PartsDone {
    std::size_t threads = 0;         ///< that took part
    std::vector<std::int64_t> begins; ///< of the parts, in their order
    std::vector<int> times;          ///< that each of the @p count was done
};

PartsDone doInParts(std::int64_t count, int threads);

/// The loss for scores and labels; without @p weights all classes count the same.
double weighedLoss(const NodeSpec &spec, const Params &params, const Shape &in, const std::vector<double> &weights, const std::vector<double> &scores,
    const std::vector<double> &labels);

struct LossSlopes {
    double loss = 0;
    std::vector<double> slopes; ///< the gradient by the output
    std::string failure;
};
/// The loss of @p scores, N×width, for @p target: N labels (or numbers), or N×classes shares. NLLLoss and KLDivLoss get logarithms of a softmax.
LossSlopes lossSlopes(const NodeSpec &spec, const Params &params, std::int64_t samples, const std::vector<double> &scores, const std::vector<double> &target,
    bool labels, const std::vector<double> &weights);

struct NetworkRun {
    std::string weights; ///< safetensors
    std::vector<float> output; ///< of the last layer
    std::vector<float> probabilities;
    std::string failure;
};
/// Builds a graph and evaluates it for one sample, as GraphModule does.
NetworkRun runNetwork(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts, std::uint64_t seed,
    const std::vector<float> &input);

enum class TorchFault { Error, OutOfMemory };
/// Throws what LibTorch throws.
[[noreturn]] void throwTorchFault(TorchFault fault, const std::string &text);

} // namespace netloom::test
