// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/data_paths.h"

#include "graph/infer_shapes.h"

namespace netloom {

namespace fs = std::filesystem;

DataPaths::DataPaths(const Graph &graph, const NodeRegistry &registry)
{
    const Node *source = graph.find(findPipeline(graph, registry).source);
    const NodeSpec *spec = source ? registry.find(source->type) : nullptr;
    if (!spec)
        return;
    const Params params = resolvedParams(*spec, *source, {});
    for (const ParamDecl &decl : spec->params) {
        std::error_code error;
        if (decl.type == ParamType::Path && fs::exists(params.text(decl.name), error))
            m_paths.emplace_back(params.text(decl.name));
    }
}

std::string DataPaths::goneSince(const BatchSource &batches)
{
    const std::size_t unreadable = batches.unreadable().size();
    if (unreadable == m_unreadable)
        return {};
    m_unreadable = unreadable;
    for (const fs::path &path : m_paths) {
        std::error_code error;
        if (!fs::exists(path, error))
            return path.string();
    }
    return {};
}

} // namespace netloom
