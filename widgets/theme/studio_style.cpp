// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/studio_style.h"

#include "theme/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSlider>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace netloom {

StudioStyle::StudioStyle() : QProxyStyle("fusion") {}

void StudioStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractSpinBox *>(widget)
        || qobject_cast<QLineEdit *>(widget) || qobject_cast<QScrollBar *>(widget) || qobject_cast<QSlider *>(widget)
        || qobject_cast<QTabBar *>(widget) || qobject_cast<QHeaderView *>(widget) || widget->inherits("QSplitterHandle"))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (auto *header = qobject_cast<QHeaderView *>(widget); header && header->orientation() == Qt::Horizontal)
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

int StudioStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth: return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return 8;
    case PM_ScrollBarExtent: return 10;
    case PM_ScrollBarSliderMin: return 28;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap: return 0;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent: return 5;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength: return 18;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin: return 4;
    case PM_MenuBarPanelWidth: return 0;
    case PM_MenuBarItemSpacing: return 2;
    case PM_MenuBarHMargin: return 6;
    case PM_MenuBarVMargin: return 3;
    case PM_MenuButtonIndicator: return 16;
    case PM_ToolBarIconSize: return 20;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize: return 16;
    case PM_MessageBoxIconSize: return 32;
    case PM_ToolBarItemSpacing: return 4;
    case PM_ToolBarItemMargin: return 5;
    case PM_ToolBarFrameWidth: return 0;
    case PM_ToolBarSeparatorExtent: return 13;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return widget && widget->isWindow() ? 2 * Theme::kSpacing : 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return Theme::kSpacing;
    case PM_DockWidgetTitleMargin: return 7;
    case PM_DockWidgetTitleBarButtonMargin: return 4;
    case PM_DockWidgetFrameWidth: return 0;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap: return 0;
    case PM_TabBarTabHSpace: return 24;
    case PM_TabBarTabVSpace: return 12;
    case PM_ToolTipLabelFrameWidth: return 7;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_FocusFrameHMargin: return 6;
    case PM_FocusFrameVMargin: return 2;
    case PM_HeaderMargin: return 8;
    case PM_ComboBoxFrameWidth: return 1;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int StudioStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollBar_LeftClickAbsolutePosition: return 1;
    case SH_Slider_AbsoluteSetButtons: return Qt::LeftButton;
    case SH_ToolTip_WakeUpDelay: return 450;
    case SH_FormLayoutLabelAlignment: return Qt::AlignLeft | Qt::AlignVCenter;
    case SH_FormLayoutFieldGrowthPolicy: return 1; // QFormLayout::ExpandingFieldsGrow
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize StudioStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {std::max(result.width(), size.width() + 24), Theme::kControlHeight};
    case CT_LineEdit:
    case CT_SpinBox:
        return {size.width() + (type == CT_SpinBox ? 38 : 18), std::max(Theme::kControlHeight, size.height())};
    case CT_ComboBox:
        return {size.width() + 38, Theme::kControlHeight};
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        const bool menu = button && button->features & QStyleOptionToolButton::HasMenu;
        const bool text = button && button->toolButtonStyle != Qt::ToolButtonIconOnly && !button->text.isEmpty();
        if (widget && widget->inherits("QDockWidgetTitleButton"))
            return {20, 20};
        return {size.width() + (text ? 16 : 10) + (menu ? 12 : 0), std::max(size.height() + 8, text ? 28 : 0)};
    }
    case CT_CheckBox:
    case CT_RadioButton: return {result.width(), std::max(result.height(), 22)};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {result.width(), 9};
        return {size.width() + 28 + 40, 30};
    }
    case CT_MenuBarItem: return {size.width() + 16, std::max(size.height() + 10, Theme::kControlHeight)};
    case CT_TabBarTab: return {result.width(), std::max(result.height(), 34)};
    case CT_ItemViewItem: return {result.width(), std::max(result.height() + 6, 28)};
    case CT_HeaderSection: return {result.width(), std::max(result.height(), 30)};
    case CT_ProgressBar: return {result.width(), std::max(6, std::min(result.height(), 20))};
    default: return result;
    }
}

QRect StudioStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            return option->rect.adjusted(7, 1, -7, -1);
        return option->rect;
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
    case SE_ProgressBarLabel: return option->rect;
    case SE_TabWidgetTabContents: {
        const auto *tabs = qstyleoption_cast<const QStyleOptionTabWidgetFrame *>(option);
        const QRect pane = subElementRect(SE_TabWidgetTabPane, option, widget);
        return tabs && tabs->lineWidth > 0 && tabs->shape == QTabBar::RoundedNorth ? pane.adjusted(0, 1, 0, 0) : pane;
    }
    case SE_TabWidgetRightCorner:
        if (const auto *tabs = qstyleoption_cast<const QStyleOptionTabWidgetFrame *>(option); tabs && tabs->shape == QTabBar::RoundedNorth) {
            const int width = tabs->rightCornerWidgetSize.width();
            return visualRect(option->direction, option->rect, {option->rect.right() + 1 - width, option->rect.top(), width, tabs->tabBarSize.height()});
        }
        return QProxyStyle::subElementRect(element, option, widget);
    default: return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect StudioStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        return visualRect(option->direction, option->rect, scrollBarPart(option, part));
    if (control == CC_SpinBox)
        return visualRect(option->direction, option->rect, spinBoxPart(option, part));
    if (control == CC_ComboBox) {
        const QRect rect = option->rect;
        if (part == SC_ComboBoxEditField)
            return visualRect(option->direction, rect, rect.adjusted(10, 1, -26, -1));
        if (part == SC_ComboBoxArrow)
            return visualRect(option->direction, rect, {rect.right() - 26, rect.top(), 26, rect.height()});
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QIcon StudioStyle::standardIcon(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    const Theme &theme = Theme::current();
    switch (standard) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_LineEditClearButton:
    case SP_TabCloseButton: return themedIcon("close", theme.textMuted);
    case SP_TitleBarNormalButton: return themedIcon("copy", theme.textMuted);
    case SP_MessageBoxInformation: return themedIcon("info", theme.accent);
    case SP_MessageBoxQuestion: return themedIcon("help", theme.accent);
    case SP_MessageBoxWarning: return themedIcon("warning", theme.warning);
    case SP_MessageBoxCritical: return themedIcon("error", theme.error);
    case SP_DirIcon:
    case SP_DirOpenIcon: return themedIcon("folder");
    case SP_FileIcon: return themedIcon("new");
    case SP_ToolBarHorizontalExtensionButton: return themedIcon("chevron-right");
    default: return QProxyStyle::standardIcon(standard, option, widget);
    }
}

QPixmap StudioStyle::standardPixmap(StandardPixmap standard, const QStyleOption *option, const QWidget *widget) const
{
    switch (standard) {
    case SP_MessageBoxInformation:
    case SP_MessageBoxQuestion:
    case SP_MessageBoxWarning:
    case SP_MessageBoxCritical: return standardIcon(standard, option, widget).pixmap(32);
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_LineEditClearButton:
    case SP_TitleBarNormalButton: return standardIcon(standard, option, widget).pixmap(16);
    default: return QProxyStyle::standardPixmap(standard, option, widget);
    }
}

void StudioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (!drawButtonPrimitive(element, option, painter, widget) && !drawFieldPrimitive(element, option, painter, widget)
        && !drawChromePrimitive(element, option, painter, widget) && !drawViewPrimitive(element, option, painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void StudioStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (element == CE_PushButtonLabel && drawButtonLabel(option, painter, widget))
        return;
    if (!drawChromeControl(element, option, painter, widget) && !drawViewControl(element, option, painter, widget))
        QProxyStyle::drawControl(element, option, painter, widget);
}

void StudioStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox: drawComboBox(option, painter, widget); break;
    case CC_SpinBox: drawSpinBox(option, painter, widget); break;
    case CC_Slider: drawSlider(option, painter, widget); break;
    case CC_ScrollBar: drawScrollBar(option, painter, widget); break;
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

namespace draw {

void box(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge, double radius, double edgeWidth)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double width = edgeWidth > 0 ? edgeWidth : Theme::current().edge;
    const double half = edge.isValid() ? width / 2 : 0;
    painter->setPen(edge.isValid() ? QPen(edge, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    painter->restore();
}

void chevron(QPainter *painter, const QRectF &rect, Direction direction, const QColor &colour, double size)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->translate(rect.center());
    painter->rotate(direction == Direction::Up ? 180 : direction == Direction::Left ? 90 : direction == Direction::Right ? 270 : 0);
    const double half = size / 2;
    painter->drawPolyline(QPolygonF{{-half, -half / 2}, {0, half / 2}, {half, -half / 2}});
    painter->restore();
}

void tick(QPainter *painter, const QRectF &rect, const QColor &colour)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF c = rect.center();
    painter->drawPolyline(QPolygonF{c + QPointF(-3.6, 0.2), c + QPointF(-1.1, 2.8), c + QPointF(3.8, -2.9)});
    painter->restore();
}

void field(QPainter *painter, const QRectF &rect, bool enabled, bool hovered, bool focused)
{
    const Theme &theme = Theme::current();
    const QColor calm = mixed(theme.border, theme.borderStrong, theme.dark ? 0.35 : 0.3);
    const QColor edge = focused ? theme.accent : !enabled ? theme.border : hovered ? theme.borderStrong : calm;
    box(painter, rect, enabled ? theme.raised : theme.panel, edge, Theme::kRadius, theme.edge + (focused ? 1 : 0));
}

void focusRing(QPainter *painter, const QRectF &rect, double radius)
{
    box(painter, rect, {}, Theme::current().accent, radius, Theme::current().edge + 1);
}

} // namespace draw

} // namespace netloom
