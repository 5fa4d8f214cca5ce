// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/history_panel.h"

#include "plots/empty_state.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QUndoStack>
#include <QUndoView>
#include <QVBoxLayout>

namespace netloom {

namespace {

/// Mutes the steps that were undone and writes "saved" at the one that the file holds.
class StepDelegate : public QStyledItemDelegate {
public:
    StepDelegate(const QUndoStack &stack, QObject *parent) : QStyledItemDelegate(parent), m_stack(stack) {}

    bool isSaved(const QModelIndex &index) const { return m_hasFile && index.row() == m_stack.cleanIndex(); }
    void setHasFile(bool hasFile) { m_hasFile = hasFile; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (!isSaved(index))
            return;
        painter->save();
        painter->setFont(themeFont(TextRole::Small));
        painter->setPen(Theme::current().textMuted);
        painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, HistoryPanel::tr("saved"));
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const Theme &theme = Theme::current();
        const bool present = index.row() == m_stack.index();
        option->icon = present ? themedIcon("chevron-right", theme.accent) : QIcon();
        option->features |= QStyleOptionViewItem::HasDecoration; // keeps the names below one another
        option->decorationSize = {16, 16};
        option->palette.setColor(QPalette::Text, index.row() > m_stack.index() ? theme.textMuted : theme.text);
        option->font.setItalic(index.row() > m_stack.index());
        if (isSaved(index)) // room for the mark
            option->text = option->fontMetrics.elidedText(option->text, Qt::ElideRight, option->rect.width() - 90);
    }

private:
    const QUndoStack &m_stack;
    bool m_hasFile = false;
};

class NothingDone : public QWidget {
public:
    NothingDone() { setObjectName("historyEmpty"); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintEmptyState(painter, rect(), "undo", HistoryPanel::tr("Nothing done yet"),
            HistoryPanel::tr("What you change is listed here; a click on a step goes back to it."));
    }
};

} // namespace

HistoryPanel::HistoryPanel(Document &document, QWidget *parent) : QWidget(parent), m_document(document)
{
    setObjectName("history");
    QUndoStack *stack = document.undoStack();
    m_steps = new QUndoView(stack);
    m_steps->setObjectName("historySteps");
    m_steps->setAccessibleName(tr("Steps, the oldest first"));
    m_steps->setEmptyLabel(tr("As opened"));
    m_steps->setItemDelegate(new StepDelegate(*stack, m_steps));
    m_steps->setFrameShape(QFrame::NoFrame);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_steps->viewport()->setBackgroundRole(QPalette::Window);
    m_pages = new QStackedWidget;
    m_pages->addWidget(new NothingDone);
    m_pages->addWidget(m_steps);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(m_pages);
    connect(stack, &QUndoStack::indexChanged, this, &HistoryPanel::refresh);
    connect(stack, &QUndoStack::cleanChanged, this, &HistoryPanel::refresh);
    connect(&document, &Document::projectReset, this, &HistoryPanel::refresh);
    refresh();
}

void HistoryPanel::setHasFile(bool hasFile)
{
    static_cast<StepDelegate *>(m_steps->itemDelegate())->setHasFile(hasFile);
    m_steps->viewport()->update();
}

void HistoryPanel::refresh()
{
    m_pages->setCurrentIndex(m_document.undoStack()->count() > 0 ? 1 : 0);
    m_steps->viewport()->update();
}

} // namespace netloom
