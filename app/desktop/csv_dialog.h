// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/table_rows.h"
#include "graph/node_spec.h"

#include <QDialog>
#include <QFutureWatcher>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace netloom {

/// What a CSVTable is to take from its file: the first rows, a role for each column, how the file is written, and what will be learned.
/// Every change is tried in the background.
class CsvDialog : public QDialog {
    Q_OBJECT
public:
    /// @p params of a node of the type @p table, complete, with the file.
    CsvDialog(const NodeSpec &table, Params params, QWidget *parent = nullptr);
    ~CsvDialog() override;

    const Params &params() const { return m_params; }
    /// Whether a number is learned, as last found out.
    bool learnsNumber() const;
    bool isLooking() const { return m_looking; }

signals:
    void looked();

private:
    struct Found {
        std::optional<TableLook> look;
        QString problem;
        std::optional<Params> afresh; ///< the look is with these, since the parameters were of another table
    };

    static Found find(const Params &params);
    static Found findAfresh(const NodeSpec &table, const Params &params);
    QWidget *makeFormatRow();
    QWidget *makeLearningRow();
    QWidget *makeTargetChoice();
    QWidget *makeChoice(const char *param, const QString &label);
    void makeRows();
    void look();
    void startLook();
    void finishLook();
    void showFound(const Found &found);
    void showColumns(const TableLook &look);
    void showColumn(int column, const ColumnProfile &profile, const PlannedColumn &planned);
    void showRows(const TableLook &look);
    void setRole(int column, ColumnRole role);

    const NodeSpec &m_table;
    Params m_params;
    std::vector<std::string> m_names; ///< of the columns shown
    QComboBox *m_target = nullptr;
    QTableWidget *m_rows = nullptr;
    QLabel *m_learned = nullptr;
    QLabel *m_notes = nullptr;
    QPushButton *m_use = nullptr;
    QFutureWatcher<std::shared_ptr<const Found>> m_watcher;
    std::shared_ptr<const Found> m_found;
    bool m_looking = false;
    bool m_again = false; ///< the parameters changed since the running look began
};

} // namespace netloom
