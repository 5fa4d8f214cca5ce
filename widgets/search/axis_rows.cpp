// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/axis_rows.h"

#include "panels/elided_label.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

QLineEdit *field(const QString &name, const QString &text, const QString &what)
{
    auto *edit = new QLineEdit(text);
    edit->setObjectName(name);
    edit->setFixedHeight(Theme::kControlHeight);
    edit->setMinimumWidth(60);
    edit->setToolTip(what);
    edit->setAccessibleName(what);
    return edit;
}

} // namespace

AxisRows::AxisRows(QWidget *parent) : QWidget(parent)
{
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
}

bool AxisRows::has(const std::string &name) const
{
    return std::ranges::find(m_rows, name, [](const Row &row) { return row.axis.name; }) != m_rows.end();
}

/// "one-of-1", "one-of-2" for rows whose axes have no name of their own.
QString AxisRows::freeKey(const SearchAxis &axis) const
{
    if (axis.target != SearchAxis::Target::OneOf)
        return QString::fromStdString(axis.name);
    for (int number = 1;; ++number) {
        const QString key = QStringLiteral("one-of-%1").arg(number);
        if (std::ranges::find(m_rows, key, &Row::key) == m_rows.end())
            return key;
    }
}

std::vector<AxisRows::Row>::iterator AxisRows::find(const QString &key)
{
    return std::ranges::find(m_rows, key, &Row::key);
}

void AxisRows::add(const SearchAxis &axis, const QString &doc)
{
    if (const auto there = find(freeKey(axis)); there != m_rows.end()) {
        (there->list ? there->list : there->low)->setFocus(Qt::OtherFocusReason);
        return;
    }
    Row row;
    row.key = freeKey(axis);
    row.axis = axis;
    row.box = new QWidget;
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeHead(row, doc));
    addFields(row, column);
    row.problem = new QLabel;
    row.problem->setWordWrap(true);
    setTextRole(row.problem, TextRole::Error);
    row.problem->hide();
    column->addWidget(row.problem);
    m_column->addWidget(row.box);
    m_rows.push_back(std::move(row));
    setLocked(m_locked);
    emit changed();
}

/// The row's name, and the way to be rid of it.
QWidget *AxisRows::makeHead(Row &row, const QString &doc)
{
    auto *head = new QWidget;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(0, 0, 0, 0);
    const QString title = row.axis.target == SearchAxis::Target::OneOf ? tr("One of several nodes") : row.key;
    auto *name = new ElidedLabel(head);
    name->setText(title);
    name->setToolTip(doc);
    name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *away = new QToolButton;
    away->setObjectName("axisRemove_" + row.key);
    away->setIcon(themedIcon("close"));
    away->setIconSize({14, 14});
    away->setAutoRaise(true);
    away->setToolTip(tr("Do not search over %1").arg(title));
    away->setAccessibleName(away->toolTip());
    connect(away, &QToolButton::clicked, this, [this, key = row.key] { remove(key); });
    line->addWidget(name, 1);
    line->addWidget(away);
    row.locked.push_back(away);
    return head;
}

void AxisRows::addFields(Row &row, QVBoxLayout *column)
{
    const SearchAxis &axis = row.axis;
    const QString &key = row.key;
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    if (axis.kind == SearchAxis::Kind::Choice) {
        row.list = field("axisList_" + key, QString::fromStdString(rangeText(axis)).replace('|', " | "), tr("%1: values, with | between them").arg(key));
        row.list->setReadOnly(axis.target == SearchAxis::Target::Switch);
        row.list->setCursorPosition(0);
        line->addWidget(row.list);
        row.locked.push_back(row.list);
        addAlternatives(row, line);
    } else {
        row.low = field("axisLow_" + key, QString::fromStdString(axis.text(axis.low)), tr("%1: from").arg(key));
        row.high = field("axisHigh_" + key, QString::fromStdString(axis.text(axis.high)), tr("%1: to").arg(key));
        row.log = new QCheckBox(tr("log"));
        row.log->setObjectName("axisLog_" + key);
        row.log->setChecked(axis.log);
        row.log->setToolTip(tr("Equal ratios are equally far: 0.001, 0.01 and 0.1 are as likely"));
        line->addWidget(row.low, 1);
        line->addWidget(new QLabel(tr("to")));
        line->addWidget(row.high, 1);
        line->addWidget(row.log);
        row.locked.insert(row.locked.end(), {row.low, row.high, row.log});
        connect(row.log, &QCheckBox::toggled, this, [this, key] { check(key); });
    }
    for (QLineEdit *edit : {row.low, row.high, row.list}) {
        if (edit)
            connect(edit, &QLineEdit::editingFinished, this, [this, key] { check(key); });
    }
    column->addLayout(line);
}

/// A button that offers what else may stand in the list, where people can't be expected to know it.
void AxisRows::addAlternatives(Row &row, QHBoxLayout *line)
{
    const bool nodes = row.axis.target == SearchAxis::Target::OneOf;
    if (!nodes && row.axis.target != SearchAxis::Target::Type)
        return;
    row.list->setPlaceholderText(nodes ? tr("Which nodes?") : tr("Which types?"));
    if (nodes)
        row.list->setToolTip(tr("Nodes or blocks, with | between them: one is on, the others are bypassed"));
    auto *more = new QToolButton;
    more->setObjectName("axisMore_" + row.key);
    more->setIcon(themedIcon("plus"));
    more->setFixedSize(Theme::kControlHeight, Theme::kControlHeight);
    more->setToolTip(nodes ? tr("Add a node or block") : tr("Add a node type that fits here"));
    more->setAccessibleName(more->toolTip());
    connect(more, &QToolButton::clicked, this, [this, more, key = row.key] {
        if (const auto asked = find(key); asked != m_rows.end())
            emit alternativesRequested(key, choicesOf(*asked), more);
    });
    line->addWidget(more);
    row.locked.push_back(more);
}

void AxisRows::addChoice(const QString &key, const QString &choice)
{
    const auto row = find(key);
    if (row == m_rows.end() || !row->list)
        return;
    const QString before = row->list->text().trimmed();
    row->list->setText(before.isEmpty() ? choice : before + QStringLiteral(" | ") + choice);
    row->list->setCursorPosition(0);
    check(key);
}

void AxisRows::remove(const QString &key)
{
    const auto row = find(key);
    if (row == m_rows.end())
        return;
    row->box->hide();
    row->box->deleteLater();
    m_rows.erase(row);
    emit changed();
}

void AxisRows::clear()
{
    for (const Row &row : m_rows) {
        row.box->hide();
        row.box->deleteLater();
    }
    m_rows.clear();
    emit changed();
}

void AxisRows::setLocked(bool locked)
{
    m_locked = locked;
    for (const Row &row : m_rows) {
        for (QWidget *widget : row.locked)
            widget->setEnabled(!locked);
    }
}

/// "NAME=RANGE"; the nodes alone where one of several is chosen.
QString AxisRows::textOf(const Row &row) const
{
    const QString name = QString::fromStdString(row.axis.name) + "=";
    if (row.list)
        return row.axis.target == SearchAxis::Target::OneOf ? row.list->text() : name + row.list->text();
    SearchAxis options = row.axis;
    options.log = row.log->isChecked();
    const QString written = QString::fromStdString(rangeText(options));
    const auto colon = written.indexOf(':');
    return name + row.low->text().trimmed() + ".." + row.high->text().trimmed() + (colon < 0 ? QString() : written.mid(colon));
}

/// The row's axis with what its list holds now, whether that can be read or not.
SearchAxis AxisRows::choicesOf(const Row &row) const
{
    SearchAxis axis = row.axis;
    axis.choices.clear();
    for (const QString &choice : row.list->text().split('|', Qt::SkipEmptyParts))
        axis.choices.push_back(choice.trimmed().toStdString());
    return axis;
}

Result<SearchAxis> AxisRows::read(const Row &row) const
{
    if (row.axis.target == SearchAxis::Target::Switch || !m_reader || m_locked) // a search that was made before has what it had
        return row.axis;
    if (row.axis.target == SearchAxis::Target::OneOf && choicesOf(row).choices.size() < 2)
        return Error{tr("Add the nodes to choose among: two at least.").toStdString()};
    if (row.axis.target == SearchAxis::Target::Type && choicesOf(row).choices.size() < 2)
        return Error{tr("Add another type to choose between.").toStdString()};
    return m_reader(textOf(row).toStdString());
}

void AxisRows::check(const QString &key)
{
    const auto row = find(key);
    if (row == m_rows.end())
        return;
    const Result<SearchAxis> axis = read(*row);
    row->problem->setText(axis ? QString() : QString::fromStdString(axis.error().text));
    row->problem->setVisible(!axis.ok());
    emit changed();
}

Result<std::vector<SearchAxis>> AxisRows::axes() const
{
    std::vector<SearchAxis> axes;
    for (const Row &row : m_rows) {
        Result<SearchAxis> axis = read(row);
        row.problem->setText(axis ? QString() : QString::fromStdString(axis.error().text));
        row.problem->setVisible(!axis.ok());
        if (!axis)
            return axis.error();
        axes.push_back(std::move(*axis));
    }
    return axes;
}

} // namespace netloom
