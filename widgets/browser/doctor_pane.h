// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/data_finding.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <set>

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace netloom {

/// What the data doctor found, by kind: why it matters, and what mends it at one click.
class DoctorPane : public QWidget {
    Q_OBJECT
public:
    explicit DoctorPane(QWidget *parent = nullptr);

    /// Asks to be examined.
    void setUnknown();
    void setProgress(qint64 done, qint64 total);
    /// @p cures are the settings of the recipe that are there against imbalance: "class_weights", "sampler".
    void setFindings(const DataFindings &findings, const QStringList &cures);
    /// Settings that are on already.
    void setCuresTaken(const QStringList &taken);
    /// The kind that is shown; nothing for all.
    std::optional<DataTrouble> shown() const { return m_shown; }

    static QString title(DataTrouble trouble);

signals:
    void examineRequested();
    void stopRequested();
    void shownChanged();
    void excludeRequested(const QStringList &samples);
    void cureRequested(const QString &setting);

private:
    void addCard(DataTrouble trouble, const DataFindings &findings, const QStringList &cures);
    void show(DataTrouble trouble);

    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_examine;
    QWidget *m_cards = nullptr;
    QVBoxLayout *m_column;
    std::optional<DataTrouble> m_shown;
    bool m_running = false;
};

} // namespace netloom
