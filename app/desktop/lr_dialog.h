// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "project/project.h"
#include "run/open_training.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;

namespace netloom {

class LrPlot;

/// Looks for a learning rate: tries growing ones on a network of its own, draws the loss, suggests one and lets people choose another.
class LrDialog : public QDialog {
    Q_OBJECT
public:
    LrDialog(const NodeRegistry &registry, Project project, QWidget *parent);
    ~LrDialog() override;

    LrPlot *plot() const { return m_plot; }

signals:
    void useRequested(double lr);

private:
    void showFound(const Result<LrSearch> &found);

    BackgroundTask m_task;
    LrPlot *m_plot = nullptr;
    QLabel *m_words = nullptr;
    QProgressBar *m_bar = nullptr;
    QPushButton *m_use = nullptr;
};

} // namespace netloom
