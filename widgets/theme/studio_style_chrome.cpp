// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/studio_style.h"

#include "theme/theme.h"

#include <QDateTime>
#include <QMainWindow>
#include <QMenuBar>
#include <QPainter>
#include <QPointer>
#include <QStyleOption>
#include <QTimer>
#include <QWidget>

namespace netloom {

bool StudioStyle::drawChromePrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *) const
{
    const Theme &theme = Theme::current();
    const QRect rect = option->rect;
    switch (element) {
    case PE_PanelTipLabel:
        painter->fillRect(rect, option->palette.color(QPalette::ToolTipBase));
        if (theme.dark)
            draw::box(painter, rect, {}, theme.borderStrong, 0);
        return true;
    case PE_PanelMenu:
        painter->fillRect(rect, theme.raised);
        return true;
    case PE_FrameMenu: draw::box(painter, rect, {}, mixed(theme.border, theme.borderStrong, 0.3), 0); return true;
    case PE_PanelMenuBar:
    case PE_FrameStatusBarItem:
    case PE_FrameDockWidget:
    case PE_IndicatorToolBarHandle: return true;
    case PE_PanelStatusBar:
        painter->fillRect(rect, theme.panel);
        painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme.border);
        return true;
    case PE_PanelToolBar: return true;
    case PE_IndicatorToolBarSeparator:
        if (option->state & State_Horizontal)
            painter->fillRect(QRect(rect.center().x(), rect.top() + 5, 1, rect.height() - 10), theme.border);
        else
            painter->fillRect(QRect(rect.left() + 5, rect.center().y(), rect.width() - 10, 1), theme.border);
        return true;
    case PE_IndicatorDockWidgetResizeHandle: {
        const bool hovered = option->state & State_MouseOver;
        painter->fillRect(rect, theme.panel);
        const QRect line = rect.width() > rect.height() ? QRect(rect.left(), rect.center().y(), rect.width(), 1)
                                                        : QRect(rect.center().x(), rect.top(), 1, rect.height());
        painter->fillRect(hovered ? line.adjusted(-1, -1, 1, 1).intersected(rect) : line, hovered ? theme.accent : theme.border);
        return true;
    }
    case PE_FrameTabWidget:
        painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme.border);
        return true;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
        return true;
    case PE_FrameGroupBox: draw::box(painter, rect, {}, theme.border); return true;
    case PE_Frame: draw::box(painter, rect, {}, theme.border, 0); return true;
    default: return false;
    }
}

bool StudioStyle::drawChromeControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = Theme::current();
    const QRect rect = option->rect;
    switch (element) {
    case CE_TabBarTabShape: drawTab(option, painter, widget); return true;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab label = *tab;
            const bool selected = option->state & State_Selected;
            const QColor colour = selected || option->state & State_MouseOver ? theme.text : theme.textMuted;
            for (const auto role : {QPalette::WindowText, QPalette::ButtonText, QPalette::Text})
                label.palette.setColor(QPalette::Active, role, colour), label.palette.setColor(QPalette::Inactive, role, colour);
            QProxyStyle::drawControl(element, &label, painter, widget);
            return true;
        }
        return false;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel: return true;
    case CE_ProgressBarContents: drawProgress(option, painter, widget); return true;
    case CE_Splitter: {
        const bool hovered = option->state & State_MouseOver;
        const QRect line = rect.width() > rect.height() ? QRect(rect.left(), rect.center().y(), rect.width(), 1)
                                                        : QRect(rect.center().x(), rect.top(), 1, rect.height());
        painter->fillRect(hovered ? line.adjusted(-1, -1, 1, 1).intersected(rect) : line, hovered ? theme.accent : theme.border);
        return true;
    }
    case CE_ToolBar:
        painter->fillRect(rect, theme.panel);
        if (!(widget && qobject_cast<QMenuBar *>(widget->parentWidget()))) // in the menu's row it is no bar of its own
            painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
        return true;
    case CE_SizeGrip: return true;
    case CE_DockWidgetTitle:
        if (const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option)) {
            painter->fillRect(rect, theme.panel);
            painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.border);
            QRect text = subElementRect(SE_DockWidgetTitleBarText, option, widget);
            text.setLeft(rect.left() + 12);
            text.setTop(rect.top());
            text.setBottom(rect.bottom() - 1);
            painter->save();
            painter->setFont(themeFont(TextRole::Section));
            painter->setPen(theme.text);
            painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic,
                QFontMetrics(painter->font()).elidedText(dock->title, Qt::ElideRight, text.width()));
            painter->restore();
            return true;
        }
        return false;
    default: return false;
    }
}

void StudioStyle::drawTab(const QStyleOption *option, QPainter *painter, const QWidget *) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const Theme &theme = Theme::current();
    const QRect rect = option->rect;
    const bool below = tab->shape == QTabBar::RoundedSouth || tab->shape == QTabBar::TriangularSouth;
    if (option->state & State_MouseOver && !(option->state & State_Selected))
        draw::box(painter, QRectF(rect).adjusted(2, 4, -2, -4), theme.hover, {});
    if (option->state & State_Selected)
        draw::box(painter, QRectF(rect.left() + 10, below ? rect.top() : rect.bottom() - 1, rect.width() - 20, 2), theme.accent, {}, 1);
    if (option->state & State_HasFocus && option->state & State_KeyboardFocusChange)
        draw::focusRing(painter, QRectF(rect).adjusted(3, 4, -3, -4), 5);
}

void StudioStyle::drawProgress(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar)
        return;
    const Theme &theme = Theme::current();
    const QRectF rect = option->rect;
    const double radius = std::min(rect.height() / 2, 5.0);
    if (theme.kind == ThemeKind::HighContrast)
        draw::box(painter, rect, theme.panel, theme.border, radius, 1); // filled it would look done
    else
        draw::box(painter, rect, theme.dark ? theme.border : mixed(theme.border, theme.borderStrong, 0.12), {}, radius);
    QRectF done = rect;
    if (bar->maximum <= bar->minimum) {
        const double phase = double(QDateTime::currentMSecsSinceEpoch() % 1600) / 1600;
        const double width = rect.width() * 0.3;
        done = QRectF(rect.left() + phase * (rect.width() + width) - width, rect.top(), width, rect.height()).intersected(rect);
        if (widget)
            QTimer::singleShot(33, widget, [bar = QPointer<QWidget>(const_cast<QWidget *>(widget))] { bar->update(); });
    } else {
        const double share = double(bar->progress - bar->minimum) / double(bar->maximum - bar->minimum);
        done.setWidth(rect.width() * std::clamp(share, 0.0, 1.0));
    }
    painter->save();
    painter->setClipRect(done);
    draw::box(painter, rect, option->state & State_Enabled ? theme.accent : theme.borderStrong, {}, radius);
    painter->restore();
    if (!bar->textVisible || rect.height() < 14)
        return;
    painter->save();
    painter->setPen(theme.text);
    painter->drawText(rect, Qt::AlignCenter, bar->text);
    painter->setClipRect(done);
    painter->setPen(theme.accentText);
    painter->drawText(rect, Qt::AlignCenter, bar->text);
    painter->restore();
}

QRect StudioStyle::scrollBarPart(const QStyleOptionComplex *option, SubControl part) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    const QRect rect = option->rect;
    if (!bar || part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
        return {};
    const bool horizontal = bar->orientation == Qt::Horizontal;
    const int length = horizontal ? rect.width() : rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int slider = length;
    if (range > 0)
        slider = std::clamp(int(qint64(bar->pageStep) * length / (range + bar->pageStep)), std::min(28, length), length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
    const auto along = [&](int from, int to) {
        return horizontal ? QRect(rect.left() + from, rect.top(), to - from, rect.height())
                          : QRect(rect.left(), rect.top() + from, rect.width(), to - from);
    };
    switch (part) {
    case SC_ScrollBarSlider: return along(start, start + slider);
    case SC_ScrollBarSubPage: return along(0, start);
    case SC_ScrollBarAddPage: return along(start + slider, length);
    default: return rect;
    }
}

void StudioStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar)
        return;
    const Theme &theme = Theme::current();
    painter->fillRect(option->rect, widget && widget->parentWidget() && widget->parentWidget()->parentWidget()
            ? widget->parentWidget()->parentWidget()->palette().color(widget->parentWidget()->parentWidget()->backgroundRole())
            : theme.panel);
    if (bar->maximum <= bar->minimum)
        return;
    const bool hot = option->state & State_MouseOver || option->state & State_Sunken;
    QRectF slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    slider.adjust(2, 2, -2, -2);
    const bool plain = theme.kind == ThemeKind::HighContrast;
    draw::box(painter, slider, plain ? hot ? theme.borderStrong : theme.border : mixed(theme.panel, theme.text, hot ? 0.45 : 0.22), {}, 3);
}

} // namespace netloom
