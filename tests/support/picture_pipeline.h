// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"
#include "graph/node_registry.h"

#include <QStringList>

namespace netloom::test {

/// A source of pictures and transforms in a row, with sizes that suit small pictures: Resize to 10×12, RandomCrop to 8.
inline Graph picturePipeline(const NodeRegistry &registry, const char *source, const QStringList &transforms, const std::string &root)
{
    Graph graph;
    NodeId at = graph.addNode(*registry.find(source));
    graph.setParam(at, "root", root);
    std::string port = "image";
    for (const QString &type : transforms) {
        const NodeId next = graph.addNode(*registry.find(type.toStdString()));
        if (type == "Resize")
            graph.setParam(next, "size", std::vector<std::int64_t>{10, 12});
        if (type == "RandomCrop")
            graph.setParam(next, "size", std::vector<std::int64_t>{8});
        graph.addLink({{at, port}, {next, "input"}});
        at = next;
        port = "output";
    }
    return graph;
}

} // namespace netloom::test
