// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transforms/transform.h"

#include <functional>
#include <memory>

namespace netloom {

/// A step that does the same in training and evaluation.
std::shared_ptr<Transform> alwaysStep(std::function<void(Picture &)> change);

/// A step that changes a picture while training and does nothing in evaluation.
std::shared_ptr<Transform> trainingStep(std::function<void(Picture &, std::mt19937_64 &)> change);

/// A trainingStep() that changes a picture with probability @p p.
std::shared_ptr<Transform> trainingStep(double p, std::function<void(Picture &, std::mt19937_64 &)> change);

} // namespace netloom
