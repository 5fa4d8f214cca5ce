// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/safetensors.h"

#include "model/tensor_header.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

static_assert(std::endian::native == std::endian::little, "safetensors holds little-endian numbers, which are copied as they are");

namespace netloom {

namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;

struct DtypeName {
    const char *name;
    torch::ScalarType type;
};
constexpr DtypeName kDtypes[]{{"F64", torch::kFloat64}, {"I64", torch::kInt64}, {"F32", torch::kFloat32},
    {"I32", torch::kInt32}, {"F16", torch::kFloat16}, {"BF16", torch::kBFloat16}, {"U8", torch::kUInt8}, {"BOOL", torch::kBool}};

Error damaged(const std::string &why)
{
    return {"The weights can't be read: " + why + ". The file is damaged or no safetensors file; take another copy, or train again."};
}

/// The number of bytes of a tensor; nothing where it leaves 64 bits.
std::optional<std::uint64_t> byteCount(const TensorEntry &entry, std::size_t elementSize)
{
    std::uint64_t bytes = elementSize;
    for (const std::int64_t size : entry.shape) {
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes))
            return std::nullopt;
    }
    return bytes;
}

/// Nothing where the tensors fill the data one after the other, without holes or overlaps; else the reason.
std::optional<std::string> coverageFault(std::vector<TensorEntry> entries, std::uint64_t dataBytes)
{
    std::ranges::sort(entries, {}, [](const TensorEntry &entry) { return std::pair(entry.begin, entry.end); });
    std::uint64_t at = 0;
    for (const TensorEntry &entry : entries) {
        if (entry.begin != at)
            return "tensor '" + entry.name + "' does not start where the one before it ends";
        at = entry.end;
    }
    if (at != dataBytes)
        return "it should hold " + std::to_string(at) + " bytes of numbers but holds " + std::to_string(dataBytes);
    return std::nullopt;
}

} // namespace

std::string writeSafetensors(const NamedTensors &tensors)
{
    NamedTensors sorted = tensors;
    std::ranges::stable_sort(sorted, std::ranges::greater(), [](const auto &named) { return named.second.element_size(); });
    std::vector<TensorEntry> entries;
    std::uint64_t at = 0;
    for (auto &[name, tensor] : sorted) {
        tensor = tensor.detach().to(torch::kCPU).contiguous();
        const auto *dtype = std::ranges::find(kDtypes, tensor.scalar_type(), &DtypeName::type);
        TORCH_CHECK(dtype != std::end(kDtypes), "weights of a type that safetensors doesn't know: ", tensor.scalar_type());
        entries.push_back({name, dtype->name, tensor.sizes().vec(), at, at + tensor.nbytes()});
        at += tensor.nbytes();
    }
    std::string header = writeTensorHeader(entries);
    header.append((kLengthBytes - header.size() % kLengthBytes) % kLengthBytes, ' ');
    const auto length = static_cast<std::uint64_t>(header.size());

    std::string bytes(kLengthBytes + header.size() + at, '\0');
    std::memcpy(bytes.data(), &length, kLengthBytes);
    std::memcpy(bytes.data() + kLengthBytes, header.data(), header.size());
    char *const data = bytes.data() + kLengthBytes + header.size();
    for (std::size_t index = 0; index < sorted.size(); ++index) {
        if (sorted[index].second.nbytes() > 0)
            std::memcpy(data + entries[index].begin, sorted[index].second.data_ptr(), sorted[index].second.nbytes());
    }
    return bytes;
}

Result<NamedTensors> readSafetensors(const std::string &bytes)
{
    std::uint64_t length = 0;
    if (bytes.size() < kLengthBytes)
        return damaged("it has only " + std::to_string(bytes.size()) + " bytes");
    std::memcpy(&length, bytes.data(), kLengthBytes);
    if (length > kLongestHeader || length > bytes.size() - kLengthBytes)
        return damaged("its header should have " + std::to_string(length) + " bytes, more than the file holds");
    const auto entries = readTensorHeader(std::string_view(bytes).substr(kLengthBytes, length));
    if (!entries)
        return damaged(entries.error().text);

    const char *const data = bytes.data() + kLengthBytes + length;
    const std::uint64_t dataBytes = bytes.size() - kLengthBytes - length;
    if (const auto fault = coverageFault(*entries, dataBytes))
        return damaged(*fault);
    NamedTensors tensors;
    for (const TensorEntry &entry : *entries) {
        const auto *dtype = std::ranges::find_if(kDtypes, [&](const DtypeName &known) { return entry.dtype == known.name; });
        if (dtype == std::end(kDtypes))
            return damaged("tensor '" + entry.name + "' has the unknown type '" + entry.dtype + "'");
        if (byteCount(entry, c10::elementSize(dtype->type)) != entry.end - entry.begin)
            return damaged("tensor '" + entry.name + "' has other bytes than its shape needs");
        torch::Tensor tensor = torch::empty(entry.shape, torch::TensorOptions().dtype(dtype->type));
        if (tensor.nbytes() > 0)
            std::memcpy(tensor.data_ptr(), data + entry.begin, tensor.nbytes());
        tensors.emplace_back(entry.name, std::move(tensor));
    }
    return tensors;
}

} // namespace netloom
