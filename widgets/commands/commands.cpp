// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/commands.h"

#include "theme/theme.h"

#include <QAction>
#include <QSettings>

namespace netloom {

namespace {

const QString kSettingsGroup = QStringLiteral("keys");

QString toolTipOf(const CommandSpec &spec, const QList<QKeySequence> &keys)
{
    const QString text = spec.plainText();
    return keys.isEmpty() ? text : text + QStringLiteral("  (") + keys.front().toString(QKeySequence::NativeText) + ')';
}

} // namespace

Commands::Commands(QObject *parent) : QObject(parent)
{
    for (const CommandSpec &spec : allCommands()) {
        const QString id = QString::fromLatin1(spec.id);
        auto *action = new QAction(spec.shownText(), this);
        action->setObjectName(id);
        action->setCheckable(spec.checkable);
        action->setShortcutContext(spec.scope == KeyScope::Canvas ? Qt::WidgetShortcut : Qt::WindowShortcut);
        if (*spec.icon)
            action->setIcon(themedIcon(QString::fromLatin1(spec.icon)));
        m_actions[id] = action;
        apply(id, defaultKeys(id));
    }
}

QAction *Commands::action(const QString &id) const
{
    const auto found = m_actions.find(id);
    Q_ASSERT_X(found != m_actions.end(), "Commands::action", qPrintable(id));
    return found->second;
}

QList<QKeySequence> Commands::keys(const QString &id) const
{
    return action(id)->shortcuts();
}

QList<QKeySequence> Commands::defaultKeys(const QString &id) const
{
    const CommandSpec *spec = findCommand(id);
    return spec ? keysFromText(QString::fromUtf8(spec->keys)) : QList<QKeySequence>();
}

bool Commands::isChanged(const QString &id) const
{
    return keys(id) != defaultKeys(id);
}

const CommandSpec *Commands::ownerOf(const QKeySequence &key) const
{
    for (const auto &[id, action] : m_actions) {
        if (action->shortcuts().contains(key))
            return findCommand(id);
    }
    return nullptr;
}

const FixedKey *Commands::gestureOf(const QKeySequence &key)
{
    for (const FixedKey &fixed : fixedKeys()) {
        if (keysFromText(QString::fromLatin1(fixed.keys)).contains(key))
            return &fixed;
    }
    return nullptr;
}

void Commands::apply(const QString &id, const QList<QKeySequence> &keys)
{
    QAction *action = m_actions.at(id);
    action->setShortcuts(keys);
    action->setToolTip(toolTipOf(*findCommand(id), keys));
}

void Commands::setKeys(const QString &id, const QList<QKeySequence> &keys)
{
    for (const auto &[other, action] : m_actions) {
        QList<QKeySequence> left = action->shortcuts();
        if (other != id && left.removeIf([&](const QKeySequence &key) { return keys.contains(key); }) > 0)
            apply(other, left);
    }
    apply(id, keys);
    emit keysChanged();
}

void Commands::reset(const QString &id)
{
    QList<QKeySequence> free = defaultKeys(id);
    free.removeIf([&](const QKeySequence &key) {
        const CommandSpec *owner = ownerOf(key);
        return owner && id != QLatin1String(owner->id);
    });
    apply(id, free);
    emit keysChanged();
}

void Commands::resetAll()
{
    for (const auto &[id, action] : m_actions)
        apply(id, defaultKeys(id));
    emit keysChanged();
}

void Commands::load(QSettings &settings)
{
    settings.beginGroup(kSettingsGroup);
    for (const QString &id : settings.childKeys()) {
        if (!m_actions.contains(id))
            continue;
        QList<QKeySequence> keys = keysFromText(settings.value(id).toString());
        keys.removeIf([](const QKeySequence &key) { return gestureOf(key) != nullptr; });
        setKeys(id, keys);
    }
    settings.endGroup();
}

void Commands::save(QSettings &settings) const
{
    settings.beginGroup(kSettingsGroup);
    settings.remove(QString());
    for (const auto &[id, action] : m_actions) {
        if (isChanged(id))
            settings.setValue(id, QKeySequence::listToString(keys(id), QKeySequence::PortableText));
    }
    settings.endGroup();
}

QString shownKeys(const QList<QKeySequence> &keys)
{
    QStringList shown;
    for (const QKeySequence &key : keys)
        shown << key.toString(QKeySequence::NativeText);
    return shown.join(Commands::tr(" or "));
}

} // namespace netloom
