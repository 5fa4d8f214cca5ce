// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/graph.h"

namespace netloom {

class Document;

/// The only hands that change a document's project: undo steps call these, and each call tells the listeners.
class GraphChanges {
public:
    explicit GraphChanges(Document &document) : m_document(document) {}

    const Graph &graph() const;

    void addNode(const Node &node); ///< id, name and block are final
    void removeNode(NodeId id);     ///< its links must be gone already, and what is within it
    /// Takes the place of the node with the same id. Where it goes into another block it is taken away and added anew.
    void replaceNode(const Node &node);
    void addLink(const Link &link, std::size_t index);
    void removeLink(const Link &link);
    void setPosition(NodeId id, Point position);
    void setParam(NodeId id, const std::string &name, const ParamValue &value);
    void eraseParam(NodeId id, const std::string &name);
    void setRecipe(const std::string &name, const ParamValue &value);

private:
    /// Remembers the block in which the step at hand changes something.
    void noteScope(NodeId of);

    Document &m_document;
};

} // namespace netloom
