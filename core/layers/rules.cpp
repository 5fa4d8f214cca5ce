// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/rules.h"

#include "graph/explain.h"

#include <algorithm>
#include <cmath>

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
    AxisSizes spread;
    AxisSizes input;
    for (std::size_t axis = 0; axis < window.kernel.size(); ++axis) {
        spread.push_back(extent(window, axis));
        input.push_back(in[axis + 2] == Shape::kUnknown ? Shape::kUnknown : in[axis + 2] + 2 * window.padding[axis]);
    }
    if (spread != window.kernel)
        text += " spread to " + sizeText(spread) + " by its dilation";
    const bool padded = std::ranges::any_of(window.padding, [](std::int64_t size) { return size > 0; });
    text += std::string(", larger than its ") + (padded ? "padded " : "") + "input " + sizeText(input);
    return {"kernel-too-large", text, "use a smaller kernel_size, or fewer layers before it that shrink the "
            + std::string(window.kernel.size() == 2 ? "picture" : "input")};
}

} // namespace

std::vector<PortDecl> tensorInput() { return {{.name = "input", .doc = "What the layer works on."}}; }
std::vector<PortDecl> tensorOutput() { return {{.name = "output", .doc = "What the layer gives."}}; }

std::vector<PortDecl> tensorInputs(std::string doc)
{
    return {{.name = "inputs", .variadic = true, .doc = std::move(doc)}};
}

ParamDecl initialWeights()
{
    return ParamDecl::choice(kInitParam, "default", {"default", "zeros", "uniform", "normal", "xavier", "kaiming", "orthogonal"}).doc(
        "What the weights start from: default is PyTorch's own, uniform is 0 to 1 (too large, to see what goes wrong), normal has the deviation 0.02, "
        "xavier suits tanh, kaiming suits ReLU. All but default start biases at 0.");
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

std::optional<Misfit> needsPictures(const InferInput &input) { return needsAxes(input, 2); }

std::optional<Misfit> needsAxes(const InferInput &input, std::size_t axes)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != axes + 2 && axes == 2)
        return Misfit{"not-a-picture", "needs pictures (N×C×H×W) but gets " + in.toString(),
            in.rank() == 2 ? "put it before Flatten" : "connect it to a layer that gives pictures"};
    if (in.rank() != axes + 2 && axes == 1)
        return Misfit{"not-channels", "needs sequences with channels (N×C×L) but gets " + in.toString(),
            in.rank() == 2 ? "add Unflatten before it, which makes one channel of the features" : "add Flatten with start_dim 2 before it"};
    if (in.rank() != axes + 2)
        return Misfit{"not-a-volume", "needs volumes (N×C×D×H×W) but gets " + in.toString(), "add Reshape before it"};
    if (in[1] == Shape::kUnknown)
        return unknownSize(input, "the number of channels");
    return std::nullopt;
}

std::optional<Misfit> needsSteps(const InferInput &input)
{
    const Shape &in = input.in.at(0);
    if (in.rank() != 3) {
        std::string mend = "connect it to a layer that gives sequences";
        if (in.rank() == 4)
            mend = "add Flatten with start_dim 2 and Permute with dims 0, 2, 1 before it, which makes a step of every pixel, or PatchEmbed";
        else if (in.rank() == 2)
            mend = "add Unflatten before it, which makes steps of the features, or Embedding where they are words";
        return Misfit{"not-a-sequence", "needs sequences (N×steps×features) but gets " + in.toString(), mend};
    }
    if (in[2] == Shape::kUnknown)
        return unknownSize(input, "the number of features");
    return std::nullopt;
}

std::variant<Shape, Misfit> broadcast(const ShapeList &in, const std::string &verb, const std::string &port)
{
    Shape joined = in.front();
    for (const Shape &other : in) {
        const Misfit misfit{"shapes-differ", verb + " inputs of equal shape, or of size 1 where they differ, but gets " + joined.toString()
                + " and " + other.toString(), "change the layers before it so that both have the same shape", port};
        if (other.rank() != joined.rank())
            return misfit;
        for (std::size_t axis = 0; axis < joined.rank(); ++axis) {
            const bool unknown = joined[axis] == Shape::kUnknown || other[axis] == Shape::kUnknown;
            if (joined[axis] == 1 || (joined[axis] == Shape::kUnknown && other[axis] != 1))
                joined.set(axis, other[axis]);
            else if (other[axis] != joined[axis] && other[axis] != 1 && !unknown)
                return misfit;
        }
    }
    return joined;
}

std::variant<std::vector<std::int64_t>, Misfit> wholeNumbers(const Params &params, const std::string &name)
{
    std::vector<std::int64_t> numbers;
    for (const double number : params.reals(name)) {
        if (number != std::floor(number))
            return Misfit{"not-whole", "has " + formatParam(params.at(name)) + " for " + name + ", which must be whole numbers", "take the fractions away"};
        numbers.push_back(static_cast<std::int64_t>(number));
    }
    return numbers;
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

std::string sizeText(const AxisSizes &sizes)
{
    std::string text;
    for (const std::int64_t size : sizes)
        text += (text.empty() ? "" : "×") + sizeOrUnknown(size);
    return text;
}

ParamDecl windowSize(std::size_t axes, std::string name, std::int64_t fallback)
{
    return axes == 2 ? ParamDecl::pair(std::move(name), fallback) : ParamDecl::integer(std::move(name), fallback);
}

ParamDecl windowSizeOr(std::size_t axes, std::string name, ParamValue fallback, std::vector<std::string> keywords)
{
    if (axes != 2)
        return ParamDecl::integerOr(std::move(name), std::move(fallback), std::move(keywords));
    ParamDecl decl = ParamDecl::pairOr(std::move(name), 0, std::move(keywords));
    if (const auto *number = std::get_if<std::int64_t>(&fallback))
        decl.fallback = std::vector{*number};
    else
        decl.fallback = std::move(fallback);
    return decl;
}

AxisSizes windowSizes(const Params &params, std::string_view name, std::size_t axes)
{
    if (axes != 2)
        return AxisSizes(axes, params.integer(name));
    const auto pair = params.pair(name);
    return {pair.begin(), pair.end()};
}

std::variant<AxisSizes, Misfit> windowPositions(const Window &window, const Shape &in)
{
    AxisSizes counts;
    for (std::size_t axis = 0; axis < window.kernel.size(); ++axis) {
        const std::int64_t size = in[axis + 2];
        counts.push_back(size == Shape::kUnknown ? size : positions(window, axis, size));
        if (size != Shape::kUnknown && counts[axis] < 1)
            return kernelTooLarge(window, in);
    }
    return counts;
}

Shape windowShape(std::int64_t channels, const AxisSizes &positions)
{
    std::vector<std::int64_t> sizes{Shape::kBatch, channels};
    sizes.insert(sizes.end(), positions.begin(), positions.end());
    return Shape(std::move(sizes));
}

std::vector<std::string> explainWindow(const Window &window, const Shape &in, const Shape &out)
{
    std::vector<std::string> lines;
    for (std::size_t axis = 0; axis < window.kernel.size(); ++axis) {
        const auto text = [axis](const AxisSizes &sizes) { return std::to_string(sizes[axis]); };
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

std::vector<std::string> explainNorm(const Inferred &inferred, const std::string &scales)
{
    const Shape &out = inferred.outputs.at(0);
    std::vector<std::string> lines{shapeLine("as its input", out)};
    if (inferred.parameters > 0)
        lines.push_back(formulaLine("parameters", scales + " scales + " + scales + " shifts", inferred.parameters));
    std::string sizes;
    for (std::size_t axis = 1; axis < out.rank(); ++axis)
        sizes += (sizes.empty() ? "" : "·") + std::to_string(out[axis]);
    if (out.known())
        lines.push_back(formulaLine("multiply-adds", sizes, inferred.multiplyAdds));
    return lines;
}

} // namespace netloom
