// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/compare_panel.h"

#include "panels/compare_rows.h"
#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

class NothingDiffers : public QWidget {
public:
    NothingDiffers() { setObjectName("compareSame"); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintEmptyState(painter, rect(), "check", ComparePanel::tr("Nothing differs"),
            ComparePanel::tr("The network and how it is trained are the same. Go on: what you change now shows here and on the canvas at once."));
    }
};

} // namespace

ComparePanel::ComparePanel(Document &document, QWidget *parent) : QWidget(parent), m_document(document)
{
    setObjectName("compare");
    build();
    connect(m_tree, &QTreeWidget::itemClicked, this, &ComparePanel::request);
    connect(m_tree, &QTreeWidget::itemActivated, this, &ComparePanel::request);
    connect(&document.comparison(), &Comparison::changed, this, &ComparePanel::refresh);
    connect(&document, &Document::selectionChanged, this, &ComparePanel::showSelection);
    refresh();
}

void ComparePanel::build()
{
    m_title = new QLabel;
    m_title->setObjectName("compareTitle");
    m_title->setWordWrap(true);
    setTextRole(m_title, TextRole::Section);
    m_summary = new QLabel;
    m_summary->setObjectName("compareSummary");
    m_summary->setWordWrap(true);
    setTextRole(m_summary, TextRole::Small);
    m_tree = new QTreeWidget;
    m_tree->setObjectName("compareTree");
    m_tree->setAccessibleName(tr("What differs"));
    m_tree->viewport()->setBackgroundRole(QPalette::Window);
    setUpCompareTree(*m_tree);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_tree);
    m_pages->addWidget(new NothingDiffers);

    auto *another = new QPushButton(tr("Compare with…"));
    another->setObjectName("compareAnother");
    auto *stop = new QPushButton(tr("Stop comparing"));
    stop->setObjectName("compareStop");
    connect(another, &QPushButton::clicked, this, &ComparePanel::compareRequested);
    connect(stop, &QPushButton::clicked, &m_document.comparison(), &Comparison::stop);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(6, 0, 6, 4);
    buttons->setSpacing(Theme::kSpacing);
    buttons->addWidget(another, 1);
    buttons->addWidget(stop, 1);

    auto *heading = new QVBoxLayout;
    heading->setContentsMargins(8, 6, 8, 2);
    heading->setSpacing(2);
    heading->addWidget(m_title);
    heading->addWidget(m_summary);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->setSpacing(6);
    column->addLayout(heading);
    column->addWidget(m_pages, 1);
    column->addLayout(buttons);
}

void ComparePanel::refresh()
{
    const Comparison &comparison = m_document.comparison();
    if (!comparison.isActive()) {
        m_tree->clear();
        m_filled = false;
        return;
    }
    m_title->setText(tr("Compared with %1").arg(comparison.title()));
    m_summary->setText(summary());
    m_tree->headerItem()->setToolTip(1, tr("This project"));
    m_tree->headerItem()->setToolTip(2, comparison.title());
    m_summary->setVisible(!comparison.isSame());
    m_pages->setCurrentIndex(comparison.isSame() ? 1 : 0);
    if (m_filled && m_shown == comparison.graphDiff() && m_shownRecipe == comparison.recipe())
        return; // cards were moved
    m_shown = comparison.graphDiff();
    m_shownRecipe = comparison.recipe();
    m_filled = true;
    fill();
}

void ComparePanel::fill()
{
    const QSignalBlocker quiet(m_tree);
    fillCompareRows(*m_tree, m_document, m_document.comparison());
}

QString ComparePanel::summary() const
{
    const Comparison &comparison = m_document.comparison();
    const GraphDiff &diff = comparison.graphDiff();
    QStringList parts;
    const auto add = [&](const QString &text, std::size_t count) {
        if (count > 0)
            parts << text.arg(count);
    };
    add(tr("%1 added"), outermost(m_document.graph(), diff.added).size());
    add(tr("%1 removed"), outermost(comparison.other().graph, diff.removed).size());
    add(tr("%1 changed"), diff.changed.size());
    if (parts.isEmpty() && !(diff.addedLinks.empty() && diff.removedLinks.empty()))
        parts << tr("wires differ");
    if (std::ranges::any_of(comparison.recipe(), &ValueDiff::differs))
        parts << tr("recipe");
    return parts.join(QStringLiteral(" · "));
}

/// The row of the node that is selected on the canvas becomes the current one.
void ComparePanel::showSelection()
{
    if (m_document.selectedNodes().size() != 1 || !m_document.comparison().isActive())
        return;
    const qlonglong wanted = m_document.selectedNodes().begin()->value;
    if (m_tree->currentItem() && m_tree->currentItem()->data(0, kDocumentNodeRole).toLongLong() == wanted)
        return;
    const QSignalBlocker quiet(m_tree);
    for (QTreeWidgetItemIterator item(m_tree); *item; ++item) {
        if ((*item)->data(0, kDocumentNodeRole).toLongLong() == wanted) {
            m_tree->setCurrentItem(*item);
            return;
        }
    }
}

void ComparePanel::request(QTreeWidgetItem *item)
{
    if (const NodeId node{item->data(0, kDocumentNodeRole).toLongLong()}; node.valid())
        emit nodeRequested(node);
    else if (const NodeId removed{item->data(0, kRemovedNodeRole).toLongLong()}; removed.valid())
        emit removedRequested(removed);
}

void ComparePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_filled)
        fill(); // rows hold the theme's colours
}

} // namespace netloom
