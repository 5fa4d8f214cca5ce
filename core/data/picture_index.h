// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace netloom {

/// The picture files below a folder, to be found by how a list names them.
class PictureIndex {
public:
    /// Walks @p root and all below it: names alone, no file is opened.
    explicit PictureIndex(const std::filesystem::path &root);

    /// The file, relative to the root, that @p name means: its path from the root, with or without its ending; or the end of its path,
    /// or its bare name, where only one file goes by that. "" where there is none.
    std::string find(std::string_view name) const;

    std::size_t size() const { return m_size; }
    const std::vector<std::string> &unopened() const { return m_unopened; } ///< folders, with the cause

private:
    void add(const std::string &file);
    const std::string *lookUp(std::string_view name) const;

    std::unordered_map<std::string, std::string> m_files; ///< by path, by name, and by both without their ending; "" for what several go by
    std::size_t m_size = 0;
    std::vector<std::string> m_unopened;
};

} // namespace netloom
