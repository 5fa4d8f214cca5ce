// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/excluded.h"
#include "data/folder_scan.h"
#include "data/idx_file.h"
#include "data/packed_pictures.h"
#include "data/split_rule.h"
#include "graph/explain.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kUsualSide = 28; ///< of every data set that comes in these files
constexpr std::int64_t kMaxSide = 1024;

const std::vector<std::string> kDigits{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
const std::vector<std::string> kFashion{
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"};

/// Pictures and labels of one pair of files.
struct Part {
    IdxArray images;
    IdxArray labels;
};

/// The folder that has the training pictures: the one given, or where torchvision puts them below it.
std::optional<fs::path> findFolder(const fs::path &root)
{
    for (const char *below : {"", "raw", "MNIST/raw", "FashionMNIST/raw"}) {
        for (const char *name : {"train-images-idx3-ubyte", "train-images.idx3-ubyte"}) {
            for (const char *ending : {"", ".gz"}) {
                std::error_code code;
                const fs::path folder = *below ? root / below : root;
                if (fs::is_regular_file(folder / (std::string(name) + ending), code))
                    return folder;
            }
        }
    }
    return std::nullopt;
}

Result<IdxArray> readNamed(const fs::path &folder, const std::string &stem, int rank)
{
    const std::string kind = "idx" + std::to_string(rank) + "-ubyte";
    for (const char *separator : {"-", "."}) {
        for (const char *ending : {"", ".gz"}) {
            std::error_code code;
            const fs::path file = folder / (stem + separator + kind + ending);
            if (fs::is_regular_file(file, code))
                return readIdx(file.string(), rank);
        }
    }
    return Error{"'" + folder.string() + "' lacks the file " + stem + "-" + kind + " (or .gz): put all four files there."};
}

Result<Part> readPart(const fs::path &folder, const std::string &prefix)
{
    Result<IdxArray> images = readNamed(folder, prefix + "-images", 3);
    if (!images)
        return images.error();
    Result<IdxArray> labels = readNamed(folder, prefix + "-labels", 1);
    if (!labels)
        return labels.error();
    const std::string where = "'" + folder.string() + "': ";
    if (images->dims[0] != labels->dims[0])
        return Error{where + prefix + "-images holds " + std::to_string(images->dims[0]) + " pictures but " + prefix
            + "-labels " + std::to_string(labels->dims[0]) + " labels: fetch both again."};
    if (images->dims[1] > kMaxSide || images->dims[2] > kMaxSide)
        return Error{where + prefix + "-images claims pictures of " + std::to_string(images->dims[1]) + "×"
            + std::to_string(images->dims[2]) + " px: its header is damaged, fetch it again."};
    const auto highest = *std::ranges::max_element(labels->bytes);
    if (highest >= kDigits.size())
        return Error{where + prefix + "-labels holds the label " + std::to_string(highest)
            + ", but there are only the classes 0 to 9: it is damaged or of another data set."};
    return Part{std::move(*images), std::move(*labels)};
}

std::vector<PackedPart> packedParts(Part train, Part test)
{
    std::vector<PackedPart> parts;
    parts.push_back({"train", std::move(train.images.bytes), std::move(train.labels.bytes), false});
    parts.push_back({"test", std::move(test.images.bytes), std::move(test.labels.bytes), true});
    return parts;
}

const std::vector<std::string> &classNames(const std::string &choice, const fs::path &folder)
{
    const bool fashion = choice == "Fashion-MNIST"
        || (choice == "auto" && lowerCase(folder.string()).find("fashion") != std::string::npos);
    return fashion ? kFashion : kDigits;
}

Result<std::shared_ptr<DataSource>> openMnist(const Params &params)
{
    const std::string &root = params.text("root");
    if (auto error = folderProblem(root))
        return std::move(*error);
    const auto folder = findFolder(root);
    if (!folder)
        return Error{"'" + root + "' holds no train-images-idx3-ubyte (or .gz): choose the folder with MNIST's four files, or "
                                  "use ImageFolder for pictures in folders."};
    Result<Part> train = readPart(*folder, "train");
    if (!train)
        return train.error();
    Result<Part> test = readPart(*folder, "t10k");
    if (!test)
        return test.error();
    if (train->images.dims[1] != test->images.dims[1] || train->images.dims[2] != test->images.dims[2])
        return Error{"'" + folder->string() + "': the pictures for training and for the test differ in size: they are of two data sets."};

    SourceFacts facts;
    facts.known = true;
    facts.channels = 1;
    facts.height = train->images.dims[1];
    facts.width = train->images.dims[2];
    facts.classNames = classNames(params.text("classes"), *folder);
    return packedSource(packedParts(std::move(*train), std::move(*test)), std::move(facts), params);
}

std::optional<Params> recogniseMnist(const std::string &path)
{
    const auto folder = findFolder(path);
    if (!folder)
        return std::nullopt;
    Params params;
    params.set("root", path);
    return params;
}

InferResult inferMnist(const InferInput &input)
{
    if (input.params.text("root").empty())
        return Misfit{"no-data", "has no data folder", "choose the folder in the inspector or drop it on the window", ""};
    if (auto misfit = splitMisfit(input.params))
        return *misfit;
    const bool known = input.facts.known;
    return Inferred{{Shape{1, known ? input.facts.height : kUsualSide, known ? input.facts.width : kUsualSide}, Shape{Shape::kBatch}}};
}

} // namespace

namespace nodes {

NodeSpec mnist()
{
    NodeSpec spec;
    spec.type = "MNIST";
    spec.category = Category::Source;
    spec.keywords = {"digits", "handwriting", "fashion", "idx", "data", "dataset"};
    spec.doc = "Grey pictures of 28×28 px in ten classes, from the four files in which MNIST (handwritten digits) and Fashion-MNIST "
               "(clothes) come. Validation is taken from the training pictures.";
    spec.outputs = {{"image", PortKind::Image, false, "Grey pictures"}, {"target", PortKind::Target, false, "The class of each picture"}};
    spec.params = {
        ParamDecl::path("root", true).doc("The folder with train-images-idx3-ubyte and the other three files, plain or .gz"),
        ParamDecl::choice("classes", "auto", {"auto", "digits", "Fashion-MNIST"})
            .doc("The names of the ten classes; auto takes those of Fashion-MNIST where the folder's path says fashion"),
    };
    std::ranges::move(splitDecls("", 0.1, std::nullopt), std::back_inserter(spec.params));
    spec.params.push_back(excludeDecl());
    spec.infer = inferMnist;
    spec.explain = [](const InferInput &input, const Inferred &inferred) -> std::vector<std::string> {
        const Shape &out = inferred.outputs.at(0);
        const std::string how = input.facts.known ? "as found in the data, " : "as in MNIST, ";
        return {"channels: grey, " + sizeOrUnknown(out[0]), "height: " + how + sizeOrUnknown(out[1]), "width: " + how + sizeOrUnknown(out[2])};
    };
    spec.recognise = recogniseMnist;
    spec.openSource = openMnist;
    return spec;
}

} // namespace nodes

} // namespace netloom
