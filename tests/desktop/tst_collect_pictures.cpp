// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/collect_dialog.h"
#include "desktop/main_window.h"
#include "panels/camera_view.h"
#include "panels/class_recorder.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/video_file.h"
#include "support/window_settings.h"

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace netloom;

class TestCollectPictures : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_settings.path());
        m_video = m_settings.filePath("clip.avi");
        test::writeVideo(m_video.toStdString(), 12, 64, 48, 100);
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void heldButtonFillsItsClassUntilItIsLetGo()
    {
        CollectDialog dialog(root(), CollectDialog::Purpose::Collect);
        show(dialog);
        addClass(dialog, "cup");
        addClass(dialog, "pen");
        QPushButton *record = button(dialog, "record_cup");
        QVERIFY(!record->isEnabled()); // nothing is seen yet
        dialog.openVideo(m_video);
        QTRY_VERIFY(record->isEnabled());
        QTest::mousePress(record, Qt::LeftButton);
        QTRY_VERIFY(count(dialog, "cup") >= 3);
        QTest::mouseRelease(record, Qt::LeftButton);
        const auto first = letGo(dialog, "cup");
        QCOMPARE(filesOf("pen").size(), 0);
        const QImage picture(root() + "/cup/" + filesOf("cup").first());
        QCOMPARE(picture.size(), QSize(48, 48));
        QVERIFY(qRed(picture.pixel(4, 44)) > 150); // not mirrored

        QTest::keyPress(record, Qt::Key_2);
        QTRY_VERIFY(count(dialog, "pen") >= 2);
        QTest::keyRelease(record, Qt::Key_2);
        letGo(dialog, "pen");
        QTest::mouseClick(button(dialog, "collectUndo"), Qt::LeftButton);
        QTRY_COMPARE(count(dialog, "pen"), 0);
        QCOMPARE(filesOf("pen").size(), 0);
        QCOMPARE(filesOf("cup").size(), first);
        QTest::keyPress(button(dialog, "record_pen"), Qt::Key_Space);
        QTRY_VERIFY(count(dialog, "pen") >= 1);
        QTest::keyRelease(button(dialog, "record_pen"), Qt::Key_Space);
        letGo(dialog, "pen");
    }

    void whatGoesWrongIsSaid()
    {
        CollectDialog dialog(root(), CollectDialog::Purpose::Collect);
        show(dialog);
        auto *status = dialog.findChild<QLabel *>("collectStatus");
        auto *name = dialog.findChild<QLineEdit *>("newClass");
        QTest::keyClicks(name, "a/b");
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY2(status->text().contains("can't be a folder's name"), qPrintable(status->text()));
        QVERIFY(dialog.isVisible());
        auto *video = button(dialog, "chooseVideo");
        QTRY_VERIFY(video->isVisible() || !dialog.findChild<CameraView *>()->isEmpty()); // no camera, or there is one
        dialog.openVideo(m_settings.filePath("gone.avi"));
        QTRY_VERIFY(video->isVisible());
        QVERIFY(dialog.findChild<CameraView *>()->isEmpty());
        QVERIFY(!button(dialog, "collectUse")->isEnabled());
    }

    void picturesBecomeTheNodesDataInOneStep()
    {
        const NodeRegistry registry = fullRegistry();
        MainWindow window(registry);
        QVERIFY(window.startFromTemplate("cnn-image-folder"));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        Document &document = window.document();
        const NodeId source = findPipeline(document.graph(), registry).source;
        QTRY_VERIFY(document.facts().known);
        document.setSelection({source});
        const int steps = document.undoStack()->index();
        test::answerNext<CollectDialog>([this](CollectDialog *dialog) {
            QVERIFY(!dialog->folder().contains("samples"));
            dialog->setFolder(root());
            dialog->openVideo(m_video);
            for (const char *name : {"cup", "pen"}) {
                addClass(*dialog, name);
                QPushButton *record = button(*dialog, QByteArray("record_") + name);
                QTRY_VERIFY(record->isEnabled());
                QTest::mousePress(record, Qt::LeftButton);
                QTRY_VERIFY(count(*dialog, name) >= 2);
                QTest::mouseRelease(record, Qt::LeftButton);
            }
            QTest::mouseClick(button(*dialog, "collectUse"), Qt::LeftButton);
        });
        QTest::mouseClick(window.findChild<QPushButton *>("collectPictures"), Qt::LeftButton);
        QTRY_COMPARE(document.facts().classCount(), 2);
        QCOMPARE(document.facts().classNames, (std::vector<std::string>{"cup", "pen"}));
        QCOMPARE(document.undoStack()->index(), steps + 1);
        QCOMPARE(document.graph().find(source)->params.text("root"), root().toStdString());
    }

private:
    QString root() const { return m_folder->filePath("things"); }
    QStringList filesOf(const QString &name) const { return QDir(root() + '/' + name).entryList(QDir::Files | QDir::Hidden); }

    static void show(QWidget &dialog)
    {
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    }

    static QPushButton *button(const CollectDialog &dialog, const QByteArray &name) { return dialog.findChild<QPushButton *>(name); }

    static void addClass(CollectDialog &dialog, const char *name)
    {
        auto *field = dialog.findChild<QLineEdit *>("newClass");
        QTest::keyClicks(field, name);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(button(dialog, QByteArray("record_") + name));
    }

    static int count(const CollectDialog &dialog, const char *name)
    {
        return dialog.findChild<QLabel *>(QByteArray("count_") + name)->text().toInt();
    }

    /// Waits until all of class @p name is written, and gives how many files there are: as many as the window says.
    qsizetype letGo(const CollectDialog &dialog, const char *name)
    {
        const auto *writer = dialog.findChild<CollectionWriter *>();
        [&] { QTRY_VERIFY(!writer->isBusy()); }();
        const auto files = filesOf(name).size();
        [&] { QCOMPARE(count(dialog, name), int(files)); }();
        return files;
    }

    const QTemporaryDir m_settings;
    QString m_video;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestCollectPictures)
#include "tst_collect_pictures.moc"
