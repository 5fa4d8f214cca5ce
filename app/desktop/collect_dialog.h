// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/collection_writer.h"
#include "desktop/live_camera.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace netloom {

class CameraView;
class ClassRecorder;
class ElidedLabel;

/// Pictures of one's own from a camera, or a video in its place: holding a class's button writes what is seen into the class's folder.
/// Accepted where the folder is to be used as data.
class CollectDialog : public QDialog {
    Q_OBJECT
public:
    enum class Purpose {
        Collect,   ///< asks at the end whether the pictures become the project's data
        FillSource ///< they do
    };

    CollectDialog(const QString &folder, Purpose purpose, QWidget *parent = nullptr);
    ~CollectDialog() override;

    /// What an image folder's root is to be.
    const QString &folder() const { return m_folder; }
    void setFolder(const QString &folder);
    void openVideo(const QString &file);

    /// Where people collected last, or a folder among their pictures.
    static QString usualFolder();

public slots:
    void reject() override;
    void done(int result) override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeLive();
    QWidget *makeOptions();
    QWidget *makeClasses();
    QWidget *makeFolderRow();
    QWidget *makeFooter();
    void connectCamera();
    void connectWriter();

    void showInputs(const std::vector<int> &cameras);
    void chooseInput(int index);
    void open(const CameraInput &input);
    void browseVideo();
    void browseFolder();
    void showFrame();
    void showFailure(const QString &why);
    void applyLook();

    void addClass();
    void renameClass(const QString &name);
    void showClasses(const QList<RecordedClass> &classes);
    ClassRecorder *makeRecorder(const QString &name);
    ClassRecorder *recorder(const QString &name) const;
    void refresh();
    void say(const QString &text, bool isError = false);

    void startRecording(const QString &className);
    void stopRecording();
    void takeBack();
    void recordFrame();
    qint64 pictures() const;

    const Purpose m_purpose;
    QString m_folder;
    LiveCamera m_camera{this};
    CollectionWriter m_writer{this};
    std::vector<int> m_cameras;
    QString m_video; ///< the file chosen last
    QTimer m_beat;
    QString m_recording; ///< the class
    QString m_lastRecording; ///< the class of the one before
    QElapsedTimer m_sinceRecording; ///< since its end
    int m_heldKey = 0;
    std::int64_t m_lastFrame = 0; ///< that was recorded
    std::optional<int> m_ending; ///< the result, once all is written

    CameraView *m_view = nullptr;
    QComboBox *m_input = nullptr;
    QCheckBox *m_mirror = nullptr;
    QCheckBox *m_mirrorFiles = nullptr;
    QCheckBox *m_square = nullptr;
    QComboBox *m_format = nullptr;
    ElidedLabel *m_folderLabel = nullptr;
    QLineEdit *m_newClass = nullptr;
    QPushButton *m_add = nullptr;
    QLabel *m_hint = nullptr;
    QVBoxLayout *m_list = nullptr;
    std::vector<ClassRecorder *> m_recorders; ///< sorted by name
    QLabel *m_status = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_use = nullptr;
};

} // namespace netloom
