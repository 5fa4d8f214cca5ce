// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/studio_style.h"

#include "theme/theme.h"

#include <QListView>
#include <QPainter>
#include <QStyleOption>
#include <QTreeView>
#include <QWidget>

namespace netloom {

bool StudioStyle::drawViewPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = Theme::current();
    const QRect rect = option->rect;
    switch (element) {
    case PE_PanelItemViewRow: {
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (item && item->features & QStyleOptionViewItem::Alternate)
            painter->fillRect(rect, option->palette.alternateBase());
        if (option->state & State_Selected && qobject_cast<const QTreeView *>(widget))
            painter->fillRect(rect, theme.accentSoft); // before the first column, too
        return true;
    }
    case PE_PanelItemViewItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        if (!item)
            return false;
        if (item->backgroundBrush.style() != Qt::NoBrush)
            painter->fillRect(rect, item->backgroundBrush);
        const bool selected = option->state & State_Selected;
        const bool hovered = option->state & State_MouseOver && option->state & State_Enabled;
        const bool whole = qobject_cast<const QListView *>(widget);
        if (selected || hovered) {
            const QColor fill = selected ? theme.accentSoft : theme.hover;
            if (whole)
                draw::box(painter, QRectF(rect).adjusted(1, 0.5, -1, -0.5), fill, {}, 5);
            else
                painter->fillRect(rect, fill);
        }
        if (option->state & State_HasFocus && option->state & State_KeyboardFocusChange)
            draw::box(painter, QRectF(rect).adjusted(1, 0.5, -1, -0.5), {}, theme.accent, 5, 1.5);
        return true;
    }
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            draw::chevron(painter, rect, header->sortIndicator == QStyleOptionHeader::SortUp ? draw::Direction::Up : draw::Direction::Down, theme.textMuted, 7);
        return true;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            draw::chevron(painter, rect, option->state & State_Open ? draw::Direction::Down : draw::Direction::Right, theme.textMuted, 7);
        return true;
    case PE_IndicatorItemViewItemDrop: draw::box(painter, rect.adjusted(0, 0, 1, 1), {}, theme.accent, 4, 2); return true;
    case PE_IndicatorMenuCheckMark: draw::tick(painter, rect, theme.accent); return true;
    default: return false;
    }
}

bool StudioStyle::drawViewControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = Theme::current();
    switch (element) {
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            QStyleOptionViewItem plain = *item;
            for (const auto group : {QPalette::Active, QPalette::Inactive})
                plain.palette.setColor(group, QPalette::HighlightedText, item->palette.color(group, QPalette::Text));
            QProxyStyle::drawControl(element, &plain, painter, widget);
            return true;
        }
        return false;
    case CE_MenuItem: drawMenuItem(option, painter, widget); return true;
    case CE_MenuEmptyArea:
    case CE_MenuHMargin:
    case CE_MenuVMargin: return true;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme.panel);
        return true;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            painter->fillRect(option->rect, theme.panel);
            if (option->state & State_Selected)
                draw::box(painter, option->rect, option->state & State_Sunken ? theme.border : theme.hover, {}, 5);
            painter->setPen(option->state & State_Enabled ? theme.text : option->palette.color(QPalette::Disabled, QPalette::Text));
            painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, item->text);
            return true;
        }
        return false;
    case CE_HeaderSection:
        painter->fillRect(option->rect, theme.panel);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.border);
        return true;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.panel);
        return true;
    case CE_HeaderLabel: drawHeader(option, painter, widget); return true;
    default: return false;
    }
}

void StudioStyle::drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const Theme &theme = Theme::current();
    const QRect rect = option->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), theme.border);
        return;
    }
    const bool enabled = option->state & State_Enabled;
    if (enabled && option->state & State_Selected)
        draw::box(painter, QRectF(rect).adjusted(1, 1, -1, -1), theme.accentSoft, {}, 5);
    const QRect mark = visualRect(option->direction, rect, {rect.left() + 8, rect.center().y() - 7, 16, 16});
    if (item->checked)
        draw::tick(painter, mark, enabled ? theme.accent : theme.borderStrong);
    else if (!item->icon.isNull())
        item->icon.paint(painter, mark, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    QRect text = rect.adjusted(32, 0, -12, 0);
    const QStringList parts = item->text.split('\t');
    painter->save();
    painter->setFont(item->font);
    painter->setPen(enabled ? theme.text : option->palette.color(QPalette::Disabled, QPalette::Text));
    painter->drawText(visualRect(option->direction, rect, text), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.value(0));
    if (parts.size() > 1) {
        painter->setPen(enabled ? theme.textMuted : option->palette.color(QPalette::Disabled, QPalette::Text));
        painter->drawText(visualRect(option->direction, rect, text), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, parts.value(1));
    }
    painter->restore();
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect arrow = visualRect(option->direction, rect, {rect.right() - 20, rect.top(), 16, rect.height()});
        draw::chevron(painter, arrow, option->direction == Qt::RightToLeft ? draw::Direction::Left : draw::Direction::Right, theme.textMuted, 7);
    }
    Q_UNUSED(widget)
}

void StudioStyle::drawHeader(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header)
        return;
    const Theme &theme = Theme::current();
    painter->save();
    QFont font = widget ? widget->font() : painter->font();
    font.setWeight(QFont::Medium);
    painter->setFont(font);
    painter->setPen(theme.textMuted);
    const QRect text = header->rect;
    painter->drawText(text, int(header->textAlignment) | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(header->text, Qt::ElideRight, text.width()));
    painter->restore();
}

} // namespace netloom
