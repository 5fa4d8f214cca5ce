// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

namespace netloom {

/// The chosen nodes and what is within them, with the links among them; on the top level.
Graph partOf(const Graph &graph, std::set<NodeId> nodes);

/// A wire from a node that was not copied into one that was.
struct IncomingWire {
    std::string from; ///< path of the node where it was copied
    std::string fromPort;
    std::string to; ///< name of the copied node
    std::string toPort;
    friend bool operator==(const IncomingWire &, const IncomingWire &) = default;
};

struct CopiedNodes {
    Graph graph; ///< the nodes, on the top level, and the links among them
    std::vector<IncomingWire> incoming;
};

/// Nodes as they travel between windows: a project's text with the links among them, and what fed them as a member of its own.
QString nodesAsText(const Document &document, const std::set<NodeId> &nodes);

/// The nodes that a text holds; the error says why it holds none.
Result<CopiedNodes> nodesFromText(const QString &text, const NodeRegistry &registry);

/// What becomes of the wires that fed the originals.
enum class IncomingWires {
    Drop,
    Keep, ///< lead into the copies too, where their sources are and the ports fit
};

/// Puts the selected nodes on the clipboard; false, and the clipboard stays, where none is selected.
bool copySelection(const Document &document);
/// Copies, then deletes the selection as one step and heals the wires that went through it.
void cutSelection(Document &document);
/// Adds the clipboard's nodes as one step and selects them: with their middle at @p middle, or where they were
/// copied from, moved a little aside. Gives their ids.
Result<std::vector<NodeId>> pasteNodes(Document &document, std::optional<Point> middle = {}, IncomingWires wires = IncomingWires::Drop);
/// Adds copies of the selected nodes, with the links among them, beside them as one step and selects them.
std::vector<NodeId> duplicateSelection(Document &document);

} // namespace netloom
