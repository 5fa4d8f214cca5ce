// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/json_text.h"
#include "project/project.h"
#include "project/project_format.h"
#include "project/stored_path.h"

#include <cmath>

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

std::string nodeText(const Node &node, const NodeSpec *spec, const std::filesystem::path &folder)
{
    static const std::vector<ParamDecl> none;
    const Json extra = objectFromText(node.extra);
    const Json unknown = extra.value(kParamsMember, Json::object());
    Block block(3);
    block.add(kIdMember, std::to_string(node.id.value));
    block.add(kNameMember, inlineJson(node.name));
    block.add(kTypeMember, inlineJson(node.type));
    block.add(kPositionMember, pairText(coordinate(node.position.x), coordinate(node.position.y)));
    if (unknown.is_object())
        block.add(kParamsMember, paramsText(node.params, spec ? spec->params : none, unknown, folder, 4));
    else
        block.add(kParamsMember, inlineJson(unknown));
    for (const auto &[key, value] : extra.items()) {
        if (key != kParamsMember)
            block.add(key, inlineJson(value));
    }
    return block.closed('{', '}');
}

std::string portText(const Graph &graph, const PortRef &port)
{
    const Node *node = graph.find(port.node);
    return inlineJson((node ? node->name : std::string()) + "." + port.port);
}

} // namespace

std::string projectToJson(const Project &project, const NodeRegistry &registry, const std::filesystem::path &folder)
{
    const Json extra = objectFromText(project.extra);
    const Json unknownRecipe = extra.value(kRecipeMember, Json::object());
    Block nodes(2);
    for (const auto &[id, node] : project.graph.nodes())
        nodes.addLine(nodeText(node, registry.find(node.type), folder));
    Block links(2);
    for (const Link &link : project.graph.links())
        links.addLine(pairText(portText(project.graph, link.from), portText(project.graph, link.to)));

    Block top(1);
    top.add(kVersionMember, std::to_string(kFormatVersion));
    top.add(kRecipeMember,
        paramsText(project.recipe, recipeDecls(), unknownRecipe.is_object() ? unknownRecipe : Json::object(), folder, 2));
    top.add(kNodesMember, nodes.closed('[', ']'));
    top.add(kLinksMember, links.closed('[', ']'));
    for (const auto &[key, value] : extra.items()) {
        if (key != kRecipeMember)
            top.add(key, inlineJson(value));
    }
    return top.closed('{', '}') + "\n";
}

} // namespace netloom
