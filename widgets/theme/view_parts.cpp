// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/view_parts.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kHeight = 48; ///< px

} // namespace

QWidget *edgeLine(Qt::Orientation orientation)
{
    auto *edge = new QWidget;
    orientation == Qt::Vertical ? edge->setFixedWidth(1) : edge->setFixedHeight(1);
    edge->setAutoFillBackground(true);
    edge->setBackgroundRole(QPalette::Mid);
    return edge;
}

void styleRows(QTableView &table, int rowHeight)
{
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setTabKeyNavigation(false);
    table.setShowGrid(false);
    table.setFrameShape(QFrame::NoFrame);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(rowHeight);
}

ViewHeader::ViewHeader(const QString &backName, QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setFixedHeight(kHeight);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(Theme::kSpacing);
    auto *back = new QToolButton;
    back->setObjectName(backName);
    back->setIcon(themedIcon(QStringLiteral("chevron-left")));
    back->setText(tr("Canvas"));
    back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back->setAutoRaise(true);
    back->setToolTip(tr("Back to the canvas  (Esc)"));
    back->setAccessibleName(back->toolTip());
    connect(back, &QToolButton::clicked, this, &ViewHeader::backRequested);
    m_row->addWidget(back);
}

} // namespace netloom
