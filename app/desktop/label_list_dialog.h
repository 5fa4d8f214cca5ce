// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/label_list.h"

#include <QDialog>
#include <QFutureWatcher>
#include <QImage>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QTableWidget;

namespace netloom {

/// Which list a LabelledImages reads and which of its columns say what, with its first rows, their pictures and the classes that come
/// of it. Every change is tried in the background.
class LabelListDialog : public QDialog {
    Q_OBJECT
public:
    /// @p params of a LabelledImages, complete, with the folder.
    explicit LabelListDialog(Params params, QWidget *parent = nullptr);
    ~LabelListDialog() override;

    const Params &params() const { return m_params; }

signals:
    void looked();

private:
    struct Found {
        LabelListLook look;
        std::vector<std::string> lists; ///< the CSV files in the folder
        std::vector<QImage> thumbnails; ///< of the first rows; null where the picture is missing or can't be read
    };
    using Answer = std::shared_ptr<const Found>;

    QWidget *makeChoices();
    QWidget *makeClasses();
    void makeRows();
    QComboBox *makeChoice(const char *param, const QString &label, QWidget *row);
    static Answer findOut(const Params &params);
    void choose(const char *param, const std::string &value);
    void look();
    void startLook();
    void finishLook();
    void show(const Found &found);
    void showLists(const Found &found);
    void showColumns(const LabelListLook &look);
    void showForm(const LabelListLook &look);
    void chooseForm();
    QString summaryOf(const LabelListLook &look) const;
    void showRows(const Found &found);
    void showClasses(const LabelListLook &look);
    void browse();

    Params m_params;
    QComboBox *m_list = nullptr;
    QComboBox *m_file = nullptr;
    QComboBox *m_label = nullptr;
    QComboBox *m_form = nullptr; ///< one class, several labels and what stands between them, or columns of 0 and 1
    QComboBox *m_split = nullptr;
    QTableWidget *m_rows = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_notes = nullptr;
    QScrollArea *m_classes = nullptr;
    QPushButton *m_use = nullptr;
    QFutureWatcher<Answer> m_watcher;
    bool m_suggestsSplit = true; ///< takes a column that looks like a split: not against people's choice of none
    bool m_looking = false;
    bool m_again = false; ///< the parameters changed since the running look began
};

} // namespace netloom
