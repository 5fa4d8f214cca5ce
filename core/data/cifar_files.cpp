// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/cifar_files.h"

#include "data/excluded.h"
#include "data/packed_pictures.h"
#include "data/split_rule.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kSide = 32;
constexpr std::size_t kPlane = kSide * kSide;
constexpr std::size_t kPixels = kPlane * 3;
constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 30;

bool isFile(const fs::path &path)
{
    std::error_code code;
    return fs::is_regular_file(path, code);
}

/// Where the files are: @p root or the folder of the archive in it.
std::optional<fs::path> findFolder(const CifarFiles &files, const fs::path &root)
{
    for (const fs::path &folder : {root, root / files.folder}) {
        if (isFile(folder / files.trainFiles.front()))
            return folder;
    }
    return std::nullopt;
}

/// One record after the other, appended to @p part with the planes interleaved.
class CifarReading {
public:
    CifarReading(const CifarFiles &files, const fs::path &folder) : m_files(files), m_folder(folder) {}

    std::optional<Error> read(const std::string &name, PackedPart &part) const
    {
        const fs::path file = m_folder / name;
        std::error_code code;
        const std::uintmax_t size = fs::file_size(file, code);
        const std::size_t record = m_files.labelBytes + kPixels;
        if (code)
            return failed(file, "can't be opened (" + code.message() + ")");
        if (size == 0 || size % record != 0 || size > kMaxFileBytes)
            return failed(file, "is cut short or damaged: its " + std::to_string(size) + " bytes aren't whole pictures of "
                    + std::to_string(record) + " bytes each");
        std::ifstream stream(file, std::ios::binary);
        std::vector<char> bytes(record);
        const std::size_t count = size / record;
        part.labels.reserve(part.labels.size() + count);
        part.pixels.reserve(part.pixels.size() + count * kPixels);
        for (std::size_t index = 0; index < count; ++index) {
            if (!stream.read(bytes.data(), static_cast<std::streamsize>(record)))
                return failed(file, "can't be read to its end");
            const auto *first = reinterpret_cast<const std::uint8_t *>(bytes.data());
            if (first[m_files.labelAt] >= m_files.classCount)
                return failed(file, "holds the label " + std::to_string(first[m_files.labelAt]) + ", but there are only the classes 0 to "
                        + std::to_string(m_files.classCount - 1));
            part.labels.push_back(first[m_files.labelAt]);
            append(first + m_files.labelBytes, part.pixels);
        }
        return {};
    }

private:
    static Error failed(const fs::path &file, const std::string &cause)
    {
        return {"'" + file.string() + "' " + cause + ": fetch it again."};
    }

    static void append(const std::uint8_t *planes, std::vector<std::uint8_t> &pixels)
    {
        const std::size_t start = pixels.size();
        pixels.resize(start + kPixels);
        std::uint8_t *out = pixels.data() + start;
        for (std::size_t at = 0; at < kPlane; ++at) {
            *out++ = planes[at];
            *out++ = planes[at + kPlane];
            *out++ = planes[at + 2 * kPlane];
        }
    }

    const CifarFiles &m_files;
    fs::path m_folder;
};

/// The names in the file that comes with the pictures; numbers, with a warning, where it is missing.
std::vector<std::string> readNames(const CifarFiles &files, const fs::path &folder, std::vector<std::string> &warnings)
{
    std::vector<std::string> names;
    std::ifstream stream(folder / files.namesFile);
    for (std::string line; names.size() <= files.classCount && std::getline(stream, line);) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.pop_back();
        if (!line.empty())
            names.push_back(line);
    }
    if (names.size() == files.classCount)
        return names;
    warnings.push_back(files.namesFile + " is missing or doesn't name " + std::to_string(files.classCount) + " classes: they are numbered.");
    names.clear();
    for (std::size_t label = 0; label < files.classCount; ++label)
        names.push_back(std::to_string(label));
    return names;
}

Error notFound(const CifarFiles &files, const std::string &root)
{
    std::string plain = files.trainFiles.front();
    plain.erase(plain.rfind(".bin"));
    for (const char *below : {"", "cifar-10-batches-py", "cifar-100-python"}) {
        if (isFile(fs::path(root) / below / plain))
            return {"'" + root + "' holds " + files.title + "'s Python version: fetch the binary version."};
    }
    return {"'" + root + "' holds no " + files.trainFiles.front() + ": choose the folder with the files of " + files.title
        + "'s binary version, or use ImageFolder for pictures in folders."};
}

void warnOfCount(SourceFacts &facts, const std::string &what, std::size_t have, std::int64_t whole)
{
    if (static_cast<std::int64_t>(have) != whole)
        facts.warnings.push_back("There are " + std::to_string(have) + " pictures for " + what + ", not the " + std::to_string(whole)
            + " that the whole data set has.");
}

InferResult inferCifar(const InferInput &input)
{
    if (input.params.text("root").empty())
        return Misfit{"no-data", "has no data folder", "choose the folder in the inspector or drop it on the window", ""};
    if (auto misfit = splitMisfit(input.params))
        return *misfit;
    return Inferred{{Shape{3, kSide, kSide}, Shape{Shape::kBatch}}};
}

} // namespace

Result<std::shared_ptr<DataSource>> openCifar(const CifarFiles &files, const Params &params)
{
    const std::string &root = params.text("root");
    if (auto error = folderProblem(root))
        return std::move(*error);
    const auto folder = findFolder(files, root);
    if (!folder)
        return notFound(files, root);

    const CifarReading reading(files, *folder);
    std::vector<PackedPart> parts{{"train", {}, {}, false}, {"test", {}, {}, true}};
    for (const std::string &name : files.trainFiles) {
        if (isFile(*folder / name)) {
            if (auto error = reading.read(name, parts[0]))
                return *error;
        }
    }
    if (auto error = reading.read(files.testFile, parts[1]))
        return *error;

    SourceFacts facts;
    facts.known = true;
    facts.channels = 3;
    facts.height = facts.width = kSide;
    facts.classNames = readNames(files, *folder, facts.warnings);
    warnOfCount(facts, "training", parts[0].labels.size(), files.trainCount);
    warnOfCount(facts, "the test", parts[1].labels.size(), files.testCount);
    return packedSource(std::move(parts), std::move(facts), params);
}

std::optional<Params> recogniseCifar(const CifarFiles &files, const std::string &path)
{
    const auto folder = findFolder(files, path);
    if (!folder || !isFile(*folder / files.testFile))
        return std::nullopt;
    Params params;
    params.set("root", path);
    return params;
}

void declareCifar(NodeSpec &spec, const std::string &rootDoc)
{
    spec.category = Category::Source;
    spec.outputs = {{"image", PortKind::Image, false, "RGB pictures"}, {"target", PortKind::Target, false, "The class of each picture"}};
    spec.params = {ParamDecl::path("root", true).doc(rootDoc)};
    std::ranges::move(splitDecls("", 0.1, std::nullopt), std::back_inserter(spec.params));
    spec.params.push_back(excludeDecl());
    spec.infer = inferCifar;
    spec.explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
        const Shape &out = inferred.outputs.at(0);
        return {"channels: red, green and blue, " + std::to_string(out[0]), "height: of all of its pictures, " + std::to_string(out[1]),
            "width: of all of its pictures, " + std::to_string(out[2])};
    };
}

} // namespace netloom
