// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/issue.h"
#include "graph/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace netloom {

/// A block that people keep, to use it in other projects: one Block on the top level, and what is within it. In the library it goes by
/// its file's name.
struct SavedBlock {
    Graph graph;
    std::string doc;   ///< one line that says what it is for; may be empty
    std::string extra; ///< top-level JSON members that this version doesn't know, as text; written back
    friend bool operator==(const SavedBlock &, const SavedBlock &) = default;
};

struct LoadedBlock {
    SavedBlock block;
    Issues notes; ///< what was odd and how it was read, as in LoadedProject
};

inline constexpr char kBlockFileEnding[] = ".json";
inline constexpr std::size_t kMaxBlockDoc = 200; ///< bytes

/// The node that people add: the one Block on the top level.
const Node &blockNode(const SavedBlock &block);

/// The file's text: a project's without the recipe, and a member "block" with the doc.
std::string blockToJson(const SavedBlock &block, const NodeRegistry &registry);

/// Writes atomically, and makes the folder where it is missing.
Result<Done> saveBlock(const SavedBlock &block, const NodeRegistry &registry, const std::filesystem::path &file);
/// Reads a block, or a project that is one block and nothing else. The error names the file and says why.
Result<LoadedBlock> loadBlock(const NodeRegistry &registry, const std::filesystem::path &file);

/// The files of a library's folder in the order of their names; none where there is no folder.
std::vector<std::filesystem::path> blockFiles(const std::filesystem::path &folder);

} // namespace netloom
