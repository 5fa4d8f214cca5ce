// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvas_view.h"
#include "desktop/block_dialog.h"
#include "desktop/main_window.h"
#include "document/clipboard.h"
#include "panels/palette_list.h"
#include "plots/graph_picture.h"
#include "project/block_library.h"
#include "run/registry.h"
#include "support/gestures.h"
#include "support/window_settings.h"
#include "theme/theme.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace netloom;

namespace {

/// What is in a block, whatever it and its nodes' ids are called.
QStringList insideOf(const Graph &graph, NodeId block)
{
    const std::string top = pathOf(graph, *graph.find(block));
    const auto path = [&](NodeId id) { return QString::fromStdString(pathOf(graph, *graph.find(id)).substr(top.size())); };
    QStringList lines;
    std::vector<NodeId> nodes = graph.allWithin(block);
    nodes.push_back(block);
    for (const NodeId id : nodes) {
        const Node &node = *graph.find(id);
        QString line = path(id) + ' ' + QString::fromStdString(node.type);
        for (const auto &[name, value] : node.params.values())
            line += ' ' + QString::fromStdString(name + "=" + formatParam(value));
        for (const auto &[name, shown] : node.exposed)
            line += ' ' + QString::fromStdString(name + ">" + shown);
        lines << line;
    }
    for (const Link &link : graph.links()) {
        if (graph.isWithin(link.from.node, block) && graph.isWithin(link.to.node, block))
            lines << path(link.from.node) + '.' + QString::fromStdString(link.from.port) + " -> " + path(link.to.node);
    }
    lines.sort();
    return lines;
}

} // namespace

class TestOwnBlocks : public QObject {
    Q_OBJECT

    const NodeRegistry m_registry = fullRegistry();
    const QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    Document &document() { return m_window->document(); }
    QWidget *viewport() { return m_window->canvas()->viewport(); }
    QString file(const QString &name) { return m_folder->filePath(name); }

    static QListWidgetItem *row(MainWindow &window, const QString &name)
    {
        return window.findChild<QListWidget *>("paletteList")->findItems(name, Qt::MatchExactly).value(0);
    }
    QListWidgetItem *row(const QString &name) { return row(*m_window, name); }
    QPoint placeOf(QListWidgetItem *item)
    {
        auto *list = item->listWidget();
        list->scrollToItem(item);
        return list->visualItemRect(item).center();
    }

    void doubleClick(const QString &name)
    {
        QWidget *viewport = row(name)->listWidget()->viewport();
        const QPoint at = placeOf(row(name));
        QTest::mouseClick(viewport, Qt::LeftButton, {}, at);
        QTest::mouseDClick(viewport, Qt::LeftButton, {}, at);
    }

    /// A repeated ResidualBlock on the canvas, selected.
    NodeId addBlock()
    {
        const NodeId id = document().addNode("ResidualBlock", {});
        (void)document().setParam(id, "channels", std::int64_t{48});
        (void)document().setParam(id, "repeat", std::int64_t{2});
        m_window->canvas()->centerOnNode(id);
        return id;
    }

    QMenu *rightClick(QWidget *widget, QPoint at, const char *menu)
    {
        QWidget *top = widget->window();
        QTest::mouseClick(top->windowHandle(), Qt::RightButton, {}, widget->mapTo(top, at));
        QMenu *found = m_window->findChild<QMenu *>(menu);
        if (!found) // of the canvas
            found = m_window->canvas()->findChild<QMenu *>(menu);
        return found && found->isVisible() ? found : nullptr;
    }
    static void choose(QMenu *menu, const QString &id)
    {
        for (QAction *action : menu->actions()) {
            if (action->objectName() == id) {
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
                return;
            }
        }
        QFAIL(qPrintable("the menu has no " + id));
    }

    /// Saves the selected block through its menu as @p name.
    void saveAs(NodeId id, const QString &name, const QString &doc = {})
    {
        test::answerNext<BlockDialog>([=](BlockDialog *dialog) {
            auto *field = dialog->findChild<QLineEdit *>("blockName");
            field->selectAll();
            QTest::keyClicks(field, name);
            QTest::keyClicks(dialog->findChild<QLineEdit *>("blockDoc"), doc);
            QTest::mouseClick(dialog->findChild<QPushButton *>("blockSave"), Qt::LeftButton);
        });
        const QRect card = m_window->canvas()->nodeRect(id);
        QMenu *menu = rightClick(viewport(), {card.center().x(), card.top() + 8}, "canvasMenu");
        QVERIFY(menu);
        choose(menu, "edit.saveBlock");
        QTRY_VERIFY(QFile::exists(file(name + ".json")));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void write(const QString &name, const QByteArray &text)
    {
        QFile written(file(name));
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(text);
    }

private slots:
    void initTestCase() { test::useOwnSettings(m_settings.path()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(m_registry, m_folder->path());
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup() { m_window.reset(); }

    void aSavedBlockIsDroppedFromThePaletteWithAllThatIsInIt()
    {
        const NodeId saved = addBlock();
        saveAs(saved, "my_residual", "Adds what it learned.");
        QVERIFY(row("my_residual"));
        const auto before = document().graph();
        const int steps = document().undoStack()->index();
        auto *list = m_window->findChild<QListWidget *>("paletteList");
        test::dragAndDrop(list->viewport(), placeOf(row("my_residual")), viewport(), {500, 60});
        QCOMPARE(document().undoStack()->index(), steps + 1);
        const Node *dropped = document().graph().findByName("my_residual");
        QVERIFY(dropped);
        QCOMPARE(insideOf(document().graph(), dropped->id), insideOf(document().graph(), saved));
        QCOMPARE(dropped->params.integer(kRepeatParam), 2);
        document().undoStack()->undo();
        QVERIFY(document().graph() == before);
    }

    void theSearchFindsItAndADoubleClickAddsItBehindTheSelection()
    {
        saveAs(addBlock(), "my_residual");
        document().setSelection({document().addNode("ReLU", {0, 400})});
        const NodeId relu = *document().selectedNodes().begin();
        m_window->canvas()->setFocus();
        QTest::keyClick(m_window->canvas(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), "my res");
        auto *about = m_window->findChild<QWidget *>("quickAddAbout");
        QVERIFY(about && about->isVisible()); // its picture
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        const Node *first = document().graph().findByName("my_residual");
        QVERIFY(first);
        QCOMPARE(document().graph().linksFrom(relu).size(), 1u);
        QCOMPARE(document().graph().linksFrom(relu).front().to.node, first->id);
        document().setSelection({});
        doubleClick("my_residual");
        QVERIFY(document().graph().findByName("my_residual_2"));
    }

    void itGoesIntoAWireThatItIsDroppedOn()
    {
        const NodeId block = addBlock();
        saveAs(block, "mine");
        document().removeItems({block});
        const NodeId conv = document().addNode("Conv2d", {0, 0});
        const NodeId relu = document().addNode("ReLU", {600, 0});
        document().connectPorts({{conv, "output"}, {relu, "input"}});
        m_window->canvas()->zoomToFit();
        const QPoint middle = (m_window->canvas()->portRect(conv, "output").center() + m_window->canvas()->portRect(relu, "input").center()) / 2;
        auto *list = m_window->findChild<QListWidget *>("paletteList");
        test::dragAndDrop(list->viewport(), placeOf(row("mine")), viewport(), middle);
        const Node *dropped = document().graph().findByName("mine");
        QVERIFY(dropped);
        QCOMPARE(document().graph().linksInto(relu).front().from.node, dropped->id);
        QCOMPARE(document().graph().linksFrom(conv).front().to.node, dropped->id);
    }

    void aSecondWindowSeesWhatIsSavedAndDeleted()
    {
        MainWindow second(m_registry, m_folder->path());
        QVERIFY(!row(second, "mine"));
        saveAs(addBlock(), "mine");
        QTRY_VERIFY(row(second, "mine"));
        test::answerNext<QMessageBox>([](QMessageBox *box) { QTest::keyClick(box, Qt::Key_Escape); });
        auto *list = m_window->findChild<QListWidget *>("paletteList");
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, placeOf(row("mine")));
        QTest::keyClick(list, Qt::Key_Delete);
        QVERIFY(QFile::exists(file("mine.json"))); // asked, and thought better of it
        test::answerNext<QMessageBox>([](QMessageBox *box) {
            for (QAbstractButton *button : box->buttons()) {
                if (box->buttonRole(button) == QMessageBox::DestructiveRole)
                    QTest::mouseClick(button, Qt::LeftButton);
            }
        });
        QMenu *menu = rightClick(list->viewport(), placeOf(row("mine")), "ownBlockMenu");
        QVERIFY(menu);
        choose(menu, "deleteBlock");
        QTRY_VERIFY(!QFile::exists(file("mine.json")));
        QVERIFY(!row("mine"));
        QTRY_VERIFY(!row(second, "mine"));
    }

    void replacingIsAnnouncedAndRenamingMovesTheFile()
    {
        const NodeId block = addBlock();
        saveAs(block, "mine", "First.");
        (void)document().setParam(block, "channels", std::int64_t{96});
        test::answerNext<BlockDialog>([](BlockDialog *dialog) {
            auto *name = dialog->findChild<QLineEdit *>("blockName");
            auto *save = dialog->findChild<QPushButton *>("blockSave");
            name->setText("ReLU");
            QVERIFY(!save->isEnabled()); // a type of the program
            name->setText("two words");
            QVERIFY(!save->isEnabled());
            name->setText("mine");
            QCOMPARE(save->text(), QString("Replace"));
            QVERIFY(dialog->findChild<QLabel *>("blockNotice")->text().contains("mine"));
            QTest::mouseClick(save, Qt::LeftButton);
        });
        document().setSelection({block});
        m_window->commands().action("edit.saveBlock")->trigger();
        QFile saved(file("mine.json"));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("\"out_channels\": 96"));
        test::answerNext<BlockDialog>([](BlockDialog *dialog) {
            dialog->findChild<QLineEdit *>("blockName")->setText("ours");
            dialog->accept();
        });
        auto *list = m_window->findChild<QListWidget *>("paletteList");
        list->setCurrentItem(row("mine"));
        QTest::keyClick(list, Qt::Key_F2);
        QVERIFY(!row("mine") && row("ours"));
        QVERIFY(!QFile::exists(file("mine.json")) && QFile::exists(file("ours.json")));
    }

    void aBrokenFileIsNamedAndTheRestWorks()
    {
        saveAs(addBlock(), "good");
        write("broken.json", "{\"netloom\": 1, ");
        QTRY_VERIFY(row("broken"));
        QVERIFY(row("good"));
        const QString reason = row("broken")->data(PaletteList::DocRole).toString();
        QVERIFY2(reason.contains("broken.json") && reason.contains("line 1") && reason.contains("delete the file"), qPrintable(reason));
        const Graph before = document().graph();
        doubleClick("broken");
        QVERIFY(document().graph() == before);
        QCOMPARE(m_window->statusBar()->currentMessage(), reason);
        QFile::remove(file("broken.json"));
        QTRY_VERIFY(!row("broken"));
    }

    void aColleaguesFileIsImportedUnderAFreeName()
    {
        saveAs(addBlock(), "mine");
        QTemporaryDir elsewhere;
        QVERIFY(QFile::copy(file("mine.json"), elsewhere.filePath("mine.json")));
        OwnBlocks blocks(m_registry, m_folder->path());
        const auto name = blocks.import(elsewhere.filePath("mine.json"));
        QVERIFY(name.ok());
        QCOMPARE(*name, QString("mine_2"));
        QTRY_VERIFY(row("mine_2"));
        QVERIFY(!blocks.import(elsewhere.filePath("nothing.json")));
    }

    /// Shipped blocks and one with more nodes than fit into a picture, from a row of the palette to a large preview, in every theme.
    void everyPictureShowsSomethingAndStaysInItsPlace()
    {
        std::vector<GraphPicture> pictures;
        for (const auto &spec : m_registry.all()) {
            if (isLibraryBlock(spec->type))
                pictures.push_back(GraphPicture::ofBlock(*makeLibraryBlock(spec->type, m_registry), m_registry));
        }
        QCOMPARE(pictures.size(), 6u);
        Graph many;
        for (int number = 0; number < 600; ++number)
            many.addNode(*m_registry.find("ReLU"));
        pictures.emplace_back(many, m_registry);
        for (const ThemeKind theme : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast}) {
            applyTheme(*qApp, theme);
            for (const GraphPicture &picture : pictures) {
                for (const QSize size : {QSize(44, 26), QSize(284, 76), QSize(340, 132), QSize(900, 300), QSize(30, 200)}) {
                    const QRect area(QPoint(20, 20), size);
                    QImage image(size + QSize(40, 40), QImage::Format_ARGB32_Premultiplied);
                    image.fill(Qt::transparent);
                    QPainter painter(&image);
                    picture.paint(painter, area);
                    painter.end();
                    int painted = 0;
                    for (int y = 0; y < image.height(); ++y) {
                        for (int x = 0; x < image.width(); ++x) {
                            if (qAlpha(image.pixel(x, y)) == 0)
                                continue;
                            QVERIFY2(area.adjusted(-1, -1, 1, 1).contains(x, y), "painted outside of its place");
                            ++painted;
                        }
                    }
                    QVERIFY(painted > 30);
                }
            }
        }
        applyTheme(*qApp, ThemeKind::Light);
    }
};

QTEST_MAIN(TestOwnBlocks)
#include "tst_own_blocks.moc"
