// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/net_builder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace netloom {

/// Adds the blocks that ship with the program to a registry, as types that people pick: ConvBNReLU, ResidualBlock, ResidualBlockDown, VGGBlock, InvertedResidual,
/// InceptionModule. What is added to a graph is not a node of such a type but the Block that makeLibraryBlock() gives.
void addLibraryBlocks(NodeRegistry &registry);

/// Whether @p type is one of them.
bool isLibraryBlock(std::string_view type);

/// A graph that holds the block, with its inside, and nothing else; nothing for a type that is no library block.
std::optional<Graph> makeLibraryBlock(std::string_view type, const NodeRegistry &registry);

// The blocks of well-known networks, put where @p net is; each gives its block.

/// Convolution without bias, batch norm and @p activation ("ReLU"); gives the convolution.
NodeId addConvNormActivation(NetBuilder &net, std::int64_t channels, std::int64_t kernel, std::int64_t stride, std::int64_t groups,
    const std::string &activation, const std::string &suffix = {});
/// He et al. 2015, "Deep Residual Learning": two 3×3 convolutions beside a shortcut; @p project puts a 1×1 convolution into the shortcut.
NodeId addResidualBlock(NetBuilder &net, const std::string &name, std::int64_t channels, std::int64_t stride, bool project, std::int64_t repeat = 1);
/// Simonyan and Zisserman 2014: @p convolutions of 3×3 with ReLU, then half the size.
NodeId addVggBlock(NetBuilder &net, const std::string &name, std::int64_t channels, int convolutions);
/// Sandler et al. 2018, MobileNetV2: widen @p inChannels by @p expansion, filter each channel by itself, narrow to @p channels.
NodeId addInvertedResidual(NetBuilder &net, const std::string &name, std::int64_t inChannels, std::int64_t channels, std::int64_t stride,
    std::int64_t expansion, std::int64_t repeat = 1);

} // namespace netloom
