// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <initializer_list>
#include <optional>
#include <string>

namespace netloom {

/// The ports of a layer with one tensor in and one out.
std::vector<PortDecl> tensorInput();
std::vector<PortDecl> tensorOutput();
/// The port of a layer that joins any number of tensors.
std::vector<PortDecl> tensorInputs(std::string doc);

/// The product; nothing where it leaves 64 bits or a factor is negative (an unknown size).
std::optional<std::int64_t> product(std::initializer_list<std::int64_t> factors);

/// The parameter of layers with weights that says what they start from; buildLayer() in model/initial_weights.h gives it its effect.
ParamDecl initialWeights();
inline constexpr char kInitParam[] = "init";

/// One output with its cost, or the misfit that says that it is too large for any machine.
InferResult oneOutput(Shape output, std::optional<std::int64_t> parameters = 0, std::optional<std::int64_t> multiplyAdds = 0);

/// The output of an element-wise layer: the input's shape.
InferResult sameShape(const InferInput &input);

/// The misfit of a layer that takes pictures alone (N×C×H×W); nothing where the input is one, with known channels.
std::optional<Misfit> needsPictures(const InferInput &input);

/// "needs to know @p what but gets N×?×7×7", with the mend that fits what is known of the data.
Misfit unknownSize(const InferInput &input, const std::string &what);

/// @p axis as an index from 0, where −1 is the last axis; nothing outside of the shape.
std::optional<std::size_t> axisIndex(std::int64_t axis, std::size_t rank);

/// The misfit of an axis parameter that is out of the shape or the batch axis.
Misfit badAxis(const std::string &param, std::int64_t axis, const Shape &shape);

/// The misfit of a layer over sequences (N×steps×features), such as a recurrent one; nothing where the input is one, with known features.
std::optional<Misfit> needsSteps(const InferInput &input);

/// The shape that inputs of equal rank have together, where an axis of size 1 stands for one of any size, as in arithmetic of LibTorch.
std::variant<Shape, Misfit> broadcast(const ShapeList &in, const std::string &verb, const std::string &port);

/// The whole numbers of a list parameter; a misfit where one is a fraction.
std::variant<std::vector<std::int64_t>, Misfit> wholeNumbers(const Params &params, const std::string &name);

/// One number for each axis that a window slides over: height and width of pictures, the length of sequences, or depth, height and width.
using AxisSizes = std::vector<std::int64_t>;

/// "5×3"
std::string sizeText(const AxisSizes &sizes);

/// A size of a window as parameter: height and width apart for pictures (two axes), else one number for all axes.
ParamDecl windowSize(std::size_t axes, std::string name, std::int64_t fallback);
/// The same that allows keywords beside numbers.
ParamDecl windowSizeOr(std::size_t axes, std::string name, ParamValue fallback, std::vector<std::string> keywords);
/// What such a parameter says, for each axis.
AxisSizes windowSizes(const Params &params, std::string_view name, std::size_t axes);

/// The misfit of a layer whose window slides over @p axes axes (N×C×L, N×C×H×W, N×C×D×H×W); nothing where the input has them, with known channels.
std::optional<Misfit> needsAxes(const InferInput &input, std::size_t axes);

/// A window that slides over the axes behind the channels: convolution and pooling.
struct Window {
    explicit Window(std::size_t axes) : kernel(axes, 1), stride(axes, 1), padding(axes, 0), dilation(axes, 1) {}

    AxisSizes kernel;
    AxisSizes stride;
    AxisSizes padding;
    AxisSizes dilation;
    bool ceilMode = false;
};

/// The window's positions along each axis of an input @p in (N×C×...), as LibTorch counts them; unknown sizes stay unknown.
/// A misfit where the window is larger than its padded input.
std::variant<AxisSizes, Misfit> windowPositions(const Window &window, const Shape &in);
/// N×C×(positions)
Shape windowShape(std::int64_t channels, const AxisSizes &positions);

/// How the places of the window along each axis were counted, for NodeSpec::explain.
std::vector<std::string> explainWindow(const Window &window, const Shape &in, const Shape &out);

/// How the parameters of a normalisation came about, for NodeSpec::explain: scales and shifts for @p what, and the multiply-adds.
std::vector<std::string> explainNorm(const Inferred &inferred, const std::string &scales);

} // namespace netloom
