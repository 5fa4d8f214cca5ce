// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_details.h"

#include "runs/run_store.h"
#include "runs/runs_model.h"
#include "theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

RunDetails::RunDetails(QWidget *parent) : QWidget(parent)
{
    m_nothing = new QLabel(tr("Select runs in the table to tag them and to write a note."));
    m_nothing->setWordWrap(true);
    setTextRole(m_nothing, TextRole::Small);
    m_fields = new QWidget;
    auto *fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(4);
    const auto label = [&](const QString &words, QWidget *field) {
        auto *caption = new QLabel(words);
        setTextRole(caption, TextRole::Section);
        caption->setBuddy(qobject_cast<QLineEdit *>(field) || qobject_cast<QPlainTextEdit *>(field) ? field : nullptr);
        fields->addWidget(caption);
        fields->addWidget(field);
        fields->addSpacing(6);
    };
    m_tags = new QLineEdit;
    m_tags->setObjectName("runTags");
    m_tags->setAccessibleName(tr("Tags"));
    m_tags->setPlaceholderText(tr("best, wide – with commas between"));
    m_noteField = new QPlainTextEdit;
    m_noteField->setObjectName("runNote");
    m_noteField->setAccessibleName(tr("Note"));
    m_noteField->setTabChangesFocus(true);
    m_noteField->setFixedHeight(64);
    m_noteField->installEventFilter(this);
    m_facts = new QLabel;
    m_facts->setObjectName("runFacts");
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTextRole(m_facts, TextRole::Small);
    label(tr("Tags"), m_tags);
    label(tr("Note"), m_noteField);
    fields->addWidget(m_facts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 8);
    column->addWidget(m_nothing);
    column->addWidget(m_fields);
    column->addStretch(1);
    connect(m_tags, &QLineEdit::editingFinished, this, [this] {
        if (m_tags->isModified()) {
            m_tags->setModified(false);
            emit tagsEdited(m_shown, m_tags->text());
        }
    });
    setRuns({});
}

void RunDetails::setRuns(const std::vector<const RunEntry *> &runs)
{
    QStringList now;
    for (const RunEntry *run : runs)
        now << runKey(*run);
    const bool same = now == m_shown;
    if (!same)
        commitNote();
    m_shown = std::move(now);
    m_fields->setVisible(!runs.empty());
    m_nothing->setVisible(runs.empty());
    if (runs.empty())
        return;
    const auto common = [&](auto member) {
        const bool equal = std::ranges::all_of(runs, [&](const RunEntry *run) { return run->*member == runs.front()->*member; });
        return equal ? std::optional(runs.front()->*member) : std::nullopt;
    };
    if (!same || !m_tags->isModified()) {
        const auto tags = common(&RunEntry::tags);
        m_tags->setText(tags ? text(tagsText(*tags)) : QString());
        m_tags->setPlaceholderText(tags ? tr("best, wide – with commas between") : tr("different tags"));
        m_tags->setModified(false);
    }
    if (!same || !m_noteField->hasFocus()) {
        const auto note = common(&RunEntry::note);
        m_note = note ? text(*note) : QString();
        m_noteField->setPlainText(m_note);
        m_noteField->setPlaceholderText(note ? QString() : tr("different notes"));
    }
    if (runs.size() == 1)
        showFacts(*runs.front());
    else
        m_facts->setText(tr("%1 are selected; tags and note are set for all of them.").arg(runCountText(int(runs.size()))));
}

void RunDetails::showFacts(const RunEntry &run)
{
    QStringList lines;
    if (!run.failure.empty())
        lines << text(run.failure).toHtmlEscaped() << QString();
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines << tr("%1: %2").arg(name, value.toHtmlEscaped());
    };
    add(tr("Project"), text(run.title));
    add(tr("Parameters"), run.parameters > 0 ? QLocale().toString(qlonglong(run.parameters)) : QString());
    add(tr("Computed on"), run.device.empty() ? QString() : tr("%1, threads: %2").arg(text(run.device)).arg(run.threads));
    add(tr("Data"), text(run.dataPrint));
    add(tr("Versions"), run.netloom.empty() ? QString() : tr("Netloom %1, LibTorch %2").arg(text(run.netloom), text(run.torch)));
    add(tr("Folder"), text(run.folder.string()));
    m_facts->setText(lines.join(QStringLiteral("<br>")));
}

void RunDetails::setEditable(bool editable, const QString &reason)
{
    for (QWidget *field : std::initializer_list<QWidget *>{m_tags, m_noteField}) {
        field->setEnabled(editable);
        field->setToolTip(editable ? QString() : reason);
    }
}

void RunDetails::focusTags()
{
    m_tags->setFocus();
    m_tags->selectAll();
}

void RunDetails::commitNote()
{
    if (m_shown.isEmpty() || m_noteField->toPlainText() == m_note)
        return;
    m_note = m_noteField->toPlainText();
    emit noteEdited(m_shown, m_note);
}

bool RunDetails::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_noteField && event->type() == QEvent::FocusOut)
        commitNote();
    return QWidget::eventFilter(watched, event);
}

} // namespace netloom
