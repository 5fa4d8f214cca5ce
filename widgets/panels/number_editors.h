// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/param_editor.h"

class QComboBox;
class QSpinBox;
class QToolButton;

namespace netloom {

class RealSpinBox;

/// A whole number, or one of the declared keywords.
class IntEditor : public ParamEditor {
    Q_OBJECT
public:
    IntEditor(const ParamDecl &decl, QWidget *parent);
    ParamValue value() const override;

protected:
    void display(const ParamValue &value) override;

private:
    void arrange();

    QComboBox *m_keyword = nullptr;
    QSpinBox *m_number = nullptr;
};

/// One number for both axes or two (height, width), or one of the declared keywords.
class IntPairEditor : public ParamEditor {
    Q_OBJECT
public:
    IntPairEditor(const ParamDecl &decl, QWidget *parent);
    ParamValue value() const override;

protected:
    void display(const ParamValue &value) override;

private:
    void arrange();

    QComboBox *m_keyword = nullptr;
    QSpinBox *m_first = nullptr, *m_second = nullptr;
    QToolButton *m_link = nullptr;
};

class RealEditor : public ParamEditor {
    Q_OBJECT
public:
    RealEditor(const ParamDecl &decl, QWidget *parent);
    ParamValue value() const override;

protected:
    void display(const ParamValue &value) override;

private:
    RealSpinBox *m_number = nullptr;
};

} // namespace netloom
