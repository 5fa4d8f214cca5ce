// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/quick_add.h"

#include "document/node_search.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kWidth = 260;
constexpr int kHeight = 300;

} // namespace

QuickAdd::QuickAdd(const NodeRegistry &registry, QWidget *viewport)
    : QFrame(viewport), m_registry(registry), m_search(new QLineEdit), m_list(new QListWidget)
{
    setObjectName(QStringLiteral("quickAdd"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setFixedWidth(kWidth);
    setCursor(Qt::ArrowCursor);
    m_search->setObjectName(QStringLiteral("quickAddSearch"));
    m_search->setPlaceholderText(tr("Add a node"));
    m_search->addAction(themedIcon("search"), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("quickAddList"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize({16, 16});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, &QuickAdd::fill);
    connect(m_list, &QListWidget::itemClicked, this, &QuickAdd::pick);
    hide();
}

void QuickAdd::open(QPoint point, Filter filter)
{
    m_filter = std::move(filter);
    m_search->clear();
    fill();
    const QSize room = parentWidget()->size();
    const int most = std::min(kHeight, std::max(120, room.height() - 8));
    resize(kWidth, most);
    move(std::clamp(point.x(), 4, std::max(4, room.width() - width() - 4)), std::clamp(point.y(), 4, std::max(4, room.height() - most - 4)));
    m_most = most;
    show();
    shrink();
    raise();
    m_search->setFocus(Qt::PopupFocusReason);
}

void QuickAdd::fill()
{
    m_list->clear();
    for (const NodeSpec *spec : searchNodes(m_registry, m_search->text())) {
        if (m_filter && !m_filter(*spec))
            continue;
        const QColor colour = Theme::current().category(spec->category);
        auto *item = new QListWidgetItem(themedIcon(categoryIconName(spec->category), colour), QString::fromStdString(spec->type), m_list);
        item->setToolTip(QString::fromStdString(spec->doc));
    }
    m_list->setCurrentRow(0);
    shrink();
}

void QuickAdd::shrink()
{
    const int rows = m_list->count() > 0 ? m_list->count() * m_list->sizeHintForRow(0) : 0;
    const int rest = m_search->sizeHint().height() + 30;
    resize(kWidth, std::min(m_most, rest + rows));
}

void QuickAdd::pick()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString type = item->text();
    hide();
    emit picked(type);
}

void QuickAdd::dismiss()
{
    if (!isVisible())
        return;
    hide();
    emit dismissed();
}

void QuickAdd::moveChoice(int by)
{
    if (m_list->count() > 0)
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + by, 0, m_list->count() - 1));
}

bool QuickAdd::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        dismiss();
    } else if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Up: moveChoice(-1); return true;
        case Qt::Key_Down: moveChoice(1); return true;
        case Qt::Key_PageUp: moveChoice(-8); return true;
        case Qt::Key_PageDown: moveChoice(8); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: pick(); return true;
        case Qt::Key_Escape:
        case Qt::Key_Tab: dismiss(); return true;
        default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace netloom
