// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"
#include "desktop/start_weights_dialog.h"
#include "panels/training_panel.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/stripes.h"
#include "support/window_settings.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <QUndoStack>

#include <map>

using namespace netloom;

/// The question which weights training starts from, answered with the mouse.
class TestStartWeights : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_home;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    QString startFrom() { return QString::fromStdString(document().recipe().text("start_from")); }
    /// conv1, bn1 and fc of two classes, as PyTorch's torch.save() wrote it.
    QString stateDict() const { return qEnvironmentVariable("NETLOOM_TEST_DATA") + "/weights/state_dict.pt"; }

    static void click(const QWidget *parent, const char *button)
    {
        QTest::mouseClick(parent->findChild<QAbstractButton *>(button), Qt::LeftButton);
    }
    /// Clicks the folder beside start_from, and lets @p act answer the dialog, which must close it.
    void ask(const std::function<void(StartWeightsDialog &)> &act)
    {
        bool answered = false;
        test::answerNext<StartWeightsDialog>([&](StartWeightsDialog *dialog) {
            act(*dialog);
            answered = true;
            if (dialog->isVisible())
                dialog->reject(); // where a check failed: the test would hang
        });
        auto *panel = m_window->findChild<TrainingPanel *>();
        auto *browse = panel->findChild<QAbstractButton *>("browse_start_from");
        for (QWidget *part = browse; part; part = part->parentWidget()) {
            if (auto *scroll = qobject_cast<QScrollArea *>(part))
                scroll->ensureWidgetVisible(browse);
        }
        QVERIFY(browse->isVisible());
        QTest::mouseClick(browse, Qt::LeftButton);
        QVERIFY(answered);
    }
    static void chooseFile(const StartWeightsDialog &dialog, const QString &file)
    {
        test::answerNext<QFileDialog>([file](QFileDialog *files) {
            auto *name = files->findChild<QLineEdit *>("fileNameEdit");
            name->setText(file);
            QTest::keyClick(name, Qt::Key_Return);
        });
        click(&dialog, "startWeightsFile");
    }
    static std::map<QString, QString> fits(const StartWeightsDialog &dialog)
    {
        std::map<QString, QString> rows;
        const auto *table = dialog.findChild<QTreeWidget *>("startWeightsTable");
        for (int row = 0; row < table->topLevelItemCount(); ++row)
            rows[table->topLevelItem(row)->text(0)] = table->topLevelItem(row)->text(1);
        return rows;
    }

private slots:
    void initTestCase()
    {
        test::useOwnSettings(m_home.filePath("settings"));
        test::writeStripes(m_home.filePath("data"));
        test::writeBytes(m_home.filePath("stripes.netloom"), QByteArray::fromStdString(test::stripesProject(m_home.filePath("data"))));
    }
    void init()
    {
        m_window = std::make_unique<MainWindow>(m_registry, m_home.filePath("blocks"));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QVERIFY(m_window->files().openFile(m_home.filePath("stripes.netloom")));
        QTRY_VERIFY(document().facts().known);
        QVERIFY(document().setParam(document().graph().findByName("conv1")->id, "out_channels", std::int64_t(2)).ok());
    }
    void cleanup()
    {
        document().undoStack()->setClean();
        m_window.reset();
    }

    void whatFitsIsSeenBeforeItIsTakenAndUndoneInOneStep()
    {
        ask([this](StartWeightsDialog &dialog) {
            auto *take = dialog.findChild<QAbstractButton *>("startWeightsTake");
            QVERIFY(!take->isEnabled());
            chooseFile(dialog, stateDict());
            QTRY_VERIFY(take->isEnabled());
            const auto rows = fits(dialog);
            QCOMPARE(rows.at("conv1.bias"), QString("taken"));
            QCOMPARE(rows.at("conv1.weight"), QString("other shape, starts at random")); // of grey pictures
            QCOMPARE(rows.at("fc1.weight"), QString("missing, starts at random"));
            QCOMPARE(rows.at("fc.weight"), QString("not used"));
            QCOMPARE(dialog.findChild<QLabel *>("startWeightsSummary")->text(), QString("1 of 4 tensors fit."));
            click(&dialog, "startWeightsTake");
        });
        QCOMPARE(startFrom(), stateDict());
        m_window->activateWindow(); // the dialog is gone
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(startFrom(), QString());
        QCOMPARE(document().graph().findByName("conv1")->params.integer("out_channels"), std::int64_t(2)); // that step stays
    }

    void whatFitsNowhereCanNotBeTaken()
    {
        QVERIFY(document().setParam(document().graph().findByName("conv1")->id, "out_channels", std::int64_t(4)).ok());
        ask([this](StartWeightsDialog &dialog) {
            chooseFile(dialog, stateDict());
            QTRY_VERIFY(!fits(dialog).empty());
            QCOMPARE(fits(dialog).at("conv1.bias"), QString("other shape, starts at random"));
            QVERIFY(dialog.findChild<QLabel *>("startWeightsSummary")->text().contains("Nothing fits"));
            QVERIFY(!dialog.findChild<QAbstractButton *>("startWeightsTake")->isEnabled());
        });
        QCOMPARE(startFrom(), QString());
    }

    void aFileThatHoldsNoWeightsSaysSoAndCanNotBeTaken()
    {
        test::writeBytes(m_home.filePath("letter.pt"), "Dear Sir or Madam");
        ask([this](StartWeightsDialog &dialog) {
            auto *note = dialog.findChild<QLabel *>("startWeightsNote");
            chooseFile(dialog, m_home.filePath("letter.pt"));
            QTRY_VERIFY2(note->text().contains("letter.pt"), qPrintable(note->text()));
            QVERIFY(note->isVisible());
            QVERIFY(!dialog.findChild<QAbstractButton *>("startWeightsTake")->isEnabled());
        });
        QCOMPARE(startFrom(), QString());
    }

    void randomWeightsForgetTheFile()
    {
        QVERIFY(document().setRecipe("start_from", stateDict().toStdString()).ok());
        ask([](StartWeightsDialog &dialog) {
            QTRY_VERIFY(fits(dialog).contains("conv1.weight")); // what it is now is shown at once
            click(&dialog, "startWeightsRandom");
        });
        QCOMPARE(startFrom(), QString());
    }
};

QTEST_MAIN(TestStartWeights)
#include "tst_start_weights.moc"
