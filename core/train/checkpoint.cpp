// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/checkpoint.h"

#include <algorithm>
#include <stdexcept>

namespace netloom {

namespace {

constexpr std::string_view kTextPrefix = "text:";

std::runtime_error damaged(const std::string &why)
{
    return std::runtime_error("The checkpoint can't be used: " + why + ". It is damaged or of another version of Netloom; train anew.");
}

torch::Tensor bytesOf(const std::string &text)
{
    return torch::tensor(at::ArrayRef<std::uint8_t>(reinterpret_cast<const std::uint8_t *>(text.data()), text.size()), torch::kUInt8);
}

template <class Number>
std::vector<Number> listIn(const TrainState &state, const std::string &name, torch::ScalarType type, std::int64_t count)
{
    const torch::Tensor &tensor = tensorIn(state, name);
    if (tensor.scalar_type() != type || tensor.dim() != 1 || (count >= 0 && tensor.numel() != count))
        throw damaged("'" + name + "' doesn't hold what it should");
    const auto *first = tensor.data_ptr<Number>();
    return std::vector<Number>(first, first + tensor.numel());
}

} // namespace

std::string writeCheckpoint(const TrainState &state)
{
    NamedTensors all = state.tensors;
    for (const auto &[name, text] : state.texts)
        all.emplace_back(std::string(kTextPrefix) + name, bytesOf(text));
    return writeSafetensors(all);
}

Result<TrainState> readCheckpoint(const std::string &bytes)
{
    Result<NamedTensors> all = readSafetensors(bytes);
    if (!all)
        return all.error();
    TrainState state;
    for (auto &[name, tensor] : *all) {
        if (!name.starts_with(kTextPrefix)) {
            state.tensors.emplace_back(name, std::move(tensor));
            continue;
        }
        if (tensor.scalar_type() != torch::kUInt8)
            return Error{damaged("the text '" + name + "' is none").what()};
        state.texts[name.substr(kTextPrefix.size())] = std::string(static_cast<const char *>(tensor.data_ptr()), tensor.nbytes());
    }
    return state;
}

const torch::Tensor &tensorIn(const TrainState &state, const std::string &name)
{
    const auto found = std::ranges::find(state.tensors, name, [](const auto &named) -> const std::string & { return named.first; });
    if (found == state.tensors.end())
        throw damaged("it lacks '" + name + "'");
    return found->second;
}

const std::string &textIn(const TrainState &state, const std::string &name)
{
    const auto found = state.texts.find(name);
    if (found == state.texts.end())
        throw damaged("it lacks '" + name + "'");
    return found->second;
}

void putNumbers(TrainState &state, const std::string &name, const std::vector<double> &numbers)
{
    state.tensors.emplace_back(name, torch::tensor(at::ArrayRef<double>(numbers), torch::kFloat64));
}

void putWhole(TrainState &state, const std::string &name, const std::vector<std::int64_t> &numbers)
{
    state.tensors.emplace_back(name, torch::tensor(at::ArrayRef<std::int64_t>(numbers), torch::kInt64));
}

std::vector<double> numbersIn(const TrainState &state, const std::string &name, std::int64_t count)
{
    return listIn<double>(state, name, torch::kFloat64, count);
}

std::vector<std::int64_t> wholeIn(const TrainState &state, const std::string &name, std::int64_t count)
{
    constexpr std::int64_t kMost = 1'000'000'000'000; // beyond that sums and products leave 64 bits
    auto numbers = listIn<std::int64_t>(state, name, torch::kInt64, count);
    if (std::ranges::any_of(numbers, [](std::int64_t number) { return number < 0 || number > kMost; }))
        throw damaged("'" + name + "' holds a number that is no count");
    return numbers;
}

void putTensors(TrainState &state, const std::string &prefix, const NamedTensors &tensors)
{
    for (const auto &[name, tensor] : tensors)
        state.tensors.emplace_back(prefix + "/" + name, tensor.detach().to(torch::kCPU, /*non_blocking=*/false, /*copy=*/true));
}

NamedTensors tensorsIn(const TrainState &state, const std::string &prefix)
{
    NamedTensors found;
    for (const auto &[name, tensor] : state.tensors) {
        if (name.starts_with(prefix + "/"))
            found.emplace_back(name.substr(prefix.size() + 1), tensor);
    }
    return found;
}

bool allFinite(const TrainState &state, const std::string &prefix)
{
    return std::ranges::all_of(tensorsIn(state, prefix), [](const auto &named) {
        return !named.second.is_floating_point() || torch::isfinite(named.second).all().template item<bool>();
    });
}

} // namespace netloom
