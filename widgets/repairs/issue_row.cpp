// SPDX-License-Identifier: GPL-3.0-or-later
#include "repairs/issue_row.h"

#include "repairs/fix_buttons.h"
#include "theme/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace netloom {

namespace {

QIcon severityIcon(Severity severity)
{
    const Theme &theme = Theme::current();
    switch (severity) {
    case Severity::Error: return themedIcon("error", theme.error);
    case Severity::Warning: return themedIcon("warning", theme.warning);
    case Severity::Hint: break;
    }
    return themedIcon("info", theme.textMuted);
}

} // namespace

IssueRow::IssueRow(Document &document, const Issue &issue, QWidget *parent) : QWidget(parent)
{
    auto *icon = new QLabel(this);
    icon->setPixmap(severityIcon(issue.severity).pixmap(QSize(16, 16), devicePixelRatioF()));
    icon->setContentsMargins(0, 1, 0, 0);
    auto *text = new QLabel(QString::fromStdString(issue.text), this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *fixes = new FixButtons(document, issue, this);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(8, 7, 8, 7);
    grid->setHorizontalSpacing(Theme::kSpacing);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(icon, 0, 0, Qt::AlignTop);
    grid->addWidget(text, 0, 1);
    grid->addWidget(fixes, 1, 1);
}

} // namespace netloom
