// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/convolution.h"

namespace netloom::nodes {

NodeSpec conv3d()
{
    NodeSpec spec = convolution(3);
    spec.type = "Conv3d";
    spec.keywords = {"convolution", "volume", "video", "voxel", "scan"};
    spec.doc = "Slides small learned cubes through volumes, such as scans or videos; every cube gives one output channel.";
    spec.buildLayer = buildConvolution<3, torch::nn::Conv3d>;
    return spec;
}

} // namespace netloom::nodes
