// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/torch_file.h"

#include "model/pickle_reader.h"
#include "model/zip_records.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace netloom {

namespace {

constexpr char kPickleName[] = "data.pkl";
constexpr std::size_t kMostAxes = 16;

struct StorageType {
    const char *name;
    torch::ScalarType type;
};
constexpr StorageType kStorageTypes[]{{"torch.FloatStorage", torch::kFloat32}, {"torch.DoubleStorage", torch::kFloat64}, {"torch.HalfStorage", torch::kFloat16},
    {"torch.BFloat16Storage", torch::kBFloat16}, {"torch.LongStorage", torch::kInt64}, {"torch.IntStorage", torch::kInt32},
    {"torch.ShortStorage", torch::kInt16}, {"torch.CharStorage", torch::kInt8}, {"torch.ByteStorage", torch::kUInt8}, {"torch.BoolStorage", torch::kBool}};

using Kind = PickleValue::Kind;

/// Makes tensors of what a pickle says of them; faults are told by an exception within this file.
class TensorReader {
public:
    TensorReader(const Pickle &pickle, const std::map<std::string, std::string_view> &records, std::string prefix, std::size_t fileBytes)
        : m_pickle(pickle), m_records(records), m_prefix(std::move(prefix)), m_bytesLeft(4 * std::uint64_t{fileBytes} + 4096) {}

    NamedTensors read()
    {
        const PickleValue &root = m_pickle.at(m_pickle.root);
        if (root.kind == Kind::Call)
            throw Error{"it holds a Python object of the class " + classOf(root) + ", not a state_dict: save model.state_dict() instead"};
        NamedTensors tensors = tensorsOf(root);
        for (const char *inner : {"state_dict", "model_state_dict", "model"}) {
            if (!tensors.empty())
                break;
            if (const PickleValue *dict = member(root, inner))
                tensors = tensorsOf(*dict);
        }
        if (tensors.empty())
            throw Error{"it holds no tensors by name: save model.state_dict() with torch.save()"};
        return tensors;
    }

private:
    std::string classOf(const PickleValue &call) const
    {
        return call.items.size() == 2 && m_pickle.at(call.items[0]).kind == Kind::Class ? m_pickle.at(call.items[0]).text : "";
    }

    const PickleValue *member(const PickleValue &dict, std::string_view name) const
    {
        for (std::size_t index = 0; dict.kind == Kind::Dict && index + 1 < dict.items.size(); index += 2) {
            const PickleValue &key = m_pickle.at(dict.items[index]);
            if (key.kind == Kind::Text && key.text == name)
                return &m_pickle.at(dict.items[index + 1]);
        }
        return nullptr;
    }

    NamedTensors tensorsOf(const PickleValue &dict)
    {
        NamedTensors tensors;
        for (std::size_t index = 0; dict.kind == Kind::Dict && index + 1 < dict.items.size(); index += 2) {
            const PickleValue &key = m_pickle.at(dict.items[index]);
            const PickleValue *value = &m_pickle.at(dict.items[index + 1]);
            if (value->kind == Kind::Call && classOf(*value) == "torch._utils._rebuild_parameter")
                value = &argument(*value, 0);
            if (key.kind == Kind::Text && value->kind == Kind::Call && classOf(*value) == "torch._utils._rebuild_tensor_v2")
                tensors.emplace_back(key.text, tensor(key.text, *value));
        }
        return tensors;
    }

    const PickleValue &argument(const PickleValue &call, std::size_t index) const
    {
        const PickleValue &arguments = m_pickle.at(call.items.at(1));
        if (arguments.kind != Kind::Tuple || index >= arguments.items.size())
            throw Error{"a tensor lacks one of its parts"};
        return m_pickle.at(arguments.items[index]);
    }

    std::vector<std::int64_t> wholes(const PickleValue &tuple, const std::string &name) const
    {
        std::vector<std::int64_t> numbers;
        for (const std::size_t item : tuple.items) {
            const PickleValue &number = m_pickle.at(item);
            if (number.kind != Kind::Whole || number.whole < 0)
                throw Error{"tensor '" + name + "' has sizes that are no numbers"};
            numbers.push_back(number.whole);
        }
        if (tuple.kind != Kind::Tuple || numbers.size() > kMostAxes)
            throw Error{"tensor '" + name + "' has no sizes"};
        return numbers;
    }

    /// The numbers that ('storage', torch.FloatStorage, '0', 'cpu', 12) names, one after the other; several tensors may share them.
    torch::Tensor storage(const PickleValue &value, const std::string &name)
    {
        const PickleValue *tuple = value.kind == Kind::Storage ? &m_pickle.at(value.items.at(0)) : nullptr;
        if (!tuple || tuple->kind != Kind::Tuple || tuple->items.size() < 3)
            throw Error{"tensor '" + name + "' doesn't say where its numbers are"};
        const std::string &typeName = m_pickle.at(tuple->items[1]).text;
        const auto *type = std::ranges::find_if(kStorageTypes, [&](const StorageType &known) { return typeName == known.name; });
        if (type == std::end(kStorageTypes))
            throw Error{"tensor '" + name + "' has numbers of the unknown type '" + typeName + "'"};
        const auto record = m_records.find(m_prefix + "data/" + m_pickle.at(tuple->items[2]).text);
        if (record == m_records.end())
            throw Error{"the numbers of tensor '" + name + "' are missing"};
        torch::Tensor &numbers = m_storages[{record->first, type->type}];
        if (!numbers.defined()) {
            take(record->second.size());
            numbers = torch::empty({static_cast<std::int64_t>(record->second.size() / c10::elementSize(type->type))}, torch::TensorOptions().dtype(type->type));
            if (numbers.numel() > 0)
                std::memcpy(numbers.data_ptr(), record->second.data(), numbers.nbytes()); // the archive's bytes may lie at odd places
        }
        return numbers;
    }

    /// Counts memory; a file whose parts name the same bytes again and again could fill any.
    void take(std::uint64_t bytes)
    {
        if (bytes > m_bytesLeft)
            throw Error{"its tensors repeat the same numbers too often"};
        m_bytesLeft -= bytes;
    }

    torch::Tensor tensor(const std::string &name, const PickleValue &call)
    {
        const torch::Tensor numbers = storage(argument(call, 0), name);
        const auto sizes = wholes(argument(call, 2), name);
        const auto strides = wholes(argument(call, 3), name);
        const PickleValue &offset = argument(call, 1);
        const std::int64_t stored = numbers.numel();
        if (sizes.size() != strides.size() || offset.kind != Kind::Whole || offset.whole < 0)
            throw Error{"tensor '" + name + "' has other strides than sizes"};
        std::int64_t count = 1;
        std::int64_t last = offset.whole;
        for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
            std::int64_t reach = 0;
            if (__builtin_mul_overflow(count, sizes[axis], &count) || __builtin_mul_overflow(std::max<std::int64_t>(0, sizes[axis] - 1), strides[axis], &reach)
                || __builtin_add_overflow(last, reach, &last))
                throw Error{"tensor '" + name + "' is larger than any memory"};
        }
        if (count > 0 && (last >= stored || count > stored))
            throw Error{"tensor '" + name + "' needs more numbers than the file holds"};
        if (count == 0)
            return torch::empty(sizes, numbers.options());
        take(static_cast<std::uint64_t>(count) * numbers.element_size());
        return numbers.as_strided(sizes, strides, offset.whole).clone(at::MemoryFormat::Contiguous);
    }

    const Pickle &m_pickle;
    const std::map<std::string, std::string_view> &m_records;
    std::string m_prefix;
    std::uint64_t m_bytesLeft; ///< that numbers may still take
    std::map<std::pair<std::string, torch::ScalarType>, torch::Tensor> m_storages;
};

Error unreadable(const std::string &why)
{
    return {"The weights can't be read: " + why + "."};
}

} // namespace

bool isTorchFile(const std::string &bytes)
{
    return bytes.starts_with("PK\3\4");
}

Result<NamedTensors> readTorchFile(const std::string &bytes)
{
    if (bytes.starts_with("\x80\x02\x8a\x0a"))
        return unreadable("they were saved by PyTorch before 1.6; load them there and save them again with torch.save()");
    const auto records = readZipRecords(bytes);
    if (!records)
        return unreadable(records.error().text + "; take another copy of the file");
    const auto pickleRecord = std::ranges::find_if(*records, [](const auto &record) {
        return record.first == kPickleName || record.first.ends_with(std::string("/") + kPickleName);
    });
    if (pickleRecord == records->end())
        return unreadable("the file has no " + std::string(kPickleName) + ", so torch.save() didn't write it");
    const std::string prefix = pickleRecord->first.substr(0, pickleRecord->first.size() - std::string(kPickleName).size());
    if (records->contains(prefix + "constants.pkl"))
        return unreadable("the file is a TorchScript program; save model.state_dict() with torch.save() instead");
    if (const auto order = records->find(prefix + "byteorder"); order != records->end() && order->second == "big")
        return unreadable("the file was written on a machine with another order of bytes; save it as safetensors there");
    const auto pickle = readPickle(pickleRecord->second);
    if (!pickle)
        return unreadable("its " + std::string(kPickleName) + " is damaged, " + pickle.error().text);
    try {
        return TensorReader(*pickle, *records, prefix, bytes.size()).read();
    } catch (const Error &error) {
        return unreadable(error.text);
    }
}

} // namespace netloom
