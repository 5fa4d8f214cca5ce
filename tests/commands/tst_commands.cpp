// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/commands.h"
#include "commands/keys_dialog.h"
#include "theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <set>

using namespace netloom;

namespace {

/// The sheet in a window, and hands.
struct Sheet {
    Commands commands;
    KeysDialog dialog{commands};
    QTreeWidget *tree = dialog.findChild<QTreeWidget *>("keysTree");

    Sheet()
    {
        dialog.show();
        (void)QTest::qWaitForWindowExposed(&dialog);
    }

    QTreeWidgetItem *row(const QString &text) const
    {
        for (QTreeWidgetItemIterator item(tree); *item; ++item) {
            if ((*item)->parent() && (*item)->text(0) == text)
                return *item;
        }
        return nullptr;
    }
    QString keysOf(const QString &text) const { return row(text)->text(1); }
    QString notice() const { return dialog.findChild<QLabel *>("keysNotice")->text(); }
    QPushButton *button(const char *name) const { return dialog.findChild<QPushButton *>(name); }
    void click(const char *name) { QTest::mouseClick(button(name), Qt::LeftButton); }

    void choose(const QString &text)
    {
        tree->scrollToItem(row(text));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualItemRect(row(text)).center());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(QApplication::focusWidget(), key, modifiers); }
    bool waitsForAKey() const { return dialog.findChild<QWidget *>("keyField") && QApplication::focusWidget()->objectName() == "keyField"; }
};

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void noTwoCommandsHaveTheSameKey()
    {
        std::set<QString> ids;
        std::map<QString, QString> owners;
        for (const CommandSpec &spec : allCommands()) {
            QVERIFY2(ids.insert(spec.id).second, spec.id);
            for (const QKeySequence &key : keysFromText(spec.keys)) {
                QVERIFY2(!Commands::gestureOf(key), spec.id);
                QVERIFY2(owners.emplace(key.toString(), spec.id).second, qPrintable(key.toString() + " of " + spec.id));
            }
            QCOMPARE(keysFromText(spec.keys).size(), QString(spec.keys).split("; ", Qt::SkipEmptyParts).size()); // each is a key
        }
    }

    void plainKeysHoldOnTheCanvasAlone()
    {
        for (const CommandSpec &spec : allCommands()) {
            for (const QKeySequence &key : keysFromText(spec.keys)) {
                const int code = key[0].key();
                if (code >= Qt::Key_A && code <= Qt::Key_Z && !(key[0].keyboardModifiers() & ~Qt::ShiftModifier))
                    QVERIFY2(spec.scope == KeyScope::Canvas, spec.id);
            }
        }
    }

    void keysSurviveARestart()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath("keys.ini"), QSettings::IniFormat);
        Commands before;
        before.setKeys("edit.tidy", {QKeySequence("T"), QKeySequence("Ctrl+K")});
        before.setKeys("edit.rename", {});
        before.save(settings);
        settings.sync();
        QCOMPARE(settings.allKeys().size(), 2); // what differs alone
        Commands after;
        after.load(settings);
        QCOMPARE(after.keys("edit.tidy"), (QList<QKeySequence>{QKeySequence("T"), QKeySequence("Ctrl+K")}));
        QVERIFY(after.keys("edit.rename").isEmpty());
        QCOMPARE(after.keys("edit.copy"), after.defaultKeys("edit.copy"));
        after.resetAll();
        after.save(settings);
        QVERIFY(settings.allKeys().isEmpty());
    }

    void oddSettingsAreIgnored()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath("keys.ini"), QSettings::IniFormat);
        settings.setValue("keys/edit.tidy", "no key at all; Esc; Ctrl+K");
        settings.setValue("keys/edit.gone", "Ctrl+L");
        settings.setValue("keys/edit.rename", "Ctrl+Q"); // another's default
        Commands commands;
        commands.load(settings);
        QCOMPARE(commands.keys("edit.tidy"), QList<QKeySequence>{QKeySequence("Ctrl+K")});
        QCOMPARE(commands.keys("edit.rename"), QList<QKeySequence>{QKeySequence("Ctrl+Q")});
        QVERIFY(commands.keys("file.quit").isEmpty());
    }

    void sheetListsEveryCommandAndGesture()
    {
        Sheet sheet;
        for (const CommandSpec &spec : allCommands())
            QVERIFY2(sheet.row(spec.plainText()), spec.id);
        for (const FixedKey &fixed : fixedKeys())
            QVERIFY2(sheet.row(fixed.shownText()), fixed.text);
        QCOMPARE(sheet.keysOf("Add a node"), QString("Shift+A"));
    }

    void pressedKeyBecomesTheCommands()
    {
        Sheet sheet;
        sheet.choose("Tidy up");
        sheet.press(Qt::Key_Return);
        QVERIFY(sheet.waitsForAKey());
        sheet.press(Qt::Key_Shift, Qt::ShiftModifier); // on the way to the key
        QVERIFY(sheet.waitsForAKey());
        sheet.press(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(sheet.commands.keys("edit.tidy"), QList<QKeySequence>{QKeySequence("Ctrl+T")});
        QCOMPARE(sheet.keysOf("Tidy up"), QString("Ctrl+T"));
        QVERIFY(sheet.commands.action("edit.tidy")->toolTip().contains("Ctrl+T"));
        sheet.click("keysAdd");
        sheet.press(Qt::Key_Tab, Qt::ControlModifier); // a key that would move the focus
        QCOMPARE(sheet.keysOf("Tidy up"), QString("Ctrl+T or Ctrl+Tab"));
        sheet.click("keysReset");
        QCOMPARE(sheet.keysOf("Tidy up"), QString("Ctrl+L"));
        QVERIFY(!sheet.button("keysReset")->isEnabled());
        sheet.click("keysRemove");
        QCOMPARE(sheet.keysOf("Tidy up"), QString());
    }

    void escapeLeavesTheKeyAsItIs()
    {
        Sheet sheet;
        sheet.choose("Tidy up");
        sheet.click("keysChange");
        QVERIFY(sheet.waitsForAKey());
        sheet.press(Qt::Key_Escape);
        QVERIFY(sheet.dialog.isVisible());
        QCOMPARE(sheet.keysOf("Tidy up"), QString("Ctrl+L"));
    }

    void takenKeyIsNamedAndTakenOver()
    {
        Sheet sheet;
        sheet.choose("Rename");
        sheet.click("keysChange");
        sheet.press(Qt::Key_L, Qt::ControlModifier);
        QVERIFY2(sheet.notice().contains("Tidy up"), qPrintable(sheet.notice()));
        QCOMPARE(sheet.keysOf("Rename"), QString("F2"));
        QVERIFY(sheet.button("keysTakeOver")->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(sheet.keysOf("Rename"), QString("Ctrl+L"));
        QCOMPARE(sheet.keysOf("Tidy up"), QString());
        QVERIFY(!sheet.button("keysTakeOver")->isVisible());

        sheet.choose("Tidy up");
        sheet.click("keysReset"); // Rename has it now
        QCOMPARE(sheet.keysOf("Tidy up"), QString());
        QVERIFY2(sheet.notice().contains("Rename"), qPrintable(sheet.notice()));
        sheet.click("keysResetAll");
        QCOMPARE(sheet.keysOf("Tidy up"), QString("Ctrl+L"));
        QCOMPARE(sheet.keysOf("Rename"), QString("F2"));
    }

    void keyOfAGestureIsRefused()
    {
        Sheet sheet;
        sheet.choose("Tidy up");
        sheet.click("keysChange");
        sheet.press(Qt::Key_Left);
        QVERIFY2(sheet.notice().contains("Left"), qPrintable(sheet.notice()));
        QVERIFY(!sheet.button("keysTakeOver")->isVisible());
        QCOMPARE(sheet.keysOf("Tidy up"), QString("Ctrl+L"));
        sheet.choose("Cut wires");
        QVERIFY(!sheet.button("keysChange")->isEnabled());
    }

    void searchFindsNamesAndKeys()
    {
        Sheet sheet;
        auto *search = sheet.dialog.findChild<QLineEdit *>("keysSearch");
        QTest::keyClicks(search, "ctrl+l");
        QVERIFY(!sheet.row("Tidy up")->isHidden());
        QVERIFY(sheet.row("Copy")->isHidden() && sheet.row("Copy")->parent()->parent() == nullptr);
        search->clear();
        QTest::keyClicks(search, "align edges");
        QVERIFY(!sheet.row("Align left edges")->isHidden());
        QVERIFY(sheet.row("Align centres")->isHidden());
        QVERIFY(sheet.row("Start")->parent()->isHidden());
    }
};

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
