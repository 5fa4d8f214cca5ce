// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <functional>

namespace netloom {

class TrainingPanel;
class TrainingSession;

/// Tells the training panel, after every change of the project, how long a training will take about, and how much memory and disk.
class TrainingForecast : public QObject {
    Q_OBJECT
public:
    /// @p folder gives where runs lie.
    TrainingForecast(Document &document, TrainingSession &session, TrainingPanel &panel, std::function<std::filesystem::path()> folder);

    void refresh();

private:
    Document &m_document;
    TrainingPanel &m_panel;
    std::function<std::filesystem::path()> m_folder;
    QTimer m_timer; ///< changes come in flocks
};

} // namespace netloom
