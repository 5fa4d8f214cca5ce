// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/infer_shapes.h"

namespace netloom {

/// "N × 32 channels × 28 high × 28 wide", "N × 10 features", "3 channels × 64 high × 64 wide", "N labels"; "?" for an empty shape.
std::string namedShape(const Shape &shape);

/// What an axis is called in explanations: "channels", "height", "width", "features", or "axis 2".
std::string axisName(const Shape &shape, std::size_t axis);

/// "28", or "?" where the size isn't known.
std::string sizeOrUnknown(std::int64_t size);

// Lines of an explanation; each ends in what was inferred.
/// "height: ⌊(28 + 2·1 − 3)/1⌋ + 1 = 28"
std::string formulaLine(const std::string &what, const std::string &formula, std::int64_t result);
/// "channels: set by out_channels, 32"
std::string setByLine(const std::string &what, const std::string &param, std::int64_t result);
/// "channels: as in the input, 32"
std::string asInputLine(const std::string &what, std::int64_t result);
/// "shape: REASON, N×32×7×7"
std::string shapeLine(const std::string &reason, const Shape &result);

/// How the sizes at the output @p port come about, with the numbers in place; empty where they aren't known.
std::vector<std::string> explainOutput(const Graph &graph, const NodeRegistry &registry, const SourceFacts &facts,
    const Inference &inference, const PortRef &port);

} // namespace netloom
