// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/compare_rows.h"

#include "document/document.h"
#include "document/value_text.h"
#include "panels/compare_panel.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

#include <algorithm>

namespace netloom {

namespace {

constexpr std::size_t kMostOpen = 4; ///< changed nodes that are unfolded without being asked

class RowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString aside = index.data(kAsideRole).toString();
        if (aside.isEmpty())
            return;
        painter->save();
        painter->setFont(themeFont(TextRole::Small));
        painter->setPen(Theme::current().textMuted);
        const QRect rect = option.rect.adjusted(0, 0, -8, 0);
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, painter->fontMetrics().elidedText(aside, Qt::ElideRight, rect.width() / 2));
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QString aside = index.data(kAsideRole).toString();
        if (aside.isEmpty())
            return;
        const QFontMetrics small(themeFont(TextRole::Small));
        const int taken = std::min(small.horizontalAdvance(aside), option->rect.width() / 2) + 44; // icon and margins
        option->text = option->fontMetrics.elidedText(option->text, Qt::ElideMiddle, option->rect.width() - taken);
    }
};

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString shownFact(NodeFact fact)
{
    switch (fact) {
    case NodeFact::Name: return ComparePanel::tr("name");
    case NodeFact::Type: return ComparePanel::tr("type");
    case NodeFact::Bypassed: return ComparePanel::tr("bypassed");
    case NodeFact::Frozen: return ComparePanel::tr("frozen");
    case NodeFact::LrScale: return ComparePanel::tr("learning rate");
    case NodeFact::Exposed: return ComparePanel::tr("at the block");
    case NodeFact::WireOrder: return ComparePanel::tr("order of wires");
    }
    return {};
}

/// Makes the rows of one comparison.
class RowMaker {
public:
    RowMaker(QTreeWidget &tree, const Document &document, const Comparison &comparison)
        : m_tree(tree), m_document(document), m_comparison(comparison), m_diff(comparison.graphDiff()), m_here(document.graph()),
          m_there(comparison.other().graph), m_theme(Theme::current())
    {
    }

    void make()
    {
        makeAdded();
        makeRemoved();
        makeChanged();
        makeWires();
        makeRecipe();
    }

private:
    QTreeWidgetItem *addGroup(const QString &name, std::size_t count, const QString &key)
    {
        auto *group = new QTreeWidgetItem(&m_tree, {QStringLiteral("%1 (%2)").arg(name).arg(count)});
        group->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        group->setFont(0, themeFont(TextRole::Section));
        group->setFirstColumnSpanned(true);
        group->setData(0, kKeyRole, key);
        group->setExpanded(true);
        return group;
    }

    QTreeWidgetItem *addRow(QTreeWidgetItem *group, const char *icon, const QColor &colour, const QString &name)
    {
        auto *row = new QTreeWidgetItem(group, {name});
        row->setIcon(0, themedIcon(icon, colour));
        row->setFirstColumnSpanned(true);
        row->setToolTip(0, name);
        return row;
    }

    QTreeWidgetItem *addNodeRow(QTreeWidgetItem *group, const char *icon, const QColor &colour, const Graph &graph, NodeId id)
    {
        const Node &node = *graph.find(id);
        QTreeWidgetItem *row = addRow(group, icon, colour, text(pathOf(graph, node)));
        const std::size_t inside = node.type == kBlockType && group->data(0, kKeyRole) != "changed" ? graph.allWithin(id).size() : 0;
        row->setData(0, kAsideRole, inside == 1 ? ComparePanel::tr("%1, 1 node").arg(text(node.type)) : inside > 1 ? ComparePanel::tr("%1, %2 nodes").arg(text(node.type)).arg(inside) : text(node.type));
        row->setData(0, &graph == &m_here ? kDocumentNodeRole : kRemovedNodeRole, qlonglong(id.value));
        row->setData(0, kKeyRole, QStringLiteral("%1 %2").arg(group->data(0, kKeyRole).toString()).arg(id.value));
        return row;
    }

    /// A name and both values; they stand out where they differ.
    void addValues(QTreeWidgetItem *above, const QString &name, const QString &here, const QString &there, bool differ)
    {
        auto *row = new QTreeWidgetItem(above, {name, here, there});
        for (int column = 0; column < 3; ++column) {
            row->setToolTip(column, row->text(column));
            row->setForeground(column, differ ? m_theme.text : m_theme.textMuted);
            if (differ && column > 0) {
                row->setFont(column, themeFont(TextRole::Section));
                row->setBackground(column, mixed(m_theme.panel, m_theme.warning, m_theme.dark ? 0.24 : 0.14));
            }
        }
        row->setData(0, kDocumentNodeRole, above->data(0, kDocumentNodeRole));
        row->setData(0, kKeyRole, above->data(0, kKeyRole).toString() + ' ' + name);
    }

    void addValues(QTreeWidgetItem *above, const ValueDiff &value)
    {
        const auto side = [](const std::optional<ParamValue> &one) { return one ? valueText(*one) : QStringLiteral("–"); };
        addValues(above, text(value.name), side(value.after), side(value.before), value.differs());
    }

    void makeAdded()
    {
        const auto ids = outermost(m_here, m_diff.added);
        QTreeWidgetItem *group = ids.empty() ? nullptr : addGroup(ComparePanel::tr("Added"), ids.size(), "added");
        for (const NodeId id : ids)
            addNodeRow(group, "plus", m_theme.success, m_here, id);
    }

    void makeRemoved()
    {
        const auto ids = outermost(m_there, m_diff.removed);
        QTreeWidgetItem *group = ids.empty() ? nullptr : addGroup(ComparePanel::tr("Removed"), ids.size(), "removed");
        for (const NodeId id : ids)
            addNodeRow(group, "minus", m_theme.error, m_there, id);
    }

    void makeChanged()
    {
        if (m_diff.changed.empty())
            return;
        QTreeWidgetItem *group = addGroup(ComparePanel::tr("Changed"), m_diff.changed.size(), "changed");
        for (const NodeDiff &diff : m_diff.changed) {
            QTreeWidgetItem *row = addNodeRow(group, "change", m_theme.warning, m_here, diff.after);
            for (const FactDiff &fact : diff.facts)
                addValues(row, shownFact(fact.fact), shown(fact.fact, fact.after), shown(fact.fact, fact.before), true);
            for (const ValueDiff &value : diff.params)
                addValues(row, value);
            row->setExpanded(m_diff.changed.size() <= kMostOpen);
        }
    }

    static QString shown(NodeFact fact, const std::string &value)
    {
        if (fact == NodeFact::Bypassed || fact == NodeFact::Frozen)
            return value == "yes" ? ComparePanel::tr("yes") : ComparePanel::tr("no");
        return value.empty() ? QStringLiteral("–") : text(value);
    }

    void makeWires()
    {
        const auto came = linksApartFrom(m_diff.addedLinks, m_diff.added);
        const auto went = linksApartFrom(m_diff.removedLinks, m_diff.removed);
        if (came.empty() && went.empty())
            return;
        QTreeWidgetItem *group = addGroup(ComparePanel::tr("Wires"), came.size() + went.size(), "wires");
        for (const Link &link : came)
            addWire(group, "plus", m_theme.success, m_here, link)->setData(0, kDocumentNodeRole, qlonglong(link.to.node.value));
        for (const Link &link : went) {
            QTreeWidgetItem *row = addWire(group, "minus", m_theme.error, m_there, link);
            if (const auto same = m_comparison.inDocument(link.to.node))
                row->setData(0, kDocumentNodeRole, qlonglong(same->value));
        }
    }

    QTreeWidgetItem *addWire(QTreeWidgetItem *group, const char *icon, const QColor &colour, const Graph &graph, const Link &link)
    {
        QTreeWidgetItem *row = addRow(group, icon, colour, text(linkText(graph, m_document.registry(), link)));
        row->setData(0, kKeyRole, "wires " + row->text(0));
        return row;
    }

    void makeRecipe()
    {
        const auto differing = std::ranges::count_if(m_comparison.recipe(), &ValueDiff::differs);
        if (differing == 0)
            return;
        QTreeWidgetItem *group = addGroup(ComparePanel::tr("Recipe"), std::size_t(differing), "recipe");
        for (const ValueDiff &value : m_comparison.recipe())
            addValues(group, value);
    }

    QTreeWidget &m_tree;
    const Document &m_document;
    const Comparison &m_comparison;
    const GraphDiff &m_diff;
    const Graph &m_here;
    const Graph &m_there;
    const Theme &m_theme;
};

QString keyOf(const QTreeWidgetItem *item)
{
    return item ? item->data(0, kKeyRole).toString() : QString();
}

} // namespace

void fillCompareRows(QTreeWidget &tree, const Document &document, const Comparison &comparison)
{
    std::map<QString, bool> open;
    for (QTreeWidgetItemIterator item(&tree, QTreeWidgetItemIterator::HasChildren); *item; ++item)
        open[keyOf(*item)] = (*item)->isExpanded();
    const QString current = keyOf(tree.currentItem());
    tree.clear();
    RowMaker(tree, document, comparison).make();
    for (QTreeWidgetItemIterator item(&tree); *item; ++item) {
        if (const auto was = open.find(keyOf(*item)); was != open.end())
            (*item)->setExpanded(was->second);
        if (!current.isEmpty() && keyOf(*item) == current)
            tree.setCurrentItem(*item);
    }
}

void setUpCompareTree(QTreeWidget &tree)
{
    tree.setColumnCount(3);
    tree.setHeaderLabels({QString(), ComparePanel::tr("This"), ComparePanel::tr("Other")});
    tree.setItemDelegate(new RowDelegate(&tree));
    tree.setUniformRowHeights(true);
    tree.setIndentation(12);
    tree.setAllColumnsShowFocus(true);
    tree.setFrameShape(QFrame::NoFrame);
    tree.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree.header()->setStretchLastSection(false);
    tree.header()->setSectionsMovable(false);
    tree.header()->setMinimumSectionSize(48);
    tree.header()->setSectionResizeMode(0, QHeaderView::Stretch);
    const int width = QFontMetrics(themeFont(TextRole::Section)).horizontalAdvance(QStringLiteral("classes")) + 20; // most values fit
    for (int column : {1, 2})
        tree.header()->resizeSection(column, width);
}

} // namespace netloom
