// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/weights_file.h"

#include "model/torch_file.h"

#include <fstream>
#include <map>
#include <set>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr char kRunWeights[] = "weights.safetensors"; ///< in a run's folder
constexpr std::string_view kBatchCount = "num_batches_tracked"; ///< which nothing computes with

Shape shapeOf(const torch::Tensor &tensor)
{
    return Shape(tensor.sizes().vec());
}

/// The word before the first dot of every name, with the dot; "" where they differ.
std::string commonWord(const NamedTensors &tensors)
{
    std::string word;
    for (const auto &[name, tensor] : tensors) {
        const std::string first = name.substr(0, name.find('.') + 1);
        if (first.empty() || (!word.empty() && first != word))
            return {};
        word = first;
    }
    return word;
}

} // namespace

Result<NamedTensors> readWeightsFile(const fs::path &path)
{
    std::error_code error;
    const fs::path file = fs::is_directory(path, error) ? path / kRunWeights : path;
    const std::string where = "'" + file.string() + "'";
    if (!fs::is_regular_file(file, error))
        return Error{file == path ? "There are no weights at " + where + ": choose a .pt or .safetensors file, or the folder of a run."
                                  : "The folder '" + path.string() + "' has no " + kRunWeights + ": choose the folder of a run that came to its end."};
    std::string bytes;
    try {
        std::ifstream stream(file, std::ios::binary);
        bytes.resize(static_cast<std::size_t>(fs::file_size(file)));
        if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
            return Error{"The weights in " + where + " can't be read: check the permissions of the file."};
        const bool torchs = isTorchFile(bytes) || file.extension() == ".pt" || file.extension() == ".pth";
        Result<NamedTensors> tensors = torchs ? readTorchFile(bytes) : readSafetensors(bytes);
        return tensors ? std::move(tensors) : Result<NamedTensors>(Error{where + ": " + tensors.error().text});
    } catch (const std::exception &) {
        return Error{"The weights in " + where + " are larger than the memory."};
    }
}

WeightTable takeWeights(const NamedTensors &own, const NamedTensors &given, bool copy)
{
    const torch::NoGradGuard noGrad;
    std::map<std::string, const std::pair<std::string, torch::Tensor> *> byName;
    for (const auto &named : given)
        byName.emplace(named.first, &named);
    const bool anySame = std::ranges::any_of(own, [&](const auto &named) { return byName.contains(named.first); });
    if (const std::string word = anySame ? std::string() : commonWord(given); !word.empty()) {
        byName.clear();
        for (const auto &named : given)
            byName.emplace(named.first.substr(word.size()), &named);
    }
    WeightTable table;
    std::set<std::string> used;
    for (const auto &[name, target] : own) {
        const auto found = byName.find(name);
        if (found == byName.end()) {
            if (!name.ends_with(kBatchCount))
                table.rows.push_back({name, WeightFit::Missing, shapeOf(target), {}});
            continue;
        }
        used.insert(found->second->first);
        const torch::Tensor &source = found->second->second;
        const bool fits = source.sizes() == target.sizes() && source.is_floating_point() == target.is_floating_point();
        if (fits && copy)
            torch::Tensor(target).copy_(source);
        table.rows.push_back({name, fits ? WeightFit::Taken : WeightFit::OtherShape, shapeOf(target), shapeOf(source)});
    }
    for (const auto &[name, tensor] : given) {
        if (!used.contains(name))
            table.rows.push_back({name, WeightFit::Unused, {}, shapeOf(tensor)});
    }
    return table;
}

} // namespace netloom
