// SPDX-License-Identifier: GPL-3.0-or-later
#include "transforms/image_shape.h"

#include "graph/explain.h"

namespace netloom {

NodeSpec imageTransform(std::string type, std::vector<std::string> keywords, std::string doc)
{
    NodeSpec spec;
    spec.type = std::move(type);
    spec.category = Category::Transform;
    spec.keywords = std::move(keywords);
    spec.doc = std::move(doc);
    spec.inputs = {{"input", PortKind::Image}};
    spec.outputs = {{"output", PortKind::Image}};
    spec.infer = [](const InferInput &input) -> InferResult { return Inferred{{input.in[0]}}; };
    return spec;
}

std::vector<std::string> explainSetSize(const InferInput &, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.at(0);
    return {asInputLine("channels", out[0]), setByLine("height", "size", out[1]), setByLine("width", "size", out[2])};
}

std::vector<std::string> explainGrey(const InferInput &, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.at(0);
    return {"channels: one, since the result is grey, " + sizeOrUnknown(out[0]), asInputLine("height", out[1]), asInputLine("width", out[2])};
}

ParamDecl sizeParam(std::vector<std::int64_t> fallback, std::string doc)
{
    ParamDecl decl = ParamDecl::pair("size", fallback.front()).range(1, 8192).unit("px").doc(std::move(doc));
    decl.fallback = std::move(fallback);
    return decl;
}

} // namespace netloom
