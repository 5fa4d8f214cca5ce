// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace netloom {

/// Whether the desktop asks programs for less motion. Qt 6.4 doesn't tell on Linux, so the desktops' own settings are read: the files of GTK
/// and KDE at once, GNOME's through the desktop portal, whose answer comes later.
class SystemMotion : public QObject {
    Q_OBJECT
public:
    explicit SystemMotion(QObject *parent = nullptr);

    bool isReduced() const { return m_reduced; }

signals:
    void changed();

private:
    void askPortal();

    bool m_reduced = false;
};

/// What the settings files in @p folder (~/.config) say.
bool filesReduceMotion(const QString &folder);

} // namespace netloom
