// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "train/train_event.h"

#include <QObject>

class QWidget;

namespace netloom {

class TrainingSession;

/// Tells by the desktop's notifications that a training has ended, when its window isn't in front.
class EndNotice : public QObject {
    Q_OBJECT
public:
    EndNotice(TrainingSession &session, QWidget &window);

    /// Title and text of the notice for an end; "" for other events.
    static std::pair<QString, QString> wordsFor(const TrainEvent &event);

private:
    static void notify(const QString &title, const QString &text);
};

} // namespace netloom
