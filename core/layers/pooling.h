// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/rules.h"

namespace netloom {

/// What all pooling layers with a window share, over @p axes axes: ports, kernel_size, stride, padding, ceil_mode, shape rule and explanation.
/// The type's file adds its name, words, further parameters ("dilation" is understood) and the builder.
NodeSpec pooling(std::size_t axes);

/// The window that a pooling layer's parameters describe.
Window poolingWindow(const Params &params, std::size_t axes);

/// What the adaptive ones share: output_size.
NodeSpec adaptivePooling();

} // namespace netloom
