// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/start_weights.h"

#include "model/graph_module.h"
#include "model/weights_file.h"

namespace netloom {

Result<WeightTable> startWeights(const NodeRegistry &registry, const Graph &graph, const SourceFacts &facts, const std::filesystem::path &path)
{
    const auto given = readWeightsFile(path);
    if (!given)
        return given.error();
    auto built = GraphModule::build(graph, registry, facts, 0);
    if (const auto *issue = std::get_if<Issue>(&built))
        return Error{issue->text};
    return takeWeights(std::get<0>(built)->stateDict(), *given, false);
}

} // namespace netloom
