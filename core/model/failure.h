// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/ids.h"

#include <exception>
#include <stdexcept>
#include <string>

namespace netloom {

/// A node that failed at its work, with a sentence for people.
class NodeFailure : public std::runtime_error {
public:
    NodeFailure(NodeId node, const std::string &text) : std::runtime_error(text), m_node(node) {}
    NodeId node() const { return m_node; }

private:
    NodeId m_node;
};

/// Whether the exception says that there is not enough memory, on the CPU or the GPU.
bool isLackOfMemory(const std::exception &exception);

/// What a library's exception says, without its stack trace, as a sentence; lack of memory is told with its mend.
std::string failureText(const std::exception &exception);

/// Runs @p work and names the node in whatever it throws: "Linear 'fc1' failed: ...", where @p label is "Linear 'fc1'".
template <class Work>
auto blaming(NodeId node, const std::string &label, Work work)
{
    try {
        return work();
    } catch (const std::exception &exception) {
        throw NodeFailure(node, label + " failed: " + failureText(exception));
    }
}

} // namespace netloom
