// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/net_builder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace netloom {

/// A block that ships with the program.
struct LibraryBlock {
    std::string id;    ///< "conv-bn-relu"
    std::string title; ///< "Conv-BN-ReLU"
    std::string doc;   ///< one or two sentences for a student
    std::vector<std::string> keywords;
};

/// conv-bn-relu, residual-block, vgg-block, inverted-residual, inception-module.
const std::vector<LibraryBlock> &libraryBlocks();

/// A graph that holds the block, with its inside, and nothing else; an empty one for an unknown id.
Graph makeLibraryBlock(const std::string &id, const NodeRegistry &registry);

// The blocks of well-known networks, put where @p net is; each gives its block.

/// Convolution without bias, batch norm and @p activation ("ReLU").
void addConvNormActivation(NetBuilder &net, std::int64_t channels, std::int64_t kernel, std::int64_t stride, std::int64_t groups,
    const std::string &activation, const std::string &suffix = {});
/// He et al. 2015, "Deep Residual Learning": two 3×3 convolutions beside a shortcut; @p project puts a 1×1 convolution into the shortcut.
NodeId addResidualBlock(NetBuilder &net, const std::string &name, std::int64_t channels, std::int64_t stride, bool project, std::int64_t repeat = 1);
/// Simonyan and Zisserman 2014: @p convolutions of 3×3 with ReLU, then half the size.
NodeId addVggBlock(NetBuilder &net, const std::string &name, std::int64_t channels, int convolutions);
/// Sandler et al. 2018, MobileNetV2: widen @p inChannels by @p expansion, filter each channel by itself, narrow to @p channels.
NodeId addInvertedResidual(NetBuilder &net, const std::string &name, std::int64_t inChannels, std::int64_t channels, std::int64_t stride,
    std::int64_t expansion, std::int64_t repeat = 1);

} // namespace netloom
