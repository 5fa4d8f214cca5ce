// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/augment_ops.h"

#include "data/random.h"
#include "transforms/tones.h"

#include <cmath>
#include <numbers>

namespace netloom {

namespace {

/// torch.linspace in single precision, which reckons from the nearer end.
float onLine(double first, double last, int bin, int bins)
{
    const auto start = static_cast<float>(first);
    const auto end = static_cast<float>(last);
    const float step = (end - start) / static_cast<float>(bins - 1);
    return bin < bins / 2 ? start + step * static_cast<float>(bin) : end - step * static_cast<float>(bins - bin - 1);
}

double slant(double tangent)
{
    return std::atan(tangent) * (180.0 / std::numbers::pi);
}

constexpr std::array<double, 2> kCorner{0.0, 0.0};

} // namespace

AugmentReach randAugmentReach(int height, int width)
{
    return {0.3, 150.0 / 331.0 * width, 150.0 / 331.0 * height, 30.0, 0.9, 4};
}

AugmentReach trivialAugmentWideReach()
{
    return {0.99, 32.0, 32.0, 135.0, 0.99, 6};
}

double augmentMagnitude(AugmentOp op, const AugmentReach &reach, int bin, int bins)
{
    switch (op) {
    case AugmentOp::ShearX:
    case AugmentOp::ShearY: return onLine(0.0, reach.shear, bin, bins);
    case AugmentOp::TranslateX: return onLine(0.0, reach.translateX, bin, bins);
    case AugmentOp::TranslateY: return onLine(0.0, reach.translateY, bin, bins);
    case AugmentOp::Rotate: return onLine(0.0, reach.degrees, bin, bins);
    case AugmentOp::Brightness:
    case AugmentOp::Color:
    case AugmentOp::Contrast:
    case AugmentOp::Sharpness: return onLine(0.0, reach.factor, bin, bins);
    case AugmentOp::Posterize: {
        const auto binsPerBit = static_cast<float>(static_cast<double>(bins - 1) / reach.bits);
        return 8 - static_cast<int>(std::nearbyint(static_cast<float>(bin) / binsPerBit));
    }
    case AugmentOp::Solarize: return onLine(255.0, 0.0, bin, bins);
    case AugmentOp::Identity:
    case AugmentOp::AutoContrast:
    case AugmentOp::Equalize: break;
    }
    return 0.0;
}

bool hasSign(AugmentOp op)
{
    return op >= AugmentOp::ShearX && op <= AugmentOp::Sharpness;
}

void applyAugment(Picture &picture, AugmentOp op, double magnitude, const WarpLook &look)
{
    AffineMove move;
    switch (op) {
    case AugmentOp::Identity: break;
    case AugmentOp::ShearX:
        move.shear[0] = slant(magnitude);
        return affine(picture, move, look, kCorner);
    case AugmentOp::ShearY:
        move.shear[1] = slant(magnitude);
        return affine(picture, move, look, kCorner);
    case AugmentOp::TranslateX:
        move.translate[0] = static_cast<int>(magnitude);
        return affine(picture, move, look);
    case AugmentOp::TranslateY:
        move.translate[1] = static_cast<int>(magnitude);
        return affine(picture, move, look);
    case AugmentOp::Rotate: return rotate(picture, magnitude, look);
    case AugmentOp::Brightness: return adjustBrightness(picture, 1.0 + magnitude);
    case AugmentOp::Color: return adjustSaturation(picture, 1.0 + magnitude);
    case AugmentOp::Contrast: return adjustContrast(picture, 1.0 + magnitude);
    case AugmentOp::Sharpness: return adjustSharpness(picture, 1.0 + magnitude);
    case AugmentOp::Posterize: return posterize(picture, static_cast<int>(magnitude));
    case AugmentOp::Solarize: return solarize(picture, magnitude);
    case AugmentOp::AutoContrast: return autocontrast(picture);
    case AugmentOp::Equalize: return equalize(picture);
    }
}

AugmentOp drawAugment(std::mt19937_64 &random)
{
    return static_cast<AugmentOp>(randomBelow(random, kAugmentNames.size()));
}

double drawSign(AugmentOp op, double magnitude, std::mt19937_64 &random)
{
    return hasSign(op) && randomBelow(random, 2) == 1 ? -magnitude : magnitude;
}

} // namespace netloom
