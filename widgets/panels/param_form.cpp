// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/param_form.h"

#include "panels/elided_label.h"
#include "panels/param_editor.h"
#include "theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kMotionPause = 1000; ///< ms after which the next edit is a step of its own

/// What the parameter does and what it may be: "Probability of a zero. 0 to 1."
QString helpFor(const ParamDecl &decl)
{
    const QString doc = QString::fromStdString(decl.docText);
    const auto number = [](double value) { return QLocale(QLocale::English).toString(value, 'g', 12); };
    QString range;
    if (decl.min && decl.max)
        range = ParamForm::tr("%1 to %2").arg(number(*decl.min), number(*decl.max));
    else if (decl.min)
        range = ParamForm::tr("%1 or more").arg(number(*decl.min));
    if (range.isEmpty())
        return doc;
    return doc.endsWith('.') || doc.isEmpty() ? (doc + ' ' + range + '.').trimmed() : doc + ": " + range;
}

} // namespace

ParamForm::ParamForm(const std::vector<ParamDecl> &decls, Help help, QWidget *parent) : QWidget(parent)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Theme::kSpacing);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    for (const ParamDecl &decl : decls) {
        if (!decl.inForm)
            continue;
        if (!decl.group.empty() && (m_groups.empty() || m_groups.back().name != decl.group))
            addHeading(decl.group);
        addRow(decl, help);
        if (!m_groups.empty())
            m_groups.back().lastLine = m_nextLine;
    }
    for (const Row &row : m_rows) // fields that come and go leave the others where they are
        m_grid->setColumnMinimumWidth(0, std::max(m_grid->columnMinimumWidth(0), row.label->sizeHint().width()));
    setValues(Params::defaults(decls));
    m_motion.setSingleShot(true);
    m_motion.setInterval(kMotionPause);
    connect(qApp, &QApplication::focusChanged, this, [this] { m_motion.stop(); });
}

/// What a screen reader says of the fields and buttons of an editor: the parameter, and what each is of several.
static void nameFields(const ParamEditor &editor, const QString &param)
{
    for (QWidget *field : editor.findChildren<QWidget *>()) {
        if (field->focusPolicy() != Qt::NoFocus && field->accessibleName().isEmpty())
            field->setAccessibleName(field->toolTip().isEmpty() ? param : ParamForm::tr("%1: %2").arg(param, field->toolTip()));
    }
}

void ParamForm::addHeading(const std::string &group)
{
    if (!m_groups.empty())
        ++m_nextLine; // addToGroup()'s
    auto *heading = new QWidget(this);
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(0, m_groups.empty() ? 0 : 12, 0, 2);
    row->setSpacing(Theme::kSpacing);
    auto *name = new QLabel(tr(group.c_str()), heading);
    setTextRole(name, TextRole::Section);
    auto *note = new ElidedLabel(heading);
    note->setObjectName("note_" + QString::fromStdString(group));
    note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setTextRole(note, TextRole::Small);
    row->addWidget(name);
    row->addWidget(note, 1);
    m_grid->addWidget(heading, m_nextLine++, 0, 1, 3);
    m_groups.push_back({group, note, m_nextLine});
}

void ParamForm::setGroupNote(const std::string &group, const QString &note, const QString &tip)
{
    const auto found = std::ranges::find(m_groups, group, &Group::name);
    if (found == m_groups.end())
        return;
    found->note->setText(note);
    found->note->setToolTip(tip.isEmpty() ? note : tip);
}

void ParamForm::addToGroup(const std::string &group, QWidget *widget)
{
    const auto found = std::ranges::find(m_groups, group, &Group::name);
    if (found != m_groups.end())
        m_grid->addWidget(widget, found->lastLine, 0, 1, 3);
}

void ParamForm::addRow(const ParamDecl &decl, Help help)
{
    const std::size_t index = m_rows.size();
    Row row{decl, new QLabel(QString::fromStdString(decl.name), this), ParamEditor::make(decl, this), new QToolButton(this)};
    const QString doc = helpFor(decl);
    row.label->setToolTip(doc);
    row.label->setFixedHeight(Theme::kControlHeight);
    row.label->setBuddy(row.editor->focusProxy());
    row.label->setMinimumWidth(help == Help::Shown ? 92 : 0);
    row.reset->setObjectName("reset_" + QString::fromStdString(decl.name));
    row.reset->setIcon(themedIcon("reset"));
    row.reset->setIconSize({14, 14});
    row.reset->setFixedSize(22, Theme::kControlHeight);
    row.reset->setAutoRaise(true);
    row.reset->setToolTip(tr("Back to the default: %1").arg(QString::fromStdString(formatParam(decl.fallback))));
    row.reset->setAccessibleName(tr("Back to the default of %1").arg(QString::fromStdString(decl.name)));
    nameFields(*row.editor, QString::fromStdString(decl.name));
    QSizePolicy keepsRoom = row.reset->sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    row.reset->setSizePolicy(keepsRoom);
    row.reset->hide();
    row.editor->setValue(decl.fallback);
    row.editor->setToolTip(help == Help::ToolTip ? doc : QString());
    const int line = m_nextLine++;
    m_grid->addWidget(row.label, line, 0, Qt::AlignTop);
    m_grid->addWidget(row.editor, line, 1);
    m_grid->addWidget(row.reset, line, 2, Qt::AlignTop);
    if (help == Help::Shown && !doc.isEmpty()) {
        row.help = new QLabel(doc, this);
        row.help->setWordWrap(true);
        row.help->setContentsMargins(0, 0, 0, 10);
        setTextRole(row.help, TextRole::Small);
        m_grid->addWidget(row.help, m_nextLine++, 0, 1, 3);
    }
    connect(row.editor, &ParamEditor::edited, this, [this, index](const ParamValue &value) { edit(index, value); });
    connect(row.editor, &ParamEditor::refused, this, &ParamForm::refused);
    connect(row.editor, &ParamEditor::browseRequested, this, [this, index] {
        emit browseRequested(QString::fromStdString(m_rows[index].decl.name), m_rows[index].decl.folderPath);
    });
    connect(row.reset, &QToolButton::clicked, this, [this, index] {
        m_motion.stop();
        m_rows[index].editor->setValue(m_rows[index].decl.fallback);
        edit(index, m_rows[index].decl.fallback);
        m_motion.stop();
        m_rows[index].editor->setFocus();
    });
    m_rows.push_back(row);
}

void ParamForm::offerSearch()
{
    for (const Row &row : m_rows) {
        const QString name = QString::fromStdString(row.decl.name);
        auto *over = new QAction(themedIcon("tune"), tr("Search over this…"), row.label);
        over->setObjectName("searchOver_" + name);
        connect(over, &QAction::triggered, this, [this, name] { emit searchRequested(name); });
        row.label->addAction(over);
        row.label->setContextMenuPolicy(Qt::ActionsContextMenu);
    }
}

void ParamForm::edit(std::size_t row, const ParamValue &value)
{
    const bool continues = m_motion.isActive() && m_lastRow == row;
    m_lastRow = row;
    m_motion.start();
    markChanged(m_rows[row], value);
    emit valueEdited(QString::fromStdString(m_rows[row].decl.name), value, continues);
}

void ParamForm::markChanged(const Row &row, const ParamValue &value)
{
    row.reset->setVisible(value != row.decl.fallback);
}

/// A row without an effect takes no room.
void ParamForm::showIfItMatters(const Row &row, const Params &params)
{
    const bool matters = row.decl.matters(params);
    for (QWidget *part : {static_cast<QWidget *>(row.label), static_cast<QWidget *>(row.editor), static_cast<QWidget *>(row.help)}) {
        if (part)
            part->setVisible(matters);
    }
    QSizePolicy policy = row.reset->sizePolicy();
    policy.setRetainSizeWhenHidden(matters);
    row.reset->setSizePolicy(policy);
    if (!matters)
        row.reset->hide();
}

void ParamForm::setValues(const Params &params)
{
    for (const Row &row : m_rows) {
        if (!params.has(row.decl.name))
            continue;
        const ParamValue &value = params.at(row.decl.name);
        if (row.editor->value() != value)
            m_motion.stop();
        row.editor->setValue(value);
        markChanged(row, value);
    }
    for (const Row &row : m_rows)
        showIfItMatters(row, params);
}

void ParamForm::focusFirst()
{
    if (!m_rows.empty())
        m_rows.front().editor->setFocus(Qt::ShortcutFocusReason);
}

void ParamForm::setAvailable(const std::string &name, bool available, const QString &reason)
{
    const auto row = std::ranges::find_if(m_rows, [&](const Row &candidate) { return candidate.decl.name == name; });
    if (row == m_rows.end())
        return;
    row->editor->setEnabled(available);
    row->label->setEnabled(available);
    const QString tip = available ? helpFor(row->decl) : reason;
    row->editor->setToolTip(tip);
    row->label->setToolTip(tip);
}

} // namespace netloom
