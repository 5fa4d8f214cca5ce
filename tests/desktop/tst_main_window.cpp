// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "commands/keys_dialog.h"
#include "desktop/main_window.h"
#include "desktop/new_project_dialog.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"
#include "plots/curves_plot.h"
#include "plots/filter_grid.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/window_settings.h"
#include "theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>
#include <QUndoView>

using namespace netloom;

class TestMainWindow : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    QWidget *viewport() { return m_window->canvas()->viewport(); }

    NodeId dropFromPalette(const QString &type, QPoint at)
    {
        auto *search = m_window->findChild<QLineEdit *>("paletteSearch");
        QTest::mouseClick(search, Qt::LeftButton);
        search->selectAll();
        QTest::keyClicks(search, type);
        auto *list = m_window->findChild<QListWidget *>("paletteList");
        const auto before = document().graph().nodes();
        test::dragAndDrop(list->viewport(), list->visualItemRect(list->item(0)).center(), viewport(), at);
        for (const auto &[id, node] : document().graph().nodes()) {
            if (!before.contains(id))
                return QString::fromStdString(node.type) == type ? id : NodeId();
        }
        return {};
    }

    bool wire(NodeId from, const QString &output, NodeId to, const QString &input)
    {
        const auto before = document().graph().links().size();
        test::drag(viewport(), m_window->canvas()->portRect(from, output).center(), viewport(),
            m_window->canvas()->portRect(to, input).center());
        return document().graph().links().size() == before + 1;
    }

    void selectCard(NodeId id)
    {
        const QRect card = m_window->canvas()->nodeRect(id);
        QTest::mouseClick(viewport(), Qt::LeftButton, {}, {card.center().x(), card.top() + 8});
    }

    QWidget *field(const QString &name) { return m_window->findChild<QWidget *>(name); }

    /// Types over what a form's field holds.
    void type(const QString &name, const QString &text)
    {
        QVERIFY2(field(name), qPrintable(name));
        field(name)->setFocus();
        QTest::keyClick(field(name), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field(name), text);
        QTest::keyClick(field(name), Qt::Key_Return);
    }

    bool isEnabled(const char *command) { return m_window->commands().action(command)->isEnabled(); }

    bool trainToTheEnd()
    {
        QTest::mouseClick(m_window->findChild<QPushButton *>("trainStart"), Qt::LeftButton);
        return m_window->session().active() && QTest::qWaitFor([this] { return !m_window->session().active(); }, 120'000);
    }

private slots:
    void initTestCase() { test::useOwnSettings(m_settings.path()); }

    void init()
    {
        m_window = std::make_unique<MainWindow>(m_registry);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
    }

    void wiresTellWhatTheViewMenuSays()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist", "/data"));
        const auto option = [this](const char *name) { return m_window->commands().action(name); };
        const auto look = [this] { return m_window->canvas()->canvasScene().wireLook(); };
        QVERIFY(option("wires.labels")->isChecked() && !option("wires.thickness")->isChecked());
        option("wires.labels")->trigger();
        option("wires.thickness")->trigger();
        QCOMPARE(look(), (WireLook{false, true}));
        m_window = std::make_unique<MainWindow>(m_registry);
        QCOMPARE(look(), (WireLook{false, true}));
        option("wires.labels")->trigger();
        option("wires.thickness")->trigger();
        QCOMPARE(look(), WireLook());
    }

    void networkIsBuiltByDraggingTrainedSavedAndReopened()
    {
        // A small CNN from an empty canvas, by mouse and keys alone: cards in three rows of three.
        std::map<QString, NodeId> nodes;
        int place = 0;
        for (const char *type : {"ImageFolder", "Resize", "ToTensor", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear", "CrossEntropyLoss"}) {
            const QSize cell(viewport()->width() / 3, viewport()->height() / 3);
            nodes[type] = dropFromPalette(type, {place % 3 * cell.width() + cell.width() / 2, place / 3 * cell.height() + cell.height() / 2});
            QVERIFY2(nodes[type].valid(), type);
            ++place;
        }
        QTest::keyClick(m_window->canvas(), Qt::Key_Home);
        QVERIFY(wire(nodes["ImageFolder"], "image", nodes["Resize"], "input"));
        QVERIFY(wire(nodes["Resize"], "output", nodes["ToTensor"], "input"));
        QVERIFY(wire(nodes["ToTensor"], "output", nodes["Conv2d"], "input"));
        QVERIFY(wire(nodes["Conv2d"], "output", nodes["ReLU"], "input"));
        QVERIFY(wire(nodes["ReLU"], "output", nodes["MaxPool2d"], "input"));
        QVERIFY(wire(nodes["MaxPool2d"], "output", nodes["Flatten"], "input"));
        QVERIFY(wire(nodes["Flatten"], "output", nodes["Linear"], "input"));
        QVERIFY(wire(nodes["Linear"], "output", nodes["CrossEntropyLoss"], "input"));
        QVERIFY(wire(nodes["ImageFolder"], "target", nodes["CrossEntropyLoss"], "target"));

        selectCard(nodes["ImageFolder"]);
        type("param_root", QString::fromStdString(sampleFolder().string()));
        QTRY_COMPARE(document().facts().classCount(), 10);
        selectCard(nodes["Resize"]);
        type("param_size", "28");
        selectCard(nodes["Linear"]);
        field("param_out_features_keyword")->setFocus();
        QTest::keyClicks(field("param_out_features_keyword"), "classes");
        type("param_epochs", "2");
        QVERIFY2(!hasErrors(document().inference().issues),
            document().inference().issues.empty() ? "" : document().inference().issues.front().text.c_str());

        QVERIFY(trainToTheEnd());
        auto *panel = m_window->findChild<TrainingPanel *>();
        QCOMPARE(panel->state(), TrainingPanel::State::Done);
        QCOMPARE(panel->curves()->toCsv().trimmed().split('\n').size(), 3); // header and two epochs
        QCOMPARE(panel->confusion()->classes(), 10);
        QVERIFY(panel->filters()->filterCount() > 0);
        QVERIFY(std::filesystem::exists(m_window->session().folder() / "report.html"));

        QTemporaryDir folder;
        const QString file = folder.filePath("drawn.netloom");
        test::answerNext<QFileDialog>([file](QFileDialog *dialog) {
            dialog->findChild<QLineEdit *>("fileNameEdit")->setText(file);
            QTest::keyClick(dialog->findChild<QLineEdit *>("fileNameEdit"), Qt::Key_Return);
        });
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QVERIFY(QFile::exists(file));
        QVERIFY(!document().isDirty());
        const Project saved = document().project();

        QVERIFY(m_window->startFromTemplate("mlp-fashion-mnist"));
        QCOMPARE(panel->state(), TrainingPanel::State::Idle); // no results of another project
        QCOMPARE(panel->confusion()->classes(), 0);
        QCOMPARE(m_window->files().title(), QString("MLP on Fashion-MNIST")); // what its runs are called

        MainWindow second(m_registry);
        QVERIFY(second.files().openFile(file));
        QCOMPARE(second.files().title(), second.files().displayName());
        QCOMPARE(second.document().project().graph == saved.graph, true);
        QCOMPARE(second.document().recipe() == saved.recipe, true);
    }

    void undoTakesEverythingBack()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        const Project before = document().project();
        document().removeItems({document().graph().findByName("conv1")->id});
        QVERIFY(document().setRecipe("lr", 0.5).ok());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(document().project() == before);
        QVERIFY(!document().isDirty());
    }

    void fieldsLeaveUndoToTheDocument()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        document().setSelection({document().graph().findByName("conv1")->id});
        auto *spin = field("param_out_channels");
        spin->setFocus();
        QTest::keyClick(spin, Qt::Key_Up);
        QVERIFY(document().isDirty());
        QTest::keyClick(spin, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!document().isDirty());
    }

    void savingTakesWhatIsTyped()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        document().setSelection({document().graph().findByName("normalize")->id});
        field("param_mean")->setFocus();
        QTest::keyClick(field("param_mean"), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field("param_mean"), "0.25");
        QTemporaryDir folder;
        QVERIFY(m_window->files().saveTo(folder.filePath("typed.netloom")));
        QVERIFY(document().graph().findByName("normalize")->params.at("mean") == ParamValue(std::vector<double>{0.25}));
        QVERIFY(!document().isDirty());
    }

    void savedFilesAlwaysGetTheirEnding()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        QTemporaryDir folder;
        test::answerNext<QFileDialog>([&folder](QFileDialog *dialog) {
            auto *name = dialog->findChild<QLineEdit *>("fileNameEdit");
            name->setText(folder.filePath("my.v2"));
            QTest::keyClick(name, Qt::Key_Return);
        });
        QVERIFY(m_window->files().saveAs());
        QVERIFY(QFile::exists(folder.filePath("my.v2.netloom")));
    }

    void anyCommandIsFoundByItsName()
    {
        QVERIFY(m_window->startFromTemplate("mlp-fashion-mnist"));
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *search = m_window->findChild<QLineEdit *>("commandsSearch");
        QVERIFY(search && search->isVisible());
        QTest::keyClicks(search, "select a");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(document().selectedNodes().size(), document().graph().nodes().size());
        QVERIFY(!search->isVisible());
    }

    void everyCommandIsInTheMenus()
    {
        std::function<void(const QList<QAction *> &, QSet<QString> &)> collect = [&](const QList<QAction *> &actions, QSet<QString> &ids) {
            for (QAction *action : actions) {
                if (action->menu())
                    collect(action->menu()->actions(), ids);
                else if (!action->isSeparator())
                    ids << action->objectName();
            }
        };
        QSet<QString> ids;
        collect(m_window->menuBar()->actions(), ids);
        for (const CommandSpec &spec : allCommands())
            QVERIFY2(ids.remove(spec.id), spec.id);
        ids.remove(QString()); // recent files
        QVERIFY2(ids.isEmpty(), qPrintable(ids.values().join(' ')));
    }

    void newKeyHoldsAtOnceAndInTheNextWindow()
    {
        QVERIFY(m_window->startFromTemplate("mlp-fashion-mnist"));
        QTest::keyClick(m_window.get(), '?');
        auto *sheet = m_window->findChild<KeysDialog *>();
        QVERIFY(sheet && sheet->isVisible());
        sheet->close();
        m_window->commands().setKeys("edit.selectAll", {QKeySequence("W")});
        m_window->canvas()->setFocus();
        QTest::keyClick(m_window->canvas(), Qt::Key_A, Qt::ControlModifier);
        QVERIFY(document().selectedNodes().empty());
        QTest::keyClick(m_window->canvas(), Qt::Key_W);
        QCOMPARE(document().selectedNodes().size(), document().graph().nodes().size());
        MainWindow second(m_registry);
        QCOMPARE(second.commands().action("edit.selectAll")->shortcut(), QKeySequence("W"));
        second.commands().resetAll(); // for the tests to come
    }

    void undoNamesTheStep()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        QVERIFY(!isEnabled("edit.undo"));
        document().removeItems({document().graph().findByName("conv1")->id});
        QVERIFY(m_window->commands().action("edit.undo")->text().contains("Delete conv1"));
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!isEnabled("edit.undo"));
        QVERIFY(m_window->commands().action("edit.redo")->text().contains("Delete conv1"));
    }

    void undoSurvivesSaving()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        const Project before = document().project();
        document().removeItems({document().graph().findByName("conv1")->id});
        QTemporaryDir folder;
        const QString file = folder.filePath("saved.netloom");
        QVERIFY(m_window->files().saveTo(file));
        QVERIFY(document().setRecipe("lr", 0.5).ok());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!document().isDirty());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(document().project() == before);
        QVERIFY(document().isDirty());
    }

    void historyStaysOpenWhileStepsAreClicked()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        const NodeId conv = document().graph().findByName("conv1")->id;
        document().setSelection({conv});
        document().moveNodes({{conv, {10, 10}}});
        QVERIFY(document().rename(conv, "stem").ok());
        m_window->commands().action("view.side")->setChecked(false);
        QTest::keyClick(m_window.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        auto *steps = m_window->findChild<QUndoView *>("historySteps");
        QVERIFY(steps && steps->isVisible());
        QTest::mouseClick(steps->viewport(), Qt::LeftButton, {}, steps->visualRect(steps->model()->index(0, 0)).center());
        QCOMPARE(document().undoStack()->index(), 0);
        QVERIFY(document().graph().findByName("conv1"));
        document().setSelection({});
        document().setSelection({conv}); // as an undone step may
        QVERIFY(steps->isVisible());
    }

    void themeIsChosenAndKept()
    {
        m_window->commands().action("theme.highContrast")->trigger();
        QCOMPARE(Theme::current().kind, ThemeKind::HighContrast);
        QCOMPARE(QSettings().value("window/theme").toString(), QString("high-contrast"));
        QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(Theme::current().kind, ThemeKind::Light);
        QVERIFY(m_window->commands().action("theme.light")->isChecked());
    }

    void cardsMoveAtOnceWhereMotionIsReduced()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        const NodeId conv = document().graph().findByName("conv1")->id;
        const auto shownAsItIs = [&] {
            const Point place = document().graph().find(conv)->position;
            return m_window->canvas()->canvasScene().nodeItem(conv)->pos() == QPointF(place.x, place.y);
        };
        document().moveNodes({{conv, {-2000, -900}}});
        m_window->canvas()->setFocus();
        QTest::keyClick(m_window->canvas(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(!shownAsItIs());
        QTRY_VERIFY(shownAsItIs());
        document().moveNodes({{conv, {-2000, -900}}});
        m_window->commands().action("view.reduceMotion")->trigger();
        QTest::keyClick(m_window->canvas(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(shownAsItIs());
        MainWindow second(m_registry);
        QVERIFY(second.commands().action("view.reduceMotion")->isChecked());
        second.commands().action("view.reduceMotion")->trigger();
    }

    void desktopsThatWantLessMotionAreHeard_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("reduced");
        QTest::newRow("nothing said") << "other.ini" << QByteArray() << false;
        QTest::newRow("GTK 3") << "gtk-3.0/settings.ini" << QByteArray("[Settings]\ngtk-enable-animations=0\n") << true;
        QTest::newRow("GTK 4") << "gtk-4.0/settings.ini" << QByteArray("[Settings]\ngtk-enable-animations=false\n") << true;
        QTest::newRow("GTK with motion") << "gtk-3.0/settings.ini" << QByteArray("[Settings]\ngtk-enable-animations=1\n") << false;
        QTest::newRow("KDE") << "kdeglobals" << QByteArray("[KDE]\nAnimationDurationFactor=0\n") << true;
        QTest::newRow("KDE, faster") << "kdeglobals" << QByteArray("[KDE]\nAnimationDurationFactor=0.5\n") << false;
    }

    void desktopsThatWantLessMotionAreHeard()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(bool, reduced);
        QTemporaryDir folder;
        QFile settings(folder.filePath(file));
        QVERIFY(QDir().mkpath(QFileInfo(settings).absolutePath()) && settings.open(QIODevice::WriteOnly));
        settings.write(text);
        settings.close();
        QCOMPARE(filesReduceMotion(folder.path()), reduced);
    }

    void canvasAloneHidesAndGivesBackThePanels()
    {
        auto *palette = m_window->findChild<QWidget *>("palette");
        auto *side = m_window->findChild<QWidget *>("sideTabs");
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        m_window->canvas()->setFocus();
        QTest::keyClick(m_window->canvas(), Qt::Key_F);
        QVERIFY(!palette->isVisible() && !side->isVisible());
        QTest::keyClick(m_window->canvas(), Qt::Key_F);
        QVERIFY(!palette->isVisible() && side->isVisible()); // the palette was hidden before
    }

    void droppedFolderBecomesAProject()
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(sampleFolder().string()))});
        const QPointF middle(m_window->rect().center());
        QString summary;
        test::answerNext<NewProjectDialog>([&summary](NewProjectDialog *dialog) {
            auto *label = dialog->findChild<QLabel *>("folderSummary");
            QTRY_VERIFY(label->text().contains("10 classes"));
            summary = label->text();
            QVERIFY(dialog->findChild<QPushButton *>("createProject")->isDefault()); // Return creates, it doesn't cancel
            QTest::mouseClick(dialog->findChild<QPushButton *>("createProject"), Qt::LeftButton);
        });
        QDragEnterEvent enter(middle.toPoint(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(middle, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QTRY_COMPARE(document().facts().classCount(), 10);
        QVERIFY2(!hasErrors(document().inference().issues), qPrintable(summary));
    }

    void closingDuringTrainingKeepsTheRun()
    {
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", QString::fromStdString(sampleFolder().string())));
        QTRY_VERIFY(document().facts().known);
        QVERIFY(document().setRecipe("epochs", std::int64_t(1000)).ok());
        document().undoStack()->setClean();
        QTest::mouseClick(m_window->findChild<QPushButton *>("trainStart"), Qt::LeftButton);
        auto *panel = m_window->findChild<TrainingPanel *>();
        QTRY_COMPARE_WITH_TIMEOUT(panel->state(), TrainingPanel::State::Running, 20'000);
        QVERIFY(isEnabled("train.stop") && isEnabled("train.pause") && !isEnabled("train.start"));
        test::answerNext<QMessageBox>([](QMessageBox *box) { QTest::mouseClick(box->defaultButton(), Qt::LeftButton); });
        m_window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().active(), 20'000);
        QVERIFY(!m_window->isVisible());
        QVERIFY(std::filesystem::exists(m_window->session().folder() / "weights.safetensors"));
    }

    void brokenDataGivesAMessageInTheIssues()
    {
        QTemporaryDir empty;
        QVERIFY(m_window->startFromTemplate("cnn-image-folder", empty.path()));
        QTRY_VERIFY(!document().facts().problem.empty());
        QVERIFY(hasErrors(document().inference().issues));
        QVERIFY(!m_window->findChild<QPushButton *>("trainStart")->isEnabled());

        // Mended outside the program, it is seen at the next look.
        QVERIFY(QDir(empty.path()).mkdir("cats"));
        const auto sample = sampleFolder() / "train" / "bag";
        for (const auto &entry : std::filesystem::directory_iterator(sample))
            std::filesystem::copy(entry.path(), empty.filePath("cats").toStdString());
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_COMPARE(document().facts().classCount(), 1);
    }

    void unsavedWorkSurvivesACrash()
    {
        QVERIFY(m_window->startFromTemplate("cnn-fashion-mnist"));
        QVERIFY(document().setRecipe("epochs", std::int64_t(42)).ok());
        const QString copy = m_window->writeRecoveryCopy();
        QVERIFY(QFile::exists(copy));
        MainWindow second(m_registry);
        QVERIFY(second.files().openRecovered(copy));
        QCOMPARE(second.document().recipe().integer("epochs"), 42);
        QVERIFY(second.document().isDirty());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
