// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_spec.h"

#include <QColor>
#include <QIcon>
#include <QString>

class QApplication;

namespace netloom {

/// The program's colours and measures, in one place; light and dark. Widgets ask here and never name a colour.
struct Theme {
    bool dark = false;

    QColor window;        ///< behind everything
    QColor panel;         ///< panels and dialogs
    QColor raised;        ///< cards, inputs, node bodies
    QColor hover;
    QColor border;
    QColor text;
    QColor textMuted;     ///< still ≥ 4.5:1 on panel
    QColor accent;        ///< primary action, selection
    QColor accentText;    ///< on accent
    QColor canvas;        ///< canvas background
    QColor canvasGrid;
    QColor error;
    QColor warning;
    QColor success;
    QColor curveTrain;    ///< colour-blind-safe pair
    QColor curveVal;

    QColor category(Category category) const; ///< a node's colour
    QColor port(PortKind kind) const;         ///< a port's and its wires' colour

    static const Theme &light();
    static const Theme &dark_();
    /// The theme in force, set by applyTheme(); light before.
    static const Theme &current();
};

/// Sets palette, fonts and style sheet on @p application. Every widget then gets QEvent::PaletteChange, on which those
/// that paint by themselves read Theme::current() again.
void applyTheme(QApplication &application, bool dark);

/// An icon of resources/icons/<name>.svg, drawn in the text colour of the current theme (or @p colour).
QIcon themedIcon(const QString &name, const QColor &colour = {});
/// The category's icon name: "category-layer".
QString categoryIconName(Category category);

} // namespace netloom
