// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/frame.h"

#include "graph/structure.h"

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr std::int64_t kSmallest = 80; ///< scene units: room for a title
constexpr std::int64_t kLargest = 100'000;
constexpr std::int64_t kUsualWidth = 400;
constexpr std::int64_t kUsualHeight = 240;

std::int64_t wholeOf(const Node &frame, const char *name, std::int64_t fallback)
{
    return frame.params.has(name) ? frame.params.integer(name) : fallback;
}

std::int64_t allowed(double size)
{
    return std::clamp(static_cast<std::int64_t>(std::llround(size)), kSmallest, kLargest);
}

} // namespace

FrameArea frameArea(const Node &frame)
{
    return {frame.position, double(wholeOf(frame, kFrameWidth, kUsualWidth)), double(wholeOf(frame, kFrameHeight, kUsualHeight))};
}

void setFrameArea(Graph &graph, NodeId frame, const FrameArea &area)
{
    graph.setPosition(frame, area.corner);
    graph.setParam(frame, kFrameWidth, allowed(area.width));
    graph.setParam(frame, kFrameHeight, allowed(area.height));
}

std::string frameTitle(const Node &frame)
{
    const std::string title = frame.params.has(kFrameTitle) ? frame.params.text(kFrameTitle) : std::string();
    return title.empty() ? frame.name : title;
}

namespace nodes {

NodeSpec frame()
{
    return {
        .type = kFrameType,
        .category = Category::Structure,
        .keywords = {"comment", "group", "note", "area", "region", "annotation"},
        .doc = "A titled area behind nodes, which move with it. Changes nothing in the network.",
        .params = {ParamDecl::text(kFrameTitle, "").doc("What stands at its top; its name where this is empty."),
            ParamDecl::choice(kFrameColor, "blue", {"blue", "green", "amber", "red", "violet", "grey"}).doc("The colour of the area and its title."),
            ParamDecl::integer(kFrameWidth, kUsualWidth).range(kSmallest, kLargest).doc("How wide the area is, in px at 100 %."),
            ParamDecl::integer(kFrameHeight, kUsualHeight).range(kSmallest, kLargest).doc("How high the area is, in px at 100 %.")},
    };
}

} // namespace nodes

} // namespace netloom
