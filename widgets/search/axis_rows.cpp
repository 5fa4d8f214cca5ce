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

void AxisRows::add(const SearchAxis &axis, const QString &doc)
{
    if (const auto there = std::ranges::find(m_rows, axis.name, [](const Row &row) { return row.axis.name; }); there != m_rows.end()) {
        (there->list ? there->list : there->low)->setFocus(Qt::OtherFocusReason);
        return;
    }
    Row row;
    row.axis = axis;
    row.box = new QWidget;
    auto *column = new QVBoxLayout(row.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *head = new QHBoxLayout;
    auto *name = new ElidedLabel(row.box);
    name->setText(QString::fromStdString(axis.name));
    name->setToolTip(doc);
    name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *away = new QToolButton;
    away->setObjectName("axisRemove_" + QString::fromStdString(axis.name));
    away->setIcon(themedIcon("close"));
    away->setIconSize({14, 14});
    away->setAutoRaise(true);
    away->setToolTip(tr("Do not search over %1").arg(QString::fromStdString(axis.name)));
    away->setAccessibleName(away->toolTip());
    connect(away, &QToolButton::clicked, this, [this, key = axis.name] { remove(key); });
    head->addWidget(name, 1);
    head->addWidget(away);
    column->addLayout(head);
    row.locked.push_back(away);
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

void AxisRows::addFields(Row &row, QVBoxLayout *column)
{
    const SearchAxis &axis = row.axis;
    const QString key = QString::fromStdString(axis.name);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    if (axis.kind == SearchAxis::Kind::Choice) {
        row.list = field("axisList_" + key, QString::fromStdString(rangeText(axis)).replace('|', " | "), tr("%1: values, with | between them").arg(key));
        row.list->setReadOnly(axis.target == SearchAxis::Target::Switch);
        row.list->setCursorPosition(0);
        line->addWidget(row.list);
        row.locked.push_back(row.list);
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
        connect(row.log, &QCheckBox::toggled, this, [this, name = axis.name] { check(name); });
    }
    for (QLineEdit *edit : {row.low, row.high, row.list}) {
        if (edit)
            connect(edit, &QLineEdit::editingFinished, this, [this, name = axis.name] { check(name); });
    }
    column->addLayout(line);
}

void AxisRows::remove(const std::string &name)
{
    const auto row = std::ranges::find(m_rows, name, [](const Row &each) { return each.axis.name; });
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

/// "NAME=RANGE"
QString AxisRows::textOf(const Row &row) const
{
    const QString name = QString::fromStdString(row.axis.name) + "=";
    if (row.list)
        return name + row.list->text();
    SearchAxis options = row.axis;
    options.log = row.log->isChecked();
    const QString written = QString::fromStdString(rangeText(options));
    const auto colon = written.indexOf(':');
    return name + row.low->text().trimmed() + ".." + row.high->text().trimmed() + (colon < 0 ? QString() : written.mid(colon));
}

Result<SearchAxis> AxisRows::read(const Row &row) const
{
    if (row.axis.target == SearchAxis::Target::Switch || row.axis.target == SearchAxis::Target::OneOf || !m_reader)
        return row.axis;
    return m_reader(textOf(row).toStdString());
}

void AxisRows::check(const std::string &name)
{
    const auto row = std::ranges::find(m_rows, name, [](const Row &each) { return each.axis.name; });
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
