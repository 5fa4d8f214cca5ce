// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/main_window.h"
#include "desktop/new_project_dialog.h"
#include "panels/training_panel.h"
#include "plots/confusion_matrix_view.h"
#include "plots/curves_plot.h"
#include "plots/filter_grid.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "theme/theme.h"

#include <QLabel>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace netloom;

class TestMainWindow : public QObject {
    Q_OBJECT

private:
    const NodeRegistry m_registry = fullRegistry();
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
        test::drag(list->viewport(), list->visualItemRect(list->item(0)).center(), viewport(), at);
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

    bool trainToTheEnd()
    {
        QTest::mouseClick(m_window->findChild<QPushButton *>("trainStart"), Qt::LeftButton);
        return m_window->session().active() && QTest::qWaitFor([this] { return !m_window->session().active(); }, 120'000);
    }

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        applyTheme(*qApp, false);
    }

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

    void networkIsBuiltByDraggingTrainedSavedAndReopened()
    {
        // A small CNN from an empty canvas, by mouse and keys alone.
        const int step = viewport()->width() / 5;
        const NodeId data = dropFromPalette("ImageFolder", {step / 2, 60});
        const NodeId toTensor = dropFromPalette("ToTensor", {step * 3 / 2, 60});
        const NodeId resize = dropFromPalette("Resize", {step / 2, 300});
        QVERIFY(data.valid() && toTensor.valid() && resize.valid());
        QTest::mouseClick(viewport(), Qt::LeftButton, {}, {step * 4, 330});
        QTest::keyClick(viewport(), Qt::Key_Home);
        m_window->canvas()->zoomToFit();

        document().setSelection({data});
        auto *root = m_window->findChild<QLineEdit *>("param_root");
        QVERIFY(root);
        root->setFocus();
        root->selectAll();
        QTest::keyClicks(root, QString::fromStdString(sampleFolder().string()));
        QTest::keyClick(root, Qt::Key_Return);
        QTRY_COMPARE(document().facts().classCount(), 10);

        std::map<QString, NodeId> nodes;
        int column = 0;
        for (const char *type : {"Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear", "CrossEntropyLoss"}) {
            const Point at{double(column % 3) * 240 + 500, double(column / 3) * 220 + 60};
            Q_UNUSED(at)
            nodes[type] = dropFromPalette(type, {viewport()->width() / 2 + (column % 3) * 20, viewport()->height() / 2});
            QVERIFY2(nodes[type].valid(), type);
            document().moveNodes({{nodes[type], Point{600.0 + 240.0 * (column % 3), -200.0 + 220.0 * (column / 3)}}});
            ++column;
        }
        m_window->canvas()->zoomToFit();
        QTest::qWait(50);
        QVERIFY(wire(data, "image", resize, "input"));
        QVERIFY(wire(resize, "output", toTensor, "input"));
        QVERIFY(wire(toTensor, "output", nodes["Conv2d"], "input"));
        QVERIFY(wire(nodes["Conv2d"], "output", nodes["ReLU"], "input"));
        QVERIFY(wire(nodes["ReLU"], "output", nodes["MaxPool2d"], "input"));
        QVERIFY(wire(nodes["MaxPool2d"], "output", nodes["Flatten"], "input"));
        QVERIFY(wire(nodes["Flatten"], "output", nodes["Linear"], "input"));
        QVERIFY(wire(nodes["Linear"], "output", nodes["CrossEntropyLoss"], "input"));
        QVERIFY(wire(data, "target", nodes["CrossEntropyLoss"], "target"));
        QVERIFY(document().setParam(resize, "size", std::vector<std::int64_t>{28, 28}).ok());
        QVERIFY(document().setRecipe("epochs", std::int64_t(2)).ok());
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

        MainWindow second(m_registry);
        QVERIFY(second.files().openFile(file));
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
