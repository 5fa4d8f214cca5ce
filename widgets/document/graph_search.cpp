// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/graph_search.h"

#include "graph/frame.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace netloom {

namespace {

const QChar kTimes(0x00D7);

/// "×32×28": as it stands in the text of a shape, from a whole size on.
QString asShape(const QString &text)
{
    static const QRegularExpression between(QStringLiteral("\\s*[x*×, ]\\s*"));
    QString sizes = text.toLower();
    sizes.replace(between, QString(kTimes));
    return kTimes + sizes;
}

/// 4 where the name is @p text, 3 where it begins with it, 2 where path or type contain it, 1 where a shape does, else 0.
int score(const Document &document, const Node &node, const QString &text, const QString &shape)
{
    const QString name = QString::fromStdString(node.type == kFrameType ? frameTitle(node) : node.name);
    const QString path = QString::fromStdString(pathOf(document.graph(), node));
    if (name.compare(text, Qt::CaseInsensitive) == 0)
        return 4;
    if (name.startsWith(text, Qt::CaseInsensitive))
        return 3;
    if (name.contains(text, Qt::CaseInsensitive) || path.contains(text, Qt::CaseInsensitive) || QString::fromStdString(node.type).contains(text, Qt::CaseInsensitive))
        return 2;
    return asShape(shapeText(document, node.id)).contains(shape) ? 1 : 0;
}

} // namespace

QString shapeText(const Document &document, NodeId id)
{
    const auto found = document.inference().nodes.find(id);
    if (found == document.inference().nodes.end())
        return {};
    QStringList shapes;
    for (const auto &shape : found->second.outputs) {
        if (!shape.empty())
            shapes << QString::fromStdString(shape.toString());
    }
    return shapes.join(QStringLiteral(", "));
}

std::vector<NodeId> searchGraph(const Document &document, const QString &text)
{
    const QString wanted = text.trimmed();
    const QString shape = asShape(wanted);
    std::vector<NodeId> order = document.graph().dataFlowOrder();
    std::erase_if(order, [&](NodeId id) { return document.graph().find(id)->type == kRerouteType; });
    if (wanted.isEmpty())
        return order;
    std::vector<std::pair<int, NodeId>> hits;
    for (NodeId id : order) {
        if (const int points = score(document, *document.graph().find(id), wanted, shape); points > 0)
            hits.emplace_back(points, id);
    }
    std::ranges::stable_sort(hits, std::greater<>{}, [](const auto &hit) { return hit.first; });
    std::vector<NodeId> found;
    for (const auto &[points, id] : hits)
        found.push_back(id);
    return found;
}

} // namespace netloom
