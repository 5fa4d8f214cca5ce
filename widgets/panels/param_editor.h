// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/param.h"

#include <QString>
#include <QWidget>

namespace netloom {

/// A form field for one parameter, made from its declaration. The widget that takes the keys is named "param_<name>", a second
/// number "param_<name>_2", the choice of a keyword "param_<name>_keyword", linked axes "param_<name>_link", browsing "browse_<name>".
class ParamEditor : public QWidget {
    Q_OBJECT
public:
    static ParamEditor *make(const ParamDecl &decl, QWidget *parent);

    const ParamDecl &decl() const { return m_decl; }
    /// Shows @p value without edited(). Leaves cursor and focus alone where it shows the value already.
    void setValue(const ParamValue &value);
    virtual ParamValue value() const = 0;

signals:
    void edited(const netloom::ParamValue &value);
    /// The text can't be read as a value; says what is allowed.
    void refused(const QString &reason);
    void browseRequested();

protected:
    explicit ParamEditor(const ParamDecl &decl, QWidget *parent);

    virtual void display(const ParamValue &value) = 0;
    /// Called by an editor's own signals.
    void report();
    /// True while a field holds text that isn't in the document yet: Ctrl+Z is for that text then.
    virtual bool holdsUnreportedText() const { return false; }
    /// Names a field, leaves undo to the document, and keeps the wheel for scrolling while it has no focus.
    void adopt(QWidget *field, const QString &suffix = {});
    bool eventFilter(QObject *watched, QEvent *event) override;

    ParamDecl m_decl;
    bool m_showing = false; ///< while setValue() runs: changes aren't the user's
};

} // namespace netloom
