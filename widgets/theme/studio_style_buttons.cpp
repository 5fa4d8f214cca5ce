// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/studio_style.h"

#include "theme/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QToolButton>
#include <QStyleOption>
#include <QToolBar>
#include <QWidget>

namespace netloom {

namespace {

bool isPrimary(const QStyleOption *option, const QWidget *widget)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return (widget && widget->property("primary").toBool()) || (button && button->features & QStyleOptionButton::DefaultButton);
}

bool hasKeyboardFocus(const QStyleOption *option)
{
    return (option->state & QStyle::State_HasFocus) && (option->state & QStyle::State_KeyboardFocusChange);
}

void drawPushButton(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const Theme &theme = Theme::current();
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool hovered = enabled && option->state & QStyle::State_MouseOver;
    const bool down = option->state & (QStyle::State_Sunken | QStyle::State_On);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const QRectF rect = option->rect;
    if (isPrimary(option, widget) && enabled) {
        draw::box(painter, rect, down ? mixed(theme.accentHover, theme.text, 0.15) : hovered ? theme.accentHover : theme.accent, {});
        if (hasKeyboardFocus(option))
            draw::box(painter, rect.adjusted(2, 2, -2, -2), {}, theme.accentText, 4, 1.5);
        return;
    }
    const bool flat = button && button->features & QStyleOptionButton::Flat;
    const QColor calm = mixed(theme.border, theme.borderStrong, theme.dark ? 0.35 : 0.3);
    const QColor fill = !enabled ? theme.panel : down ? mixed(theme.hover, theme.text, 0.08) : hovered ? theme.hover : theme.raised;
    if (!flat || hovered || down)
        draw::box(painter, rect, fill, flat ? QColor() : enabled ? calm : theme.border);
    if (hasKeyboardFocus(option))
        draw::focusRing(painter, rect);
}

/// Qt puts the arrow of a tool button's menu into the corner, which suits icons alone.
QRect besideText(QRect arrow, const QWidget *widget)
{
    const auto *button = qobject_cast<const QToolButton *>(widget);
    if (button && button->toolButtonStyle() != Qt::ToolButtonIconOnly)
        arrow.moveCenter({arrow.center().x() - 3, button->rect().center().y() + 1});
    return arrow;
}

void drawToolButton(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const Theme &theme = Theme::current();
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool hovered = enabled && option->state & QStyle::State_MouseOver;
    const bool raisedAlways = !(option->state & QStyle::State_AutoRaise);
    const QRectF rect = option->rect;
    if (option->state & QStyle::State_On)
        draw::box(painter, rect, theme.accentSoft, {});
    else if (option->state & QStyle::State_Sunken)
        draw::box(painter, rect, mixed(theme.hover, theme.text, 0.1), {});
    else if (raisedAlways && !(widget && qobject_cast<QToolBar *>(widget->parentWidget())))
        draw::box(painter, rect, hovered ? theme.hover : theme.raised, theme.border);
    else if (hovered)
        draw::box(painter, rect, mixed(theme.hover, theme.text, 0.03), {});
}

void drawCheck(const QStyleOption *option, QPainter *painter, bool round)
{
    const Theme &theme = Theme::current();
    const bool enabled = option->state & QStyle::State_Enabled;
    const bool on = option->state & QStyle::State_On;
    const bool partly = option->state & QStyle::State_NoChange;
    const QRectF rect = QRectF(option->rect).adjusted(0, 0, 0, 0);
    const double radius = round ? rect.height() / 2 : 4;
    if (on || partly) {
        draw::box(painter, rect, enabled ? theme.accent : theme.borderStrong, {}, radius);
        const QColor mark = enabled ? theme.accentText : theme.panel;
        if (round)
            draw::box(painter, rect.adjusted(5, 5, -5, -5), mark, {}, 3);
        else if (partly)
            draw::box(painter, QRectF(rect.left() + 4, rect.center().y() - 1, rect.width() - 8, 2), mark, {}, 1);
        else
            draw::tick(painter, rect, mark);
    } else {
        const bool hovered = enabled && option->state & QStyle::State_MouseOver;
        draw::box(painter, rect, enabled ? theme.raised : theme.panel, hovered ? theme.accent : enabled ? theme.borderStrong : theme.border, radius);
    }
    if (hasKeyboardFocus(option))
        draw::box(painter, rect.adjusted(-2, -2, 2, 2), {}, theme.accent, radius + 2, 1.5);
}

} // namespace

bool StudioStyle::drawButtonPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand: drawPushButton(option, painter, widget); return true;
    case PE_PanelButtonTool:
    case PE_PanelButtonBevel: drawToolButton(option, painter, widget); return true;
    case PE_FrameDefaultButton: return true;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheck(option, painter, false); return true;
    case PE_IndicatorRadioButton: drawCheck(option, painter, true); return true;
    case PE_FrameFocusRect:
        if (qstyleoption_cast<const QStyleOptionButton *>(option))
            return true; // the button's own panel or indicator shows it
        if (qobject_cast<const QAbstractItemView *>(widget))
            return true; // PE_PanelItemViewItem draws it around the whole item
        if (option->state & State_KeyboardFocusChange)
            draw::box(painter, option->rect, {}, Theme::current().accent, 5, 1.5);
        return true;
    case PE_IndicatorArrowUp: draw::chevron(painter, option->rect, draw::Direction::Up, option->palette.buttonText().color()); return true;
    case PE_IndicatorArrowDown: draw::chevron(painter, besideText(option->rect, widget), draw::Direction::Down, option->palette.buttonText().color()); return true;
    case PE_IndicatorArrowLeft: draw::chevron(painter, option->rect, draw::Direction::Left, option->palette.buttonText().color()); return true;
    case PE_IndicatorArrowRight: draw::chevron(painter, option->rect, draw::Direction::Right, option->palette.buttonText().color()); return true;
    default: return false;
    }
}

bool StudioStyle::drawButtonLabel(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button || button->features & QStyleOptionButton::HasMenu)
        return false;
    const Theme &theme = Theme::current();
    const bool enabled = option->state & State_Enabled;
    const bool primary = isPrimary(option, widget) && enabled;
    const QColor colour = primary ? theme.accentText : option->palette.color(QPalette::ButtonText);
    const QSize iconSize = button->icon.isNull() ? QSize() : button->iconSize;
    const int gap = iconSize.isEmpty() || button->text.isEmpty() ? 0 : 6;
    const int textWidth = button->fontMetrics.size(Qt::TextShowMnemonic, button->text).width();
    const int iconWidth = iconSize.isEmpty() ? 0 : iconSize.width();
    const QRect inner = option->rect.adjusted(8, 0, -8, 0);
    const int total = std::min(iconWidth + gap + textWidth, inner.width());
    QRect content(inner.left() + (inner.width() - total) / 2, inner.top(), total, inner.height());
    if (iconWidth > 0) {
        const QRect at(content.left(), content.center().y() - iconSize.height() / 2 + 1, iconWidth, iconSize.height());
        QPixmap map = button->icon.pixmap(iconSize, painter->device()->devicePixelRatioF(), enabled ? QIcon::Normal : QIcon::Disabled);
        if (primary) {
            QPainter tint(&map);
            tint.setCompositionMode(QPainter::CompositionMode_SourceIn);
            tint.fillRect(map.rect(), colour);
        }
        painter->drawPixmap(visualRect(option->direction, option->rect, at), map);
        content.setLeft(content.left() + iconWidth + gap);
    }
    painter->save();
    if (primary) {
        QFont font = painter->font();
        font.setWeight(QFont::Medium);
        painter->setFont(font);
    }
    painter->setPen(colour);
    painter->drawText(visualRect(option->direction, option->rect, content.adjusted(-4, 0, 4, 0)),
        Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, button->text);
    painter->restore();
    return true;
}

} // namespace netloom
