// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/end_notice.h"

#include "desktop/training_session.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QVariantMap>
#include <QWidget>

namespace netloom {

EndNotice::EndNotice(TrainingSession &session, QWidget &window) : QObject(&window)
{
    connect(&session, &TrainingSession::eventReceived, this, [&window](const TrainEvent &event) {
        const auto [title, text] = wordsFor(event);
        if (!title.isEmpty() && !window.isActiveWindow())
            notify(title, text);
    });
}

std::pair<QString, QString> EndNotice::wordsFor(const TrainEvent &event)
{
    if (const auto *failed = std::get_if<TrainFailed>(&event))
        return {tr("Training ended early"), QString::fromStdString(failed->text)};
    const auto *finished = std::get_if<TrainFinished>(&event);
    if (!finished)
        return {};
    if (!finished->test)
        return {finished->stopped ? tr("Training was stopped") : tr("Training is done"), tr("The best epoch was %1.").arg(finished->bestEpoch)};
    if (const auto &numbers = finished->test->numbers)
        return {tr("Training is done"), tr("R² on the test samples: %1").arg(numbers->r2, 0, 'f', 3)};
    return {tr("Training is done"), tr("Accuracy on the test samples: %1 %").arg(100 * finished->test->accuracy, 0, 'f', 1)};
}

/// Nobody is waited for, and where no desktop listens nothing happens.
void EndNotice::notify(const QString &title, const QString &text)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("/org/freedesktop/Notifications"), QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    constexpr int kDesktopsOwnTime = -1;
    message << QStringLiteral("Netloom") << uint(0) << QStringLiteral("netloom") << title << text.toHtmlEscaped() << QStringList() << QVariantMap()
            << kDesktopsOwnTime;
    bus.asyncCall(message);
}

} // namespace netloom
