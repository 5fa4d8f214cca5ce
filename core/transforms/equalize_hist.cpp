// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/classic_steps.h"
#include "transforms/image_shape.h"
#include "transforms/picture_step.h"

namespace netloom::nodes {

NodeSpec equalize_hist()
{
    NodeSpec spec = imageTransform("EqualizeHist", {"CLAHE", "histogram", "contrast", "OpenCV"},
        "Spreads brightness so that all shades are about equally frequent, in training and evaluation; colours stay. CLAHE does so piece "
        "by piece, which suits pictures with light and shadow, such as X-rays.");
    spec.group = "Classic vision";
    spec.params = {
        ParamDecl::choice("method", "global", {"global", "clahe"}).doc("global for the whole picture at once, clahe for each of its tiles"),
        ParamDecl::real("clip_limit", 2.0).range(0.1, 100.0).doc("For clahe: how much contrast may grow; low values keep grain down"),
        ParamDecl::pair("tile_grid_size", 8).range(1, 64).doc("For clahe: how many tiles down and across"),
    };
    spec.buildTransform = [](const Params &params, const SourceFacts &) {
        if (params.text("method") == "global")
            return alwaysStep(equalizeHist);
        const double limit = params.real("clip_limit");
        const auto tiles = params.pair("tile_grid_size");
        return alwaysStep([=](Picture &picture) { equalizeTiles(picture, limit, {static_cast<int>(tiles[0]), static_cast<int>(tiles[1])}); });
    };
    return spec;
}

} // namespace netloom::nodes
