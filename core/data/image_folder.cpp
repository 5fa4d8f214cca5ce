// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/excluded.h"
#include "data/folder_scan.h"
#include "data/loader.h"
#include "data/picture_file.h"
#include "data/stratified_split.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>

namespace netloom {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kFewPictures = 10;
constexpr std::size_t kMaxClasses = 5000; ///< a confusion matrix of more would fill the memory
constexpr std::size_t kNamesInWarning = 5;
constexpr std::int64_t kHeadersToLookAt = 64;

struct Item {
    std::string file;
    std::int32_t label = 0;
    Split split = Split::Train;
};

class PictureFolder final : public DataSource {
public:
    PictureFolder(std::string root, std::vector<Item> items, SourceFacts facts)
        : m_root(std::move(root)), m_items(std::move(items)), m_facts(std::move(facts))
    {
    }

    const SourceFacts &facts() const override { return m_facts; }
    std::int64_t size() const override { return static_cast<std::int64_t>(m_items.size()); }
    Split split(std::int64_t sample) const override { return item(sample).split; }
    std::int64_t label(std::int64_t sample) const override { return item(sample).label; }
    std::string name(std::int64_t sample) const override { return item(sample).file; }
    std::string file(std::int64_t sample) const override { return m_root + "/" + item(sample).file; }

    Result<Picture> read(std::int64_t sample, DecodeHint hint) const override
    {
        Picture picture;
        if (std::optional<Error> error = readInto(sample, hint, picture))
            return *error;
        return picture;
    }

    std::optional<Error> readInto(std::int64_t sample, DecodeHint hint, Picture &picture) const override
    {
        const std::string &file = item(sample).file;
        if (const auto cause = decodePictureFile(m_root + "/" + file, 3, hint, picture))
            return Error{"'" + file + "' " + *cause + "."};
        return {};
    }

private:
    const Item &item(std::int64_t sample) const { return m_items.at(static_cast<std::size_t>(sample)); }

    std::string m_root;
    std::vector<Item> m_items;
    SourceFacts m_facts;
};

std::optional<Split> splitNamed(const std::string &folder)
{
    static const std::map<std::string, Split> names{{"train", Split::Train}, {"training", Split::Train}, {"val", Split::Val},
        {"valid", Split::Val}, {"validation", Split::Val}, {"test", Split::Test}, {"testing", Split::Test}};
    const auto found = names.find(lowerCase(folder));
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

/// "3 pictures", "1 picture"
std::string counted(std::int64_t count, const std::string &noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t index = 0; index < std::min(names.size(), kNamesInWarning); ++index)
        text += (index ? ", '" : "'") + names[index] + "'";
    if (names.size() > kNamesInWarning)
        text += " and " + std::to_string(names.size() - kNamesInWarning) + " more";
    return text;
}

/// Finds the layout of a folder, its classes and their pictures, and deals them out to the splits.
class FolderOpening {
public:
    explicit FolderOpening(const Params &params) : m_params(params), m_root(params.text("root")) {}

    Result<std::shared_ptr<DataSource>> open()
    {
        std::error_code code;
        const fs::file_status status = fs::status(m_root, code);
        if (m_root.empty())
            return Error{"No data folder is chosen: choose the folder in the inspector or drop it on the window."};
        if (!fs::exists(status))
            return Error{"The folder '" + m_root + "' doesn't exist: choose another one."};
        if (!fs::is_directory(status))
            return Error{"'" + m_root + "' is a file: choose the folder that holds the classes' folders."};
        const Result<FolderListing> listing = listFolder(m_root);
        if (!listing)
            return listing.error();
        if (const auto error = scan(*listing))
            return *error;
        collectClasses();
        if (m_facts.classNames.empty())
            return noPictures(*listing);
        if (m_facts.classNames.size() > kMaxClasses)
            return Error{"'" + m_root + "' holds " + std::to_string(m_facts.classNames.size()) + " class folders, more than "
                + std::to_string(kMaxClasses) + ": choose the folder whose subfolders are the classes."};
        collectItems();
        warnOfFolders(*listing);
        warnOfClasses();
        lookAtSizes();
        m_facts.known = true;
        m_facts.channels = 3;
        return std::shared_ptr<DataSource>(std::make_shared<PictureFolder>(m_root, std::move(m_items), std::move(m_facts)));
    }

private:
    /// Folders named train, val, test make the splits when there is one to train on and it isn't just a class of that name
    /// (a folder of trains beside a folder of cars).
    std::optional<Error> scan(const FolderListing &listing)
    {
        std::vector<std::string> splitFolders;
        std::vector<std::string> others;
        bool hasTrain = false;
        bool trainHasFolders = false;
        for (const std::string &name : listing.folders) {
            const auto split = splitNamed(name);
            (split ? splitFolders : others).push_back(name);
            if (split != Split::Train)
                continue;
            hasTrain = true;
            const auto inside = listFolder(fs::path(m_root) / name);
            trainHasFolders |= inside.ok() && !inside->folders.empty();
        }
        if (splitFolders.empty() || (!others.empty() && !trainHasFolders)) {
            m_parts.push_back({std::nullopt, scanClassFolders(m_root, "", m_notes)});
            return {};
        }
        if (!hasTrain)
            return Error{"'" + m_root + "' holds " + listed(splitFolders)
                + " but no folder named train: add it with the pictures to learn from."};
        if (!others.empty())
            m_facts.warnings.push_back("Beside train, val and test, " + listed(others) + " is left out.");
        for (const std::string &name : splitFolders)
            m_parts.push_back({splitNamed(name), scanClassFolders(m_root, name, m_notes)});
        std::ranges::stable_sort(m_parts, {}, [](const Part &part) { return *part.split; });
        return {};
    }

    void collectClasses()
    {
        std::map<std::string, std::int64_t> pictures;
        for (const Part &part : m_parts) {
            for (const ClassFolder &folder : part.classes)
                pictures[folder.name] += static_cast<std::int64_t>(folder.files.size());
        }
        for (const auto &[name, count] : pictures) {
            if (count > 0)
                m_facts.classNames.push_back(name);
            else
                m_emptyClasses.push_back(name);
        }
    }

    std::size_t labelOf(const std::string &className) const
    {
        return static_cast<std::size_t>(std::ranges::lower_bound(m_facts.classNames, className) - m_facts.classNames.begin());
    }

    void collectItems()
    {
        bool hasVal = false;
        bool hasTest = false;
        for (Part &part : m_parts) {
            const Split split = part.split.value_or(Split::Train);
            hasVal |= split == Split::Val;
            hasTest |= split == Split::Test;
            for (ClassFolder &folder : part.classes) {
                for (std::string &file : folder.files)
                    m_items.push_back({std::move(file), static_cast<std::int32_t>(labelOf(folder.name)), split});
            }
        }
        if (!hasVal)
            dealOut(hasTest ? 0.0 : m_params.real("test_fraction"));
        leaveOut();
        for (const Split split : kAllSplits)
            m_facts.counts[std::string(toString(split))].assign(m_facts.classNames.size(), 0);
        for (const Item &item : m_items)
            ++m_facts.counts[std::string(toString(item.split))][static_cast<std::size_t>(item.label)];
    }

    void leaveOut()
    {
        const auto excluded = excludedNames(m_params);
        if (!excluded.empty())
            m_facts.excluded = static_cast<std::int64_t>(std::erase_if(m_items, [&](const Item &item) { return excluded.contains(item.file); }));
    }

    /// Takes the missing splits from what there is to train on.
    void dealOut(double testFraction)
    {
        std::vector<std::int64_t> labels;
        std::vector<Item *> items;
        for (Item &item : m_items) {
            if (item.split != Split::Train)
                continue;
            items.push_back(&item);
            labels.push_back(item.label);
        }
        const auto splits = stratifiedSplit(labels, m_facts.classCount(), m_params.real("val_fraction"), testFraction,
            static_cast<std::uint64_t>(m_params.integer("seed")));
        for (std::size_t index = 0; index < items.size(); ++index)
            items[index]->split = splits[index];
    }

    Error noPictures(const FolderListing &listing) const
    {
        const std::string mend = ": put the pictures of each class into a folder of its own";
        if (listing.pictures.count > 0)
            return {"'" + m_root + "' holds " + counted(listing.pictures.count, "picture") + " but no class folders" + mend + "."};
        for (const std::string &name : listing.folders) {
            const auto inside = listFolder(fs::path(m_root) / name);
            if (inside && splitNamed(name) && inside->pictures.count > 0 && inside->folders.empty())
                return {"'" + m_root + "/" + name + "' holds " + counted(inside->pictures.count, "picture")
                    + " but no class folders" + mend + "."};
        }
        if (m_notes.gifs.count > 0)
            return {"'" + m_root + "' holds only GIF pictures, which aren't read here: save them as PNG."};
        if (listing.folders.empty())
            return {"'" + m_root + "' holds no folders" + mend + " inside it."};
        return {"The folders in '" + m_root + "' hold no pictures (JPEG, PNG, WebP, BMP, TIFF)" + mend + "."};
    }

    void warn(std::string text) { m_facts.warnings.push_back(std::move(text)); }

    void warnOfFolders(const FolderListing &listing)
    {
        if (!m_emptyClasses.empty())
            warn((m_emptyClasses.size() == 1 ? "The class folder " : "The class folders ") + listed(m_emptyClasses)
                + (m_emptyClasses.size() == 1 ? " holds no pictures and is" : " hold no pictures and are")
                + " left out: fill or delete.");
        if (listing.pictures.count > 0)
            warn(counted(listing.pictures.count, "picture") + " beside the class folders (for example '"
                + listing.pictures.example + "') left out: move into a class folder.");
        if (m_notes.noPictures.count > 0)
            warn(counted(m_notes.noPictures.count, "file") + " left out as no picture, for example '"
                + m_notes.noPictures.example + "'.");
        if (m_notes.gifs.count > 0)
            warn(counted(m_notes.gifs.count, "GIF file") + " left out, for example '" + m_notes.gifs.example
                + "': save as PNG to use.");
        if (!m_notes.unopened.empty())
            warn("Folders that can't be opened are left out: " + listed(m_notes.unopened) + ".");
    }

    void warnOfClasses()
    {
        std::vector<std::string> untrained;
        std::vector<std::string> few;
        for (std::size_t label = 0; label < m_facts.classNames.size(); ++label) {
            const std::int64_t count = m_facts.counts["train"][label];
            if (count == 0)
                untrained.push_back(m_facts.classNames[label]);
            else if (count < kFewPictures)
                few.push_back(m_facts.classNames[label]);
        }
        if (!untrained.empty())
            warn("No pictures to learn from for " + listed(untrained) + ", only to validate or test with: add some to train.");
        if (!few.empty())
            warn("Fewer than " + std::to_string(kFewPictures) + " pictures to learn from for " + listed(few)
                + ": with so few a network hardly learns a class.");
        if (m_facts.classNames.size() == 1)
            warnOfOneClass();
    }

    void warnOfOneClass()
    {
        std::set<std::string> below;
        const std::string &name = m_facts.classNames.front();
        for (const Item &item : m_items) {
            const auto at = item.file.find(name + "/") + name.size() + 1;
            if (const auto cut = item.file.find('/', at); cut != std::string::npos)
                below.insert(item.file.substr(at, cut - at));
        }
        std::string text = "There is only one class, '" + name + "', so there is nothing to tell apart: ";
        if (below.size() > 1)
            text += "if " + listed({below.begin(), below.end()}) + " are the classes, choose the folder '" + name + "' instead.";
        else
            text += "add a folder for each other class.";
        warn(std::move(text));
    }

    /// Sizes are a fact only where the headers of pictures from all over the folder agree.
    void lookAtSizes()
    {
        const auto count = static_cast<std::int64_t>(m_items.size());
        const std::int64_t looks = std::min(count, kHeadersToLookAt);
        for (std::int64_t look = 0; look < looks; ++look) {
            const Item &item = m_items[static_cast<std::size_t>(look * count / looks)];
            PictureHeader header = readPictureHeader(m_root + "/" + item.file);
            if (header.width <= 0 || header.height <= 0)
                continue;
            if (header.orientation >= 5)
                std::swap(header.width, header.height);
            const bool first = m_facts.height == Shape::kUnknown;
            if (!first && (m_facts.height != header.height || m_facts.width != header.width)) {
                m_facts.height = m_facts.width = Shape::kUnknown;
                return;
            }
            m_facts.height = header.height;
            m_facts.width = header.width;
        }
    }

    struct Part {
        std::optional<Split> split; ///< nothing: to be dealt out
        std::vector<ClassFolder> classes;
    };

    const Params &m_params;
    std::string m_root;
    std::vector<Part> m_parts;
    std::vector<std::string> m_emptyClasses;
    ScanNotes m_notes;
    std::vector<Item> m_items;
    SourceFacts m_facts;
};

InferResult inferImageFolder(const InferInput &input)
{
    const ShapeList outputs{Shape{3, input.facts.height, input.facts.width}, Shape{Shape::kBatch}};
    if (input.params.text("root").empty())
        return Misfit{"no-data", "has no data folder", "choose the folder in the inspector or drop it on the window", "", outputs};
    if (input.params.real("val_fraction") + input.params.real("test_fraction") >= 1.0)
        return Misfit{"fractions", "leaves nothing to learn from, for val_fraction and test_fraction add up to 1 or more",
            "make them smaller", ""};
    return Inferred{outputs};
}

} // namespace

namespace nodes {

NodeSpec image_folder()
{
    NodeSpec spec;
    spec.type = "ImageFolder";
    spec.category = Category::Source;
    spec.keywords = {"pictures", "photos", "images", "folder", "data", "dataset", "jpeg", "png"};
    spec.doc = "Pictures from a folder: each subfolder is a class, named as the folder is. Folders train, val and test are used "
               "where there are some; else the pictures are dealt out to training, validation and test.";
    spec.outputs = {{"image", PortKind::Image, false, "RGB pictures"}, {"target", PortKind::Target, false, "The class of each picture"}};
    spec.params = {
        ParamDecl::path("root", true).doc("The folder that holds one folder per class, or train, val and test with these inside"),
        ParamDecl::real("val_fraction", 0.15).range(0.0, 0.9).doc("Share of each class kept for validation; unused where there is a val folder"),
        ParamDecl::real("test_fraction", 0.15).range(0.0, 0.9).doc("Share of each class kept for the final test; unused where there is a val or test folder"),
        ParamDecl::integer("seed", 1).atLeast(0).doc("Another number deals the pictures out differently"),
        excludeDecl(),
    };
    spec.infer = inferImageFolder;
    spec.explain = [](const InferInput &, const Inferred &inferred) -> std::vector<std::string> {
        const Shape &out = inferred.outputs.at(0);
        const auto found = [](std::int64_t size) { return size == Shape::kUnknown ? "pictures differ, or nobody has looked yet, ?" : "as found in the data, " + std::to_string(size); };
        return {"channels: red, green and blue, " + std::to_string(out[0]), "height: " + found(out[1]), "width: " + found(out[2])};
    };
    spec.openSource = [](const Params &params) { return FolderOpening(params).open(); };
    return spec;
}

} // namespace nodes

} // namespace netloom
