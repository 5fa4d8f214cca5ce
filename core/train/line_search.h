// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <optional>

namespace netloom {

/// A place on the line that an optimizer goes along.
struct LinePoint {
    double length = 0; ///< from the start, in directions
    double loss = 0;
    torch::Tensor gradient;
    double slope = 0; ///< of the loss along the line
};

/// A length that satisfies the strong Wolfe conditions (Nocedal and Wright 2006, algorithms 3.5 and 3.6), or the best found in 25 looks; as
/// torch.optim.LBFGS has it. @p start is at length 0, @p length what is tried first, @p most the largest number of the direction.
LinePoint searchLine(const std::function<LinePoint(double length)> &look, LinePoint start, double length, double most);

} // namespace netloom
