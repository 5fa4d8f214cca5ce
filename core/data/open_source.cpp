// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "data/sample_pipeline.h"

#include <new>

namespace netloom {

Result<std::shared_ptr<DataSource>> openSource(const Graph &graph, const NodeRegistry &registry)
{
    const Node *node = graph.find(findPipeline(graph, registry).source);
    if (!node)
        return Error{"There is no data: drag ImageFolder or MNIST onto the canvas."};
    return openSource(*registry.find(node->type), *node);
}

Result<std::shared_ptr<DataSource>> openSource(const NodeSpec &spec, const Node &node)
{
    const Params params = resolvedParams(spec, node, {});
    std::string problem;
    try {
        Result<std::shared_ptr<DataSource>> source = spec.openSource(params);
        if (source)
            return source;
        problem = source.error().text;
    } catch (const std::bad_alloc &) {
        problem = "The data need more memory than there is: close other programs.";
    } catch (const std::exception &error) { // the file system
        problem = std::string("The data can't be opened (") + error.what() + ").";
    }
    return Error{nodeTitle(node) + ": " + problem};
}

} // namespace netloom
