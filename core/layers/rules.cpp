// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/rules.h"

#include "graph/explain.h"

#include <algorithm>

namespace netloom {

namespace {

/// More numbers than this in one sample's output, or weights in one layer, fit no machine.
constexpr std::int64_t kMostElements = std::int64_t{1} << 33;
/// Where counting multiply-adds ends, so that sums over a graph stay within 64 bits.
constexpr std::int64_t kMostMultiplyAdds = std::int64_t{1} << 50;

std::int64_t floorDivide(std::int64_t a, std::int64_t b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

std::int64_t extent(const Window &window, std::size_t axis)
{
    return window.dilation[axis] * (window.kernel[axis] - 1) + 1;
}

/// How many windows there are, the last one that ceil_mode adds included.
std::int64_t allPositions(const Window &window, std::size_t axis, std::int64_t size)
{
    const std::int64_t stride = window.stride[axis];
    const std::int64_t room = size + 2 * window.padding[axis] - extent(window, axis);
    return floorDivide(room + (window.ceilMode ? stride - 1 : 0), stride) + 1;
}

/// A window must not start in the right-hand padding: ceil_mode's last one then goes.
bool lastStartsInPadding(const Window &window, std::size_t axis, std::int64_t size)
{
    return window.ceilMode && (allPositions(window, axis, size) - 1) * window.stride[axis] >= size + window.padding[axis];
}

std::int64_t positions(const Window &window, std::size_t axis, std::int64_t size)
{
    return allPositions(window, axis, size) - (lastStartsInPadding(window, axis, size) ? 1 : 0);
}

Misfit kernelTooLarge(const Window &window, const Shape &in)
{
    std::string text = "has kernel " + sizeText(window.kernel);
    if (window.dilation != std::array<std::int64_t, 2>{1, 1})
        text += " spread to " + sizeText({extent(window, 0), extent(window, 1)}) + " by its dilation";
    const bool padded = window.padding != std::array<std::int64_t, 2>{0, 0};
    const auto side = [&](std::size_t axis) {
        const std::int64_t size = in[axis + 2];
        return size == Shape::kUnknown ? std::string("?") : std::to_string(size + 2 * window.padding[axis]);
    };
    text += std::string(", larger than its ") + (padded ? "padded " : "") + "input " + side(0) + "×" + side(1);
    return {"kernel-too-large", text, "use a smaller kernel_size, or fewer layers before it that shrink the picture"};
}

} // namespace

std::vector<PortDecl> tensorInput() { return {{.name = "input", .doc = "What the layer works on."}}; }
std::vector<PortDecl> tensorOutput() { return {{.name = "output", .doc = "What the layer gives."}}; }

std::vector<PortDecl> tensorInputs(std::string doc)
{
    return {{.name = "inputs", .variadic = true, .doc = std::move(doc)}};
}

std::optional<std::int64_t> product(std::initializer_list<std::int64_t> factors)
{
    std::int64_t result = 1;
    for (const std::int64_t factor : factors) {
        if (factor < 0 || (factor > 0 && result > INT64_MAX / factor))
            return std::nullopt;
        result *= factor;
    }
    return result;
}

InferResult oneOutput(Shape output, std::optional<std::int64_t> parameters, std::optional<std::int64_t> multiplyAdds)
{
    std::int64_t elements = 1;
    for (const std::int64_t size : output.dims()) {
        const auto larger = product({elements, size < 0 ? 1 : size});
        if (!larger || *larger > kMostElements)
            return Misfit{"too-large", "would give " + output.toString() + " numbers, more than any memory holds",
                "choose smaller sizes"};
        elements = *larger;
    }
    if (!parameters || *parameters > kMostElements)
        return Misfit{"too-large", "would need more weights than any memory holds", "choose smaller sizes"};
    return Inferred{{std::move(output)}, *parameters, std::min(multiplyAdds.value_or(0), kMostMultiplyAdds)};
}

InferResult sameShape(const InferInput &input) { return oneOutput(input.in.at(0)); }

std::optional<Misfit> needsPictures(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 4)
        return Misfit{"not-a-picture", "needs pictures (N×C×H×W) but gets " + in.toString(),
            in.rank() == 2 ? "put it before Flatten" : "connect it to a layer that gives pictures"};
    if (in[1] == Shape::kUnknown)
        return unknownSize(input, "the number of channels");
    return std::nullopt;
}

Misfit unknownSize(const InferInput &input, const std::string &what)
{
    return {"unknown-size", "needs to know " + what + " but gets " + input.in.at(0).toString(),
        input.facts.known ? "add Resize before ToTensor, with a height and a width, so that all pictures have one size" : "choose the data"};
}

std::optional<std::size_t> axisIndex(std::int64_t axis, std::size_t rank)
{
    const auto count = static_cast<std::int64_t>(rank);
    if (axis < -count || axis >= count)
        return std::nullopt;
    return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

Misfit badAxis(const std::string &param, std::int64_t axis, const Shape &shape)
{
    const std::string last = std::to_string(static_cast<std::int64_t>(shape.rank()) - 1);
    if (axisIndex(axis, shape.rank()) == std::size_t{0})
        return {"batch-axis", "has " + param + " " + std::to_string(axis) + ", which is the axis of the samples in a batch",
            "set " + param + (last == "1" ? " to 1" : " from 1 to " + last)};
    return {"no-such-axis", "has " + param + " " + std::to_string(axis) + " but its input " + shape.toString() + " has no such axis",
        "set " + param + (last == "1" ? " to 1" : " from 1 to " + last) + ", or -1 for the last axis"};
}

std::string sizeText(const std::array<std::int64_t, 2> &size)
{
    return std::to_string(size[0]) + "×" + std::to_string(size[1]);
}

std::variant<std::array<std::int64_t, 2>, Misfit> windowPositions(const Window &window, const Shape &in)
{
    std::array<std::int64_t, 2> counts{};
    for (const std::size_t axis : {0, 1}) {
        const std::int64_t size = in[axis + 2];
        counts[axis] = size == Shape::kUnknown ? size : positions(window, axis, size);
        if (size != Shape::kUnknown && counts[axis] < 1)
            return kernelTooLarge(window, in);
    }
    return counts;
}

std::vector<ParamDecl> poolingParams()
{
    ParamDecl stride = ParamDecl::pairOr("stride", 2, {"kernel_size"}).range(1, 4096).unit("px").doc(
        "How far the window moves each time; \"kernel_size\" puts the windows side by side.");
    stride.fallback = std::string("kernel_size");
    return {
        ParamDecl::pair("kernel_size", 2).range(1, 4096).unit("px").doc("Height and width of the window."),
        std::move(stride),
        ParamDecl::pair("padding", 0).range(0, 2048).unit("px").doc("Border added on every side, at most half of the window."),
    };
}

Window poolingWindow(const Params &params)
{
    Window window{.kernel = params.pair("kernel_size"), .padding = params.pair("padding")};
    window.stride = params.keyword("stride").empty() ? params.pair("stride") : window.kernel;
    return window;
}

InferResult inferPooling(const InferInput &input, const Window &window)
{
    if (auto misfit = needsPictures(input))
        return *misfit;
    if (window.padding[0] > window.kernel[0] / 2 || window.padding[1] > window.kernel[1] / 2) {
        return Misfit{"padding-too-large",
            "has padding " + sizeText(window.padding) + ", more than half of its kernel " + sizeText(window.kernel),
            "use a smaller padding"};
    }
    const Shape &in = input.in.at(0);
    const auto positions = windowPositions(window, in);
    if (const auto *misfit = std::get_if<Misfit>(&positions))
        return *misfit;
    const auto &size = std::get<0>(positions);
    return oneOutput({Shape::kBatch, in[1], size[0], size[1]});
}

std::vector<std::string> explainWindow(const Window &window, const Shape &in, const Shape &out)
{
    std::vector<std::string> lines;
    for (const std::size_t axis : {0, 1}) {
        const auto text = [axis](const std::array<std::int64_t, 2> &pair) { return std::to_string(pair[axis]); };
        const std::string covered = window.dilation[axis] == 1 ? text(window.kernel)
                                                               : text(window.dilation) + "·(" + text(window.kernel) + " − 1) − 1";
        std::string formula = window.ceilMode ? "⌈(" : "⌊(";
        formula += sizeOrUnknown(in[axis + 2]) + " + 2·" + text(window.padding) + " − " + covered + ")/" + text(window.stride);
        formula += window.ceilMode ? "⌉ + 1" : "⌋ + 1";
        if (in[axis + 2] != Shape::kUnknown && lastStartsInPadding(window, axis, in[axis + 2]))
            formula += " − 1 that would start in the padding";
        lines.push_back(formulaLine(axisName(out, axis + 2), formula, out[axis + 2]));
    }
    return lines;
}

std::vector<std::string> explainPooling(const InferInput &input, const Window &window, const Inferred &inferred)
{
    const Shape &out = inferred.outputs.at(0);
    std::vector<std::string> lines = explainWindow(window, input.in.at(0), out);
    lines.insert(lines.begin(), asInputLine(axisName(out, 1), out[1]));
    return lines;
}

} // namespace netloom
