// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/picture_index.h"

#include "data/folder_scan.h"

#include <algorithm>

namespace netloom {

namespace {

std::string withoutEnding(const std::string &file)
{
    const auto dot = file.find_last_of("./");
    return dot == std::string::npos || file[dot] == '/' ? file : file.substr(0, dot);
}

std::string bareName(const std::string &file)
{
    const auto slash = file.rfind('/');
    return slash == std::string::npos ? file : file.substr(slash + 1);
}

/// "./a\b.jpg" → "a/b.jpg"
std::string tidied(std::string_view name)
{
    std::string text(name);
    std::ranges::replace(text, '\\', '/');
    while (text.starts_with("./"))
        text.erase(0, 2);
    while (text.starts_with('/'))
        text.erase(0, 1);
    return text;
}

} // namespace

PictureIndex::PictureIndex(const std::filesystem::path &root)
{
    ScanNotes notes;
    const std::vector<std::string> files = listPictures(root, notes);
    m_unopened = std::move(notes.unopened);
    m_size = files.size();
    for (const std::string &file : files) // full paths first: they win over a bare name that is the same
        m_files.emplace(file, file);
    for (const std::string &file : files)
        add(file);
}

void PictureIndex::add(const std::string &file)
{
    const std::string name = bareName(file);
    for (const std::string &alias : {withoutEnding(file), name, withoutEnding(name)}) {
        const auto [found, isNew] = m_files.emplace(alias, file);
        if (!isNew && found->second != file && found->first != found->second)
            found->second.clear();
    }
}

const std::string *PictureIndex::lookUp(std::string_view name) const
{
    const auto found = m_files.find(std::string(name));
    return found == m_files.end() || found->second.empty() ? nullptr : &found->second;
}

std::string PictureIndex::find(std::string_view name) const
{
    // From the whole path to its end, for lists that name folders above the root.
    const std::string text = tidied(name);
    for (std::string_view rest = text; !rest.empty();) {
        const std::string *file = lookUp(rest);
        const bool whole = rest.size() == text.size();
        // Without some of its folders, a name must be a file's whole path: else another folder's file of that name would be taken.
        if (file && (whole || *file == rest || file->substr(0, file->find_last_of('.')) == rest))
            return *file;
        const auto slash = rest.find('/');
        if (slash == std::string_view::npos)
            break;
        rest.remove_prefix(slash + 1);
    }
    return {};
}

} // namespace netloom
