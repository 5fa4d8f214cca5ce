// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <string_view>

namespace netloom {

/// resnet-18, vgg-11 and mobilenet-v2 as torchvision has them, made of blocks, behind a source of pictures of one's own at 224×224; the head
/// gives 1000 numbers until the data tells how many classes there are. An empty graph for another id.
Graph knownNetwork(std::string_view id, const NodeRegistry &registry);

} // namespace netloom
