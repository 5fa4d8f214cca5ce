// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/folder_scan.h"

#include "data/loader.h"

#include <algorithm>
#include <cctype>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// Walks a class folder and everything below it.
class ClassWalk {
public:
    ClassWalk(std::vector<std::string> &files, ScanNotes &notes) : m_files(files), m_notes(notes) {}

    void walk(const fs::path &folder, const std::string &relative)
    {
        std::error_code code;
        const fs::path real = fs::canonical(folder, code);
        if (code || !m_seen.insert(real.string()).second)
            return;
        fs::directory_iterator entries(folder, code);
        if (code) {
            m_notes.unopened.push_back(relative + " (" + code.message() + ")");
            return;
        }
        for (; entries != fs::directory_iterator(); entries.increment(code))
            take(*entries, relative);
        if (code) // then increment() went to the end
            m_notes.unopened.push_back(relative + " (not to its end: " + code.message() + ")");
    }

private:
    void take(const fs::directory_entry &entry, const std::string &relative)
    {
        const std::string name = entry.path().filename().string();
        if (isHiddenFile(name))
            return;
        const std::string path = relative.empty() ? name : relative + "/" + name;
        std::error_code code;
        if (entry.is_directory(code))
            walk(entry.path(), path);
        else if (!entry.is_regular_file(code))
            m_notes.noPictures.add(path);
        else if (isPictureFile(name))
            m_files.push_back(path);
        else
            m_notes.noPictures.add(path);
    }

    std::vector<std::string> &m_files;
    ScanNotes &m_notes;
    std::set<std::string> m_seen;
};

} // namespace

bool isHiddenFile(const std::string &name)
{
    return name.starts_with('.') || name == "__MACOSX" || name == "Thumbs.db" || name == "desktop.ini";
}

std::string lowerCase(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); });
    return text;
}

Result<FolderListing> listFolder(const fs::path &folder)
{
    FolderListing listing;
    std::error_code code;
    fs::directory_iterator entries(folder, code);
    if (code)
        return Error{"The folder '" + folder.string() + "' can't be opened (" + code.message() + "): check its permissions."};
    for (; entries != fs::directory_iterator(); entries.increment(code)) {
        const std::string name = entries->path().filename().string();
        std::error_code ignored;
        if (isHiddenFile(name))
            continue;
        if (entries->is_directory(ignored))
            listing.folders.push_back(name);
        else if (isPictureFile(name))
            listing.pictures.add(name);
    }
    if (code) // then increment() went to the end
        return Error{"The folder '" + folder.string() + "' can't be read to its end (" + code.message() + ")."};
    std::ranges::sort(listing.folders);
    return listing;
}

std::vector<ClassFolder> scanClassFolders(const fs::path &root, const std::string &prefix, const std::set<std::string> &only, ScanNotes &notes)
{
    std::vector<ClassFolder> classes;
    const Result<FolderListing> listing = listFolder(root / prefix);
    if (!listing) {
        notes.unopened.push_back(prefix);
        return classes;
    }
    for (const std::string &name : listing->folders) {
        if (!only.empty() && !only.contains(name))
            continue;
        ClassFolder &folder = classes.emplace_back();
        folder.name = name;
        const std::string relative = prefix.empty() ? name : prefix + "/" + name;
        ClassWalk(folder.files, notes).walk(root / relative, relative);
        std::ranges::sort(folder.files);
    }
    return classes;
}

std::vector<std::string> listPictures(const fs::path &root, ScanNotes &notes)
{
    std::vector<std::string> files;
    ClassWalk(files, notes).walk(root, "");
    std::ranges::sort(files);
    return files;
}

} // namespace netloom
