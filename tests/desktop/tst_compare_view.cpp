// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "canvas/comparison_ghost.h"
#include "desktop/compare_presenter.h"
#include "desktop/main_window.h"
#include "document/comparison.h"
#include "panels/compare_panel.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/window_settings.h"
#include "theme/theme.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

using namespace netloom;

namespace {

void writeText(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
}

} // namespace

class TestCompareView : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    QTabWidget *side() { return m_window->findChild<QTabWidget *>("sideTabs"); }
    bool tabIsShown() { return side()->isTabVisible(side()->indexOf(m_window->findChild<ComparePanel *>())); }
    bool panelIsInFront() { return side()->currentWidget() == m_window->findChild<ComparePanel *>(); }
    QString path(const char *name) const { return m_folder.filePath(name); }

    /// What a training of the present project leaves behind.
    void writeRun(const char *name, const QByteArray &started, const QByteArray &test)
    {
        const QString folder = path("runs/") + name;
        QDir().mkpath(folder);
        QVERIFY(saveProject(document().project(), m_registry, (folder + "/project.netloom").toStdString()).ok());
        writeText(folder + "/run.json", "{\"netloom_run\": 1, \"status\": \"finished\", \"title\": \"clothes\", \"started\": \"" + started
                + "\", \"epochs\": 5, \"test\": " + test + "}");
    }
    /// Does @p act once the dialog for choosing is there with its runs.
    void whenAsked(std::function<void(QWidget &)> act)
    {
        QTimer::singleShot(0, this, [act] {
            QWidget *dialog = nullptr;
            QTRY_VERIFY((dialog = QApplication::activeModalWidget()) && dialog->objectName() == "compareWith");
            QTRY_VERIFY(dialog->findChild<QTreeWidget *>("compareRuns")->topLevelItemCount() > 0 || !dialog->findChild<QTreeWidget *>("compareRuns")->isVisible());
            act(*dialog);
        });
    }

private slots:
    void initTestCase() { test::useOwnSettings(m_folder.filePath("settings")); }

    void init()
    {
        m_window = std::make_unique<MainWindow>(m_registry);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        QVERIFY(m_window->files().saveTo(path("clothes.netloom")));
    }

    void anEarlierRunIsChosenAndComparedWith()
    {
        writeRun("2026-11-23_091500_clothes", "2026-11-23T09:15:00+0100", "null");
        QVERIFY(document().setRecipe("lr", 0.25).ok());
        document().removeItems({document().graph().findByName("relu1")->id});
        writeRun("2026-11-24_140300_clothes", "2026-11-24T14:03:00+0100", "{\"accuracy\": 0.914}");
        document().addNode("Dropout", {0, 900});

        whenAsked([](QWidget &dialog) {
            auto *runs = dialog.findChild<QTreeWidget *>("compareRuns");
            QTRY_COMPARE(runs->topLevelItemCount(), 2);
            QVERIFY(runs->topLevelItem(0)->text(0).contains("14:03")); // the newest first
            QCOMPARE(runs->topLevelItem(0)->text(3), QLocale().toString(91.4, 'f', 1) + " %");
            QTest::keyClick(runs, Qt::Key_Down);
            QTest::mouseClick(dialog.findChild<QPushButton *>("compareChosen"), Qt::LeftButton);
        });
        QVERIFY(!tabIsShown());
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(tabIsShown() && panelIsInFront());
        const Comparison &comparison = document().comparison();
        QVERIFY(comparison.title().contains("09:15"));
        QCOMPARE(comparison.graphDiff().added.size(), std::size_t(1));
        QVERIFY(std::ranges::any_of(comparison.recipe(), &ValueDiff::differs));
        QCOMPARE(comparison.graphDiff().removed.size(), std::size_t(1));
        QCOMPARE(m_window->canvas()->canvasScene().comparisonGhost().nodes(), std::size_t(1));

        // A card's click keeps the comparison in front; a row's goes to the card.
        const NodeId conv = document().graph().findByName("conv1")->id;
        document().setSelection({conv});
        QVERIFY(panelIsInFront());
        QVERIFY(m_window->commands().action("view.stopComparing")->isEnabled());
        m_window->commands().action("view.stopComparing")->trigger();
        QVERIFY(!tabIsShown());
        QVERIFY(!comparison.isActive());
        document().setSelection({});
        document().setSelection({conv});
        QCOMPARE(side()->tabText(side()->currentIndex()), QString("Inspector"));
    }

    void aFileThatIsNoneIsToldAndNothingChanges()
    {
        writeText(path("broken.netloom"), "{\"netloom\": 1, \"nodes\": [");
        for (const char *name : {"broken.netloom", "none.netloom", "runs"}) {
            QString said;
            QTimer::singleShot(0, this, [&said] {
                QTRY_VERIFY(qobject_cast<QMessageBox *>(QApplication::activeModalWidget()));
                auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                said = box->informativeText();
                box->accept();
            });
            QVERIFY(!m_window->compare().compareWith(path(name), "it"));
            QVERIFY2(said.contains(name), qPrintable(said));
            QVERIFY(!document().comparison().isActive());
        }
    }

    void withoutRunsItSaysWhereTheyComeFrom()
    {
        QVERIFY(QDir().mkpath(path("elsewhere")));
        QVERIFY(m_window->files().saveTo(path("elsewhere/clothes.netloom")));
        whenAsked([](QWidget &dialog) {
            QTRY_VERIFY(dialog.findChild<QLabel *>("compareNote")->text().contains("no runs yet"));
            QVERIFY(!dialog.findChild<QPushButton *>("compareChosen")->isEnabled());
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        m_window->commands().action("view.compare")->trigger();
        QVERIFY(!document().comparison().isActive());
    }
};

QTEST_MAIN(TestCompareView)
#include "tst_compare_view.moc"
