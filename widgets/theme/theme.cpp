// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/studio_style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QToolTip>

#include <algorithm>

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
    theme.kind = ThemeKind::Dark;
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

Theme makeHighContrast()
{
    Theme theme;
    theme.kind = ThemeKind::HighContrast;
    theme.dark = true;
    theme.edge = 2;
    theme.window = "#000000";
    theme.panel = "#000000";
    theme.raised = "#000000";
    theme.hover = "#303030";
    theme.border = "#B8B8B8";
    theme.borderStrong = "#FFFFFF";
    theme.text = "#FFFFFF";
    theme.textMuted = "#E4E4E4";
    theme.accent = "#FFE14D";
    theme.accentHover = "#FFF0A0";
    theme.accentText = "#000000";
    theme.accentSoft = "#473D00";
    theme.canvas = "#000000";
    theme.canvasGrid = "#4A4A4A";
    theme.error = "#FFA19A";
    theme.warning = "#FFBE6B";
    theme.success = "#7EEBA1";
    theme.curveTrain = "#8CC4FF";
    theme.curveVal = "#FFB27A";
    return theme;
}

/// A colour in each of the themes.
struct Shades {
    const char *light;
    const char *dark;
    const char *highContrast;

    QColor in(ThemeKind kind) const
    {
        return QColor(QLatin1String(kind == ThemeKind::Light ? light : kind == ThemeKind::Dark ? dark : highContrast));
    }
};

constexpr Shades kBlue{"#0B5CAD", "#3F8CE3", "#85BFFF"};
constexpr Shades kGreen{"#0E8F6E", "#3CC79F", "#4CE5B8"};
constexpr Shades kViolet{"#5B3FC4", "#B7A3FF", "#CDBFFF"};
constexpr Shades kOchre{"#AB7300", "#F2C14E", "#FFD35C"};
constexpr Shades kSky{"#2E96CC", "#7FD3FA", "#9BE1FF"};
constexpr Shades kPink{"#C4559B", "#E0679F", "#FF9CCB"};
constexpr Shades kSlate{"#47505C", "#C6CCD5", "#DEE3EA"};
constexpr Shades kRust{"#B0360A", "#F5743C", "#FF9E75"};
constexpr Shades kTeal{"#2F6B80", "#8FB8C9", "#A9DDF0"};
constexpr Shades kIndigo{"#3B57D9", "#8AA0FF", "#B3C1FF"};

constexpr std::pair<ThemeKind, const char *> kNames[] = {
    {ThemeKind::Light, "light"},
    {ThemeKind::Dark, "dark"},
    {ThemeKind::HighContrast, "high-contrast"},
};

ThemeKind s_inForce = ThemeKind::Light;

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
    const QColor faint = mixed(theme.panel, theme.textMuted, theme.kind == ThemeKind::HighContrast ? 0.75 : 0.6);
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
    case Category::Source: return kBlue.in(kind);
    case Category::Transform: return kGreen.in(kind);
    case Category::Layer: return kViolet.in(kind);
    case Category::Activation: return kOchre.in(kind);
    case Category::Pooling: return kSky.in(kind);
    case Category::Regularization: return kPink.in(kind);
    case Category::Shaping: return kSlate.in(kind);
    case Category::Loss: return kRust.in(kind);
    case Category::Structure: return kTeal.in(kind);
    }
    return textMuted;
}

QColor Theme::port(PortKind port) const
{
    switch (port) {
    case PortKind::Image: return kGreen.in(kind);
    case PortKind::Row: return kOchre.in(kind);
    case PortKind::Tensor: return kIndigo.in(kind);
    case PortKind::Target: return kRust.in(kind);
    case PortKind::Any: return kSlate.in(kind);
    }
    return textMuted;
}

QColor Theme::frame(std::string_view color) const
{
    constexpr std::pair<std::string_view, const Shades *> kFrames[]{
        {"blue", &kBlue}, {"green", &kGreen}, {"amber", &kOchre}, {"red", &kRust}, {"violet", &kViolet}};
    const auto found = std::ranges::find(kFrames, color, &std::pair<std::string_view, const Shades *>::first);
    return (found == std::end(kFrames) ? kSlate : *found->second).in(kind);
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

const Theme &Theme::highContrastTheme()
{
    static const Theme theme = makeHighContrast();
    return theme;
}

const Theme &Theme::of(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light: break;
    case ThemeKind::Dark: return darkTheme();
    case ThemeKind::HighContrast: return highContrastTheme();
    }
    return lightTheme();
}

const Theme &Theme::current()
{
    return of(s_inForce);
}

QString themeName(ThemeKind kind)
{
    const auto found = std::ranges::find(kNames, kind, &std::pair<ThemeKind, const char *>::first);
    return QString::fromLatin1(found->second);
}

std::optional<ThemeKind> themeOfName(const QString &name)
{
    for (const auto &[kind, known] : kNames) {
        if (name == QLatin1String(known))
            return kind;
    }
    return std::nullopt;
}

void applyTheme(QApplication &application, ThemeKind kind)
{
    s_inForce = kind;
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
