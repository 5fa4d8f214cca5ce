// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "commands/command_table.h"

#include <map>

class QAction;
class QSettings;

namespace netloom {

/// The window's commands: one QAction for each row of the table, with the keys that people gave it.
class Commands : public QObject {
    Q_OBJECT
public:
    explicit Commands(QObject *parent = nullptr);

    /// The action of the command @p id of the table.
    QAction *action(const QString &id) const;

    QList<QKeySequence> keys(const QString &id) const;
    QList<QKeySequence> defaultKeys(const QString &id) const;
    bool isChanged(const QString &id) const;
    /// The command that has @p key; nullptr where none has.
    const CommandSpec *ownerOf(const QKeySequence &key) const;
    /// The gesture that @p key belongs to for good; nullptr where none does.
    static const FixedKey *gestureOf(const QKeySequence &key);

    /// Gives @p id these keys and takes them from whoever has them.
    void setKeys(const QString &id, const QList<QKeySequence> &keys);
    /// Gives @p id its default keys back; those that another command has got meanwhile stay there.
    void reset(const QString &id);
    void resetAll();

    // Only what differs from the defaults is written. Keys read from the settings win over another command's default.
    void load(QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void keysChanged();

private:
    void apply(const QString &id, const QList<QKeySequence> &keys);

    std::map<QString, QAction *> m_actions;
};

/// "Ctrl+C or Ctrl+Ins", as the platform writes it.
QString shownKeys(const QList<QKeySequence> &keys);

} // namespace netloom
