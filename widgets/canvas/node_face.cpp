// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/node_face.h"

#include "graph/structure.h"

#include <QLocale>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kMostSettings = 4;

QString numberText(std::int64_t number)
{
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(number));
}

/// Three digits: "35", "226 k", "3.61 M", "1.2 G".
QString roundedCount(std::int64_t number)
{
    double value = static_cast<double>(number);
    QString unit;
    for (const char *larger : {" k", " M", " G", " T"}) {
        if (value < 999.5)
            break;
        value /= 1000;
        unit = QString::fromLatin1(larger);
    }
    return QString::number(value, 'g', 3) + unit;
}

QString baseName(const QString &path)
{
    const QString name = path.section('/', -1, -1, QString::SectionSkipEmpty);
    return name.isEmpty() ? path : name;
}

QString valueText(const ParamDecl &decl, const ParamValue &value)
{
    if (const auto *pair = std::get_if<std::vector<std::int64_t>>(&value); pair && !pair->empty())
        return QStringLiteral("%1×%2").arg(pair->front()).arg(pair->back());
    if (const auto *reals = std::get_if<std::vector<double>>(&value); reals && !reals->empty()) {
        QStringList texts;
        for (double real : *reals)
            texts << QString::number(real, 'g', 3);
        return texts.join(QStringLiteral(", "));
    }
    const QString text = QString::fromStdString(formatParam(value));
    return decl.type == ParamType::Path ? baseName(text) : text;
}

bool isText(const ParamValue &value)
{
    return std::holds_alternative<std::string>(value);
}

/// Sizes speak for themselves: "32 · 3×3".
bool isSize(const ParamDecl &decl)
{
    const bool number = decl.type == ParamType::Int || decl.type == ParamType::IntPair;
    return number && (decl.name.starts_with("out") || decl.name.ends_with("size"));
}

/// The parameters that everybody sets, which show even at their defaults; not epsilons, axes and switches.
bool isMain(const NodeSpec &spec, std::size_t index)
{
    const ParamDecl &decl = spec.params[index];
    if (index == 1)
        return isSize(decl) && isSize(spec.params[0]);
    if (index != 0)
        return false;
    if (decl.type == ParamType::Real) // "p 0.5", but no "label_smoothing 0"
        return spec.params.size() <= 2 && decl.fallback != ParamValue(0.0);
    return isSize(decl) || decl.type == ParamType::RealList || decl.type == ParamType::Path;
}

std::vector<PortFace> portFaces(const std::vector<PortDecl> &decls)
{
    std::vector<PortFace> faces;
    for (const PortDecl &decl : decls)
        faces.push_back({decl.name, decl.kind, decl.variadic, false});
    return faces;
}

void addOnce(std::vector<PortFace> &ports, const std::string &name, PortKind kind)
{
    if (std::ranges::none_of(ports, [&](const PortFace &port) { return port.name == name; }))
        ports.push_back({name, kind, false, false});
}

/// A placeholder has the ports that its wires end at.
void addWiredPorts(NodeFace &face, const Graph &graph, const NodeRegistry &registry, NodeId id)
{
    for (const Link &link : graph.linksInto(id))
        addOnce(face.inputs, link.to.port, portKind(graph, registry, link.to, false));
    for (const Link &link : graph.linksFrom(id))
        addOnce(face.outputs, link.from.port, portKind(graph, registry, link.from, true));
}

void markConnected(std::vector<PortFace> &ports, const std::string &name)
{
    for (PortFace &port : ports)
        port.connected |= port.name == name;
}

void markConnected(NodeFace &face, const LinkIndex &links, NodeId id)
{
    for (const Link *link : links.into(id))
        markConnected(face.inputs, link->to.port);
    for (const Link *link : links.from(id))
        markConnected(face.outputs, link->from.port);
}

void markConnected(NodeFace &face, const Graph &graph, NodeId id)
{
    for (const Link &link : graph.linksInto(id))
        markConnected(face.inputs, link.to.port);
    for (const Link &link : graph.linksFrom(id))
        markConnected(face.outputs, link.from.port);
}

void addIssues(NodeFace &face, const Issues &issues, NodeId id)
{
    QStringList sentences;
    for (const Issue &issue : issues) {
        if (issue.node != id || issue.severity == Severity::Hint)
            continue;
        face.severity = face.severity ? std::max(*face.severity, issue.severity) : issue.severity;
        sentences << QString::fromStdString(issue.text);
    }
    face.issue = sentences.join('\n');
}

/// "×3 · channels 64": how often a block follows itself, and what it exposes.
QString blockSummary(const Graph &graph, const NodeRegistry &registry, const Node &node)
{
    QStringList texts;
    if (node.params.has(kRepeatParam) && node.params.integer(kRepeatParam) > 1)
        texts << QStringLiteral("×%1").arg(node.params.integer(kRepeatParam));
    for (const ExposedParam &param : exposedParams(graph, registry, node.id)) {
        if (texts.size() < kMostSettings)
            texts << QString::fromStdString(param.name) + ' ' + valueText(param.decl, param.value);
    }
    return texts.join(QStringLiteral(" · "));
}

/// "frozen" or "lr ×0.1"; "" for a node that learns like the others.
QString learningText(const Node &node)
{
    if (node.frozen)
        return Document::tr("frozen");
    return node.lrScale == 1 ? QString() : Document::tr("lr ×%1").arg(node.lrScale, 0, 'g', 3);
}

} // namespace

NodeFace faceOf(const Document &document, NodeId id, const LinkIndex *links)
{
    NodeFace face = faceOf(document.graph(), document.registry(), *document.graph().find(id), links);
    const auto &inferred = document.inference().nodes;
    if (const auto found = inferred.find(id); found != inferred.end()) {
        if (found->second.parameters > 0)
            face.cost = found->second.parameters == 1 ? Document::tr("1 parameter")
                                                      : Document::tr("%1 parameters").arg(numberText(found->second.parameters));
        for (const Node *around = document.graph().find(id); around; around = document.graph().find(around->parent))
            face.frozen |= around->frozen;
        if (const QString learning = learningText(*document.graph().find(id)); !learning.isEmpty())
            face.cost += (face.cost.isEmpty() ? QString() : QStringLiteral(" · ")) + learning;
        if (found->second.multiplyAdds > 0)
            face.macs = Document::tr("%1 MACs").arg(roundedCount(found->second.multiplyAdds));
    }
    addIssues(face, document.inference().issues, id);
    return face;
}

NodeFace faceOf(const Graph &graph, const NodeRegistry &registry, const Node &node, const LinkIndex *links)
{
    const NodeSpec *spec = registry.find(node.type);
    NodeFace face = spec ? faceOf(*spec) : NodeFace{};
    face.title = QString::fromStdString(node.name);
    const QString type = QString::fromStdString(node.type);
    face.type = type.compare(face.title, Qt::CaseInsensitive) == 0 ? QString() : type;
    face.bypassed = node.bypassed;
    face.frozen = node.frozen;
    if (spec && spec->isStructure()) {
        const NodePorts ports = portsOf(graph, registry, node);
        face.inputs = portFaces(ports.inputs());
        face.outputs = portFaces(ports.outputs());
        face.params = blockSummary(graph, registry, node);
    } else if (spec) {
        face.params = paramSummary(*spec, node.params);
    } else {
        face.type = type;
        face.params = Document::tr("unknown type, kept as it is");
        addWiredPorts(face, graph, registry, node.id);
    }
    if (links)
        markConnected(face, *links, node.id);
    else
        markConnected(face, graph, node.id);
    return face;
}

NodeFace faceOf(const NodeSpec &spec)
{
    NodeFace face;
    face.title = QString::fromStdString(spec.type);
    face.params = paramSummary(spec, Params::defaults(spec.params));
    face.category = spec.category;
    face.inputs = portFaces(spec.inputs);
    face.outputs = portFaces(spec.outputs);
    face.dot = spec.type == kRerouteType;
    face.computes = !face.dot && spec.type != kBlockInputType && spec.type != kBlockOutputType && spec.type != kFrameType;
    return face;
}

QString paramSummary(const NodeSpec &spec, const Params &params)
{
    QStringList texts;
    for (std::size_t index = 0; index < spec.params.size() && texts.size() < kMostSettings; ++index) {
        const ParamDecl &decl = spec.params[index];
        if (!params.has(decl.name))
            continue;
        const ParamValue &value = params.at(decl.name);
        const QString text = valueText(decl, value);
        const QString name = QString::fromStdString(decl.name);
        if (text.isEmpty() || (!isMain(spec, index) && value == decl.fallback))
            continue;
        if (const auto *flag = std::get_if<bool>(&value))
            texts << (*flag ? name : Document::tr("no %1").arg(name));
        else
            texts << (isText(value) || isSize(decl) ? text : name + ' ' + text);
    }
    return texts.join(QStringLiteral(" · "));
}

PortKind portKind(const Graph &graph, const NodeRegistry &registry, const PortRef &port, bool output)
{
    const auto specOf = [&](NodeId id) {
        const Node *node = graph.find(id);
        return node ? registry.find(node->type) : nullptr;
    };
    if (specOf(port.node))
        return kindAt(graph, registry, port, output);
    const auto declared = [&](const PortRef &ref, bool out) -> const PortDecl * {
        const NodeSpec *spec = specOf(ref.node);
        return !spec ? nullptr : out ? spec->findOutput(ref.port) : spec->findInput(ref.port);
    };
    for (const Link &link : graph.links()) {
        if ((output ? link.from : link.to) != port)
            continue;
        if (const PortDecl *decl = declared(output ? link.to : link.from, !output))
            return decl->kind;
    }
    return PortKind::Tensor;
}

PortKind portKind(const Document &document, const PortRef &port, bool output)
{
    return portKind(document.graph(), document.registry(), port, output);
}

} // namespace netloom
