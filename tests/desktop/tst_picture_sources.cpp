// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/label_list_dialog.h"
#include "desktop/main_window.h"
#include "desktop/new_project_dialog.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/window_settings.h"

#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace netloom;

class TestPictureSources : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { test::useOwnSettings(m_settings.path()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(m_registry);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void droppedFolderOfAnotherKindTakesTheSourcesPlaceInOneStep_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("a list of pictures") << "LabelledImages";
        QTest::newRow("CIFAR-10") << "CIFAR10";
    }

    void droppedFolderOfAnotherKindTakesTheSourcesPlaceInOneStep()
    {
        QFETCH(QString, kind);
        kind == "CIFAR10" ? writeCifar() : writeList();
        QVERIFY(m_window->startFromTemplate("cnn-image-folder"));
        QTRY_VERIFY(document().facts().known);
        const auto links = document().graph().links().size();
        const int steps = document().undoStack()->index();
        test::answerNext<QMessageBox>([&kind](QMessageBox *box) {
            QVERIFY2(box->text().contains(kind), qPrintable(box->text()));
            QTest::mouseClick(box->defaultButton(), Qt::LeftButton);
        });
        drop();
        QTRY_COMPARE(QString::fromStdString(sourceType()), kind);
        QCOMPARE(document().graph().links().size(), links);
        QCOMPARE(document().undoStack()->index(), steps + 1);
        QTRY_COMPARE(document().facts().classCount(), kind == "CIFAR10" ? 10 : 2);
        document().undoStack()->undo();
        QCOMPARE(sourceType(), std::string("ImageFolder"));
    }

    void newProjectTakesTheSourceThatReadsTheFolder()
    {
        writeList();
        test::answerNext<NewProjectDialog>([](NewProjectDialog *dialog) {
            auto *label = dialog->findChild<QLabel *>("folderSummary");
            QTRY_VERIFY2(label->text().contains("2 classes"), qPrintable(label->text()));
            QTest::mouseClick(dialog->findChild<QPushButton *>("createProject"), Qt::LeftButton);
        });
        drop();
        QTRY_COMPARE(sourceType(), std::string("LabelledImages"));
        QTRY_COMPARE(document().facts().total("test"), 2); // the split column
    }

    void listAndColumnsAreChosenInADialogInOneStep()
    {
        writeList();
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", m_folder->path()));
        QTRY_COMPARE(document().facts().classCount(), 2);
        const NodeId source = findPipeline(document().graph(), m_registry).source;
        document().setSelection({source});
        const int steps = document().undoStack()->index();
        test::answerNext<LabelListDialog>([](LabelListDialog *dialog) {
            auto *use = dialog->findChild<QPushButton *>("labelListUse");
            QTRY_VERIFY(use->isEnabled());
            auto *rows = dialog->findChild<QTableWidget *>("labelListRows");
            QCOMPARE(rows->rowCount(), 13);
            QVERIFY(!rows->item(0, 0)->icon().isNull());
            QVERIFY(dialog->findChild<QLabel *>("labelListNotes")->text().contains("1 listed picture left out as missing: 'gone.png'"));
            auto *classes = dialog->findChild<QComboBox *>("labelList_label_column");
            QCOMPARE(classes->currentText(), QString("label"));
            QSignalSpy looked(dialog, &LabelListDialog::looked);
            classes->setFocus();
            QTest::keyClicks(classes, "kind");
            QTRY_COMPARE(looked.count(), 1);
            QVERIFY(dialog->findChild<QLabel *>("labelListSummary")->text().contains("3 classes"));
            QTest::mouseClick(use, Qt::LeftButton);
        });
        QTest::mouseClick(m_window->findChild<QPushButton *>("chooseLabels"), Qt::LeftButton);
        QTRY_COMPARE(document().facts().classCount(), 3);
        QCOMPARE(document().undoStack()->index(), steps + 1);
        QCOMPARE(document().graph().find(source)->params.text("label_column"), std::string("kind"));

        QVERIFY(document().setParam(source, "csv", std::string()).ok()); // found in the folder
        QVERIFY(document().setParam(source, "label_column", std::string()).ok());
        QTRY_COMPARE(document().facts().classCount(), 2);
    }

    void severalLabelsAreFoundShownAndCanBeChosenOtherwise()
    {
        QByteArray list = "file,labels\n";
        for (int number = 0; number < 9; ++number) {
            QImage(8, 8, QImage::Format_RGB32).save(m_folder->filePath(QString("%1.png").arg(number)));
            list += QByteArray::number(number) + ".png," + (number % 3 == 0 ? "sea;sky\n" : number % 3 == 1 ? "sea\n" : "\n");
        }
        write("labels.csv", list);
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", m_folder->path()));
        QTRY_VERIFY(document().facts().severalLabels);
        QCOMPARE(document().inference().issues.front().code, std::string("several-labels")); // its loss chooses one class
        const NodeId source = findPipeline(document().graph(), m_registry).source;
        document().setSelection({source});
        test::answerNext<LabelListDialog>([](LabelListDialog *dialog) {
            auto *use = dialog->findChild<QPushButton *>("labelListUse");
            QTRY_VERIFY(use->isEnabled());
            auto *summary = dialog->findChild<QLabel *>("labelListSummary");
            QCOMPARE(summary->text(), QString("9 pictures with several labels per picture: 2 labels, 1.0 of them on a picture on average. 3 pictures have none."));
            auto *form = dialog->findChild<QComboBox *>("labelList_labels");
            QCOMPARE(form->currentText(), QString("Several, between them ;"));
            QSignalSpy looked(dialog, &LabelListDialog::looked);
            form->setFocus();
            QTest::keyClick(form, Qt::Key_Home); // one class
            QTRY_COMPARE(looked.count(), 1);
            QCOMPARE(summary->text(), QString("6 pictures in 2 classes."));
            QTest::mouseClick(use, Qt::LeftButton);
        });
        QTest::mouseClick(m_window->findChild<QPushButton *>("chooseLabels"), Qt::LeftButton);
        QTRY_VERIFY(!document().facts().severalLabels);
        QCOMPARE(document().facts().classNames, (std::vector<std::string>{"sea", "sea;sky"}));
        QCOMPARE(document().graph().find(source)->params.text("labels"), std::string("one"));
    }

private:
    Document &document() { return m_window->document(); }

    std::string sourceType()
    {
        const Node *node = document().graph().find(findPipeline(document().graph(), m_registry).source);
        return node ? node->type : std::string();
    }

    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

    void writeList()
    {
        QByteArray list = "file,label,kind,split\n";
        for (int number = 0; number < 12; ++number) {
            QImage(8, 8, QImage::Format_RGB32).save(m_folder->filePath(QString("%1.png").arg(number)));
            list += QByteArray::number(number) + ".png," + (number % 2 ? "odd," : "even,") + char('a' + number % 3) + (number < 10 ? ",train\n" : ",test\n");
        }
        write("labels.csv", list + "gone.png,odd,a,train\n");
    }

    void writeCifar()
    {
        for (const char *name : {"data_batch_1.bin", "test_batch.bin"})
            write(name, QByteArray(10 * 3073, '\1'));
    }

    void drop()
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(m_folder->path())});
        const QPoint middle = m_window->rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(middle), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &event);
    }

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestPictureSources)
#include "tst_picture_sources.moc"
