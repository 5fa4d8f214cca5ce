// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/class_bars.h"
#include "panels/fact_rows.h"
#include "panels/inspector_panel.h"
#include "graph/explain.h"
#include "plots/estimate_plot.h"
#include "repairs/issue_row.h"
#include "theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr std::size_t kMostClasses = 24; ///< bars; the rest is counted in a line

QString shapeText(const Shape &shape)
{
    return shape.empty() ? QString::fromUtf8("–") : QString::fromStdString(shape.toString());
}

QString costToolTip(std::int64_t number)
{
    return grouped(number);
}

void addCost(FactRows &rows, std::int64_t parameters, std::int64_t multiplyAdds)
{
    rows.row(InspectorPanel::tr("Parameters"), shortCount(parameters), costToolTip(parameters));
    rows.row(InspectorPanel::tr("Multiply-adds per sample"), shortCount(multiplyAdds), costToolTip(multiplyAdds));
}

/// An issue in line with the rest of the page.
QWidget *issueRow(Document &document, const Issue &issue)
{
    auto *row = new IssueRow(document, issue);
    row->layout()->setContentsMargins(0, 3, 0, 3);
    return row;
}

/// The shape of @p port, given the shapes of all of the node's ports in order; a variadic port takes all that are left over.
QString inputShape(const NodeSpec &spec, std::size_t port, const ShapeList &shapes)
{
    if (!spec.inputs[port].variadic)
        return port < shapes.size() ? shapeText(shapes[port]) : shapeText({});
    const std::size_t after = spec.inputs.size() - port - 1;
    QStringList all;
    for (std::size_t index = port; index + after < shapes.size(); ++index)
        all << shapeText(shapes[index]);
    return all.isEmpty() ? shapeText({}) : all.join('\n');
}

void addPictureFacts(FactRows &rows, const SourceFacts &facts)
{
    if (facts.height < 0 || facts.width < 0)
        rows.row(InspectorPanel::tr("Pictures"), InspectorPanel::tr("of varying size"));
    else
        rows.row(InspectorPanel::tr("Pictures"), QString::fromUtf8("%1 × %2 px").arg(facts.width).arg(facts.height));
    if (facts.channels > 0) {
        rows.row(InspectorPanel::tr("Channels"), facts.channels == 1 ? InspectorPanel::tr("1 (grey)")
                : facts.channels == 3                                ? InspectorPanel::tr("3 (RGB)")
                                                                     : QString::number(facts.channels));
    }
}

/// Bars of the classes, by how many samples there are in all splits together.
void addClassFacts(FactRows &rows, QVBoxLayout *column, const SourceFacts &facts)
{
    std::vector<std::int64_t> counts(facts.classNames.size());
    for (const auto &[split, perClass] : facts.counts) {
        for (std::size_t index = 0; index < std::min(counts.size(), perClass.size()); ++index)
            counts[index] += perClass[index];
    }
    rows.heading(facts.severalLabels ? InspectorPanel::tr("%1 labels, several per picture").arg(facts.classNames.size())
            : facts.classNames.size() == 1         ? InspectorPanel::tr("1 class")
                                                   : InspectorPanel::tr("%1 classes").arg(facts.classNames.size()));
    QStringList names;
    for (std::size_t index = 0; index < std::min(facts.classNames.size(), kMostClasses); ++index)
        names << QString::fromStdString(facts.classNames[index]);
    counts.resize(std::size_t(names.size()));
    column->addWidget(new ClassBars(names, counts));
    if (facts.classNames.size() > kMostClasses)
        rows.text(InspectorPanel::tr("and %1 more").arg(facts.classNames.size() - kMostClasses));
}

} // namespace

/// Right below the node's name: what is wrong comes before what could be set.
void InspectorPanel::refreshIssues()
{
    auto *issues = new QWidget;
    auto *column = new QVBoxLayout(issues);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(4);
    for (const Issue &issue : m_document.inference().issues) {
        if (issue.node == m_node)
            column->addWidget(issueRow(m_document, issue));
    }
    delete m_column->replaceWidget(m_issues, issues);
    issues->setVisible(column->count() > 0);
    m_issues->hide();
    m_issues->deleteLater();
    m_issues = issues;
}

void InspectorPanel::refreshFacts()
{
    refreshLearning();
    if (m_issues)
        refreshIssues();
    auto *facts = new QWidget;
    auto *column = new QVBoxLayout(facts);
    column->setContentsMargins(0, m_node.valid() ? 12 : 0, 0, 0);
    column->setSpacing(4);
    FactRows rows(column);
    const Node *node = m_document.graph().find(m_node);
    if (node)
        addNodeFacts(rows, *node);
    else if (m_shown.size() > 1)
        addSelectionFacts(rows);
    else
        addNetworkFacts(rows);
    if (m_document.facts().known && ((node && m_document.spec(node->id) && m_document.spec(node->id)->isSource()) || m_shown.empty()))
        addDataFacts(rows, column);
    if (m_facts) {
        delete m_column->replaceWidget(m_facts, facts);
        facts->show(); // at once: a layout shows it an event later, and the form would be squeezed for a frame
        m_facts->hide();
        m_facts->deleteLater();
    } else {
        m_column->addWidget(facts);
    }
    m_facts = facts;
}

void InspectorPanel::addNodeFacts(FactRows &rows, const Node &node)
{
    const Inference &inference = m_document.inference();
    const NodeSpec *spec = m_document.spec(node.id);
    const auto shapes = inference.nodes.find(node.id);
    if (!spec || shapes == inference.nodes.end())
        return;
    const Theme &theme = Theme::current();
    if (!spec->inputs.empty() || !spec->outputs.empty())
        rows.heading(tr("Shapes"));
    for (std::size_t port = 0; port < spec->inputs.size(); ++port) {
        const PortDecl &decl = spec->inputs[port];
        rows.row(QString::fromStdString(decl.name), inputShape(*spec, port, shapes->second.inputs),
            tr("Input, %1. %2").arg(QString::fromStdString(toString(decl.kind)), QString::fromStdString(decl.doc)), theme.port(decl.kind));
    }
    for (std::size_t port = 0; port < spec->outputs.size(); ++port) {
        const PortDecl &decl = spec->outputs[port];
        rows.row(QString::fromStdString(decl.name), port < shapes->second.outputs.size() ? shapeText(shapes->second.outputs[port]) : shapeText({}),
            tr("Output, %1. %2").arg(QString::fromStdString(toString(decl.kind)), QString::fromStdString(decl.doc)), theme.port(decl.kind));
    }
    if (spec->isLayer()) {
        rows.heading(tr("Cost"));
        addCost(rows, shapes->second.parameters, shapes->second.multiplyAdds);
    }
    const auto lines = spec->outputs.empty() ? std::vector<std::string>()
                                             : explainOutput(m_document.graph(), m_document.registry(), m_document.facts(), inference, {node.id, spec->outputs.front().name});
    if (!lines.empty()) {
        rows.heading(tr("How it is computed"));
        for (const std::string &line : lines)
            rows.text(QString::fromStdString(line));
    }
}

void InspectorPanel::addSelectionFacts(FactRows &rows)
{
    std::int64_t parameters = 0, multiplyAdds = 0;
    for (NodeId id : m_shown) {
        if (const auto found = m_document.inference().nodes.find(id); found != m_document.inference().nodes.end()) {
            parameters += found->second.parameters;
            multiplyAdds += found->second.multiplyAdds;
        }
    }
    rows.heading(tr("%1 nodes selected").arg(m_shown.size()));
    rows.text(tr("Select one node to edit its parameters."));
    rows.heading(tr("Together"));
    addCost(rows, parameters, multiplyAdds);
}

void InspectorPanel::addNetworkFacts(FactRows &rows)
{
    const Graph &graph = m_document.graph();
    rows.heading(tr("Network"));
    if (graph.empty()) {
        rows.text(tr("Drag nodes from the palette onto the canvas and wire them: data, transforms, layers, and a loss at the end."));
        return;
    }
    const Inference &inference = m_document.inference();
    rows.row(tr("Nodes"), grouped(std::int64_t(listedNodes(graph).size())));
    addCost(rows, inference.parameters(), inference.multiplyAdds());
    rows.row(tr("Size of the weights"), byteText(4 * inference.parameters()), tr("32-bit floating-point numbers"));
    Issues hints;
    std::ranges::copy_if(inference.issues, std::back_inserter(hints), [](const Issue &issue) { return issue.severity == Severity::Hint; });
    if (hints.empty())
        return;
    rows.heading(tr("Hints"));
    for (const Issue &issue : hints)
        rows.add(issueRow(m_document, issue));
}

void InspectorPanel::addDataFacts(FactRows &rows, QVBoxLayout *column)
{
    const SourceFacts &facts = m_document.facts();
    rows.heading(tr("Data"));
    if (facts.columns.empty()) {
        addPictureFacts(rows, facts);
    } else {
        if (!facts.learnsNumber)
            rows.row(tr("Learned"), QString::fromStdString(facts.targetName), tr("The column that is learned from the others"));
        rows.row(tr("Numbers in a row"), grouped(std::int64_t(facts.columns.size())));
    }
    const std::pair<const char *, QString> splits[] = {{"train", tr("Training")}, {"val", tr("Validation")}, {"test", tr("Test")}};
    for (const auto &[split, label] : splits)
        rows.row(label, grouped(facts.total(split)));
    auto *browse = new QPushButton(themedIcon("grid"), tr("Browse data"));
    browse->setObjectName("browseData");
    browse->setToolTip(facts.columns.empty() ? tr("Shows all pictures, how they are dealt out, and what is wrong with them  (Ctrl+9)")
                                             : tr("Shows all rows, and how they are dealt out  (Ctrl+9)"));
    connect(browse, &QPushButton::clicked, this, &InspectorPanel::browseRequested);
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, Theme::kSpacing, 0, 0);
    layout->addWidget(browse);
    rows.add(place);
    if (facts.learnsNumber) {
        rows.heading(tr("Number to learn"));
        rows.row(tr("Name"), QString::fromStdString(facts.targetName));
        rows.row(tr("Mean"), shortNumberText(facts.targetMean), tr("Over the training samples"));
        rows.row(tr("Deviation"), shortNumberText(facts.targetDeviation), tr("Standard deviation over the training samples: the network learns the number in this unit, from the mean"));
    } else {
        addClassFacts(rows, column, facts);
    }
    if (facts.excluded > 0)
        rows.row(tr("Excluded"), grouped(facts.excluded), tr("Left out by you; their files are still there"));
    for (const std::string &warning : facts.warnings)
        rows.issue({Severity::Warning, {}, {}, {}, warning});
}

} // namespace netloom
