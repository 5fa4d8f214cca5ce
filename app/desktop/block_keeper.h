// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "document/document.h"
#include "document/own_blocks.h"

#include <functional>

class QPoint;
class QWidget;

namespace netloom {

/// Asks what is to be asked, and tells what has come of it, where people save blocks to "My blocks", rename, delete, import and export them.
class BlockKeeper : public QObject {
    Q_OBJECT
public:
    BlockKeeper(Document &document, OwnBlocks &blocks, QWidget *window);

    /// Where own blocks are by default.
    static QString usualFolder();

    /// The one selected block.
    void saveSelected();
    void import();
    void rename(const QString &name);
    void remove(const QString &name);
    /// The menu of one block or broken file, or of "My blocks" as a whole where @p name is "".
    void showMenu(const QString &name, const QPoint &globalPoint);

signals:
    void messageRequested(const QString &text); ///< a sentence for the status bar
    void kept(const QString &name);             ///< this block is in "My blocks" now, to be shown there

private:
    void exportBlock(const QString &name);
    void showInFolder();
    bool isDone(const Result<Done> &result, const QString &title);

    Document &m_document;
    OwnBlocks &m_blocks;
    QWidget *m_window;
};

} // namespace netloom
