// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/formula.h"

#include <torch/csrc/jit/api/compilation_unit.h>
#include <torch/csrc/jit/runtime/interpreter.h>
#include <torch/jit.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace netloom {

namespace {

constexpr const char *kNames[] = {"x", "y", "z", "w"};
constexpr std::size_t kMostKept = 256; ///< compiled formulas
constexpr std::size_t kLongest = 2000; ///< letters
constexpr std::int64_t kMostProbed = 4'000'000; ///< numbers in a tensor that a formula is tried on

/// What a formula may do: compute, and ask for sizes. Nothing here touches files, makes tensors as large as it likes, or changes its input.
constexpr const char *kAllowed[] = {"aten::Bool", "aten::Float", "aten::FloatImplicit", "aten::Int", "aten::IntImplicit", "aten::__getitem__", "aten::abs",
    "aten::acos", "aten::add", "aten::amax", "aten::amin", "aten::asin", "aten::atan", "aten::atan2", "aten::bmm", "aten::cat", "aten::ceil", "aten::celu",
    "aten::chunk", "aten::clamp", "aten::clamp_max", "aten::clamp_min", "aten::contiguous", "aten::cos", "aten::cosh", "aten::cumsum", "aten::detach",
    "aten::dim", "aten::div", "aten::elu", "aten::eq", "aten::erf", "aten::exp", "aten::expand_as", "aten::expm1", "aten::flatten", "aten::flip",
    "aten::floor", "aten::floor_divide", "aten::floordiv", "aten::fmod", "aten::frac", "aten::ge", "aten::gelu", "aten::gt", "aten::hardsigmoid",
    "aten::hardswish", "aten::hardtanh", "aten::le", "aten::leaky_relu", "aten::len", "aten::lerp", "aten::log", "aten::log10", "aten::log1p", "aten::log2",
    "aten::log_softmax", "aten::logical_and", "aten::logical_not", "aten::logical_or", "aten::logsumexp", "aten::lt", "aten::masked_fill", "aten::matmul",
    "aten::max", "aten::maximum", "aten::mean", "aten::min", "aten::minimum", "aten::mish", "aten::mul", "aten::narrow", "aten::ne", "aten::neg",
    "aten::norm", "aten::numel", "aten::ones_like", "aten::permute", "aten::pow", "aten::prod", "aten::reciprocal", "aten::relu", "aten::relu6",
    "aten::remainder", "aten::reshape", "aten::roll", "aten::round", "aten::rsqrt", "aten::rsub", "aten::select", "aten::selu", "aten::sigmoid",
    "aten::sign", "aten::silu", "aten::sin", "aten::sinh", "aten::size", "aten::slice", "aten::softmax", "aten::softplus", "aten::sqrt", "aten::square",
    "aten::squeeze", "aten::stack", "aten::std", "aten::sub", "aten::sum", "aten::t", "aten::tan", "aten::tanh", "aten::transpose", "aten::tril",
    "aten::triu", "aten::true_divide", "aten::unflatten", "aten::unsqueeze", "aten::var", "aten::view", "aten::where", "aten::zeros_like",
    "prim::Constant", "prim::ListConstruct", "prim::ListUnpack", "prim::TupleConstruct", "prim::TupleIndex", "prim::TupleUnpack", "prim::max", "prim::min",
    "prim::unchecked_cast"};

/// The first line of what LibTorch says, which goes on for a page.
std::string firstLine(const std::exception &exception)
{
    std::string text = exception.what();
    if (const auto *error = dynamic_cast<const c10::Error *>(&exception))
        text = error->what_without_backtrace();
    text.erase(0, text.find_first_not_of("\n "));
    if (const auto runtime = text.rfind("RuntimeError: "); runtime != std::string::npos) // the interpreter puts its stack before it
        text.erase(0, runtime + std::string("RuntimeError: ").size());
    text = text.substr(0, text.find('\n'));
    while (!text.empty() && (text.back() == ':' || text.back() == '.' || text.back() == ' '))
        text.pop_back();
    if (text.ends_with(" here"))
        text.resize(text.size() - 5);
    return text.empty() ? "LibTorch doesn't say why" : text;
}

/// The first operation that a formula may not use; "" where all is well.
std::string forbidden(const torch::jit::Block &block)
{
    for (const torch::jit::Node *node : block.nodes()) {
        const std::string kind = node->kind().toQualString();
        if (!std::ranges::any_of(kAllowed, [&](const char *name) { return kind == name; }) || !node->blocks().empty())
            return kind.substr(kind.find(':') + 2);
    }
    return {};
}

Result<std::shared_ptr<torch::jit::Code>> compiled(const std::string &text, std::size_t inputs)
{
    if (text.find_first_not_of(' ') == std::string::npos)
        return Error{"it is empty"};
    if (text.size() > kLongest || text.find_first_of("\n\r#;") != std::string::npos)
        return Error{"it must be one line of arithmetic, without # and ;"};
    std::string names;
    for (std::size_t index = 0; index < inputs; ++index)
        names += (index > 0 ? ", " : "") + std::string(kNames[index]);
    try {
        const auto unit = torch::jit::compile("def formula(" + names + "):\n    return (" + text + ")\n");
        const torch::jit::Function &function = unit->get_function("formula");
        const auto graph = torch::jit::toGraphFunction(function).graph();
        if (const std::string name = forbidden(*graph->block()); !name.empty())
            return Error{"'" + name + "' is not allowed in a formula"};
        const c10::TypePtr type = graph->outputs().at(0)->type();
        if (graph->outputs().size() != 1 || !type->isSubtypeOf(*c10::TensorType::get()))
            return Error{"it gives " + type->repr_str() + ", not a tensor"};
        return std::make_shared<torch::jit::Code>(graph, "formula");
    } catch (const std::exception &exception) {
        const std::string reason = firstLine(exception);
        if (reason.ends_with("but found ')'")) // the bracket that closes it
            return Error{"it ends too early, or has a ) too many"};
        return Error{reason.starts_with("Arguments for call") ? "an operation gets arguments that it doesn't take" : reason};
    }
}

/// A tensor of @p shape where the samples' axis and unknown sizes are replaced.
torch::Tensor probe(const Shape &shape, std::int64_t batch, std::int64_t unknown, torch::Device device)
{
    std::vector<std::int64_t> sizes = shape.withBatch(batch);
    std::ranges::replace(sizes, Shape::kUnknown, unknown);
    return device.is_meta() ? torch::empty(sizes, torch::TensorOptions().device(device)) : torch::zeros(sizes);
}

} // namespace

Result<std::shared_ptr<const Formula>> Formula::compile(const std::string &text, std::size_t inputs)
{
    static std::mutex mutex;
    static std::map<std::pair<std::string, std::size_t>, Result<std::shared_ptr<const Formula>>> kept;
    const std::lock_guard lock(mutex);
    const auto key = std::pair(text, inputs);
    if (const auto found = kept.find(key); found != kept.end())
        return found->second;
    if (kept.size() >= kMostKept)
        kept.clear();
    auto code = compiled(text, inputs);
    auto result = code ? Result<std::shared_ptr<const Formula>>(std::shared_ptr<const Formula>(new Formula(*code))) : code.error();
    return kept.emplace(key, std::move(result)).first->second;
}

torch::Tensor Formula::run(const std::vector<torch::Tensor> &in) const
{
    torch::jit::Stack stack(in.begin(), in.end());
    torch::jit::InterpreterState(*m_code).run(stack);
    const torch::Tensor result = stack.at(0).toTensor();
    return result.is_floating_point() ? result : result.to(in.at(0).scalar_type()); // a comparison gives 0 and 1
}

Result<Shape> Formula::shape(const ShapeList &in) const
{
    const torch::NoGradGuard noGrad;
    const auto sizesFor = [&](std::int64_t batch, std::int64_t unknown, torch::Device device) {
        std::vector<torch::Tensor> tensors;
        for (const Shape &shape : in)
            tensors.push_back(probe(shape, batch, unknown, device));
        return run(tensors).sizes().vec();
    };
    const bool small = std::ranges::all_of(in, [](const Shape &shape) { return shape.elementsPerSample() < kMostProbed; });
    std::vector<std::int64_t> sizes;
    std::vector<std::int64_t> others;
    try {
        try {
            sizes = sizesFor(2, 61, torch::kMeta);
            others = sizesFor(3, 67, torch::kMeta);
        } catch (const std::exception &) {
            if (!small)
                throw;
            sizes = sizesFor(2, 61, torch::kCPU); // not every operation can do without numbers
            others = sizesFor(3, 67, torch::kCPU);
        }
    } catch (const std::exception &exception) {
        return Error{firstLine(exception)};
    }
    if (sizes.empty() || sizes.front() != 2 || others.size() != sizes.size() || others.front() != 3)
        return Error{"its result must have the samples as first axis, as the input has"};
    for (std::size_t axis = 1; axis < sizes.size(); ++axis) {
        if (sizes[axis] != others[axis])
            sizes[axis] = Shape::kUnknown;
    }
    sizes.front() = Shape::kBatch;
    return Shape(std::move(sizes));
}

} // namespace netloom
