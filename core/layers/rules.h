// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <array>
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

/// "5×3"
std::string sizeText(const std::array<std::int64_t, 2> &size);

/// A window that slides over height and width: convolution and pooling.
struct Window {
    std::array<std::int64_t, 2> kernel{1, 1};
    std::array<std::int64_t, 2> stride{1, 1};
    std::array<std::int64_t, 2> padding{0, 0};
    std::array<std::int64_t, 2> dilation{1, 1};
    bool ceilMode = false;
};

/// The window's positions along height and width of pictures @p in (N×C×H×W), as LibTorch counts them; unknown sizes
/// stay unknown. A misfit where the window is larger than its padded input.
std::variant<std::array<std::int64_t, 2>, Misfit> windowPositions(const Window &window, const Shape &in);

/// The parameters kernel_size, stride ("kernel_size" for as large as the kernel) and padding of a pooling layer.
std::vector<ParamDecl> poolingParams();
Window poolingWindow(const Params &params);
/// N×C×H×W → N×C×(places of the window); a padding of more than half the kernel is a misfit.
InferResult inferPooling(const InferInput &input, const Window &window);

/// How the places of the window along height and width were counted, for NodeSpec::explain.
std::vector<std::string> explainWindow(const Window &window, const Shape &in, const Shape &out);
/// The same for a pooling layer, with its channels.
std::vector<std::string> explainPooling(const InferInput &input, const Window &window, const Inferred &inferred);

} // namespace netloom
