// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/key_field.h"

#include <QKeyEvent>

namespace netloom {

namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta || key == Qt::Key_AltGr
        || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == 0 || key == Qt::Key_unknown;
}

/// A sign like '?' that lies on different keys on different keyboards: how it is reached is no part of it.
bool isSign(int key)
{
    return key > Qt::Key_Space && key <= Qt::Key_AsciiTilde && !(key >= Qt::Key_0 && key <= Qt::Key_9) && !(key >= Qt::Key_A && key <= Qt::Key_Z);
}

} // namespace

KeyField::KeyField(QWidget *parent) : QLineEdit(parent)
{
    setObjectName(QStringLiteral("keyField"));
    setAccessibleName(tr("The new key"));
    setPlaceholderText(tr("Press a key; Esc leaves it"));
    setReadOnly(true);
    setAttribute(Qt::WA_InputMethodEnabled, false);
}

bool KeyField::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: event->accept(); return true;
    case QEvent::KeyPress:
        event->accept();
        take(*static_cast<QKeyEvent *>(event));
        return true;
    case QEvent::FocusOut: emit givenUp(); break;
    default: break;
    }
    return QLineEdit::event(event);
}

void KeyField::take(const QKeyEvent &event)
{
    Qt::KeyboardModifiers modifiers = event.modifiers() & (Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier);
    int key = event.key();
    if (isModifier(key))
        return;
    if (key == Qt::Key_Escape && modifiers == Qt::NoModifier) {
        emit givenUp();
        return;
    }
    if (key == Qt::Key_Backtab)
        key = Qt::Key_Tab;
    if (isSign(key))
        modifiers &= ~Qt::KeyboardModifiers(Qt::ShiftModifier);
    emit pressed(QKeySequence(QKeyCombination(modifiers, Qt::Key(key))));
}

} // namespace netloom
