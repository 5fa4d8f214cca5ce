// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QString>

#include <optional>
#include <string_view>

class QAbstractButton;
class QApplication;
class QWidget;

namespace netloom {

enum class ThemeKind { Light, Dark, HighContrast };

/// The program's colours and measures, in one place. Widgets ask here and never name a colour.
struct Theme {
    ThemeKind kind = ThemeKind::Light;
    bool dark = false;     ///< light text on dark surfaces; high contrast is dark, too
    double edge = 1;       ///< px: how thick the borders of controls and cards are

    QColor window;        ///< behind everything
    QColor panel;         ///< panels and dialogs
    QColor raised;        ///< cards, inputs, node bodies
    QColor hover;
    QColor border;
    QColor borderStrong;  ///< edges of what can be operated: fields, check boxes
    QColor text;
    QColor textMuted;     ///< still ≥ 4.5:1 on panel
    QColor accent;        ///< primary action, selection
    QColor accentHover;
    QColor accentText;    ///< on accent
    QColor accentSoft;    ///< background of what is selected or checked; text stays readable on it
    QColor canvas;        ///< canvas background
    QColor canvasGrid;
    QColor error;
    QColor warning;
    QColor success;
    QColor curveTrain;    ///< colour-blind-safe pair
    QColor curveVal;

    QColor category(Category category) const; ///< a node's colour; ≥ 3:1 on raised
    QColor port(PortKind kind) const;         ///< a port's and its wires' colour
    QColor frame(std::string_view color) const; ///< of a frame whose parameter says so; its title is readable in it on canvas

    static const Theme &lightTheme();
    static const Theme &darkTheme();
    /// For eyes and projectors that need it: everything that is read or operated stands out by 7:1 at least.
    static const Theme &highContrastTheme();
    static const Theme &of(ThemeKind kind);
    /// The theme in force, set by applyTheme(); light before.
    static const Theme &current();

    static constexpr int kSpacing = 8; ///< px; half of it inside a group
    static constexpr int kRadius = 6;  ///< px
    static constexpr int kControlHeight = 30; ///< px: buttons and fields in one row line up
};

/// Sets palette, fonts and style on @p application. Every widget then gets QEvent::PaletteChange, on which those
/// that paint by themselves read Theme::current() again.
void applyTheme(QApplication &application, ThemeKind kind);

/// "light", "dark", "high-contrast": what settings and the command line call a theme.
QString themeName(ThemeKind kind);
std::optional<ThemeKind> themeOfName(const QString &name);

/// What a piece of text is for; its size, weight and colour follow.
enum class TextRole {
    Body,
    Muted,   ///< secondary, body size
    Small,   ///< secondary, small: help lines, captions
    Section, ///< heading of a group inside a panel
    Title,   ///< name of the thing shown
    Figure,  ///< a number to be read across the room
    Error,
    Success,
};
QFont themeFont(TextRole role);
/// Gives a label its role; follows later theme changes by itself.
void setTextRole(QWidget *label, TextRole role);
/// Makes @p button the one main action of its place.
void setPrimary(QAbstractButton *button, bool primary = true);
/// White (or black) where text or an icon lies on @p background.
QColor readableOn(const QColor &background);
/// @p over mixed into @p under: share 0 gives under, 1 gives over.
QColor mixed(const QColor &under, const QColor &over, double share);

/// An icon of resources/icons/<name>.svg, drawn in the text colour of the current theme (or @p colour). It follows later
/// theme changes by itself, is crisp at every scale factor, and muted where disabled.
QIcon themedIcon(const QString &name, const QColor &colour = {});
/// The category's icon name: "category-layer".
QString categoryIconName(Category category);

} // namespace netloom
