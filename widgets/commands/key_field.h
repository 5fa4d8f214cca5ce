// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QLineEdit>

class QKeyEvent;

namespace netloom {

/// Waits for one key, with its modifiers, and tells it; Esc or a click elsewhere gives up.
class KeyField : public QLineEdit {
    Q_OBJECT
public:
    explicit KeyField(QWidget *parent = nullptr);

signals:
    void pressed(const QKeySequence &key);
    void givenUp();

protected:
    bool event(QEvent *event) override;

private:
    void take(const QKeyEvent &event);
};

} // namespace netloom
