// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/check_link.h"
#include "graph/structure.h"
#include "project/json_text.h"
#include "project/project.h"
#include "project/project_format.h"
#include "project/stored_path.h"

#include <cmath>
#include <map>
#include <optional>

namespace netloom {

namespace {

Issue note(NodeId node, std::string code, std::string text, std::string port = {})
{
    return {Severity::Warning, node, std::move(port), std::move(code), std::move(text)};
}

/// A member's text cut to what fits into a sentence.
std::string shortened(const Json &value)
{
    std::string text = inlineJson(value);
    if (text.size() > 80)
        text = text.substr(0, text.find_last_of(" ,", 80)) + " ...";
    return text;
}

/// Reads one project out of parsed JSON; a fault in a value is noted and mended, a fault in the structure is an error.
class ProjectReader {
public:
    ProjectReader(const NodeRegistry &registry, const std::filesystem::path &folder)
        : m_registry(registry), m_folder(folder) {}

    Result<LoadedProject> read(const Json &root);

private:
    std::optional<Error> checkFrame(const Json &root) const;
    void readRecipe(const Json &root);
    /// The names of one block's nodes, or of the top level, as the file has them.
    using Names = std::map<std::string, NodeId>;

    std::optional<Error> readScope(const Json &object, const std::string &place, NodeId parent, int depth);
    std::optional<Error> readNode(const Json &entry, const std::string &place, NodeId parent, Names &names, int depth);
    static void readStructure(const Json &entry, Node &node, Json &extra);
    Params readParams(const Json &params, const std::vector<ParamDecl> &decls, const std::string &owner, Json &unknown);
    void readNodeParams(const Json &entry, const NodeSpec *spec, Node &node, Json &extra);
    void readLink(const Json &entry, const Names &names);
    static std::optional<PortRef> readPort(const std::string &text, const Names &names);
    void keepUnknownMembers(const Json &root);

    Graph &graph() { return m_loaded.project.graph; }

    const NodeRegistry &m_registry;
    const std::filesystem::path &m_folder;
    LoadedProject m_loaded;
    Json m_extra = Json::object();
};

std::optional<Error> ProjectReader::checkFrame(const Json &root) const
{
    if (!root.is_object())
        return Error{"This is no Netloom project: the file holds no JSON object."};
    const auto version = root.find(kVersionMember);
    if (version == root.end())
        return Error{"This is no Netloom project: the member \"netloom\" with the format's version is missing."};
    if (!version->is_number_integer() || *version < 1)
        return Error{"The member \"netloom\" must be the format's version, a whole number from 1, but is "
            + shortened(*version) + "."};
    if (*version > kFormatVersion)
        return Error{"The project was written by a newer version of Netloom (file format " + shortened(*version)
            + ", this program reads up to " + std::to_string(kFormatVersion) + "): update Netloom to open it."};
    const auto recipe = root.find(kRecipeMember);
    if (recipe != root.end() && !recipe->is_object())
        return Error{"The member \"recipe\" must be an object."};
    return std::nullopt;
}

/// The nodes and links of the top level or of a block's inside, @p place its member's name with a dot behind it.
std::optional<Error> ProjectReader::readScope(const Json &object, const std::string &place, NodeId parent, int depth)
{
    for (const char *member : {kNodesMember, kLinksMember}) {
        const auto list = object.find(member);
        if (list == object.end())
            continue;
        if (!list->is_array())
            return Error{"The member \"" + place + member + "\" must be a list."};
        const std::size_t most = member == kNodesMember ? kMaxNodes : kMaxLinks;
        const std::size_t count = list->size() + (member == kNodesMember ? graph().nodes().size() : graph().links().size());
        if (count > most)
            return Error{"The member \"" + place + member + "\" holds " + std::to_string(list->size()) + " entries, which makes "
                + std::to_string(count) + ", more than the " + std::to_string(most) + " that a project may have."};
    }
    Names names;
    if (const auto nodes = object.find(kNodesMember); nodes != object.end()) {
        for (std::size_t index = 0; index < nodes->size(); ++index) {
            const std::string entry = place + kNodesMember + "[" + std::to_string(index) + "]";
            if (const auto error = readNode((*nodes)[index], entry, parent, names, depth))
                return *error;
        }
    }
    if (const auto links = object.find(kLinksMember); links != object.end()) {
        for (const Json &entry : *links)
            readLink(entry, names);
    }
    return std::nullopt;
}

Params ProjectReader::readParams(
    const Json &params, const std::vector<ParamDecl> &decls, const std::string &owner, Json &unknown)
{
    Params values = Params::defaults(decls);
    for (const ParamDecl &decl : decls) {
        const auto member = params.find(decl.name);
        if (member == params.end())
            continue;
        Result<ParamValue> value = paramFromJson(decl, *member);
        if (!value) {
            m_loaded.notes.push_back(note({}, "value-reset",
                owner + ": " + value.error().text + " It was reset to " + formatParam(decl.fallback) + "."));
            continue;
        }
        if (auto *path = std::get_if<std::string>(&*value); path && decl.type == ParamType::Path)
            *path = loadedPath(*path, m_folder);
        values.set(decl.name, std::move(*value));
    }
    for (const auto &[name, value] : params.items()) {
        if (!values.has(name))
            unknown[name] = value;
    }
    return values;
}

void ProjectReader::readRecipe(const Json &root)
{
    Json unknown = Json::object();
    if (const auto recipe = root.find(kRecipeMember); recipe != root.end())
        m_loaded.project.recipe = readParams(*recipe, recipeDecls(), "The recipe", unknown);
    if (!unknown.empty())
        m_extra[kRecipeMember] = std::move(unknown);
}

std::optional<std::string> textMember(const Json &object, const char *member)
{
    const auto found = object.find(member);
    if (found == object.end() || !found->is_string())
        return std::nullopt;
    return found->get<std::string>();
}

Point readPosition(const Json &entry)
{
    const auto found = entry.find(kPositionMember);
    if (found == entry.end() || !found->is_array() || found->size() != 2)
        return {};
    const auto coordinate = [](const Json &value) {
        const double number = value.is_number() ? value.get<double>() : 0.0;
        return std::isfinite(number) && std::abs(number) <= kMaxCoordinate ? number : 0.0;
    };
    return {coordinate((*found)[0]), coordinate((*found)[1])};
}

NodeId readId(const Json &entry)
{
    const auto found = entry.find(kIdMember);
    if (found == entry.end() || !found->is_number_integer() || *found < 1 || *found > kMaxNodeId)
        return {};
    return NodeId{found->get<std::int64_t>()};
}

/// Takes the members that say what a node is to the block around it, whether it is bypassed, and how it learns; those of another form stay in @p extra.
void ProjectReader::readStructure(const Json &entry, Node &node, Json &extra)
{
    if (const auto bypassed = entry.find(kBypassedMember); bypassed != entry.end() && bypassed->is_boolean()) {
        node.bypassed = bypassed->get<bool>();
        extra.erase(kBypassedMember);
    }
    if (const auto frozen = entry.find(kFrozenMember); frozen != entry.end() && frozen->is_boolean()) {
        node.frozen = frozen->get<bool>();
        extra.erase(kFrozenMember);
    }
    if (const auto scale = entry.find(kLrScaleMember); scale != entry.end() && scale->is_number() && isLrScale(scale->get<double>())) {
        node.lrScale = scale->get<double>();
        extra.erase(kLrScaleMember);
    }
    const auto exposed = entry.find(kExposedMember);
    if (exposed == entry.end() || !exposed->is_object())
        return;
    for (const auto &[param, name] : exposed->items()) {
        if (name.is_string() && isValidNodeName(name.get<std::string>()))
            node.exposed[param] = name.get<std::string>();
    }
    extra.erase(kExposedMember);
}

std::optional<Error> ProjectReader::readNode(const Json &entry, const std::string &place, NodeId parent, Names &names, int depth)
{
    if (!entry.is_object())
        return Error{"The member \"" + place + "\" must be an object with a node's type, name and params."};
    const auto type = textMember(entry, kTypeMember);
    if (!type || type->empty())
        return Error{"The member \"" + place + ".type\" must name the node's type."};

    const std::string fileName = textMember(entry, kNameMember).value_or("");
    const NodeSpec *spec = m_registry.find(*type);
    const std::size_t firstNote = m_loaded.notes.size();
    Node node;
    node.id = readId(entry);
    node.type = *type;
    node.parent = parent;
    node.name = isValidNodeName(fileName) && !graph().findByName(fileName, parent)
        ? fileName : graph().freeName(fileName.empty() ? *type : fileName, parent);
    node.position = readPosition(entry);
    if (!fileName.empty() && node.name != fileName)
        m_loaded.notes.push_back(note({}, "renamed", "The name " + shortened(fileName)
            + " is taken or has signs that a name cannot have: the node is now called '" + node.name + "'."));

    Json extra = Json::object();
    for (const auto &[key, value] : entry.items()) {
        if (key != kIdMember && key != kNameMember && key != kTypeMember && key != kPositionMember && key != kParamsMember)
            extra[key] = value;
    }
    readNodeParams(entry, spec, node, extra);
    readStructure(entry, node, extra);
    const auto inside = node.type == kBlockType ? entry.find(kInsideMember) : entry.end();
    if (inside != entry.end()) {
        if (!inside->is_object())
            return Error{"The member \"" + place + "." + kInsideMember + "\" must be an object with the block's nodes and links."};
        if (depth >= kMaxDepth)
            return Error{"The member \"" + place + "\" is a block within more than " + std::to_string(kMaxDepth) + " others: that is too deep."};
        extra.erase(kInsideMember);
    }
    if (!extra.empty())
        node.extra = inlineJson(extra);

    const std::string name = node.name;
    const NodeId id = graph().addNode(std::move(node));
    names.try_emplace(fileName.empty() ? name : fileName, id);
    for (std::size_t at = firstNote; at < m_loaded.notes.size(); ++at)
        m_loaded.notes[at].node = id;
    return inside == entry.end() ? std::nullopt : readScope(*inside, place + "." + kInsideMember + ".", id, depth + 1);
}

/// Sets the node's parameters; what this version doesn't know of them goes into @p extra.
void ProjectReader::readNodeParams(const Json &entry, const NodeSpec *spec, Node &node, Json &extra)
{
    const auto params = entry.find(kParamsMember);
    if (!spec) {
        m_loaded.notes.push_back(note({}, "unknown-type", "This version does not know the type " + shortened(node.type) + " of '"
            + node.name + "': it is kept as a placeholder with its settings and wires, and the network cannot be trained with it."));
        if (params != entry.end())
            extra[kParamsMember] = *params;
        return;
    }
    if (params != entry.end() && !params->is_object())
        m_loaded.notes.push_back(note({}, "value-reset",
            nodeTitle(node) + ": its parameters are no JSON object and were reset to their defaults."));
    Json unknown = Json::object();
    const Json given = params != entry.end() && params->is_object() ? *params : Json::object();
    node.params = readParams(given, spec->params, nodeTitle(node), unknown);
    if (!unknown.empty())
        extra[kParamsMember] = std::move(unknown);
}

/// "conv1.output": the node's name ends at a dot; names from elsewhere may hold dots of their own.
std::optional<PortRef> ProjectReader::readPort(const std::string &text, const Names &names)
{
    for (auto dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
        const auto found = names.find(text.substr(0, dot));
        if (found != names.end() && dot + 1 < text.size())
            return PortRef{found->second, text.substr(dot + 1)};
    }
    return std::nullopt;
}

void ProjectReader::readLink(const Json &entry, const Names &names)
{
    const auto leftOut = [&](NodeId node, const std::string &port, const std::string &reason) {
        m_loaded.notes.push_back(note(node, "link-left-out", "The link " + shortened(entry) + " was left out. " + reason, port));
    };
    if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_string())
        return leftOut({}, {}, "A link is a pair such as [\"conv1.output\", \"relu1.input\"].");
    const auto from = readPort(entry[0].get<std::string>(), names);
    const auto to = readPort(entry[1].get<std::string>(), names);
    if (!from || !to)
        return leftOut({}, {}, "There is no node called so.");

    const Link link{*from, *to};
    const bool atPlaceholder = !m_registry.find(graph().find(from->node)->type) || !m_registry.find(graph().find(to->node)->type);
    if (!atPlaceholder) {
        if (const auto refusal = checkLink(graph(), m_registry, link))
            return leftOut(to->node, to->port, refusal->reason);
    } else if (graph().reaches(to->node, from->node)) {
        return leftOut(to->node, to->port, "This would close a cycle.");
    }
    if (!graph().addLink(link))
        leftOut(to->node, to->port, "These two ports are connected already.");
}

void ProjectReader::keepUnknownMembers(const Json &root)
{
    for (const auto &[key, value] : root.items()) {
        if (key != kVersionMember && key != kRecipeMember && key != kNodesMember && key != kLinksMember)
            m_extra[key] = value;
    }
    if (!m_extra.empty())
        m_loaded.project.extra = inlineJson(m_extra);
}

Result<LoadedProject> ProjectReader::read(const Json &root)
{
    if (const auto error = checkFrame(root))
        return *error;
    readRecipe(root);
    if (const auto error = readScope(root, "", {}, 0))
        return *error;
    keepUnknownMembers(root);
    return std::move(m_loaded);
}

} // namespace

Result<LoadedProject> projectFromJson(
    const std::string &text, const NodeRegistry &registry, const std::filesystem::path &folder)
{
    try {
        const Result<Json> root = parseJson(text);
        if (!root)
            return root.error();
        return ProjectReader(registry, folder).read(*root);
    } catch (const std::exception &error) {
        return Error{std::string("The project cannot be read: ") + error.what() + "."};
    }
}

} // namespace netloom
