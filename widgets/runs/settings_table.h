// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/run_settings.h"

#include <QColor>
#include <QWidget>

class QCheckBox;
class QLabel;
class QTreeWidget;

namespace netloom {

/// Recipe, nodes and wires of the selected runs side by side; at first only what differs.
class SettingsTable : public QWidget {
    Q_OBJECT
public:
    explicit SettingsTable(QWidget *parent = nullptr);

    struct Column {
        QString name;
        QColor colour;
    };
    void setSettings(std::vector<SettingRow> rows, const std::vector<Column> &runs);
    int shownRows() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    std::vector<SettingRow> m_rows;
    std::vector<Column> m_runs;
    QCheckBox *m_differing = nullptr;
    QLabel *m_note = nullptr;
    QTreeWidget *m_table = nullptr;
};

} // namespace netloom
