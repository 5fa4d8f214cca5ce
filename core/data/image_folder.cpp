// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/excluded.h"
#include "data/folder_scan.h"
#include "data/picture_files.h"
#include "data/split_rule.h"
#include "data/warning_text.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// Finds the layout of a folder, its classes and their pictures, and deals them out to the splits.
class FolderOpening {
public:
    explicit FolderOpening(const Params &params)
        : m_params(params), m_root(params.text("root")), m_only(params.texts("classes").begin(), params.texts("classes").end())
    {
    }

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
        if (m_facts.classNames.size() == 1)
            warnOfOneClass();
        return pictureFilesSource(m_root, std::move(m_items), std::move(m_facts), m_params);
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
            m_parts.push_back({std::nullopt, scanClassFolders(m_root, "", m_only, m_notes)});
            return {};
        }
        if (!hasTrain)
            return Error{"'" + m_root + "' holds " + listed(splitFolders)
                + " but no folder named train: add it with the pictures to learn from."};
        if (!others.empty())
            m_facts.warnings.push_back("Beside train, val and test, " + listed(others) + " is left out.");
        for (const std::string &name : splitFolders)
            m_parts.push_back({splitNamed(name), scanClassFolders(m_root, name, m_only, m_notes)});
        std::ranges::stable_sort(m_parts, {}, [](const Part &part) { return *part.split; });
        return {};
    }

    void collectClasses()
    {
        std::map<std::string, std::int64_t> pictures;
        for (const Part &part : m_parts) {
            for (const ClassFolder &folder : part.classes) {
                pictures[folder.name] += static_cast<std::int64_t>(folder.files.size());
                m_seen.insert(folder.name);
            }
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
        for (Part &part : m_parts) {
            const Split split = part.split.value_or(Split::Train);
            for (ClassFolder &folder : part.classes) {
                for (std::string &file : folder.files)
                    m_items.push_back({std::move(file), static_cast<std::int32_t>(labelOf(folder.name)), split});
            }
        }
        dealOut(m_items, m_facts.classCount(), m_params);
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
        if (!m_only.empty())
            return {"None of the classes asked for, " + listed({m_only.begin(), m_only.end()}) + ", is a folder with pictures in '" + m_root
                + "': choose others, or empty the list for all."};
        if (listing.folders.empty())
            return {"'" + m_root + "' holds no folders" + mend + " inside it."};
        return {"The folders in '" + m_root + "' hold no pictures (JPEG, PNG, WebP, GIF, BMP, TIFF)" + mend + "."};
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
        std::vector<std::string> unknown;
        std::ranges::copy_if(m_only, std::back_inserter(unknown), [&](const std::string &name) { return !m_seen.contains(name); });
        if (!unknown.empty())
            warn("There is no class folder " + listed(unknown) + ": check how the names in classes are written.");
        if (!m_notes.unopened.empty())
            warn("Folders that can't be opened are left out: " + listed(m_notes.unopened) + ".");
    }

    void warnOfOneClass()
    {
        std::set<std::string> below;
        const std::string &name = m_facts.classNames.front();
        for (const PictureItem &item : m_items) {
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

    struct Part {
        std::optional<Split> split; ///< nothing: to be dealt out
        std::vector<ClassFolder> classes;
    };

    const Params &m_params;
    std::string m_root;
    std::set<std::string> m_only; ///< the classes asked for; all where it is empty
    std::set<std::string> m_seen; ///< class folders that there are
    std::vector<Part> m_parts;
    std::vector<std::string> m_emptyClasses;
    ScanNotes m_notes;
    std::vector<PictureItem> m_items;
    SourceFacts m_facts;
};

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
    spec.outputs = pictureOutputs();
    spec.params = {
        ParamDecl::path("root", true).doc("The folder that holds one folder per class, or train, val and test with these inside"),
        ParamDecl::texts("classes").doc("Only these class folders, separated by semicolons; empty for all"),
    };
    std::ranges::move(splitDecls("folders named train, val and test", 0.15, 0.15), std::back_inserter(spec.params));
    spec.params.push_back(backgroundDecl());
    spec.params.push_back(excludeDecl());
    spec.infer = inferPictureFiles;
    spec.explain = explainPictures;
    spec.openSource = [](const Params &params) { return FolderOpening(params).open(); };
    return spec;
}

} // namespace nodes

} // namespace netloom
