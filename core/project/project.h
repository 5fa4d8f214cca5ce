// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/issue.h"
#include "graph/recipe.h"
#include "graph/result.h"

#include <filesystem>
#include <string>

namespace netloom {

/// A user's work: the graph and how to train it. Values only.
struct Project {
    Graph graph;
    Params recipe = Params::defaults(recipeDecls());
    std::string extra; ///< top-level JSON members that this version doesn't know, as text; written back
    friend bool operator==(const Project &, const Project &) = default;
};

struct LoadedProject {
    Project project;
    Issues notes; ///< what was odd and how it was read: unknown types kept as placeholders, values out of range reset, links left out
};

/// The file's text: versioned JSON, stable key order, one node per block and one link per line. Path parameters become
/// relative to @p folder where they lie below it or beside it.
std::string projectToJson(const Project &project, const NodeRegistry &registry, const std::filesystem::path &folder);
/// The inverse. The error names the line and column where the JSON breaks off, or the member that is wrong.
Result<LoadedProject> projectFromJson(const std::string &text, const NodeRegistry &registry, const std::filesystem::path &folder);

/// Writes atomically: a crash or a full disk leaves the old file whole.
Result<Done> saveProject(const Project &project, const NodeRegistry &registry, const std::filesystem::path &file);
Result<LoadedProject> loadProject(const NodeRegistry &registry, const std::filesystem::path &file);

/// Writes @p bytes to @p file atomically (temporary file in the same folder, flushed, renamed).
Result<Done> writeFileAtomically(const std::filesystem::path &file, const std::string &bytes);
/// Reads a whole file; the error names it and the cause.
Result<std::string> readFile(const std::filesystem::path &file);

} // namespace netloom
