// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <map>

namespace netloom::test {

/// An input that a layer of type @p spec takes with its defaults.
inline Shape usualInput(const NodeSpec &spec)
{
    constexpr auto N = Shape::kBatch;
    const Shape row{N, 3};
    const Shape steps{N, 5, 8};
    static const std::map<std::string, Shape> others{{"Linear", row}, {"BatchNorm1d", row}, {"Embedding", row}, {"Unflatten", row}, {"LSTM", steps},
        {"GRU", steps}, {"RNN", steps}, {"MultiheadAttention", steps}, {"TransformerEncoderLayer", steps}, {"PositionalEncoding", steps},
        {"Permute", steps}, {"Conv1d", steps}, {"MaxPool1d", steps}, {"AvgPool1d", steps}, {"Conv3d", Shape{N, 2, 5, 6, 7}}, {"PixelShuffle", Shape{N, 4, 3, 3}}};
    const auto found = others.find(spec.type);
    return found == others.end() ? Shape{N, 3, 8, 8} : found->second;
}

/// The same for all of its ports.
inline ShapeList usualInputs(const NodeSpec &spec)
{
    const Shape in = usualInput(spec);
    return spec.inputs.size() > 1 || spec.inputs[0].variadic ? ShapeList{in, in} : ShapeList{in};
}

} // namespace netloom::test
