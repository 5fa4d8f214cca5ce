// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transforms/warp.h"

#include <array>
#include <random>
#include <string_view>

namespace netloom {

/// The changes that RandAugment and TrivialAugmentWide draw from, in torchvision's order.
enum class AugmentOp {
    Identity, ShearX, ShearY, TranslateX, TranslateY, Rotate, Brightness, Color, Contrast, Sharpness, Posterize, Solarize, AutoContrast, Equalize
};

constexpr std::array<std::string_view, 14> kAugmentNames{"Identity", "ShearX", "ShearY", "TranslateX", "TranslateY", "Rotate", "Brightness",
    "Color", "Contrast", "Sharpness", "Posterize", "Solarize", "AutoContrast", "Equalize"};

/// How strong each change gets over the bins: the strengths at the last bin, from which the others follow.
struct AugmentReach {
    double shear = 0.0;      ///< tangent
    double translateX = 0.0; ///< px
    double translateY = 0.0; ///< px
    double degrees = 0.0;
    double factor = 0.0;     ///< brightness, colour, contrast, sharpness: what is added to 1
    int bits = 0;            ///< taken away by Posterize
};

AugmentReach randAugmentReach(int height, int width);
AugmentReach trivialAugmentWideReach();

/// The strength of @p op at @p bin of @p bins, as torchvision's _augmentation_space has it, up to the last digit of single
/// precision; 0 where there is none.
double augmentMagnitude(AugmentOp op, const AugmentReach &reach, int bin, int bins);

/// True where a change goes either way, so that its strength gets a random sign.
bool hasSign(AugmentOp op);

/// torchvision's _apply_op.
void applyAugment(Picture &picture, AugmentOp op, double magnitude, const WarpLook &look);

/// Each equally likely.
AugmentOp drawAugment(std::mt19937_64 &random);

/// @p magnitude of @p op, with a random sign where it has one.
double drawSign(AugmentOp op, double magnitude, std::mt19937_64 &random);

} // namespace netloom
