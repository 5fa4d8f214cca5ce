// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/reshaping.h"

#include "graph/explain.h"

#include <algorithm>

namespace netloom {

std::variant<std::vector<std::int64_t>, Misfit> filledSizes(const Params &params, const std::string &param, std::int64_t elements, const std::string &what)
{
    auto whole = wholeNumbers(params, param);
    if (std::holds_alternative<Misfit>(whole))
        return whole;
    auto sizes = std::get<0>(std::move(whole));
    const std::string text = formatParam(params.at(param));
    std::int64_t given = 1;
    std::int64_t open = 0;
    for (const std::int64_t size : sizes) {
        if (size == -1)
            ++open;
        else if (size < 1)
            return Misfit{"bad-size", "has " + param + " " + text + ", but a size is at least 1", "give sizes from 1 on, or -1 once for what is left"};
        else
            given = product({given, size}).value_or(INT64_MAX);
    }
    if (open > 1)
        return Misfit{"bad-size", "has " + param + " " + text + " with more than one -1", "leave one -1, which takes what is left"};
    if (elements == Shape::kUnknown) {
        std::ranges::replace(sizes, std::int64_t{-1}, Shape::kUnknown);
        return sizes;
    }
    if (open == 1 ? elements % given != 0 : elements != given) {
        const std::string all = std::to_string(elements) + " " + what;
        return Misfit{"sizes-differ", "has " + param + " " + text + ", which " + (open == 1 ? "does not divide its " : "does not make up its ") + all,
            "give sizes whose product is " + std::to_string(elements) + (open == 1 ? " or divides it" : ", or -1 for one of them")};
    }
    std::ranges::replace(sizes, std::int64_t{-1}, elements / given);
    return sizes;
}

std::vector<std::string> explainSizes(const Inferred &inferred, const std::string &param)
{
    const Shape &out = inferred.outputs.at(0);
    std::vector<std::string> lines;
    for (std::size_t axis = 1; axis < out.rank(); ++axis)
        lines.push_back(setByLine(axisName(out, axis), param, out[axis]));
    return lines;
}

} // namespace netloom
