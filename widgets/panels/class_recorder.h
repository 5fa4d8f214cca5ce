// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QImage>
#include <QList>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;

namespace netloom {

class ElidedLabel;

/// One class that pictures are collected for: name, count, the last pictures, and the button that records while it is held.
class ClassRecorder : public QFrame {
    Q_OBJECT
public:
    static constexpr int kThumbnail = 44; ///< px
    static constexpr int kThumbnails = 5;

    explicit ClassRecorder(const QString &name, QWidget *parent = nullptr);

    const QString &name() const { return m_name; }
    /// The key, from 1, that records for it; 0 for none.
    void setKey(int key);
    void setPictures(qint64 count, const QList<QImage> &thumbnails);
    void addPicture(const QImage &thumbnail);
    void setCanRecord(bool can);
    void setRecording(bool recording);
    qint64 count() const { return m_count; }
    void focusButton();

signals:
    void held();
    void letGo();
    void renameRequested();
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Strip;
    QToolButton *makeMenu();
    void showCount();

    QString m_name;
    qint64 m_count = 0;
    QLabel *m_key = nullptr;
    QLabel *m_countLabel = nullptr;
    Strip *m_strip = nullptr;
    QPushButton *m_record = nullptr;
    QAction *m_remove = nullptr;
    bool m_recording = false;
};

} // namespace netloom
