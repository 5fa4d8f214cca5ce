// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/csv_dialog.h"
#include "desktop/main_window.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/table_file.h"
#include "support/window_settings.h"

#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <QUndoStack>

using namespace netloom;
using test::TableFile;

namespace {

const QByteArray kPassengers = "survived,class,age,alive,name\n0,Third,22,no,A\n1,First,38,yes,B\n1,Third,,yes,C\n0,First,35,no,D\n0,Third,4,no,E\n"
                               "1,First,5,yes,F\n0,Third,7,no,G\n1,First,9,yes,H\n0,Third,11,no,I\n1,First,2,yes,J\n0,Third,3,no,K\n1,Third,8,yes,L\n";

/// Chooses an entry as a hand does: opens the list, goes to the entry, Return.
void choose(QWidget *within, const QString &name, const QString &entry)
{
    auto *combo = within->findChild<QComboBox *>(name);
    QVERIFY2(combo, qPrintable(name));
    QTest::mouseClick(combo, Qt::LeftButton, {}, combo->rect().center());
    QAbstractItemView *list = combo->view();
    QTRY_VERIFY(list->isVisible());
    const QModelIndex index = combo->model()->index(combo->findText(entry), 0);
    QVERIFY(index.isValid());
    list->setCurrentIndex(index);
    QTest::keyClick(list, Qt::Key_Return);
}

void drop(QWidget *window, const TableFile &file)
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.path()))});
    const QPointF middle(window->rect().center());
    QDragEnterEvent enter(middle.toPoint(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window, &event);
}

} // namespace

class TestCsvDialog : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;

    NodeId tableIn(const Document &document) const { return findPipeline(document.graph(), m_registry).source; }

private slots:
    void initTestCase() { test::useOwnSettings(m_settings.path()); }

    void rolesSetTheParametersAndWhatIsLearned()
    {
        const TableFile file(kPassengers);
        CsvDialog dialog(*m_registry.find("CSVTable"), test::sourceParams("CSVTable", {{"file", file.path()}}));
        dialog.setVisible(true);
        auto *learned = dialog.findChild<QLabel *>("csvLearned");
        auto *use = dialog.findChild<QPushButton *>("csvUse");
        QTRY_VERIFY(learned->text().startsWith("Learns 2 classes, “class”"));
        auto *rows = dialog.findChild<QTableWidget *>("csvRows");
        QCOMPARE(rows->horizontalHeaderItem(2)->text(), QString("age"));
        QCOMPARE(rows->item(0, 2)->text(), QString("numbers, 1 missing"));
        QCOMPARE(rows->item(3, 4)->text(), QString("B"));

        choose(&dialog, "csvRole0", "To be learned");
        QTRY_VERIFY(learned->text().startsWith("Learns 2 classes, “survived”: 0 6, 1 6"));
        QVERIFY(dialog.findChild<QLabel *>("csvNotes")->text().contains("The column 'alive' repeats the target 'survived'"));
        QVERIFY(dialog.findChild<QLabel *>("csvNotes")->text().contains("The column 'name' holds 12 different words"));

        choose(&dialog, "csvRole3", "Left out");
        choose(&dialog, "csvRole4", "Category");
        QTRY_VERIFY(use->isEnabled() && !dialog.findChild<QLabel *>("csvNotes")->text().contains("'name'"));
        QVERIFY(!dialog.findChild<QLabel *>("csvNotes")->text().contains("alive"));
        choose(&dialog, "csvRole2", "To be learned");
        QTRY_VERIFY(learned->text().startsWith("Learns a number, “age”"));
        QVERIFY(dialog.learnsNumber());
        QCOMPARE(dialog.params().text("target"), std::string("age"));
        QCOMPARE(dialog.params().texts("leave_out"), std::vector<std::string>{"alive"});
        QCOMPARE(dialog.params().texts("categories"), std::vector<std::string>{"name"});

        choose(&dialog, "csv_target", "class");
        QTRY_VERIFY(learned->text().startsWith("Learns 2 classes, “class”"));
        QCOMPARE(dialog.params().text("target"), std::string("class"));
        choose(&dialog, "csv_target", "age");
        QTRY_VERIFY(learned->text().startsWith("Learns a number, “age”"));
        QCOMPARE(dialog.findChild<QComboBox *>("csvRole2")->currentText(), QString("To be learned"));

        choose(&dialog, "csvRole2", "Left out"); // the target can't be
        QTRY_VERIFY(learned->text().contains("'age' is the target and can't be left out"));
        QVERIFY(!use->isEnabled());
    }

    void droppedTableBecomesAProjectAndLaterOneUndoStep()
    {
        MainWindow window(m_registry, m_settings.path());
        window.resize(1280, 800);
        window.show();
        const TableFile file(kPassengers);
        test::answerNext<CsvDialog>([](CsvDialog *dialog) {
            QTRY_VERIFY(!dialog->isLooking());
            choose(dialog, "csvRole0", "To be learned");
            QTRY_VERIFY(dialog->findChild<QPushButton *>("csvUse")->isEnabled());
            QTest::mouseClick(dialog->findChild<QPushButton *>("csvUse"), Qt::LeftButton);
        });
        drop(&window, file);
        QTRY_COMPARE(window.document().facts().targetName, std::string("survived"));
        QVERIFY(!hasErrors(window.document().inference().issues));

        const TableFile other("a,b,kind\n1,2,x\n3,1,y\n4,2,x\n5,3,y\n6,2,x\n1,3,y\n");
        const int before = window.document().undoStack()->count();
        test::answerNext<CsvDialog>([](CsvDialog *dialog) {
            QTRY_VERIFY(!dialog->isLooking());
            choose(dialog, "csvRole2", "To be learned");
            QTRY_VERIFY(dialog->findChild<QPushButton *>("csvUse")->isEnabled());
            QTest::mouseClick(dialog->findChild<QPushButton *>("csvUse"), Qt::LeftButton);
        });
        drop(&window, other);
        QTRY_COMPARE(window.document().facts().targetName, std::string("kind"));
        QCOMPARE(window.document().undoStack()->count(), before + 1);
        window.document().undoStack()->undo();
        QCOMPARE(window.document().graph().find(tableIn(window.document()))->params.text("file"), file.path());
        window.document().undoStack()->setClean();
    }
};

QTEST_MAIN(TestCsvDialog)
#include "tst_csv_dialog.moc"
