// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/batch.h"
#include "graph/graph.h"
#include "graph/node_registry.h"

#include <filesystem>
#include <string>
#include <vector>

namespace netloom {

/// The files and folders that a project's data comes from: whether they vanish while it is read.
class DataPaths {
public:
    DataPaths() = default;
    DataPaths(const Graph &graph, const NodeRegistry &registry);

    /// The path that is gone, where @p batches couldn't read more samples since the last call; else "".
    std::string goneSince(const BatchSource &batches);

private:
    std::vector<std::filesystem::path> m_paths;
    std::size_t m_unreadable = 0;
};

} // namespace netloom
