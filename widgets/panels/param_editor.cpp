// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/param_editor.h"

#include "panels/number_editors.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace netloom {

namespace {

QHBoxLayout *rowIn(QWidget *parent)
{
    auto *row = new QHBoxLayout(parent);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    return row;
}

class FlagEditor : public ParamEditor {
public:
    FlagEditor(const ParamDecl &decl, QWidget *parent) : ParamEditor(decl, parent), m_box(new QCheckBox(this))
    {
        rowIn(this)->addWidget(m_box);
        setFixedHeight(Theme::kControlHeight);
        adopt(m_box);
        connect(m_box, &QCheckBox::toggled, this, [this] { nameState(), report(); });
        nameState();
    }
    ParamValue value() const override { return m_box->isChecked(); }

protected:
    void display(const ParamValue &value) override
    {
        if (const bool *flag = std::get_if<bool>(&value))
            m_box->setChecked(*flag);
        nameState();
    }

private:
    void nameState() { m_box->setText(m_box->isChecked() ? tr("on") : tr("off")); }

    QCheckBox *m_box;
};

class ChoiceEditor : public ParamEditor {
public:
    ChoiceEditor(const ParamDecl &decl, QWidget *parent) : ParamEditor(decl, parent), m_combo(new QComboBox(this))
    {
        for (const std::string &choice : decl.choices)
            m_combo->addItem(QString::fromStdString(choice));
        m_combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // long names may be cut short, but not in the list
        m_combo->setMinimumContentsLength(6);
        m_combo->view()->setMinimumWidth(m_combo->view()->sizeHintForColumn(0) + 24);
        rowIn(this)->addWidget(m_combo, 1);
        adopt(m_combo);
        connect(m_combo, &QComboBox::currentIndexChanged, this, [this] { report(); });
    }
    ParamValue value() const override { return m_combo->currentText().toStdString(); }

protected:
    void display(const ParamValue &value) override
    {
        if (const auto *word = std::get_if<std::string>(&value))
            m_combo->setCurrentIndex(m_combo->findText(QString::fromStdString(*word)));
    }

private:
    QComboBox *m_combo;
};

/// Text, a path with its browse button, or numbers separated by commas.
class LineEditor : public ParamEditor {
public:
    LineEditor(const ParamDecl &decl, QWidget *parent) : ParamEditor(decl, parent), m_line(new QLineEdit(this))
    {
        auto *row = rowIn(this);
        row->addWidget(m_line, 1);
        adopt(m_line);
        if (decl.type == ParamType::Text)
            connect(m_line, &QLineEdit::textEdited, this, [this] { report(); });
        else
            connect(m_line, &QLineEdit::editingFinished, this, [this] { finish(); });
        if (decl.type != ParamType::Path)
            return;
        m_line->setPlaceholderText(decl.folderPath ? tr("Choose a folder") : tr("Choose a file"));
        auto *browse = new QToolButton(this);
        browse->setIcon(themedIcon("folder"));
        browse->setIconSize({16, 16});
        browse->setFixedSize(Theme::kControlHeight, Theme::kControlHeight);
        browse->setToolTip(decl.folderPath ? tr("Browse for a folder") : tr("Browse for a file"));
        browse->setObjectName("browse_" + QString::fromStdString(decl.name));
        row->addWidget(browse);
        connect(browse, &QToolButton::clicked, this, &ParamEditor::browseRequested);
    }

    ParamValue value() const override
    {
        if (!isList())
            return m_line->text().toStdString();
        const auto parsed = parseParam(m_decl, m_line->text().toStdString());
        return parsed ? *parsed : m_shown;
    }

protected:
    void display(const ParamValue &value) override
    {
        m_shown = value;
        m_line->setText(QString::fromStdString(formatParam(value)));
        if (m_decl.type == ParamType::Path) {
            m_line->setCursorPosition(int(m_line->text().size()));
            m_line->setToolTip(m_line->text());
        }
    }
    bool holdsUnreportedText() const override
    {
        return m_decl.type != ParamType::Text && m_line->text() != QString::fromStdString(formatParam(m_shown));
    }

private:
    bool isList() const { return m_decl.type == ParamType::RealList || m_decl.type == ParamType::TextList; }

    void finish()
    {
        const auto parsed = parseParam(m_decl, m_line->text().toStdString());
        if (!parsed) {
            emit refused(QString::fromStdString(parsed.error().text));
            display(m_shown);
        } else if (*parsed != m_shown) {
            m_shown = *parsed;
            report();
        }
    }

    QLineEdit *m_line;
    ParamValue m_shown = std::string();
};

} // namespace

ParamEditor::ParamEditor(const ParamDecl &decl, QWidget *parent) : QWidget(parent), m_decl(decl) {}

ParamEditor *ParamEditor::make(const ParamDecl &decl, QWidget *parent)
{
    switch (decl.type) {
    case ParamType::Bool: return new FlagEditor(decl, parent);
    case ParamType::Int: return new IntEditor(decl, parent);
    case ParamType::Real: return new RealEditor(decl, parent);
    case ParamType::Choice: return new ChoiceEditor(decl, parent);
    case ParamType::IntPair: return new IntPairEditor(decl, parent);
    case ParamType::Text:
    case ParamType::Path:
    case ParamType::RealList:
    case ParamType::TextList: break;
    }
    return new LineEditor(decl, parent);
}

void ParamEditor::setValue(const ParamValue &value)
{
    if (this->value() == value && m_decl.type != ParamType::RealList && m_decl.type != ParamType::TextList)
        return;
    m_showing = true;
    display(value);
    m_showing = false;
}

void ParamEditor::report()
{
    if (!m_showing)
        emit edited(value());
}

void ParamEditor::adopt(QWidget *field, const QString &suffix)
{
    field->setObjectName("param_" + QString::fromStdString(m_decl.name) + suffix);
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(this);
    if (!focusProxy()) // the first one, which always shows
        setFocusProxy(field);
}

bool ParamEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride && !holdsUnreportedText()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace netloom
