// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/data_print.h"

#include "graph/infer_shapes.h"
#include "runs/fingerprint.h"

#include <algorithm>

namespace netloom {

namespace fs = std::filesystem;

namespace {

/// The files right in @p folder by name, size and time.
void addFolder(Fingerprint &print, const fs::path &folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator(); entry.increment(error))
        files.push_back(entry->path());
    std::ranges::sort(files);
    for (const fs::path &file : files) {
        print.add(file.filename().string());
        if (std::error_code unreadable; fs::is_regular_file(file, unreadable))
            print.addFacts(file);
    }
}

/// A path parameter gives what lies there, so that moved data is the same; any other its value.
void addParams(Fingerprint &print, const Node &node, const NodeSpec *spec)
{
    for (const auto &[name, value] : node.params.values()) {
        const auto decl = spec ? std::ranges::find(spec->params, name, &ParamDecl::name) : std::vector<ParamDecl>::const_iterator();
        const bool isPath = spec && decl != spec->params.end() && decl->type == ParamType::Path;
        const fs::path path = isPath ? fs::path(std::get<std::string>(value)) : fs::path();
        print.add(name);
        std::error_code error;
        if (!isPath)
            print.add(formatParam(value));
        else if (fs::is_directory(path, error))
            addFolder(print, path);
        else if (fs::is_regular_file(path, error))
            print.addContents(path);
    }
}

} // namespace

std::string dataPrintOf(const Graph &graph, const NodeRegistry &registry, const DataSource &source)
{
    Fingerprint print;
    print.add(source.size());
    const bool hasFiles = source.size() > 0 && !source.file(0).empty();
    const Node *node = graph.find(findPipeline(graph, registry).source);
    if (node && !hasFiles)
        addParams(print, *node, registry.find(node->type));
    for (std::int64_t sample = 0; hasFiles && sample < source.size(); ++sample) {
        print.add(source.name(sample));
        for (const std::int32_t label : source.labels(sample))
            print.add(std::int64_t{label});
        print.addFacts(source.file(sample));
    }
    return print.text();
}

} // namespace netloom
