// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/system_motion.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QSettings>
#include <QStandardPaths>

namespace netloom {

bool filesReduceMotion(const QString &folder)
{
    for (const char *gtk : {"/gtk-4.0/settings.ini", "/gtk-3.0/settings.ini"}) {
        const QSettings settings(folder + QLatin1String(gtk), QSettings::IniFormat);
        if (!settings.value("Settings/gtk-enable-animations", true).toBool())
            return true;
    }
    const QSettings kde(folder + QStringLiteral("/kdeglobals"), QSettings::IniFormat);
    return kde.value("KDE/AnimationDurationFactor", 1.0).toDouble() == 0;
}

SystemMotion::SystemMotion(QObject *parent)
    : QObject(parent), m_reduced(filesReduceMotion(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)))
{
    if (!m_reduced)
        askPortal();
}

void SystemMotion::askPortal()
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage question = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.portal.Desktop"),
        QStringLiteral("/org/freedesktop/portal/desktop"), QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("Read"));
    question << QStringLiteral("org.gnome.desktop.interface") << QStringLiteral("enable-animations");
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (reply.isError())
            return; // no portal, or not GNOME
        QVariant value = reply.value().variant();
        while (value.canConvert<QDBusVariant>()) // a variant in a variant
            value = value.value<QDBusVariant>().variant();
        if (value.isValid() && !value.toBool()) {
            m_reduced = true;
            emit changed();
        }
    });
}

} // namespace netloom
