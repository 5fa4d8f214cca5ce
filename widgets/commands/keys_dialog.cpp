// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/keys_dialog.h"

#include "commands/commands.h"
#include "commands/key_field.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace netloom {

namespace {

constexpr int kIdRole = Qt::UserRole;
constexpr int kKeysWidth = 250;

QPushButton *makeButton(const QString &name, const QString &text, const QString &tip = {})
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setAutoDefault(false);
    button->setToolTip(tip);
    return button;
}

} // namespace

KeysDialog::KeysDialog(Commands &commands, QWidget *parent) : QDialog(parent), m_commands(commands)
{
    setObjectName("keysDialog");
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(660, 640);
    m_search = new QLineEdit;
    m_search->setObjectName("keysSearch");
    m_search->setPlaceholderText(tr("Search a command or a key"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(themedIcon("search"), QLineEdit::LeadingPosition);
    m_tree = new QTreeWidget;
    m_tree->setObjectName("keysTree");
    m_tree->setAccessibleName(tr("Commands and their keys"));
    m_tree->setHeaderLabels({tr("Command"), tr("Keys")});
    m_tree->setRootIsDecorated(false);
    m_tree->setItemsExpandable(false);
    m_tree->setIndentation(12);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_tree->header()->resizeSection(1, kKeysWidth);
    m_tree->header()->setSectionsMovable(false);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(Theme::kSpacing);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    column->addWidget(makeNotice());
    column->addWidget(makeButtons());
    fill();
    connect(m_search, &QLineEdit::textChanged, this, &KeysDialog::filter);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this] { ask(Change::Replace); });
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *now, const QTreeWidgetItem *before) {
        if (now == before) // only the column has changed
            return;
        stopAsking();
        notify({});
        updateButtons();
    });
    connect(&m_commands, &Commands::keysChanged, this, &KeysDialog::fill);
    notify({});
    updateButtons();
}

void KeysDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_reset)
        fill(); // rows hold the theme's colours
}

QWidget *KeysDialog::makeNotice()
{
    auto *row = new QWidget;
    m_notice = new QLabel;
    m_notice->setObjectName("keysNotice");
    m_notice->setWordWrap(true);
    m_takeOver = makeButton("keysTakeOver", tr("Take it over"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_notice, 1);
    layout->addWidget(m_takeOver);
    row->setMinimumHeight(Theme::kControlHeight);
    connect(m_takeOver, &QPushButton::clicked, this, &KeysDialog::takeOver);
    return row;
}

QWidget *KeysDialog::makeButtons()
{
    auto *row = new QWidget;
    m_change = makeButton("keysChange", tr("Change"), tr("Press a new key for the command"));
    m_add = makeButton("keysAdd", tr("Add a key"), tr("A further key beside those that the command has"));
    m_remove = makeButton("keysRemove", tr("No key"));
    m_reset = makeButton("keysReset", tr("Reset"), tr("The command's own keys again"));
    auto *resetAll = makeButton("keysResetAll", tr("Reset all"));
    auto *close = makeButton("keysClose", tr("Close"));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {m_change, m_add, m_remove, m_reset})
        layout->addWidget(button);
    layout->addStretch();
    layout->addWidget(resetAll);
    layout->addWidget(close);
    connect(m_change, &QPushButton::clicked, this, [this] { ask(Change::Replace); });
    connect(m_add, &QPushButton::clicked, this, [this] { ask(Change::Add); });
    connect(m_remove, &QPushButton::clicked, this, [this] { m_commands.setKeys(chosen(), {}); });
    connect(m_reset, &QPushButton::clicked, this, &KeysDialog::reset);
    connect(resetAll, &QPushButton::clicked, &m_commands, &Commands::resetAll);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    return row;
}

QTreeWidgetItem *KeysDialog::addGroup(const QString &name)
{
    auto *group = new QTreeWidgetItem(m_tree, {name});
    group->setFlags(Qt::ItemIsEnabled);
    group->setFont(0, themeFont(TextRole::Section));
    group->setFirstColumnSpanned(true);
    return group;
}

void KeysDialog::addRow(QTreeWidgetItem *group, const QString &id, const QString &text, const QString &keys)
{
    auto *row = new QTreeWidgetItem(group, {text, keys});
    row->setData(0, kIdRole, id);
    if (id.isEmpty()) {
        row->setForeground(1, Theme::current().textMuted);
        row->setToolTip(1, tr("Part of a gesture: always the same"));
    } else if (m_commands.isChanged(id)) {
        row->setFont(1, themeFont(TextRole::Section));
        row->setToolTip(1, tr("By default %1").arg(shownKeys(m_commands.defaultKeys(id))));
    }
}

void KeysDialog::fill()
{
    const QString kept = chosen();
    const QSignalBlocker quiet(m_tree);
    m_asked = nullptr;
    m_tree->clear();
    QTreeWidgetItem *group = nullptr;
    for (const CommandSpec &spec : allCommands()) {
        if (!group || group->text(0) != spec.shownMenu())
            group = addGroup(spec.shownMenu());
        const QString id = QString::fromLatin1(spec.id);
        addRow(group, id, spec.plainText(), shownKeys(m_commands.keys(id)));
    }
    group = addGroup(tr("By hand on the canvas"));
    for (const FixedKey &fixed : fixedKeys())
        addRow(group, {}, fixed.shownText(), fixed.shownKeys());
    m_tree->expandAll();
    filter();
    choose(kept);
    updateButtons();
}

void KeysDialog::filter()
{
    const QStringList words = m_search->text().split(' ', Qt::SkipEmptyParts);
    for (int top = 0; top < m_tree->topLevelItemCount(); ++top) {
        QTreeWidgetItem *group = m_tree->topLevelItem(top);
        bool any = false;
        for (int index = 0; index < group->childCount(); ++index) {
            QTreeWidgetItem *row = group->child(index);
            const QString text = group->text(0) + ' ' + row->text(0) + ' ' + row->text(1);
            const bool shown = std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
            row->setHidden(!shown);
            any |= shown;
        }
        group->setHidden(!any);
    }
}

QString KeysDialog::chosen() const
{
    const QTreeWidgetItem *row = m_tree->currentItem();
    return row ? row->data(0, kIdRole).toString() : QString();
}

void KeysDialog::choose(const QString &id)
{
    if (id.isEmpty())
        return;
    for (QTreeWidgetItemIterator row(m_tree); *row; ++row) {
        if ((*row)->data(0, kIdRole).toString() == id)
            m_tree->setCurrentItem(*row);
    }
}

void KeysDialog::ask(Change change)
{
    stopAsking();
    notify({});
    if (chosen().isEmpty())
        return;
    m_asking = change;
    m_asked = m_tree->currentItem();
    auto *field = new KeyField;
    m_tree->setItemWidget(m_asked, 1, field);
    field->setFocus();
    connect(field, &KeyField::pressed, this, &KeysDialog::take);
    connect(field, &KeyField::givenUp, this, &KeysDialog::stopAsking);
}

void KeysDialog::stopAsking()
{
    if (!m_asked)
        return;
    QTreeWidgetItem *row = std::exchange(m_asked, nullptr);
    QWidget *field = m_tree->itemWidget(row, 1);
    field->disconnect(this);
    const bool hadFocus = field->hasFocus();
    m_tree->removeItemWidget(row, 1); // deletes it later
    if (hadFocus)
        m_tree->setFocus();
}

void KeysDialog::take(const QKeySequence &key)
{
    const QString id = chosen();
    const QString shown = key.toString(QKeySequence::NativeText);
    stopAsking();
    if (const FixedKey *gesture = Commands::gestureOf(key)) {
        notify(tr("%1 always means “%2”: take another key.").arg(shown, gesture->shownText()));
        return;
    }
    const CommandSpec *owner = m_commands.ownerOf(key);
    if (owner && id != QLatin1String(owner->id)) {
        m_takerId = id;
        m_wanted = key;
        notify(tr("%1 is the key of “%2”.").arg(shown, owner->plainText()), true);
        m_takeOver->setFocus();
        return;
    }
    setKey(id, key);
}

void KeysDialog::takeOver()
{
    setKey(m_takerId, m_wanted);
    m_tree->setFocus();
}

void KeysDialog::setKey(const QString &id, const QKeySequence &key)
{
    QList<QKeySequence> keys;
    if (m_asking == Change::Add)
        keys = m_commands.keys(id);
    if (!keys.contains(key))
        keys << key;
    m_commands.setKeys(id, keys);
    notify({});
}

void KeysDialog::reset()
{
    const QString id = chosen();
    m_commands.reset(id);
    for (const QKeySequence &key : m_commands.defaultKeys(id)) {
        if (const CommandSpec *owner = m_commands.ownerOf(key); owner && id != QLatin1String(owner->id))
            notify(tr("%1 stays with “%2”.").arg(key.toString(QKeySequence::NativeText), owner->plainText()));
    }
}

void KeysDialog::notify(const QString &text, bool canTakeOver)
{
    m_notice->setText(text.isEmpty() ? tr("Return or a double click on a command asks for its new key.") : text);
    setTextRole(m_notice, text.isEmpty() ? TextRole::Muted : TextRole::Body);
    m_takeOver->setVisible(canTakeOver);
}

void KeysDialog::updateButtons()
{
    const QString id = chosen();
    m_change->setEnabled(!id.isEmpty());
    m_add->setEnabled(!id.isEmpty());
    m_remove->setEnabled(!id.isEmpty() && !m_commands.keys(id).isEmpty());
    m_reset->setEnabled(!id.isEmpty() && m_commands.isChanged(id));
}

} // namespace netloom
