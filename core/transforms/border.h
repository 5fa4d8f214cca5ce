// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/picture.h"

#include <array>

namespace netloom {

/// What stands around a picture: one colour, or the picture's own rows and columns: the outermost one again and again, or mirrored
/// without the outermost (Reflect: 3 2 | 1 2 3) or with it (Symmetric: 2 1 | 1 2 3).
enum class BorderKind { Constant, Edge, Reflect, Symmetric };

struct Border {
    int left = 0; ///< px
    int top = 0;
    int right = 0;
    int bottom = 0;
    BorderKind kind = BorderKind::Constant;
    std::array<std::uint8_t, 3> fill{}; ///< the colour of Constant
};

/// Which of 0 … @p size - 1 stands at @p place, which may lie outside; -1 for the colour.
int borderSource(int place, int size, BorderKind kind);

/// torchvision's pad.
void addBorder(Picture &picture, const Border &border);

} // namespace netloom
