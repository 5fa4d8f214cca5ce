// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/studio_style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QToolTip>

namespace netloom {

namespace {

Theme makeLight()
{
    Theme theme;
    theme.window = "#ECEEF2";
    theme.panel = "#F7F8FA";
    theme.raised = "#FFFFFF";
    theme.hover = "#E9ECF1";
    theme.border = "#D9DDE4";
    theme.borderStrong = "#868E9C";
    theme.text = "#1A1E27";
    theme.textMuted = "#596170";
    theme.accent = "#3B57D9";
    theme.accentHover = "#2F48BD";
    theme.accentText = "#FFFFFF";
    theme.accentSoft = "#E1E7FB";
    theme.canvas = "#EFF1F4";
    theme.canvasGrid = "#DCE0E7";
    theme.error = "#C2282D";
    theme.warning = "#8F5800";
    theme.success = "#19713A";
    theme.curveTrain = "#2563C9";
    theme.curveVal = "#B8500A";
    return theme;
}

Theme makeDark()
{
    Theme theme;
    theme.dark = true;
    theme.window = "#121418";
    theme.panel = "#1A1D23";
    theme.raised = "#23272F";
    theme.hover = "#2C313B";
    theme.border = "#343A45";
    theme.borderStrong = "#737C8C";
    theme.text = "#E7EAF0";
    theme.textMuted = "#A3ABB9";
    theme.accent = "#8AA0FF";
    theme.accentHover = "#A3B5FF";
    theme.accentText = "#0D1330";
    theme.accentSoft = "#2A345C";
    theme.canvas = "#15181D";
    theme.canvasGrid = "#242932";
    theme.error = "#FF8C85";
    theme.warning = "#F0B84E";
    theme.success = "#6CD08C";
    theme.curveTrain = "#6FA8FF";
    theme.curveVal = "#FFA45C";
    return theme;
}

bool s_darkInForce = false;

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.panel);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.raised);
    palette.setColor(QPalette::AlternateBase, theme.panel);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::Button, theme.raised);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.error);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.accentText);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::PlaceholderText, theme.textMuted);
    palette.setColor(QPalette::ToolTipBase, theme.dark ? theme.hover : theme.text);
    palette.setColor(QPalette::ToolTipText, theme.dark ? theme.text : theme.raised);
    palette.setColor(QPalette::Light, theme.raised);
    palette.setColor(QPalette::Midlight, theme.hover);
    palette.setColor(QPalette::Mid, theme.border);
    palette.setColor(QPalette::Dark, theme.borderStrong);
    palette.setColor(QPalette::Shadow, theme.window);
    const QColor faint = mixed(theme.panel, theme.textMuted, 0.6);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Base, theme.panel);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.border);
    return palette;
}

} // namespace

QColor Theme::category(Category category) const
{
    switch (category) {
    case Category::Source: return dark ? "#3F8CE3" : "#0B5CAD";
    case Category::Transform: return dark ? "#3CC79F" : "#0E8F6E";
    case Category::Layer: return dark ? "#B7A3FF" : "#5B3FC4";
    case Category::Activation: return dark ? "#F2C14E" : "#AB7300";
    case Category::Pooling: return dark ? "#7FD3FA" : "#2E96CC";
    case Category::Regularization: return dark ? "#E0679F" : "#C4559B";
    case Category::Shaping: return dark ? "#C6CCD5" : "#47505C";
    case Category::Loss: return dark ? "#F5743C" : "#B0360A";
    case Category::Structure: return dark ? "#8FB8C9" : "#2F6B80";
    }
    return textMuted;
}

QColor Theme::port(PortKind kind) const
{
    switch (kind) {
    case PortKind::Image: return dark ? "#3CC79F" : "#0E8F6E";
    case PortKind::Row: return dark ? "#F2C14E" : "#AB7300";
    case PortKind::Tensor: return dark ? "#8AA0FF" : "#3B57D9";
    case PortKind::Target: return dark ? "#F5743C" : "#B0360A";
    case PortKind::Any: return dark ? "#C6CCD5" : "#47505C";
    }
    return textMuted;
}

const Theme &Theme::lightTheme()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::current()
{
    return s_darkInForce ? darkTheme() : lightTheme();
}

void applyTheme(QApplication &application, bool dark)
{
    s_darkInForce = dark;
    const Theme &theme = Theme::current();
    if (!qobject_cast<StudioStyle *>(application.style()))
        QApplication::setStyle(new StudioStyle);
    QFont font = themeFont(TextRole::Body);
    QApplication::setFont(font);
    QPalette palette = paletteOf(theme);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(font);
}

QColor mixed(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](double a, double b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(mix(under.redF(), over.redF()), mix(under.greenF(), over.greenF()), mix(under.blueF(), over.blueF()));
}

} // namespace netloom
