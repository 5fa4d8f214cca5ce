// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/studio_style.h"

#include "theme/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace netloom {

namespace {

bool isHovered(const QStyleOption *option)
{
    return (option->state & QStyle::State_Enabled) && (option->state & QStyle::State_MouseOver);
}

/// True for the field itself and for one whose inner line edit has the focus.
bool isFocused(const QStyleOption *option)
{
    return (option->state & QStyle::State_Enabled) && (option->state & QStyle::State_HasFocus);
}

} // namespace

bool StudioStyle::drawFieldPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *) const
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    switch (element) {
    case PE_PanelLineEdit:
        if (frame && frame->lineWidth > 0)
            draw::field(painter, option->rect, option->state & State_Enabled, isHovered(option), isFocused(option));
        return true;
    case PE_FrameLineEdit: return true;
    default: return false;
    }
}

void StudioStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo)
        return;
    const Theme &theme = Theme::current();
    const bool enabled = option->state & State_Enabled;
    if (combo->frame)
        draw::field(painter, option->rect, enabled, isHovered(option), isFocused(option));
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    draw::chevron(painter, arrow, draw::Direction::Down, enabled ? theme.textMuted : theme.borderStrong);
}

QRect StudioStyle::spinBoxPart(const QStyleOptionComplex *option, SubControl part) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    const QRect rect = option->rect;
    const int buttons = spin && spin->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : 20;
    const int middle = rect.top() + rect.height() / 2;
    switch (part) {
    case SC_SpinBoxUp: return {rect.right() - buttons, rect.top() + 2, buttons, middle - rect.top() - 2};
    case SC_SpinBoxDown: return {rect.right() - buttons, middle, buttons, rect.bottom() - middle - 1};
    case SC_SpinBoxEditField: return rect.adjusted(8, 1, -buttons - 4, -1);
    default: return rect;
    }
}

void StudioStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin)
        return;
    const Theme &theme = Theme::current();
    const bool enabled = option->state & State_Enabled;
    if (spin->frame)
        draw::field(painter, option->rect, enabled, isHovered(option), isFocused(option));
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto button = [&](SubControl part, draw::Direction direction, bool can) {
        const QRect rect = subControlRect(CC_SpinBox, option, part, widget);
        const bool active = enabled && can && option->activeSubControls == part;
        if (active)
            draw::box(painter, QRectF(rect).adjusted(0, 1, -2, -0), option->state & State_Sunken ? theme.border : theme.hover, {}, 4);
        draw::chevron(painter, QRectF(rect).adjusted(0, direction == draw::Direction::Up ? 2 : 0, -2, direction == draw::Direction::Up ? 0 : -2),
            direction, active ? theme.text : enabled && can ? theme.textMuted : theme.border, 7);
    };
    button(SC_SpinBoxUp, draw::Direction::Up, spin->stepEnabled & QAbstractSpinBox::StepUpEnabled);
    button(SC_SpinBoxDown, draw::Direction::Down, spin->stepEnabled & QAbstractSpinBox::StepDownEnabled);
}

void StudioStyle::drawSlider(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!slider)
        return;
    const Theme &theme = Theme::current();
    const bool enabled = option->state & State_Enabled;
    const bool horizontal = slider->orientation == Qt::Horizontal;
    const QRectF handle = subControlRect(CC_Slider, option, SC_SliderHandle, widget);
    const QRectF whole = option->rect;
    const QPointF centre = handle.center();
    const QRectF groove = horizontal ? QRectF(whole.left() + 2, centre.y() - 2, whole.width() - 4, 4)
                                     : QRectF(centre.x() - 2, whole.top() + 2, 4, whole.height() - 4);
    draw::box(painter, groove, theme.dark ? theme.border : mixed(theme.border, theme.borderStrong, 0.2), {}, 2);
    QRectF filled = groove;
    if (horizontal && !slider->upsideDown)
        filled.setRight(centre.x());
    else if (horizontal)
        filled.setLeft(centre.x());
    else if (slider->upsideDown)
        filled.setTop(centre.y());
    else
        filled.setBottom(centre.y());
    draw::box(painter, filled, enabled ? theme.accent : theme.borderStrong, {}, 2);
    const QRectF knob(centre.x() - 7, centre.y() - 7, 14, 14);
    const bool focused = option->state & State_HasFocus && option->state & State_KeyboardFocusChange;
    draw::box(painter, knob, theme.dark ? theme.text : theme.raised, enabled ? theme.accent : theme.borderStrong, 7,
        option->activeSubControls & SC_SliderHandle || focused ? 3 : 2);
}

} // namespace netloom
