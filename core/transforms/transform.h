// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/data_source.h"
#include "data/picture.h"
#include "graph/shape.h"

#include <array>
#include <random>
#include <vector>

namespace netloom {

/// One sample on its way through the transforms: a picture until ToTensor, floats C×H×W after it.
struct Sample {
    Picture picture;
    std::vector<float> values; ///< empty until ToTensor
    Shape shape;               ///< of values
};

/// What each of the 256 values of a byte becomes on its way through ToTensor and what follows.
using ByteTable = std::array<float, 256>;

/// One preprocessing or augmentation step, built from a node's parameters. Immutable: several threads share it.
class Transform {
public:
    virtual ~Transform() = default;

    /// Changes @p sample in place. With @p training a random transform draws from @p random; without it, it does
    /// its deterministic counterpart. Throws std::runtime_error with a sentence when the sample doesn't fit.
    virtual void apply(Sample &sample, std::mt19937_64 &random, bool training) const = 0;

    /// True when training and evaluation differ.
    virtual bool isRandom() const { return false; }

    /// True for a step that does nothing but change each number by itself, in the same way all over a channel: it then does so to the
    /// numbers of @p table, so that several such steps are one look-up for each byte of a picture. ToTensor fills the table.
    virtual bool changeTable(ByteTable & /*table*/, std::size_t /*channel*/) const { return false; }

    /// What the step right after decoding asks of the decoder.
    virtual DecodeHint decodeHint() const { return {}; }
};

} // namespace netloom
