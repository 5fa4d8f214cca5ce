// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/result.h"

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace netloom {

/// Files of one kind that a scan came across: how many, and one to name.
struct FileTally {
    std::int64_t count = 0;
    std::string example;

    void add(const std::string &file)
    {
        if (count++ == 0)
            example = file;
    }
};

/// One folder of pictures, with what lies in the folders inside it.
struct ClassFolder {
    std::string name;
    std::vector<std::string> files; ///< pictures, relative to the root of the data, sorted
};

/// What a scan left out.
struct ScanNotes {
    FileTally noPictures;
    std::vector<std::string> unopened; ///< folders, with the cause
};

/// What lies right in a folder; hidden files and folders don't count.
struct FolderListing {
    std::vector<std::string> folders; ///< names, sorted
    FileTally pictures;
};

/// Names only: no file is opened or asked for its size, so that 100,000 files take a second.
Result<FolderListing> listFolder(const std::filesystem::path &folder);

/// Every subfolder of @p root / @p prefix as a class, or those that @p only names where it isn't empty, with all pictures below it.
/// Loops of symbolic links are walked once.
std::vector<ClassFolder> scanClassFolders(
    const std::filesystem::path &root, const std::string &prefix, const std::set<std::string> &only, ScanNotes &notes);

/// All pictures in @p root and below it, relative to it, sorted.
std::vector<std::string> listPictures(const std::filesystem::path &root, ScanNotes &notes);

/// True for names that systems hide or add by themselves: ".x", "__MACOSX", "Thumbs.db".
bool isHiddenFile(const std::string &name);

/// @p text in lower case, as far as ASCII goes.
std::string lowerCase(std::string text);

} // namespace netloom
