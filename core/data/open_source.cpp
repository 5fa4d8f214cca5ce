// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/loader.h"
#include "data/sample_pipeline.h"
#include "data/table_rows.h"

#include <new>

namespace netloom {

namespace {

constexpr char kNoData[] = "There is no data: drag ImageFolder or MNIST onto the canvas.";

/// Opens @p node's data by @p open; an error names the node.
template <class Open>
Result<std::shared_ptr<DataSource>> opened(const Node &node, Open open)
{
    std::string problem;
    try {
        Result<std::shared_ptr<DataSource>> source = open();
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

} // namespace

Result<std::shared_ptr<DataSource>> openSource(const Graph &graph, const NodeRegistry &registry)
{
    const Node *node = graph.find(findPipeline(graph, registry).source);
    if (!node)
        return Error{kNoData};
    return openSource(*registry.find(node->type), *node);
}

Result<std::shared_ptr<DataSource>> openSource(const NodeSpec &spec, const Node &node)
{
    return opened(node, [&] { return spec.openSource(resolvedParams(spec, node, {})); });
}

Result<std::shared_ptr<DataSource>> openSourceAs(
    const Graph &graph, const NodeRegistry &registry, const SourceFacts &trained, std::vector<std::string> &strangers)
{
    const Node *node = graph.find(findPipeline(graph, registry).source);
    if (!node || node->type != "CSVTable")
        return openSource(graph, registry);
    return opened(*node, [&]() -> Result<std::shared_ptr<DataSource>> {
        Result<TableLook> look = lookAtTable(resolvedParams(*registry.find(node->type), *node, {}), &trained);
        if (!look)
            return look.error();
        if (!look->strangers.empty())
            strangers.push_back(look->strangers);
        return std::move(look->source);
    });
}

} // namespace netloom
