// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/port_tip.h"

#include "canvas/node_face.h"
#include "graph/explain.h"
#include "theme/theme.h"

#include <QPalette>
#include <QToolTip>

namespace netloom {

namespace {

QString escaped(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString muted(const QString &text)
{
    const QPalette palette = QToolTip::palette();
    const QColor colour = mixed(palette.color(QPalette::ToolTipBase), palette.color(QPalette::ToolTipText), 0.75);
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), text);
}

/// "output · tensor of conv1"
QString heading(const QString &name, const QString &rest)
{
    return QStringLiteral("<b>%1</b> ").arg(name) + muted(QString::fromUtf8("· ") + rest);
}

/// The shape that leaves @p output, and a table of how its sizes came about.
QString explained(const Document &document, const PortRef &output)
{
    const Shape shape = document.inference().output(document.graph(), document.registry(), output);
    if (shape.empty())
        return QStringLiteral("<br>") + muted(Document::tr("The shape is not known yet."));
    QString text = QStringLiteral("<br>") + escaped(namedShape(shape));
    QString rows;
    for (const std::string &line : explainOutput(document.graph(), document.registry(), document.facts(), document.inference(), output)) {
        const QString whole = escaped(line);
        rows += QStringLiteral("<tr><td style='padding-right:10px'>%1</td><td>%2</td></tr>").arg(muted(whole.section(": ", 0, 0)), whole.section(": ", 1));
    }
    return rows.isEmpty() ? text : text + QStringLiteral("<table cellspacing=0 style='margin-top:6px'>%1</table>").arg(rows);
}

QString onOneLine(const QString &text)
{
    return QStringLiteral("<div style='white-space:nowrap'>%1</div>").arg(text);
}

QString nameOf(const Document &document, NodeId id)
{
    const Node *node = document.graph().find(id);
    return node ? escaped(node->name) : QString();
}

} // namespace

QString portTip(const Document &document, const PortRef &port, bool output)
{
    const QString kind = QString::fromStdString(toString(portKind(document, port, output)));
    const QString name = escaped(port.port);
    if (output)
        return onOneLine(heading(name, kind) + explained(document, port));
    const auto wires = document.graph().linksInto(port);
    if (wires.empty())
        return onOneLine(heading(name, kind) + QStringLiteral("<br>") + muted(Document::tr("Nothing is connected here.")));
    QStringList parts;
    for (const Link &wire : wires)
        parts << heading(name, Document::tr("%1 from %2").arg(kind, nameOf(document, wire.from.node))) + explained(document, wire.from);
    return onOneLine(parts.join(QStringLiteral("<br>")));
}

QString linkTip(const Document &document, const Link &link)
{
    const QString kind = QString::fromStdString(toString(portKind(document, link.from, true)));
    const QString ends = nameOf(document, link.from.node) + QString::fromUtf8(" → ") + nameOf(document, link.to.node);
    return onOneLine(heading(ends, kind) + explained(document, link.from));
}

} // namespace netloom
