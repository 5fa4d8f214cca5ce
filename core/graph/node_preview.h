// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/shape.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace netloom {

/// What comes out of a node for one sample, small enough to be drawn on its card; a plain value.
struct NodePreview {
    enum class Kind {
        None,
        Picture, ///< one tile of 1 (grey) or 3 (RGB) channels
        Maps,    ///< feature maps, a grey tile each
        Bars,    ///< a vector
    };
    static constexpr std::int64_t kMostMaps = 16; ///< tiles that a preview holds
    static constexpr std::int64_t kMostBars = 64;

    Kind kind = Kind::None;
    std::string reason; ///< of None: a sentence
    Shape shape;        ///< of all that comes out: C×H×W for a picture, N×… for a tensor
    float min = 0;      ///< over all numbers
    float max = 0;
    float mean = 0;

    int tileWidth = 0; ///< px; at most what a card can show
    int tileHeight = 0;
    int tileChannels = 1;
    float black = 0; ///< of a picture: the numbers that 0 and 255 stand for
    float white = 255;
    std::vector<std::uint8_t> tiles; ///< one after the other, each H×W×C; a map goes from its smallest number (0) to its largest (255)

    std::vector<float> bars;
    std::int64_t perBar = 1;        ///< how many numbers a bar stands for: it shows the one farthest from 0
    std::vector<std::string> names; ///< of the bars, where they are the scores of the classes
    bool probabilities = false;     ///< the bars add up to 1
    bool estimate = false;          ///< the bars are the predicted number in its own unit and, where it is known, the true one
    std::vector<std::pair<std::string, std::string>> fields; ///< of a table's row: each column's name and value, in their order
    std::int64_t target = -1;       ///< the sample's class, where the bars have names and it is known

    std::int64_t tileCount() const
    {
        const std::int64_t bytes = std::int64_t(tileWidth) * tileHeight * tileChannels;
        return bytes > 0 ? std::int64_t(tiles.size()) / bytes : 0;
    }
    friend bool operator==(const NodePreview &, const NodePreview &) = default;
};

/// Every number that comes out of a node for one sample, for the large view.
struct NodeValues {
    Shape shape;               ///< C×H×W, or K for a vector; empty where there is none
    std::vector<float> values; ///< contiguous; 0 to 255 for a picture that isn't a tensor yet
    friend bool operator==(const NodeValues &, const NodeValues &) = default;
};

} // namespace netloom
