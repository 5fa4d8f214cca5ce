// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/trial_project.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace netloom {

/// What a search varies, a row for each: two ends and the scale of a number, or its list of values.
class AxisRows : public QWidget {
    Q_OBJECT
public:
    /// Reads "NAME=RANGE" as the command line does.
    using Reader = std::function<Result<SearchAxis>(const std::string &text)>;

    explicit AxisRows(QWidget *parent = nullptr);

    void setReader(Reader reader) { m_reader = std::move(reader); }
    /// Adds a row; one that is there gets the keys instead.
    void add(const SearchAxis &axis, const QString &doc);
    void clear();
    bool has(const std::string &name) const;
    bool isEmpty() const { return m_rows.empty(); }
    /// Shows the rows without letting them be changed.
    void setLocked(bool locked);

    /// What the rows say; the error of the first that can't be read, which is marked.
    Result<std::vector<SearchAxis>> axes() const;

signals:
    void changed();

private:
    struct Row {
        SearchAxis axis; ///< as it was added
        QWidget *box = nullptr;
        QLineEdit *low = nullptr, *high = nullptr; ///< of numbers
        QCheckBox *log = nullptr;
        QLineEdit *list = nullptr;  ///< of choices
        QLabel *problem = nullptr;
        std::vector<QWidget *> locked; ///< disabled with the rows
    };

    void addFields(Row &row, QVBoxLayout *column);
    void remove(const std::string &name);
    QString textOf(const Row &row) const;
    Result<SearchAxis> read(const Row &row) const;
    void check(const std::string &name);

    Reader m_reader;
    std::vector<Row> m_rows;
    QVBoxLayout *m_column = nullptr;
    bool m_locked = false;
};

} // namespace netloom
