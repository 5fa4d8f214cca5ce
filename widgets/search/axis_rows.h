// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "search/trial_project.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace netloom {

/// What a search varies, a row for each: two ends and the scale of a number, or its list of values, node types or nodes.
class AxisRows : public QWidget {
    Q_OBJECT
public:
    /// Reads "NAME=RANGE" as the command line does, or "A|B": one of several nodes.
    using Reader = std::function<Result<SearchAxis>(const std::string &text)>;

    explicit AxisRows(QWidget *parent = nullptr);

    void setReader(Reader reader) { m_reader = std::move(reader); }
    /// Adds a row; one that is there gets the keys instead. There may be several that choose one of several nodes.
    void add(const SearchAxis &axis, const QString &doc);
    /// Adds @p choice to the list of the row @p key, which alternativesRequested() named.
    void addChoice(const QString &key, const QString &choice);
    void clear();
    bool has(const std::string &name) const;
    bool isEmpty() const { return m_rows.empty(); }
    /// Shows the rows without letting them be changed.
    void setLocked(bool locked);

    /// What the rows say; the error of the first that can't be read, which is marked.
    Result<std::vector<SearchAxis>> axes() const;

signals:
    void changed();
    /// The row @p key, which chooses as @p axis says, is to be given another type or node; @p button is where that was asked for.
    void alternativesRequested(const QString &key, const SearchAxis &axis, QWidget *button);

private:
    struct Row {
        QString key;     ///< the axis's name; a name of its own for one of several nodes, whose axis is named by them
        SearchAxis axis; ///< as it was added
        QWidget *box = nullptr;
        QLineEdit *low = nullptr, *high = nullptr; ///< of numbers
        QCheckBox *log = nullptr;
        QLineEdit *list = nullptr;  ///< of choices
        QLabel *problem = nullptr;
        std::vector<QWidget *> locked; ///< disabled with the rows
    };

    QWidget *makeHead(Row &row, const QString &doc);
    void addFields(Row &row, QVBoxLayout *column);
    void addAlternatives(Row &row, QHBoxLayout *line);
    QString freeKey(const SearchAxis &axis) const;
    std::vector<Row>::iterator find(const QString &key);
    void remove(const QString &key);
    QString textOf(const Row &row) const;
    SearchAxis choicesOf(const Row &row) const;
    Result<SearchAxis> read(const Row &row) const;
    void check(const QString &key);

    Reader m_reader;
    std::vector<Row> m_rows;
    QVBoxLayout *m_column = nullptr;
    bool m_locked = false;
};

} // namespace netloom
