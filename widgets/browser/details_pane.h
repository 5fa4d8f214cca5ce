// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browser/sample_list.h"

#include <QImage>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace netloom {

/// The selected picture, larger, with what is known of it and what can be done with it.
class DetailsPane : public QWidget {
    Q_OBJECT
public:
    static constexpr int kPicture = 216; ///< px

    explicit DetailsPane(QWidget *parent = nullptr);

    /// Shows @p samples of @p list: one, or how many there are. Files can be shown in their folder.
    void setSelection(const SampleList &list, const std::vector<int> &samples, bool hasFiles);
    void setPicture(const QImage &picture);

signals:
    void sampleRequested();
    void folderRequested();
    void excludeRequested(bool exclude);

private:
    void addFacts(const SampleList &list, const SampleEntry &sample);

    QLabel *m_picture;
    QLabel *m_name;
    QWidget *m_facts = nullptr;
    QVBoxLayout *m_column;
    QPushButton *m_sample;
    QPushButton *m_folder;
    QPushButton *m_exclude;
    bool m_takesBack = false;
};

} // namespace netloom
