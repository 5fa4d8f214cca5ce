// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/block_keeper.h"

#include "desktop/block_dialog.h"
#include "desktop/save_dialog.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>

namespace netloom {

namespace {

QString filter()
{
    return BlockKeeper::tr("Blocks (*.json)");
}

QString documentsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

} // namespace

BlockKeeper::BlockKeeper(Document &document, OwnBlocks &blocks, QWidget *window)
    : QObject(window), m_document(document), m_blocks(blocks), m_window(window)
{
}

QString BlockKeeper::usualFolder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)).filePath("netloom/blocks");
}

bool BlockKeeper::isDone(const Result<Done> &result, const QString &title)
{
    if (!result)
        QMessageBox::warning(m_window, title, QString::fromStdString(result.error().text));
    return result.ok();
}

void BlockKeeper::saveSelected()
{
    const auto &selected = m_document.selectedNodes();
    const Node *node = selected.size() == 1 ? m_document.graph().find(*selected.begin()) : nullptr;
    if (!node || node->type != kBlockType) {
        emit messageRequested(tr("Select one block to save it: Ctrl+Shift+E makes one of the selected nodes."));
        return;
    }
    const QString name = QString::fromStdString(node->name);
    const OwnBlocks::Entry *old = m_blocks.find(name); // saved again after an edit: what it is for stays
    SavedBlock block = savedBlock(m_document.graph(), node->id, old ? QString::fromStdString(old->block.doc) : QString());
    BlockDialog dialog(m_blocks, block, name, false, m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    block.doc = dialog.doc().toStdString();
    if (!isDone(m_blocks.save(dialog.name(), std::move(block)), tr("Save to My Blocks")))
        return;
    emit kept(dialog.name());
    emit messageRequested(tr("Saved '%1' to My blocks: drag it from the palette into any project.").arg(dialog.name()));
}

void BlockKeeper::import()
{
    const QStringList files = QFileDialog::getOpenFileNames(m_window, tr("Import a block"), documentsFolder(), filter());
    for (const QString &file : files) {
        const auto name = m_blocks.import(file);
        if (!name) {
            QMessageBox::warning(m_window, tr("Import a block"), QString::fromStdString(name.error().text));
            continue;
        }
        emit kept(*name);
        emit messageRequested(tr("Imported '%1' into My blocks.").arg(*name));
    }
}

void BlockKeeper::rename(const QString &name)
{
    const OwnBlocks::Entry *entry = m_blocks.find(name);
    if (!entry) {
        emit messageRequested(tr("'%1' can't be read, so it can't be renamed here: rename its file.").arg(name));
        return;
    }
    BlockDialog dialog(m_blocks, entry->block, name, true, m_window);
    if (dialog.exec() == QDialog::Accepted && isDone(m_blocks.rename(name, dialog.name(), dialog.doc()), tr("Rename a block")))
        emit kept(dialog.name());
}

void BlockKeeper::remove(const QString &name)
{
    QMessageBox box(QMessageBox::Question, tr("Delete a block"), tr("Delete '%1' from My blocks?").arg(name), QMessageBox::Cancel, m_window);
    box.setObjectName("deleteBlock");
    box.setInformativeText(tr("Networks that use it keep it. It can't be undone: the file %1 is deleted.").arg(QDir::toNativeSeparators(m_blocks.fileOf(name))));
    QPushButton *yes = box.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    if (box.clickedButton() == yes && isDone(m_blocks.remove(name), box.windowTitle()))
        emit messageRequested(tr("Deleted '%1' from My blocks.").arg(name));
}

void BlockKeeper::exportBlock(const QString &name)
{
    const QString suggestion = QDir(documentsFolder()).filePath(name + QLatin1String(kBlockFileEnding));
    const QString file = askForSaveFile(m_window, tr("Export a block"), suggestion, filter(), "json");
    if (!file.isEmpty() && isDone(m_blocks.exportTo(name, file), tr("Export a block")))
        emit messageRequested(tr("Exported '%1'. Whoever gets the file imports it with a right click on “My blocks”.").arg(name));
}

void BlockKeeper::showInFolder()
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(m_blocks.folder())))
        emit messageRequested(tr("My blocks are in %1.").arg(QDir::toNativeSeparators(m_blocks.folder())));
}

void BlockKeeper::showMenu(const QString &name, const QPoint &globalPoint)
{
    auto *menu = new QMenu(m_window);
    menu->setObjectName("ownBlockMenu");
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const char *id, auto act) {
        QAction *action = menu->addAction(text);
        action->setObjectName(id);
        connect(action, &QAction::triggered, this, act);
    };
    if (m_blocks.find(name)) {
        add(tr("Rename…"), "renameBlock", [this, name] { rename(name); });
        add(tr("Export…"), "exportBlock", [this, name] { exportBlock(name); });
    }
    if (!name.isEmpty()) {
        add(tr("Delete…"), "deleteBlock", [this, name] { remove(name); });
        menu->addSeparator();
    }
    add(tr("Import a block…"), "importBlock", [this] { import(); });
    add(name.isEmpty() ? tr("Show the folder") : tr("Show file in folder"), "showInFolder", [this] { showInFolder(); });
    menu->popup(globalPoint);
}

} // namespace netloom
