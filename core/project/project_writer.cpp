// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/structure.h"
#include "project/json_text.h"
#include "project/project.h"
#include "project/project_format.h"
#include "project/saved_block.h"
#include "project/stored_path.h"

#include <cmath>
#include <map>

namespace netloom {

namespace {

/// Collects "key": value lines and joins them with commas at one depth of indentation.
class Block {
public:
    explicit Block(int depth) : m_indent(static_cast<std::size_t>(depth) * 2, ' ') {}

    void add(const std::string &key, const std::string &value) { addLine(inlineJson(key) + ": " + value); }
    void addLine(const std::string &line) { m_lines += (m_lines.empty() ? "" : ",\n") + m_indent + line; }

    std::string closed(char open, char close) const
    {
        if (m_lines.empty())
            return {open, close};
        return open + std::string("\n") + m_lines + "\n" + m_indent.substr(2) + close;
    }

private:
    std::string m_indent;
    std::string m_lines;
};

bool isFinite(const ParamValue &value)
{
    if (const auto *number = std::get_if<double>(&value))
        return std::isfinite(*number);
    if (const auto *list = std::get_if<std::vector<double>>(&value)) {
        for (double number : *list) {
            if (!std::isfinite(number))
                return false;
        }
    }
    return true;
}

/// The declared parameters in their order, then what else is there.
std::string paramsText(const Params &params, const std::vector<ParamDecl> &decls, const Json &unknown,
    const std::filesystem::path &folder, int depth)
{
    Block block(depth);
    Params rest = params;
    for (const ParamDecl &decl : decls) {
        ParamValue value = params.has(decl.name) ? params.at(decl.name) : decl.fallback;
        if (!isFinite(value))
            value = decl.fallback;
        if (auto *path = std::get_if<std::string>(&value); path && decl.type == ParamType::Path)
            *path = storedPath(*path, folder);
        block.add(decl.name, inlineJson(jsonFromParam(value)));
        rest.erase(decl.name);
    }
    for (const auto &[name, value] : rest.values()) {
        if (isFinite(value))
            block.add(name, inlineJson(jsonFromParam(value)));
    }
    for (const auto &[name, value] : unknown.items()) {
        if (!params.has(name))
            block.add(name, inlineJson(value));
    }
    return block.closed('{', '}');
}

std::string coordinate(double value)
{
    if (!std::isfinite(value))
        return "0";
    if (std::trunc(value) == value && std::abs(value) < 1e15)
        return std::to_string(static_cast<std::int64_t>(value));
    return inlineJson(value);
}

/// "[first, second]"
std::string pairText(std::string first, const std::string &second)
{
    first.insert(first.begin(), '[');
    return first.append(", ").append(second).append("]");
}

std::string portText(const Graph &graph, const PortRef &port)
{
    const Node *node = graph.find(port.node);
    return inlineJson((node ? node->name : std::string()) + "." + port.port);
}

/// Writes the nodes and links of one graph, blocks within blocks.
class GraphText {
public:
    GraphText(const Graph &graph, const NodeRegistry &registry, const std::filesystem::path &folder)
        : m_graph(graph), m_registry(registry), m_folder(folder)
    {
        for (const auto &[id, node] : graph.nodes())
            m_children[node.parent].push_back(&node);
        for (const Link &link : graph.links()) {
            if (const Node *node = graph.find(link.to.node))
                m_links[node->parent].push_back(&link);
        }
    }

    /// Adds "nodes" and "links" of the block @p parent, or of the top level, to @p block; @p depth is that of their entries.
    void addTo(Block &block, NodeId parent, int depth)
    {
        Block nodes(depth);
        for (const Node *node : m_children[parent])
            nodes.addLine(nodeText(*node, depth + 1));
        Block links(depth);
        for (const Link *link : m_links[parent])
            links.addLine(pairText(portText(m_graph, link->from), portText(m_graph, link->to)));
        block.add(kNodesMember, nodes.closed('[', ']'));
        block.add(kLinksMember, links.closed('[', ']'));
    }

private:
    std::string nodeText(const Node &node, int depth)
    {
        static const std::vector<ParamDecl> none;
        const NodeSpec *spec = m_registry.find(node.type);
        const Json extra = objectFromText(node.extra);
        const Json unknown = extra.value(kParamsMember, Json::object());
        Block block(depth);
        block.add(kIdMember, std::to_string(node.id.value));
        block.add(kNameMember, inlineJson(node.name));
        block.add(kTypeMember, inlineJson(node.type));
        block.add(kPositionMember, pairText(coordinate(node.position.x), coordinate(node.position.y)));
        if (unknown.is_object())
            block.add(kParamsMember, paramsText(node.params, spec ? spec->params : none, unknown, m_folder, depth + 1));
        else
            block.add(kParamsMember, inlineJson(unknown));
        if (node.bypassed)
            block.add(kBypassedMember, "true");
        if (node.frozen)
            block.add(kFrozenMember, "true");
        if (node.lrScale != 1 && std::isfinite(node.lrScale))
            block.add(kLrScaleMember, inlineJson(node.lrScale));
        if (!node.exposed.empty())
            block.add(kExposedMember, inlineJson(Json(node.exposed)));
        if (node.type == kBlockType) {
            Block inside(depth + 1);
            addTo(inside, node.id, depth + 2);
            block.add(kInsideMember, inside.closed('{', '}'));
        }
        for (const auto &[key, value] : extra.items()) {
            if (key != kParamsMember)
                block.add(key, inlineJson(value));
        }
        return block.closed('{', '}');
    }

    const Graph &m_graph;
    const NodeRegistry &m_registry;
    const std::filesystem::path &m_folder;
    std::map<NodeId, std::vector<const Node *>> m_children;
    std::map<NodeId, std::vector<const Link *>> m_links;
};

} // namespace

std::string projectToJson(const Project &project, const NodeRegistry &registry, const std::filesystem::path &folder)
{
    const Json extra = objectFromText(project.extra);
    const Json unknownRecipe = extra.value(kRecipeMember, Json::object());
    Block top(1);
    top.add(kVersionMember, std::to_string(kFormatVersion));
    top.add(kRecipeMember,
        paramsText(project.recipe, recipeDecls(), unknownRecipe.is_object() ? unknownRecipe : Json::object(), folder, 2));
    GraphText(project.graph, registry, folder).addTo(top, {}, 2);
    for (const auto &[key, value] : extra.items()) {
        if (key != kRecipeMember)
            top.add(key, inlineJson(value));
    }
    return top.closed('{', '}') + "\n";
}

std::string blockToJson(const SavedBlock &block, const NodeRegistry &registry)
{
    const Json extra = objectFromText(block.extra);
    Json about = extra.value(kBlockMember, Json::object());
    if (!about.is_object())
        about = Json::object();
    about[kDocMember] = block.doc;
    Block top(1);
    top.add(kVersionMember, std::to_string(kFormatVersion));
    top.add(kBlockMember, inlineJson(about));
    GraphText(block.graph, registry, {}).addTo(top, {}, 2);
    for (const auto &[key, value] : extra.items()) {
        if (key != kBlockMember)
            top.add(key, inlineJson(value));
    }
    return top.closed('{', '}') + "\n";
}

} // namespace netloom
