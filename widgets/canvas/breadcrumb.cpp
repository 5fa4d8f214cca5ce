// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/breadcrumb.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kInset = 12; ///< px from the canvas's corner

} // namespace

Breadcrumb::Breadcrumb(Document &document, QWidget *parent) : QFrame(parent), m_document(document), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("breadcrumb"));
    setAccessibleName(tr("Block that is being edited"));
    setAutoFillBackground(true);
    setFrameShape(QFrame::StyledPanel);
    setCursor(Qt::ArrowCursor);
    m_row->setContentsMargins(6, 2, 6, 2);
    m_row->setSpacing(2);
    connect(&document, &Document::scopeChanged, this, &Breadcrumb::refresh);
    connect(&document, &Document::projectReset, this, &Breadcrumb::refresh);
    connect(&document, &Document::nodeChanged, this, &Breadcrumb::refresh);
    refresh();
}

void Breadcrumb::refresh()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    std::vector<NodeId> path{NodeId{}};
    const auto blocks = m_document.scopePath();
    path.insert(path.end(), blocks.begin(), blocks.end());
    for (const NodeId block : path) {
        if (block.valid())
            m_row->addWidget(new QLabel(QStringLiteral("›")));
        const QString name = block.valid() ? QString::fromStdString(m_document.graph().find(block)->name) : tr("Network");
        if (block == path.back()) {
            auto *here = new QLabel(name);
            here->setContentsMargins(4, 0, 4, 0);
            setTextRole(here, TextRole::Section);
            m_row->addWidget(here);
        } else {
            auto *way = new QToolButton;
            way->setText(name);
            way->setAutoRaise(true);
            way->setFocusPolicy(Qt::NoFocus);
            way->setToolTip(tr("Go back to %1").arg(name));
            connect(way, &QToolButton::clicked, this, [this, block] { m_document.setScope(block); });
            m_row->addWidget(way);
        }
    }
    setVisible(m_document.scope().valid());
    adjustSize();
    stay();
}

void Breadcrumb::stay()
{
    move(kInset, kInset);
}

} // namespace netloom
