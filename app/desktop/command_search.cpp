// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/command_search.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace netloom {

namespace {

void collect(const QMenu &menu, QList<QAction *> &found)
{
    for (QAction *action : menu.actions()) {
        if (action->menu())
            collect(*action->menu(), found);
        else if (!action->isSeparator() && action->isEnabled() && action->isVisible())
            found << action;
    }
}

QString plainText(const QAction &action)
{
    return QString(action.text()).remove('&').remove(QStringLiteral("…"));
}

/// 3 where the name begins with @p text, 2 where a word does, 1 where each word of @p text occurs, else 0.
int score(const QString &name, const QString &text)
{
    if (name.startsWith(text, Qt::CaseInsensitive))
        return 3;
    if (name.contains(' ' + text, Qt::CaseInsensitive))
        return 2;
    const QStringList words = text.split(' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString &word) { return name.contains(word, Qt::CaseInsensitive); }) ? 1 : 0;
}

} // namespace

QList<QAction *> commandsOf(const QMenuBar &menus)
{
    QList<QAction *> found;
    for (const QAction *top : menus.actions()) {
        if (top->menu())
            collect(*top->menu(), found);
    }
    return found;
}

QList<SearchEntry> searchCommands(const QList<QAction *> &commands, const QString &text)
{
    const QString wanted = text.simplified();
    QList<std::pair<int, SearchEntry>> scored;
    for (qsizetype index = 0; index < commands.size(); ++index) {
        const QAction &action = *commands[index];
        const QString name = plainText(action);
        const int points = wanted.isEmpty() ? 1 : score(name, wanted);
        if (points > 0)
            scored.append({points, {QString::number(index), name, action.shortcut().toString(QKeySequence::NativeText), action.icon(), {}}});
    }
    std::ranges::stable_sort(scored, [](const auto &a, const auto &b) { return a.first > b.first; });
    QList<SearchEntry> found;
    for (const auto &[points, entry] : scored)
        found << entry;
    return found;
}

} // namespace netloom
